import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { clean, type StemOptions, stem, stemLanguages, stemmer, words } from 'textloom';
import { describe, expect, it } from 'vitest';

const data = process.env.TEXTLOOM_DATA;
const lines = (name: string) =>
	gunzipSync(readFileSync(join(data!, 'stemming', `${name}.txt.gz`)))
		.toString()
		.replace(/\n$/, '')
		.split('\n');
const stems = (text: string, options = {}) => text.split(' ').map(stemmer(options)).join(' ');

describe('porter', () => {
	it('does what the paper shows, step by step', () => {
		expect(stems('caresses ponies ties caress cats')).toBe('caress poni ti caress cat');
		expect(stems('feed agreed plastered bled motoring sing')).toBe('feed agre plaster bled motor sing');
		expect(stems('conflated troubled sized hopping tanned falling hissing fizzed failing filing happy sky')).toBe(
			'conflat troubl size hop tan fall hiss fizz fail file happi sky',
		);
		expect(stems('relational conditional rational valenci hesitanci digitizer radicalli differentli vileli analogousli')).toBe(
			'relat condit ration valenc hesit digit radic differ vile analog',
		);
		expect(stems('triplicate formative formalize electriciti electrical hopeful goodness')).toBe(
			'triplic form formal electr electr hope good',
		);
		expect(
			stems('revival allowance inference airliner gyroscopic adjustable defensible irritant replacement adjustment dependent adoption'),
		).toBe('reviv allow infer airlin gyroscop adjust defens irrit replac adjust depend adopt');
		expect(stems('probate rate cease controll roll generalizations oscillators')).toBe('probat rate ceas control roll gener oscil');
	});

	it("has the author's later changes, unless told not to", () => {
		expect(stems('s as possibly archaeology')).toBe('s as possibl archaeolog');
		expect(stems('s as possibly archaeology', { algorithm: 'porter-1980' })).toBe(' a possibli archaeologi');
	});

	it.skipIf(!data).each([
		['porter-1980', 'porter_official_voc', 'porter_official_output_original'],
		['porter', 'porter_official_voc', 'porter_official_output_martin'],
		['porter-1980', 'snowball_porter_voc', 'snowball_porter_output'],
	] as const)('%s gives the published outputs of %s', (algorithm, vocabulary, output) => {
		expect(lines(vocabulary).map(stemmer({ algorithm }))).toEqual(lines(output));
	});
});

/** Stems by the reference implementations, see stemmers.py: of our own sentences, and as a hash those of a published vocabulary. */
const golden: Record<string, { words: string; stems: string; vocabulary?: string }> = JSON.parse(
	readFileSync(new URL('../golden/text/stemmers.json', import.meta.url), 'utf8'),
);
const nameOf = new Intl.DisplayNames('en', { type: 'language' });
const cases: [name: string, options: StemOptions][] = [
	...stemLanguages.map((language): [string, StemOptions] => [program(language), { language }]),
	['lancaster', { algorithm: 'lancaster' }],
];

function program(language: string): string {
	return language === 'st' ? 'sesotho' : nameOf.of(language)!.toLowerCase();
}

describe.each(cases)('%s', (name, options) => {
	const { words: sentence, stems: expected, vocabulary } = golden[name]!;

	it('gives the stems of the reference', () => {
		expect(stems(sentence, options)).toBe(expected);
	});

	const file = name === 'lancaster' ? 'english' : name;
	const voc = `snowball_${file}_voc`;
	it.skipIf(!data || !vocabulary || !existsSync(join(data, 'stemming', `${voc}.txt.gz`)))('gives those of the published vocabulary', () => {
		const all = lines(voc).map(stemmer(options)).join('\n');
		expect(createHash('sha256').update(all).digest('hex').slice(0, 8)).toBe(vocabulary);
	});

	it('takes any word, in little time', () => {
		const stemOf = stemmer(options);
		const letters = [...new Set(sentence.replaceAll(' ', ''))];
		for (const word of ['', ' ', 'constructor', '__proto__', '\ud800', '漢字', '😀s', '1990s', "'", "it's", ...letters]) {
			expect(typeof stemOf(word)).toBe('string');
		}
		for (const letter of letters) expect(stemOf(letter.repeat(100_000)).length).toBeGreaterThan(0);
	});

	it('leaves words as they are that are too long, or no proper text', () => {
		const last = sentence.split(' ').find((word) => stemmer(options)(word) !== word)!;
		expect(stemmer(options)(`\ud800${last}`)).toBe(`\ud800${last}`);
		expect(stemmer(options)(last.padStart(1001, 'a'))).toBe(last.padStart(1001, 'a'));
	});
});

describe('stem', () => {
	it('stems tokens', () => {
		const [doc] = stem().apply(words().apply(clean().apply([{ text: 'Markets were closing, <b>again</b>' }])));
		expect(doc!.tokens).toEqual(['market', 'were', 'close', ',', 'again']);
	});

	it('takes any word', () => {
		const odd = ['', 'constructor', '__proto__', 'toString', '\ud800', '漢字', '😀s', 'y', 'yyyy', 'ing', `${'y'.repeat(100_000)}ing`];
		for (const word of odd) expect(typeof stemmer()(word)).toBe('string');
		expect(stems('漢字 Straße 1990s')).toBe('漢字 Straße 1990');
	});

	it('gives the same for a word however often it comes', () => {
		const stemOf = stemmer();
		const many = Array.from({ length: 70_000 }, (_, i) => `w${i}ations`);
		expect(many.map(stemOf)).toEqual(many.map(stemmer()));
		expect(many.map(stemOf)).toEqual(many.map((word) => word.slice(0, -1)));
	});

	it('knows its algorithms', () => {
		expect(() => stem({ algorithm: 'krovetz' as 'porter' })).toThrow("stem: expected algorithm to be one of 'porter', 'porter-1980'");
		expect(() => stemmer({ algorithm: 'constructor' as 'porter' })).toThrow(RangeError);
		expect(() => stemmer({ language: 'tlh' as 'en' })).toThrow('stemmer: expected language to be one of ');
		expect(() => stem({ language: 'en', algorithm: 'porter' } as never)).toThrow('stem: expected algorithm or language, got both.');
		expect(stem({ language: 'de' }).spec).toEqual({ stage: 'stem', options: { language: 'de' } });
		expect(stem().spec).toEqual({ stage: 'stem', options: { algorithm: 'porter' } });
	});
});
