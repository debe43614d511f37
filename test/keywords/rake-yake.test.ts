// RAKE against rake-nltk, YAKE against the package yake.
import { rakeKeywords, type YakeOptions, yakeKeywords, yakeTokens } from 'textloom/keywords';
import { describe, expect, it } from 'vitest';
import { expectClose, golden, pairsOf } from './golden.js';

const rake = golden<{
	stopwords: string[];
	cases: { tokens: string[]; score: 'ratio' | 'degree' | 'frequency'; longest: number; found: Record<string, number> }[];
}>('rake');

const yake = golden<{
	stopwords: string[];
	cases: {
		text: string;
		tokens: string[];
		sentenceStarts: number[];
		found: {
			options: { n?: number; window_size?: number; dedup_lim?: number; dedup_func?: string; top?: number };
			keywords: [string, number][];
		}[];
	}[];
}>('yake_keywords');

const top = Number.POSITIVE_INFINITY;

describe('RAKE', () => {
	it('has the keywords and scores of rake-nltk', () => {
		for (const { tokens, score, longest, found } of rake.cases) {
			expectClose(rakeKeywords({ top, stopwords: rake.stopwords, score, longest }).extract({ tokens }), Object.entries(found), 9);
		}
	});

	it('says where each run of words begins', () => {
		const { tokens } = rake.cases[0]!;
		for (const { keyword, positions } of rakeKeywords({ top }).extract({ tokens })) {
			const length = keyword.split(' ').length;
			for (const place of positions)
				expect(
					tokens
						.slice(place, place + length)
						.join(' ')
						.toLowerCase(),
				).toBe(keyword);
		}
	});

	it('takes keywords that are there often enough', () => {
		const tokens = 'storm . storm . wind'.split(' ');
		expect(rakeKeywords({ minCount: 2 }).extract({ tokens })).toEqual([{ keyword: 'storm', score: 1, positions: [0, 2] }]);
	});
});

describe('YAKE', () => {
	it.each(yake.cases.map((one, i) => [i, one] as const))('has the keywords and scores of yake in their order: text %i', (_, one) => {
		for (const { options, keywords } of one.found) {
			const given: YakeOptions = {
				...{ stopwords: yake.stopwords, top: options.top ?? 20, longest: options.n ?? 3, window: options.window_size ?? 1 },
				...{ threshold: options.dedup_lim ?? 0.9, similarity: options.dedup_func === 'levs' ? 'levenshtein' : 'sequence' },
			};
			const found = yakeKeywords(given).extract(one);
			// Without a threshold the package gives keywords in lower case.
			const form = (keyword: string) => (options.dedup_lim === 1 ? keyword.toLowerCase() : keyword);
			expect(pairsOf(found).map(([keyword]) => form(keyword))).toEqual(keywords.map(([keyword]) => keyword));
			for (const [i, { score }] of found.entries()) expect(score).toBeCloseTo(keywords[i]![1], 12);
		}
	});

	it('has the words and sentences of its package in English', () => {
		const english = yake.cases.filter(({ text }) => !/\p{Script=Han}/u.test(text));
		expect(english.length).toBeGreaterThan(6);
		for (const { text, tokens, sentenceStarts } of english) expect(yakeTokens(text)).toEqual({ tokens, sentenceStarts });
	});

	it('finds sentences by their last marks where it is not told of them', () => {
		const tokens = 'Storm Alva hit . “ Storm Alva hit ! ” It rained'.split(' ');
		const found = yakeKeywords({ top }).extract({ tokens });
		expect(found).toEqual(yakeKeywords({ top }).extract({ tokens, sentenceStarts: [0, 4, 10] }));
		expect(found.find(({ keyword }) => keyword === 'Storm Alva')!.positions).toEqual([0, 5]);
	});
});
