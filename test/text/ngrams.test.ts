// N-grams of words and characters, against scikit-learn's analyzers and NLTK's skip-grams.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { characterNgrams, characters, collect, ngrams, ngramsWithin, pipe, whitespace, wordNgrams, words } from 'textloom';
import { describe, expect, it } from 'vitest';
import { type Refusal, testRefusals } from '../refusals.js';

interface Case {
	text: string;
	words: string[];
	from: number;
	to: number;
	word: string[];
	char: string[];
	char_wb: string[];
	skips: Record<string, string[]>;
}
const golden: { made_by: string; cases: Case[] } = JSON.parse(readFileSync(new URL('../golden/text/ngrams.json', import.meta.url), 'utf8'));
const rows = golden.cases.map((row) => [row.from, row.to, row.text, row] as const);

describe(`n-grams as ${golden.made_by}`, () => {
	it.each(rows)('%d to %d of %j', (from, to, text, { words: tokens, word, char, char_wb, skips }) => {
		expect(wordNgrams(tokens, { from, to })).toEqual(word);
		expect(characterNgrams(text, { from, to })).toEqual(char);
		expect(ngramsWithin(tokens, { from, to })).toEqual(char_wb);
		for (const [skip, expected] of Object.entries(skips)) {
			if (from <= 4) expect(wordNgrams(tokens, { from, to: Math.min(to, 4), skip: Number(skip) })).toEqual(expected);
		}
	});
});

describe('ngrams', () => {
	const hotpot = '我想去成都吃火锅';

	it('makes 8, 7 and 6 n-grams of 1, 2 and 3 characters of the Chinese text', async () => {
		for (const [n, count] of [8, 7, 6].entries()) {
			expect(characterNgrams(hotpot, { from: n + 1 })).toHaveLength(count);
			const docs = await collect(pipe([{ text: hotpot }], characters(), ngrams({ of: 'characters', from: n + 1, join: '' })));
			expect(docs[0]!.tokens).toEqual(characterNgrams(hotpot, { from: n + 1 }));
			const joined = ngrams({ from: n + 1, join: '' }).apply([{ tokens: [...hotpot] }]);
			expect(joined[0]!.tokens).toEqual(docs[0]!.tokens);
		}
	});

	it('takes the place of tokens, as the functions do', () => {
		const tokens = ['new', 'york', '', '😀'];
		const through = (options: Parameters<typeof ngrams>[0]) => ngrams(options).apply([{ tokens }])[0]!.tokens;
		expect(through({})).toEqual(tokens);
		expect(through({ from: 1, to: 2 })).toEqual(wordNgrams(tokens, { from: 1, to: 2 }));
		expect(through({ from: 2, skip: 2, join: '~' })).toEqual(wordNgrams(tokens, { from: 2, skip: 2, join: '~' }));
		expect(through({ of: 'within', from: 2, to: 4 })).toEqual(ngramsWithin(tokens, { from: 2, to: 4 }));
		expect(through({ of: 'characters', from: 2, join: '-' })).toEqual(characterNgrams('new-york--😀', { from: 2 }));
	});

	it('spans offsets from the first word to the last', async () => {
		const text = 'oil prices rise';
		const [doc] = await collect(pipe([{ text }], words({ offsets: true }), ngrams({ from: 1, to: 2 })));
		expect(doc!.tokens).toEqual(['oil', 'prices', 'rise', 'oil prices', 'prices rise']);
		expect(doc!.offsets.map(([start, end]) => text.slice(start, end))).toEqual(doc!.tokens);
		// As many skip-grams as words, which are other tokens all the same.
		const [skipped] = await collect(pipe([{ text }], whitespace({ offsets: true }), ngrams({ from: 2, skip: 1 })));
		expect(skipped!.tokens).toEqual(['oil prices', 'oil rise', 'prices rise']);
		expect(skipped!.offsets.map(([start, end]) => text.slice(start, end))).toEqual(['oil prices', text, 'prices rise']);
		const [within] = await collect(pipe([{ text: 'ab' }], whitespace({ offsets: true }), ngrams({ of: 'within', from: 9 })));
		expect(within).toMatchObject({ tokens: [' ab '], offsets: [] });
	});

	it('cuts no character, and puts none in', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 4 }), (text, n) => {
				const characters = [...text];
				const made = ngrams({ of: 'characters', from: n, join: '' }).apply([{ tokens: characters }])[0]!.tokens;
				expect(made).toEqual(Array.from({ length: Math.max(characters.length - n + 1, 0) }, (_, i) => characters.slice(i, i + n).join('')));
			}),
		);
	});
});

const refuses: readonly Refusal[] = [
	[() => ngrams({ from: 0 }), 'ngrams: expected from to be a whole number from 1, got 0.'],
	[() => ngrams({ from: 3, to: 2 }), 'ngrams: expected to to be at least from, 3, got 2.'],
	[() => ngrams({ of: 'character' as 'words' }), "ngrams: expected of to be one of 'words', 'characters', 'within', got 'character'."],
	[() => ngrams({ of: 'within', skip: 1 }), 'ngrams: expected skip for words only, got 1 for within. Leave it out.'],
	[() => ngrams({ of: 'within', join: '-' }), 'ngrams: expected join for words or characters only, got "-" for within. Leave it out.'],
	[() => wordNgrams('ab' as never), "wordNgrams: expected words to be an array of texts, got 'ab'."],
	[() => characterNgrams(5 as never), 'characterNgrams: expected text to be a text, got 5.'],
	[() => ngramsWithin(['a'], { skip: 1 } as never), 'ngramsWithin: expected an option that it has, got skip.'],
];
testRefusals({ ngrams: { refuses } });
