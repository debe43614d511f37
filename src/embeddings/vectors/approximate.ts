// Words that are most similar by an index that finds most of them, for more vectors than can be gone through for each question.
import { argumentOf, type Kind } from '../../base/index.js';
import type { VectorTerms } from './core.js';
import { answerOf, askedOf, queryOf, type SimilarQuestion, type SimilarWord } from './questions.js';
import { compareOne } from './scores.js';
import { coreOf, storedOf, vectorsKind, type WordVectors } from './word-vectors.js';

/** What is used of an index of usearch, a package that the caller installs. */
export interface NeighbourIndex {
	size(): number;
	dimensions(): number;
	add(keys: BigUint64Array, rows: Float32Array, threads?: number): void;
	search(query: Float32Array, count: number, threads: number): { readonly keys: BigUint64Array };
}

/** Questions to an index. */
export interface ApproximateIndex {
	/** As `mostSimilar` of the vectors, but that words may be missing in an answer; the cosines of those that are there are exact. Without `restrict`. */
	mostSimilar(question: VectorTerms | Omit<SimilarQuestion, 'restrict'>): SimilarWord[];
}

/** Rows that are added at a time: between them other work of the thread has its turn. */
const rowsAtOnce = 1000;

const indexKind: Kind = {
	expected: 'an index of usearch',
	fits: (value) =>
		['add', 'search', 'size', 'dimensions'].every((name) => typeof (value as Record<string, unknown> | null)?.[name] === 'function'),
	next: "Install usearch, and pass new Index({ dimensions: vectors.width, metric: 'cos' }).",
};

/**
 * Adds all vectors to an empty index of usearch (hierarchical navigable small worlds, Malkov & Yashunin 2018), or takes one that was loaded with them
 * in it. Exact answers over 400,000 vectors of 100 numbers take a few milliseconds: this is for many more.
 *
 * @example
 * import { Index } from 'usearch';
 * const index = await approximateIndex(vectors, new Index({ dimensions: vectors.width, metric: 'cos' }));
 * index.mostSimilar('king');
 */
export async function approximateIndex(vectors: WordVectors, index: NeighbourIndex): Promise<ApproximateIndex> {
	const who = 'approximateIndex';
	const stored = storedOf(argumentOf(who, 'the vectors', vectors, vectorsKind));
	argumentOf(who, 'the index', index, indexKind);
	const { rows, words } = stored;
	const core = coreOf(stored);
	const [size, dimensions] = [Number(index.size()), Number(index.dimensions())];
	if (dimensions !== rows.width || (size !== 0 && size !== words.length)) {
		throw new RangeError(
			`${who}: expected an index of ${rows.width} dimensions that is empty or has ${words.length} rows, got ${dimensions} dimensions and ${size} rows. Make a new one.`,
		);
	}
	for (let first = 0; size === 0 && first < words.length; first += rowsAtOnce) {
		const count = Math.min(rowsAtOnce, words.length - first);
		const some = new Float32Array(count * rows.width);
		for (let i = 0; i < count; i++) some.set(rows.view(first + i), i * rows.width);
		index.add(
			BigUint64Array.from({ length: count }, (_, i) => BigInt(first + i)),
			some,
		);
		await new Promise(setImmediate);
	}
	return {
		mostSimilar(question) {
			const asked = askedOf('mostSimilar', core, question);
			if (asked.among !== words.length)
				throw new RangeError('mostSimilar: expected no restrict, which an index cannot do, got one. Ask the vectors themselves.');
			const query = queryOf('mostSimilar', core, asked);
			const count = Math.min(words.length, Math.min(asked.top, words.length) + asked.excluded.size);
			const found = Array.from(index.search(query, count, 1).keys, (key) => ({
				index: Number(key),
				score: compareOne(rows, query, Number(key)),
			}));
			return answerOf(
				core,
				found.sort((a, b) => b.score - a.score || a.index - b.index),
				asked,
			);
		},
	};
}
