import fc from 'fast-check';
import { clean, cleanText, collect } from 'textloom';
import { describe, expect, it } from 'vitest';

describe('cleanText: html', () => {
	it.each([
		['Great film.<br /><br />Go.', 'great film. go.'],
		['<p class="x">One</p><P>Two</P>', 'one two'],
		['<b>bold</b>ly <i>said</i>', 'boldly said'],
		['a<!-- a comment > with signs -->b', 'a b'],
		['<script>if (a < b) run("<p>")</script >x<style>p { }</STYLE>', 'x'],
		['<!DOCTYPE html><?xml version="1.0"?>text', 'text'],
		['I <3 it: 5 < 6, 7 > 6, <=8, <:-D, x<y', 'i <3 it: 5 < 6, 7 > 6, <=8, <:-d, x<y'],
		['shares of Dell <DELL.O> rose', 'shares of dell <dell.o> rose'],
		['see <http://example.org> now', 'see <http://example.org> now'],
		['cut off here <a href="http', 'cut off here <a href="http'],
	])('%s', (text, expected) => {
		expect(cleanText(text)).toBe(expected);
	});

	it('decodes named and numeric entities', () => {
		expect(cleanText('AT&amp;T &quot;caf&eacute;&quot; &#345;&#x2019;&#151;&hellip;&nbsp;&euro;5', { lowercase: false })).toBe(
			'AT&T "café" ř’—… €5',
		);
		expect(cleanText('&H; &nosuchname; & &; &#; &#0;&#xD800;&#99999999;')).toBe('&h; &nosuchname; & &; &#; ���');
	});

	it('leaves everything alone when off', () => {
		expect(cleanText('<b>A</b> &amp;', { html: false })).toBe('<b>a</b> &amp;');
	});
});

it('takes a tag of one letter for text where nothing else says that it is one', () => {
	expect(cleanText('the price p<q and r>s, a <b>bold</b> <a href="x">link</a><p>end')).toBe('the price p<q and r>s, a bold link end');
});

describe('cleanText: repair', () => {
	it.each([
		['Haiti #39;s straits', "haiti's straits"],
		['the  #36;10 million prize', 'the $10 million prize'],
		['said  quot;yes quot; to AT amp;T', 'said "yes" to at&t'],
		['#39;Tis the season', "'tis the season"],
		['wait  hellip;  ldquo;now rdquo;', 'wait … “now”'],
		['sales #151; up', 'sales— up'],
		['&lt;b&gt;-The Post&lt;/b&gt;', '-the post'],
		['&lt;A HREF="http://www.example.org/q?s=A"&gt;Dell Inc.&lt;/A&gt; said', 'dell inc. said'],
		['a second\\team of\\\\rockets for \\$5', 'a second team of rockets for $5'],
	])('%s', (text, expected) => {
		expect(cleanText(text, { repair: true })).toBe(expected);
	});

	it('leaves code and paths alone by default', () => {
		expect(cleanText('C:\\temp has #39; &lt;b&gt;')).toBe('c:\\temp has #39; <b>');
	});
});

describe('cleanText: options', () => {
	it('lowercase', () => {
		expect(cleanText('ÀB ΣΑΣ', { lowercase: false })).toBe('ÀB ΣΑΣ');
		expect(cleanText('ÀB ΣΑΣ')).toBe('àb σας');
	});

	it('normalize', () => {
		expect(cleanText('cafe\u0301')).toBe('caf\u00e9');
		expect(cleanText('ﬁne ２', { normalize: 'NFKC' })).toBe('fine 2');
		expect(cleanText('cafe\u0301', { normalize: false })).toBe('cafe\u0301');
	});

	it('accents', () => {
		expect(cleanText('Crème brûlée, İ, й, ά', { accents: 'strip' })).toBe('creme brulee, i, и, α');
		expect(cleanText('हिन्दी ガ 한국', { accents: 'strip' })).toBe('हिन्दी ガ 한국');
	});

	it('urls', () => {
		const text = 'see https://example.org/a?b=c. Or (www.example.org), bye';
		expect(cleanText(text, { urls: 'strip' })).toBe('see . or ( ), bye');
		expect(cleanText(text)).toBe('see https://example.org/a?b=c. or (www.example.org), bye');
	});

	it('whitespace', () => {
		expect(cleanText('  a \t\r\n b\u00a0\u3000c\u0085d ')).toBe('a b c d');
		expect(cleanText('  a \t\n b ', { whitespace: false })).toBe('  a \t\n b ');
	});

	it.each([{ normalize: 'nfd' }, { accents: true }, { urls: 'drop' }])('refuses %o', (options) => {
		expect(() => clean(options as never)).toThrow(/^clean: expected .* to be one of .*, got .*\. Choose/);
	});
});

describe('cleanText: any text', () => {
	it('drops control characters and lone surrogates', () => {
		expect(cleanText('a\0b\x07c\x7f\x90\ufeff\u00ad\ud800d\udc00')).toBe('abcd');
		expect(cleanText('😀')).toBe('😀');
		expect(cleanText('')).toBe('');
		expect(cleanText(' \0 ')).toBe('');
	});

	it('gives tidy text for every text', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				const out = cleanText(text);
				expect(out).toBe(out.trim());
				expect(out).not.toMatch(/\s\s|\p{Cc}/u);
			}),
		);
	});

	it.each([
		['<', 2_000_000],
		['&', 2_000_000],
		[' ', 2_000_000],
		['<a ', 700_000],
		['<a', 1_000_000],
		['<!--', 500_000],
		['<script>', 250_000],
		['<style><script><!--', 100_000],
		['&amp', 500_000],
		['&#1', 700_000],
		[' #39', 500_000],
		['\\', 2_000_000],
		['a\u0301', 700_000],
		['é  ', 700_000],
		['www.,', 400_000],
		['http://', 300_000],
		['\ud800', 2_000_000],
	])('takes linear time: %j × %i', (unit, times) => {
		const text = unit.repeat(times);
		// Quadratic time would take hours here, and end in the timeout.
		expect(typeof cleanText(text, { urls: 'strip', accents: 'strip', repair: true })).toBe('string');
		expect(typeof cleanText(`<a ${text}`)).toBe('string');
	});
});

describe('clean', () => {
	it('is the stage of cleanText, with every option in its spec', async () => {
		const stage = clean({ accents: 'strip' });
		expect(await collect(stage([{ text: 'Ça<br />VA', label: 'x' }]))).toEqual([{ text: 'ca va', label: 'x' }]);
		expect(stage.spec.stage).toBe('clean');
		expect(stage.spec.options).toMatchObject({ html: true, lowercase: true, accents: 'strip', keep: [], emoji: 'keep', only: false });
	});
});
