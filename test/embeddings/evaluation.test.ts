// Analogies and word pairs: what gensim finds for the same vectors, files of all formats, and what is refused.

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import {
	type AnalogyAnswer,
	type AnalogyOptions,
	type AnalogySection,
	evaluateAnalogies,
	evaluateWordPairs,
	readAnalogies,
	readWordPairs,
	type WordPair,
	type WordPairsOptions,
	wordVectors,
} from 'textloom/embeddings';
import { describe, expect, it } from 'vitest';
import { pearson, ranks, spearman } from '../../dist/src/base/correlation.js';
import { incompleteBeta } from '../../dist/src/embeddings/evaluation/significance.js';
import { testRefusals } from '../refusals.js';
import { temporary } from '../temporary.js';

const golden: {
	made_by: string;
	words: string[];
	width: number;
	rows: number[];
	sections: AnalogySection[];
	pairs: WordPair[];
	ofAnalogies: { options: AnalogyOptions; score: number; sections: { name: string; correct: number; questions: number }[] }[];
	ofPairs: { options: WordPairsOptions; pearson: number[]; spearman: number[]; unknownPercent: number }[];
} = JSON.parse(readFileSync(new URL('../golden/embeddings/evaluation.json', import.meta.url), 'utf8'));
const vectors = wordVectors({ words: golden.words, width: golden.width, rows: Float32Array.from(golden.rows) });
const { file } = temporary();

describe('analogies', () => {
	it.each(golden.ofAnalogies.map((row) => [JSON.stringify(row.options), row] as const))(
		`are answered as by ${golden.made_by}: %s`,
		(_, { options, score, sections }) => {
			const report = evaluateAnalogies(vectors, golden.sections, options);
			const found = [...report.sections, { ...report.total, name: 'Total accuracy' }];
			expect(found.map(({ name, correct, questions }) => ({ name, correct, questions }))).toEqual(sections);
			expect(report.total.accuracy).toBeCloseTo(score, 12);
		},
	);

	it('adds up sections of grammar and others, and says what is unknown', () => {
		const { sections, syntactic, semantic, total } = evaluateAnalogies(vectors, golden.sections);
		expect(syntactic!.correct).toBe(sections[1]!.correct + sections[2]!.correct);
		expect(semantic!.correct + syntactic!.correct).toBe(total.correct);
		expect(sections.map(({ unknown }) => unknown)).toEqual([1, 0, 0, 2, 0]);
		expect(sections[4]).toEqual({ name: 'empty', questions: 0, correct: 0, accuracy: undefined, unknown: 0 });
		expect(evaluateAnalogies(vectors, golden.sections.slice(1, 3)).syntactic).toBeUndefined();
	});

	it('tells each answer, in order, and how far it is', () => {
		const answers: AnalogyAnswer[] = [];
		const told: number[] = [];
		const all = Array.from({ length: 3 }, () => golden.sections).flat();
		const { total } = evaluateAnalogies(vectors, all, {
			onAnswer: (answer) => answers.push(answer),
			onProgress: (answered, of) => told.push(answered, of),
		});
		expect(answers.map(({ analogy }) => analogy)).toEqual(all.flatMap(({ analogies }) => analogies));
		expect(answers.filter(({ correct }) => correct)).toHaveLength(total.correct);
		for (const { analogy, answer, correct } of answers) if (correct) expect(answer).toBe(analogy[3].toUpperCase());
		expect(answers.find(({ section }) => section === 'unknown')!.answer).toBeUndefined();
		expect(told).toEqual([256, 543, 512, 543, 543, 543]);
	});

	it('are answered by products, too', () => {
		const { total } = evaluateAnalogies(vectors, golden.sections, { method: 'product' });
		expect(total.questions).toBe(181);
		const [a, b, c] = golden.sections[2]!.analogies[0]!;
		const [best] = vectors.mostSimilarCosmul({ positive: [b, c.toLowerCase()], negative: a });
		const [answer] = answersOf([golden.sections[2]!.analogies[0]!], 'product');
		expect(answer).toBe(best!.word.toUpperCase());
	});

	function answersOf(analogies: AnalogySection['analogies'], method: 'sum' | 'product'): (string | undefined)[] {
		const found: (string | undefined)[] = [];
		evaluateAnalogies(vectors, [{ name: '', analogies }], { method, onAnswer: ({ answer }) => found.push(answer) });
		return found;
	}
});

describe('word pairs', () => {
	it.each(golden.ofPairs.map((row) => [JSON.stringify(row.options), row] as const))(
		`correlate as by ${golden.made_by}: %s`,
		(_, { options, ...theirs }) => {
			const report = evaluateWordPairs(vectors, golden.pairs, options);
			expect(report.pearson.coefficient).toBeCloseTo(theirs.pearson[0]!, 6);
			expect(report.pearson.pValue).toBeCloseTo(theirs.pearson[1]!, 6);
			expect(report.spearman.coefficient).toBeCloseTo(theirs.spearman[0]!, 9);
			expect(report.spearman.pValue).toBeCloseTo(theirs.spearman[1]!, 9);
			expect(report.unknownShare * 100).toBeCloseTo(theirs.unknownPercent, 9);
		},
	);

	it('take vectors made of parts of words where that is asked for', () => {
		const unseen = (word: string) => (word.startsWith('x') ? Float32Array.of(word.length, 1) : undefined);
		const made = wordVectors({ words: ['a', 'b', 'c'], width: 2, rows: Float32Array.of(1, 0, 0, 1, 1, 1), unseen });
		const pairs = [
			{ a: 'a', b: 'b', score: 0 },
			{ a: 'A', b: 'c', score: 5 },
			{ a: 'a', b: 'xxxx', score: 9 },
			{ a: 'a', b: 'y', score: 3 },
		];
		expect(evaluateWordPairs(made, pairs)).toMatchObject({ pairs: 2, unknown: 2 });
		const report = evaluateWordPairs(made, pairs, { subwords: true });
		expect(report).toMatchObject({ pairs: 3, unknown: 1 });
		expect(report.spearman.coefficient).toBeCloseTo(1, 12);
	});

	it('knows no correlation with what does not vary', () => {
		const pairs = golden.pairs.map((pair) => ({ ...pair, score: 1 }));
		expect(evaluateWordPairs(vectors, pairs).spearman).toEqual({ coefficient: Number.NaN, pValue: Number.NaN });
	});
});

describe('correlation', () => {
	it('shares ranks among equal numbers', () => {
		expect(Array.from(ranks([3, 1, 3, 2, 3]))).toEqual([4, 1, 4, 2, 4]);
		expect(pearson([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 12);
		expect(spearman([1, 2, 3, 4], [1, 8, 27, 1000])).toBeCloseTo(1, 12);
		expect(spearman([1, 2, 3], [9, 5, 1])).toBeCloseTo(-1, 12);
	});

	it('has the incomplete beta function of whole numbers: the tail of a binomial distribution', () => {
		const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
		for (const [x, a, b] of [
			[0.3, 2, 5],
			[0.9, 7, 3],
			[0.01, 1, 40],
		] as const) {
			let tail = 0;
			for (let j = a; j < a + b; j++) tail += choose(a + b - 1, j) * x ** j * (1 - x) ** (a + b - 1 - j);
			expect(incompleteBeta(x, a, b)).toBeCloseTo(tail, 12);
		}
		expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
	});
});

describe('files', () => {
	it('of analogies have sections, CRLF, gzip and blank lines', async () => {
		const text = '\uFEFF: capitals of states\r\nAthens Greece Oslo Norway\r\n\r\n: gram1\r\na  b\tc d \r\n: none\n';
		const expected = [
			{ name: 'capitals of states', analogies: [['Athens', 'Greece', 'Oslo', 'Norway']] },
			{ name: 'gram1', analogies: [['a', 'b', 'c', 'd']] },
			{ name: 'none', analogies: [] },
		];
		expect(await readAnalogies(file('a.txt', text))).toEqual(expected);
		expect(await readAnalogies(file('a.txt.gz', gzipSync(text)))).toEqual(expected);
	});

	it('of analogies with other lines are refused by their place, or read without these', async () => {
		const path = file('bad.txt', ': one\na b c d\na b c\n');
		await expect(readAnalogies(path)).rejects.toThrow(
			/bad\.txt:3: expected four words, or a colon and the name of a section, got 3\. Correct the line, or skip bad ones\.$/,
		);
		expect(await readAnalogies(path, { onError: 'skip' })).toEqual([{ name: 'one', analogies: [['a', 'b', 'c', 'd']] }]);
		await expect(readAnalogies(file('bare.txt', 'a b c d\n'))).rejects.toThrow(/bare\.txt:1: expected a section such as ': family' before/);
	});

	it.each([
		['tabs and CRLF', 'love\tsex\t6.77\r\ntiger\tcat\t7.35\r\n'],
		['commas and a header', 'Word 1,Word 2,Human (mean)\nlove,sex,6.77\ntiger,cat,7.35\n'],
		['spaces', 'love sex 6.77\n\ntiger  cat 7.35'],
		['semicolons and comments', '# of people\nlove;sex;6.77\ntiger;cat;7.35\n'],
		['further columns', 'word1\tword2\tPOS\tSimLex999\tconc(w1)\nlove\tsex\tN\t6.77\t2.1\ntiger\tcat\tN\t7.35\t4\n'],
	])('of word pairs have %s', async (_, text) => {
		expect(await readWordPairs(file('pairs.txt', text))).toEqual([
			{ a: 'love', b: 'sex', score: 6.77 },
			{ a: 'tiger', b: 'cat', score: 7.35 },
		]);
	});

	it('of word pairs keep words of several parts between tabs, and refuse other lines by their place', async () => {
		expect(await readWordPairs(file('parts.txt', 'New York\t纽约\t9\n'))).toEqual([{ a: 'New York', b: '纽约', score: 9 }]);
		await expect(readWordPairs(file('odd.txt', 'a\tb\t1\na\tb\thigh\n'))).rejects.toThrow(
			/odd\.txt:2: expected two words and a number, got "a\\tb\\thigh"\. Correct the line, or skip bad ones\.$/,
		);
	});
});

testRefusals({
	evaluateAnalogies: {
		refuses: [
			[() => evaluateAnalogies({} as never, []), 'evaluateAnalogies: expected vectors to be word vectors, got {}.'],
			[() => evaluateAnalogies(vectors, 'q.txt' as never), "evaluateAnalogies: expected sections to be an array of sections, got 'q.txt'."],
			[
				() => evaluateAnalogies(vectors, [], { dummy4unknown: true } as never),
				'evaluateAnalogies: expected an option that it has, got dummy4unknown. It has restrict, ignoreCase, countUnknown, method,',
			],
		],
	},
	evaluateWordPairs: {
		refuses: [
			[
				() => evaluateWordPairs(vectors, [{ a: 'a', b: 'b' } as never]),
				/evaluateWordPairs: expected pairs to be an array of \{ a, b, score \}, got/,
			],
			[
				() => evaluateWordPairs(vectors, [{ a: 'absent', b: 'b', score: 1 }]),
				'evaluateWordPairs: expected at least two pairs of words that are known, got 0 of 1. Check that the vectors are of the language of the pairs.',
			],
			[() => evaluateWordPairs(vectors, [], { restrict: 0 }), 'evaluateWordPairs: expected restrict to be a whole number from 1, got 0.'],
		],
	},
});
