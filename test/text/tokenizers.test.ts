// Tokenizers: what each gives, and what all promise of offsets and of any text.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { basicEnglish, basicEnglishTokens, characters, regexp, type Stage, whitespace, words } from 'textloom';
import { describe, expect, it } from 'vitest';

const golden = JSON.parse(readFileSync(new URL('../golden/text/basic_english.json', import.meta.url), 'utf8')) as {
	text: string;
	tokens: string[];
}[];
type Placed = { tokens: string[]; offsets: [number, number][] };
const run = (stage: Stage<{ text: string }, Placed>, text: string) => stage.apply([{ text }])[0]!;
const tokens = (stage: Stage<{ text: string }, { tokens: string[] }>, text: string) => stage.apply([{ text }])[0]!.tokens;

const hostile = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string({
		unit: fc.constantFrom('a', 'İ', 'Σ', '"', "'", '.', '<br />', '<', ' ', '\0', '\x85', '\ud83d', '\ude00', '\u200d', '好', '\r', '\n'),
	}),
	fc.constantFrom('', 'constructor', '__proto__', 'toString', '\ud800', '\0'),
);

describe('basicEnglish', () => {
	it.each(golden)('gives the tokens of torchtext: $text', ({ text, tokens }) => {
		expect(basicEnglishTokens(text)).toEqual(tokens);
	});

	it('gives offsets into the text as it stood', () => {
		const text = 'İİ said "H"i İ.';
		const { tokens, offsets } = run(basicEnglish({ offsets: true }), text);
		expect(tokens).toEqual(['i̇i̇', 'said', 'hi', 'i̇', '.']);
		expect(offsets.map(([start, end]) => text.slice(start, end))).toEqual(['İİ', 'said', 'H"i', 'İ', '.']);
	});
});

describe('regexp', () => {
	it('finds tokens, or gaps', () => {
		expect(tokens(regexp({ pattern: '\\$?\\d+(?:\\.\\d+)?|\\p{L}+' }), 'It cost $3.50, über-much')).toEqual([
			'It',
			'cost',
			'$3.50',
			'über',
			'much',
		]);
		expect(tokens(regexp({ pattern: '[,;]\\s*', gaps: true }), ',a, b;;c d;')).toEqual(['a', 'b', 'c d']);
		expect(tokens(regexp({ pattern: 'x*' }), 'axxb')).toEqual(['xx']);
		expect(tokens(regexp({ pattern: 'x*', gaps: true }), 'axxb')).toEqual(['a', 'b']);
		expect(tokens(regexp({ pattern: 'A', flags: 'gi' }), 'aA')).toEqual(['a', 'A']);
	});

	it('refuses a pattern that is none', () => {
		expect(() => regexp({ pattern: '(' })).toThrow(/^regexp: expected a pattern and flags, got \/\(\/u: .*\. Mend it\.$/);
		expect(() => regexp({ pattern: 'a', flags: 'zz' })).toThrow(RangeError);
	});
});

describe('characters', () => {
	it('are code points or graphemes', () => {
		expect(tokens(characters(), 'né 👍🏽')).toEqual(['n', 'é', ' ', '👍', '🏽']);
		expect(tokens(characters({ unit: 'grapheme' }), 'ne\u0301 👍🏽👨‍👩‍👧\r\n')).toEqual(['n', 'e\u0301', ' ', '👍🏽', '👨‍👩‍👧', '\r\n']);
		expect(tokens(characters({ whitespace: false, unit: 'grapheme' }), 'a \r\n\u3000b')).toEqual(['a', 'b']);
		expect(() => characters({ unit: 'byte' as 'grapheme' })).toThrow(
			"characters: expected unit to be one of 'codePoint', 'grapheme', got 'byte'.",
		);
		expect(() => characters({ unit: 'constructor' as 'grapheme' })).toThrow(RangeError);
	});

	it('are the same graphemes in a long text as ICU finds at once', () => {
		const icu = new Intl.Segmenter('und', { granularity: 'grapheme' });
		const unit = fc.constantFrom('a', '\u0301', '👍', '🏽', '🇩', '\u200d', '\r', '\n', '\ud83d', '\ude00', '한', '\u1100', 'क', '\u094d');
		fc.assert(
			fc.property(fc.string({ unit, minLength: 200, maxLength: 900 }), (text) => {
				expect(tokens(characters({ unit: 'grapheme' }), text)).toEqual([...icu.segment(text)].map(({ segment }) => segment));
			}),
		);
		expect(tokens(characters({ unit: 'grapheme' }), `e${'\u0301'.repeat(5000)}x`).map((token) => token.length)).toEqual([5001, 1]);
	});

	it('joined are the text', () => {
		for (const unit of ['codePoint', 'grapheme'] as const) {
			const stage = characters({ unit });
			fc.assert(fc.property(hostile, (text) => void expect(tokens(stage, text).join('')).toBe(text)));
		}
	});
});

it('whitespace cuts at white space only', () => {
	expect(tokens(whitespace(), ' a.b\t\u3000c\u0085 \0 ')).toEqual(['a.b', 'c', '\0']);
});

describe.each([
	['words', words({ offsets: true })],
	['words without punctuation', words({ offsets: true, punctuation: false })],
	['basicEnglish', basicEnglish({ offsets: true })],
	['whitespace', whitespace({ offsets: true })],
	['regexp', regexp({ pattern: '\\p{L}+', offsets: true })],
	['regexp by gaps', regexp({ pattern: '\\s+', gaps: true, offsets: true })],
	['characters', characters({ offsets: true })],
	['graphemes', characters({ unit: 'grapheme', whitespace: false, offsets: true })],
] as [string, Stage<{ text: string }, Placed>][])('offsets of %s', (name, stage) => {
	const same =
		name === 'basicEnglish' ? (slice: string) => slice.replaceAll('"', '').toLowerCase().replaceAll('ς', 'σ') : (slice: string) => slice;
	const told = name === 'basicEnglish' ? (token: string) => token.replaceAll('ς', 'σ') : (token: string) => token;

	it('slice back to the text, in order, for any text', () => {
		fc.assert(
			fc.property(hostile, (text) => {
				const { tokens, offsets } = run(stage, text);
				expect(offsets).toHaveLength(tokens.length);
				let last = 0;
				offsets.forEach(([start, end], i) => {
					expect(start).toBeGreaterThanOrEqual(last);
					expect(end).toBeGreaterThan(start);
					expect(same(text.slice(start, end))).toBe(told(tokens[i]!));
					last = end;
				});
			}),
		);
	});

	// Quadratic time would take hours here, and end in the timeout.
	it('take linear time', () => {
		for (const unit of ['"', "'", '<', '<br', '. ', 'a', ' ', '\u200d'])
			expect(run(stage, unit.repeat(300_000)).tokens.length).toBeGreaterThanOrEqual(0);
	});
});
