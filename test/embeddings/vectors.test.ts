// Questions to word vectors: gensim's answers to each, answers over many rows as those of a plain loop, and what is refused.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { approximateIndex, type SimilarQuestion, type WordVectors, wordVectors } from 'textloom';
import { describe, expect, it } from 'vitest';
import { createBest } from '../../dist/src/embeddings/vectors/best.js';
import { createRows } from '../../dist/src/embeddings/vectors/rows.js';
import { compareAll } from '../../dist/src/embeddings/vectors/scores.js';
import { search } from '../../dist/src/embeddings/vectors/search.js';
import { transportCost } from '../../dist/src/embeddings/vectors/transport.js';
import { testRefusals } from '../refusals.js';

type Answer = readonly (readonly [word: string, similarity: number])[];
interface Golden {
	readonly words: string[];
	readonly numbers: number[][];
	readonly free: number[];
	readonly similar: { question: SimilarQuestion; answer: Answer }[];
	readonly free_similar: Answer;
	readonly cosmul: { question: SimilarQuestion; answer: Answer }[];
	readonly pairs: { a: string; b: string; similarity: number; distance: number; rank: number; closer: string[] }[];
	readonly distances: { all: number[]; some: number[]; free: number[] };
	readonly n_similarity: { a: string[]; b: string[]; value: number }[];
	readonly means: { words: string[]; options: object; value: number[] }[];
	readonly central: { words: string[]; order: string[]; odd: string }[];
	readonly movers: { a: string[]; b: string[]; normalize: boolean; value: number }[];
}
const golden: Golden = JSON.parse(readFileSync(new URL('../golden/embeddings/vectors.json', import.meta.url), 'utf8'));
const { words } = golden;
const width = golden.numbers[0]!.length;
const vectors = wordVectors({ words, width, rows: Float32Array.from(golden.numbers.flat()) });
const free = Float32Array.from(golden.free);

function expectAnswer(found: ReturnType<WordVectors['mostSimilar']>, answer: Answer): void {
	expect(found.map(({ word }) => word)).toEqual(answer.map(([word]) => word));
	for (const [i, [, similarity]] of answer.entries()) expect(found[i]!.similarity).toBeCloseTo(similarity, 5);
}
const expectNumbers = (found: ArrayLike<number>, numbers: readonly number[]) => {
	expect(found.length).toBe(numbers.length);
	for (const [i, value] of numbers.entries()) expect(Math.abs(found[i]! - value)).toBeLessThan(2e-6 * Math.max(1, Math.abs(value)));
};

describe('gensim’s answers', () => {
	it.each(golden.similar)('most similar: $question', ({ question, answer }) => {
		expectAnswer(vectors.mostSimilar(question), answer);
	});
	it('to many questions at once, and to each alone, are the same to the last bit', () => {
		const questions = [...golden.similar, ...golden.similar].map(({ question }) => question);
		expect(vectors.mostSimilarAll(questions)).toEqual(questions.map((question) => vectors.mostSimilar(question)));
		expect(vectors.mostSimilarAll(['king', ['man', 'oil']], { top: 2, restrict: 20 })).toEqual([
			vectors.mostSimilar({ positive: 'king', top: 2, restrict: 20 }),
			vectors.mostSimilar({ positive: ['man', 'oil'], top: 2, restrict: 20 }),
		]);
	});
	it('to a vector', () => expectAnswer(vectors.mostSimilar({ positive: free, top: 4 }), golden.free_similar));
	it.each(golden.cosmul)('by products: $question', ({ question, answer }) => expectAnswer(vectors.mostSimilarCosmul(question), answer));
	it('an analogy is a question', () => {
		expect(vectors.analogy('man', 'king', 'woman', { top: 5 })).toEqual(
			vectors.mostSimilar({ positive: ['king', 'woman'], negative: 'man', top: 5 }),
		);
	});
	it.each(golden.pairs)('$a and $b', ({ a, b, similarity, distance, rank, closer }) => {
		expect(vectors.similarity(a, b)).toBeCloseTo(similarity, 6);
		expect(vectors.distance(a, b)).toBeCloseTo(distance, 6);
		expect(vectors.rank(a, b)).toBe(rank);
		expect(vectors.closerThan(a, b)).toEqual(closer);
	});
	it('distances', () => {
		expectNumbers(vectors.distances('king'), golden.distances.all);
		expectNumbers(vectors.distances('king', ['man', '成都', 'king']), golden.distances.some);
		expectNumbers(vectors.distances(free, ['man', 'oil']), golden.distances.free);
	});
	it.each(golden.n_similarity)('the similarity of lists: $a', ({ a, b, value }) => {
		expect(vectors.nSimilarity(a, b)).toBeCloseTo(value, 6);
	});
	it.each(golden.means)('means: $words $options', ({ words, options, value }) => expectNumbers(vectors.meanVector(words, options), value));
	it.each(golden.central)('centrality: $words', ({ words, order, odd }) => {
		expect(vectors.rankByCentrality(words).map(({ word }) => word)).toEqual(order);
		expect(vectors.doesNotMatch(words)).toBe(odd);
	});
	it.each(golden.movers)('the word mover’s distance: $a', ({ a, b, normalize, value }) => {
		expect(vectors.wordMoversDistance(a, b, { normalize })).toBeCloseTo(value, 6);
	});
});

describe('words and rows', () => {
	it('are handed out as copies', () => {
		vectors.get('king')!.fill(0);
		vectors.row(2).fill(0);
		expect(Array.from(vectors.get('king')!)).toEqual(golden.numbers[2]);
		expect(vectors.indexOf('king')).toBe(2);
		expect(vectors.has('constructor')).toBe(true);
		expect(vectors.get('toString')).toBeUndefined();
		expect(vectors.norm(2)).toBeCloseTo(Math.hypot(...golden.numbers[2]!), 6);
		expect(Math.hypot(...vectors.unit('king')!)).toBeCloseTo(1, 6);
	});
	it('Euclidean distances are lengths of differences', () => {
		const [a, b] = [golden.numbers[2]!, golden.numbers[3]!];
		const length = Math.hypot(...a.map((value, i) => value - b[i]!));
		expect(vectors.distance('king', 'queen', { metric: 'euclidean' })).toBeCloseTo(length, 6);
		expect(vectors.distances('king', undefined, { metric: 'euclidean' })[3]).toBeCloseTo(length, 5);
	});
	it('an answer comes from the words that it is restricted to', () => {
		const restrict = ['oil', 'queen', 'storm', 'king'];
		const found = vectors.mostSimilar({ positive: 'king', restrict });
		expect(found.map(({ word }) => word).sort()).toEqual(['oil', 'queen', 'storm']);
		const all = new Map(vectors.mostSimilar({ positive: 'king', top: Infinity }).map(({ word, similarity }) => [word, similarity]));
		for (const { word, similarity } of found) expect(similarity).toBe(all.get(word));
		expect(all.size).toBe(words.length - 1);
	});
	it('a document is asked for by its mean, and what is unknown in it is passed over', () => {
		const found = vectors.mostSimilar({ positive: vectors.meanVector(['king', 'unheard', 'queen']), top: 1 });
		expect(['king', 'queen']).toContain(found[0]!.word);
	});
	it('words without a row have the vector that their parts give', () => {
		const unseen = (word: string) => (word.startsWith('king') ? vectors.get('king') : undefined);
		const known = wordVectors({ words, width, rows: Float32Array.from(golden.numbers.flat()), unseen });
		expect(known.subwords).toBe(true);
		expect(known.has('kingly')).toBe(false);
		expect(known.get('kingly')).toEqual(vectors.get('king'));
		expect(known.get('other')).toBeUndefined();
		expect(known.mostSimilar('kingly')[0]).toMatchObject({ word: 'king', similarity: expect.closeTo(1, 6) });
	});
	it('a row of zeros is like nothing', () => {
		const some = wordVectors({ words: ['a', 'b', 'zero'], width: 2, rows: Float32Array.of(1, 0, 0, 1, 0, 0) });
		expect(some.mostSimilar('a')).toEqual([
			{ word: 'b', similarity: 0 },
			{ word: 'zero', similarity: 0 },
		]);
		expect(some.similarity('zero', 'a')).toBe(0);
		expect(some.wordMoversDistance(['a'], ['x'])).toBe(Infinity);
		expect(some.wordMoversDistance(['a', 'b'], ['b', 'a'])).toBe(0);
	});
});

describe('exact search', () => {
	const random = (seed: number) => () => {
		seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
		return seed / 2 ** 31 - 1;
	};
	it.each([
		[1, 9000],
		[3, 9000],
		[16, 9000],
		[37, 12_345],
		[100, 20_001],
	])('width %i, %i rows in several chunks: by codes, together and one by one', (width, count) => {
		const draw = random(width);
		const rows = createRows(width, { chunkBytes: 4096 * width * 4 });
		const row = new Float32Array(width);
		for (let i = 0; i < count; i++) {
			// Rows of all lengths, equal ones, and zeros.
			if (i % 5 > 0) for (let j = 0; j < width; j++) row[j] = draw() * 10 ** ((i % 7) - 3);
			rows.append(i % 1000 === 999 ? new Float32Array(width) : row);
		}
		expect(rows.chunks.length).toBeGreaterThan(1);
		const queries = [0, 1, 2, 3, 4].map((i) => {
			const view = rows.view(i * 11 + 1).map((value) => value + 0.001 * draw());
			const norm = Math.hypot(...view);
			return view.map((value) => value / norm);
		});
		const plain = queries.map((query, i) => {
			const scores: number[] = [];
			compareAll(rows, [query], count, (_, first, some, found) => {
				for (let i = 0; i < some; i++) scores[first + i] = found[i]!;
			});
			const at = i * 1777 + 5;
			const own = rows.view(at);
			const cosine = own.reduce((sum, value, j) => sum + value * query[j]!, 0) / (Math.hypot(...own) || 1);
			expect(scores[at]).toBeCloseTo(cosine, 5);
			return Array.from(scores, (score, index) => ({ index, score }))
				.sort((a, b) => b.score - a.score || a.index - b.index)
				.slice(0, 10);
		});
		for (const [i, query] of queries.entries()) {
			const best = createBest(10);
			search(rows, [query], count, [best]);
			expect(best.result()).toEqual(plain[i]);
		}
		const bests = queries.map(() => createBest(10));
		search(rows, queries, count, bests);
		expect(bests.map((best) => best.result())).toEqual(plain);
	});
});

describe('an index of another package', () => {
	/** An index that has every second row only: it finds some. */
	const some = () => {
		const held = new Map<bigint, Float32Array>();
		return {
			held,
			size: () => held.size,
			dimensions: () => width,
			add: (keys: BigUint64Array, rows: Float32Array) =>
				void [...keys].forEach((key, i) => {
					held.set(key, rows.slice(i * width, (i + 1) * width));
				}),
			search(query: Float32Array, count: number) {
				const score = (row: Float32Array) => row.reduce((sum, value, i) => sum + value * query[i]!, 0) / Math.hypot(...row);
				const even = [...held].filter(([key]) => key % 2n === 0n).sort(([, a], [, b]) => score(b) - score(a));
				return { keys: BigUint64Array.from(even.slice(0, count), ([key]) => key) };
			},
		};
	};
	it('gives exact cosines of what it finds', async () => {
		const own = some();
		const index = await approximateIndex(vectors, own);
		expect(own.held.size).toBe(words.length);
		const exact = vectors.mostSimilar({ positive: 'king', top: Infinity });
		const found = index.mostSimilar({ positive: 'king', top: 5 });
		expect(found).toEqual(exact.filter(({ word }) => words.indexOf(word) % 2 === 0).slice(0, 5));
		// As it is when it was loaded: nothing is added again.
		const again = await approximateIndex(vectors, { ...own, add: () => expect.fail('added again') });
		expect(again.mostSimilar({ positive: 'king', top: 5 })).toEqual(found);
		expect(() => index.mostSimilar({ positive: 'king', restrict: 3 } as never)).toThrow(
			'mostSimilar: expected no restrict, which an index cannot do',
		);
	});
	it('must fit', async () => {
		await expect(approximateIndex(vectors, { ...some(), dimensions: () => 3 })).rejects.toThrow(
			'approximateIndex: expected an index of 10 dimensions that is empty or has 36 rows, got 3 dimensions and 0 rows. Make a new one.',
		);
		await expect(approximateIndex(vectors, {} as never)).rejects.toThrow(
			'approximateIndex: expected the index to be an index of usearch, got {}.',
		);
	});
});

describe('transport', () => {
	it('costs no more than any other way, and as much as the best of one unit each', () => {
		const sides = fc.integer({ min: 1, max: 5 });
		fc.assert(
			fc.property(sides, fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 25, maxLength: 25 }), (n, costs) => {
				const square = Float64Array.from(costs.slice(0, n * n));
				const ones = Array.from({ length: n }, () => 1);
				expect(transportCost(ones, ones, square)).toBe(least(square, n));
			}),
		);
	});
	it('carries parts', () => {
		// 3 from a: 2 to x and 1 to y; 1 from b to y.
		expect(transportCost([3, 1], [2, 2], Float64Array.of(1, 5, 10, 1))).toBe(2 + 5 + 1);
	});
});

/** The least sum of one entry in each row and column. */
function least(costs: Float64Array, n: number, row = 0, used: readonly number[] = []): number {
	if (row === n) return 0;
	const columns = Array.from({ length: n }, (_, j) => j).filter((j) => !used.includes(j));
	return Math.min(...columns.map((j) => costs[row * n + j]! + least(costs, n, row + 1, [...used, j])));
}

const parts = { words: ['a', 'b'], width: 2, rows: Float32Array.of(1, 2, 3, 4) };
testRefusals({
	wordVectors: {
		refuses: [
			[() => wordVectors({ ...parts, words: ['a'] }), 'wordVectors: expected one for each of the 1 words, got 2 rows.'],
			[() => wordVectors({ ...parts, counts: Uint32Array.of(1) }), 'wordVectors: expected one for each of the 2 words, got 1 counts.'],
			[() => wordVectors({ ...parts, words: ['a', 'a'] }), 'wordVectors: expected words that differ, got "a" twice.'],
			[() => wordVectors({ ...parts, width: 3 }), 'wordVectors: expected whole rows of 3 numbers in each array, got one of 4 numbers.'],
			[() => wordVectors({ ...parts, width: 0 }), 'wordVectors: expected width to be a whole number from 1, got 0.'],
			[
				() => wordVectors({ ...parts, rows: Float32Array.of(1, 2, 3, Number.NaN) }),
				'wordVectors: expected finite numbers, got NaN or Infinity in the row of "b".',
			],
			[() => wordVectors({ ...parts, rows: [1, 2] } as never), 'wordVectors: expected rows to be a Float32Array, or an array of these'],
		],
	},
	questions: {
		refuses: [
			[
				() => vectors.mostSimilar('x'),
				'mostSimilar: expected words that have vectors, got "x" without. Leave it out, or ask has(word) first.',
			],
			[() => vectors.mostSimilar({ positive: ['king', 'x', 'y'] }), 'mostSimilar: expected words that have vectors, got "x", "y" without.'],
			[() => vectors.mostSimilar({}), 'mostSimilar: expected words or vectors to compare with, got none.'],
			[
				() => vectors.mostSimilar([1, 0] as never),
				'mostSimilar: expected the question to be a word, a Float32Array, or an array of these, each alone or as [word, weight], or { positive, negative, top, restrict }, got [ 1, 0 ]. A vector of your own is a Float32Array.',
			],
			[() => vectors.mostSimilar(undefined as never), 'mostSimilar: expected the question to be a word, a Float32Array'],
			[() => vectors.mostSimilar(new Float32Array(3)), 'mostSimilar: expected a vector of 10 finite numbers, got 3.'],
			[
				() => vectors.mostSimilar(new Float32Array(10).fill(Number.NaN)),
				'mostSimilar: expected a vector of 10 finite numbers, got one with NaN or Infinity.',
			],
			[() => vectors.mostSimilar({ positive: 'king', top: 0 }), 'mostSimilar: expected top to be a whole number from 1, got 0.'],
			[() => vectors.mostSimilar({ positive: 'king', topn: 3 } as never), 'mostSimilar: expected an option that it has, got topn.'],
			[() => vectors.mostSimilar({ positive: ['king', 2] } as never), 'mostSimilar: expected positive to be a word, a Float32Array'],
			[() => vectors.mostSimilar({ positive: 'king', restrict: ['x'] }), 'mostSimilar: expected words that have vectors, got "x" without.'],
			[
				() => vectors.mostSimilarCosmul({ negative: 'king' }),
				'mostSimilarCosmul: expected a positive word or vector, got negative ones only.',
			],
			[() => vectors.mostSimilarAll('king' as never), "mostSimilarAll: expected the questions to be an array of questions, got 'king'."],
			[() => vectors.similarity('king', 'x'), 'similarity: expected words that have vectors, got "x" without.'],
			[() => vectors.rank('king', 'x'), 'rank: expected words that have vectors, got "x" without.'],
			[() => vectors.doesNotMatch([]), 'doesNotMatch: expected the words to be an array of at least one word, got [].'],
			[() => vectors.nSimilarity([], ['king']), 'nSimilarity: expected the words to be an array of at least one word, got [].'],
			[() => vectors.meanVector([]), 'meanVector: expected at least one word, got none.'],
			[() => vectors.meanVector(['king', 'x'], { ignoreMissing: false }), 'meanVector: expected words that have vectors, got "x" without.'],
			[() => vectors.meanVector(['king'], { weights: [1, 2] }), 'meanVector: expected a weight for each of 1 words, got 2.'],
			[() => vectors.row(99), 'row: expected the place to be a whole number from 0 below 36, got 99.'],
			[
				() => vectors.distance('king', 'man', { metric: 'l1' as never }),
				"distance: expected metric to be one of 'cosine', 'euclidean', got 'l1'.",
			],
		],
	},
});
