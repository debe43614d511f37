// TextRank against summa and networkx, summaries against summa, LexRank against NumPy's eigenvectors.
import fc from 'fast-check';
import { lexrankSummary, textrankKeywords, textrankSummary } from 'textloom/keywords';
import { describe, expect, it } from 'vitest';
import { expectClose, golden } from './golden.js';

type Pairs = [string, number][];

const { summa, stopwords, ranks, lexrank } = golden<{
	summa: {
		text: string;
		tokens: string[];
		stopwords: string[];
		keywords: { options: { ratio?: number; words?: number }; found: Pairs }[];
		sentences: string[];
		sentenceTokens: string[][];
		summaries: { ratio: number; found: Pairs }[];
	}[];
	stopwords: string[];
	ranks: { tokens: string[]; window: number; ranks: Record<string, number> }[];
	lexrank: { sentenceTokens: string[][]; threshold: number | false; scores: number[] }[];
}>('graphs');

const top = Number.POSITIVE_INFINITY;
const fine = { tolerance: 1e-12 };

describe('TextRank', () => {
	it.each(summa.flatMap((one, i) => one.keywords.map((row) => [i, JSON.stringify(row.options), one, row] as const)))(
		'has the keywords of summa: text %i, %s',
		(_, __, { tokens, stopwords }, { options, found }) => {
			expectClose(textrankKeywords({ variant: 'summa', top, stopwords, ...fine, ...options }).extract({ tokens }), found, 9);
		},
	);

	it('has the ranks of networkx over neighbours', () => {
		for (const { tokens, window, ranks: wanted } of ranks) {
			const found = textrankKeywords({ top, window, stopwords, ratio: 1, merge: false, ...fine }).extract({ tokens });
			expectClose(
				found.map((one) => ({ ...one, keyword: one.keyword.toLowerCase() })),
				Object.entries(wanted),
				7,
			);
		}
	});

	it('merges keywords side by side, and adds up their ranks', () => {
		const { tokens } = ranks[0]!;
		const single = textrankKeywords({ top, stopwords, ratio: 1, merge: false }).extract({ tokens });
		const rankOf = new Map(single.map(({ keyword, score }) => [keyword.toLowerCase(), score]));
		const merged = textrankKeywords({ top, stopwords }).extract({ tokens });
		expect(merged.some(({ keyword }) => keyword.includes(' '))).toBe(true);
		for (const { keyword, score, positions } of merged) {
			const words = keyword.split(' ');
			expect(score).toBeCloseTo(
				words.reduce((sum, word) => sum + rankOf.get(word.toLowerCase())!, 0),
				9,
			);
			for (const place of positions)
				expect(
					tokens
						.slice(place, place + words.length)
						.join(' ')
						.toLowerCase(),
				).toBe(keyword.toLowerCase());
		}
	});

	it('takes any similarity of words as edges', () => {
		const tokens = ['storm', 'wind', 'bread', 'gale'];
		const weather = new Set(['storm', 'wind', 'gale']);
		const similarity = (a: string, b: string) => (weather.has(a) && weather.has(b) ? 0.9 : 0);
		const found = textrankKeywords({ similarity, ratio: 1, merge: false }).extract({ tokens });
		expect(found.map(({ keyword, score }) => [keyword, score])).toEqual([
			['storm', expect.closeTo(1)],
			['wind', expect.closeTo(1)],
			['gale', expect.closeTo(1)],
		]);
		expect(() => textrankKeywords({ similarity: () => Number.NaN }).extract({ tokens })).toThrow(
			/^textrankKeywords: expected similarity to give a number/,
		);
	});

	it('gives ranks whose mean is 1, whatever the text', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom('a1', 'b', 'c', 'd', 'e', '.', '😀', '__proto__', ''), { maxLength: 40 }),
				fc.integer({ min: 2, max: 6 }),
				(tokens, window) => {
					const found = textrankKeywords({ top, stopwords: false, window, ratio: 1, merge: false, ...fine }).extract({ tokens });
					const sum = found.reduce((sum, { score }) => sum + score, 0);
					expect(sum).toBeCloseTo(found.length, 6);
				},
			),
		);
	});
});

describe('summaries', () => {
	it('are those of summa by TextRank', () => {
		for (const { sentences, sentenceTokens, summaries } of summa) {
			for (const { ratio, found } of summaries) {
				const summary = textrankSummary({ ratio, stopwords: false, stem: false, ...fine }).summarize({ sentences, sentenceTokens });
				if (found.length === 0) continue;
				expect(summary.map(({ sentence }) => sentence)).toEqual(found.map(([sentence]) => sentence));
				for (const [i, { score }] of summary.entries()) expect(score).toBeCloseTo(found[i]![1], 9);
			}
		}
	});

	it('are ranked by LexRank as by the eigenvector', () => {
		for (const { sentenceTokens, threshold, scores } of lexrank) {
			const sentences = sentenceTokens.map((words) => words.join(' '));
			const found = lexrankSummary({ threshold, stopwords: false, stem: false, ...fine }).scores({ sentences, sentenceTokens });
			expect(found).toHaveLength(scores.length);
			for (const [i, score] of scores.entries()) expect(found[i]).toBeCloseTo(score, 9);
		}
	});

	it('come in the order of the text, from text alone', () => {
		for (const { text } of summa) {
			for (const summarizer of [textrankSummary({ sentences: 2 }), lexrankSummary({ sentences: 2 })]) {
				const summary = summarizer.summarize({ text });
				expect(summary).toHaveLength(2);
				expect(summary[0]!.position).toBeLessThan(summary[1]!.position);
				for (const { sentence } of summary) expect(text).toContain(sentence);
			}
		}
	});

	it('of nothing, of one sentence, and of sentences without words are what there is', () => {
		for (const summarizer of [textrankSummary(), lexrankSummary()]) {
			expect(summarizer.summarize({ text: '' })).toEqual([]);
			expect(summarizer.summarize({ text: 'Storm.' }).map(({ sentence }) => sentence)).toEqual(['Storm.']);
			expect(summarizer.summarize({ sentences: ['…', '!!'] }).map(({ sentence }) => sentence)).toEqual(['…']);
		}
	});

	it('refuse what they cannot use', () => {
		expect(() => textrankSummary({ sentences: 2, ratio: 0.5 })).toThrow(
			'textrankSummary: expected sentences or ratio, got both. Leave one out.',
		);
		expect(() => lexrankSummary({ threshold: 2 })).toThrow(
			/^lexrankSummary: expected threshold to be a share from 0 to 1 or false, got 2\./,
		);
		expect(() => lexrankSummary({ stopwords: 'xx' })).toThrow(/^stopwords: expected language to be one of/);
		expect(() => textrankSummary().summarize({} as never)).toThrow(
			'textrankSummary: expected a document with text or sentences, got neither.',
		);
		expect(() => textrankSummary().summarize({ sentences: ['a', 'b'], sentenceTokens: [['a']] })).toThrow(
			'textrankSummary: expected sentenceTokens of each of 2 sentences, got 1. Cut each sentence once.',
		);
	});
});
