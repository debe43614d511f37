// Comparisons of words with words: gensim's similarity, distances, rank, closer_than, n_similarity, get_mean_vector, rank_by_centrality, doesnt_match.
import { argumentOf, is, type Kinds, optionsOf } from '../../base/index.js';
import {
	type Core,
	type DenseVector,
	euclidean,
	listed,
	meanOf,
	normOf,
	sized,
	termKind,
	termsKind,
	unitOf,
	type VectorTerm,
	type VectorTerms,
	vectorsOf,
	weighted,
} from './core.js';
import { heaps, moversDistance } from './movers.js';
import { compareAll } from './scores.js';
import type { SimilarWord } from './similar.js';

/** How far vectors are apart: 1 − cosine, or the length of their difference. */
export type DistanceMetric = 'cosine' | 'euclidean';

/** How distances are measured. */
export interface DistanceOptions {
	/** Default cosine. */
	readonly metric?: DistanceMetric;
}

/** How the word mover's distance is measured. */
export interface MoverOptions {
	/** Whether vectors are made of length 1 before. Default yes. */
	readonly normalize?: boolean;
}

/** How a mean vector is made; the defaults are gensim's. */
export interface MeanOptions {
	/** A weight for each word. Default 1. */
	readonly weights?: ArrayLike<number>;
	/** Whether each vector is made of length 1 before. Default yes. */
	readonly preNormalize?: boolean;
	/** Whether the mean is made of length 1. Default no. */
	readonly postNormalize?: boolean;
	/** Whether words without a vector are passed over, or refused. Default yes. */
	readonly ignoreMissing?: boolean;
}

/** Comparisons of words, or of vectors of one's own. Words without a vector are refused where nothing else is said. */
export interface Comparisons {
	/** The cosine of two vectors; 0 where one is all zeros. */
	similarity(a: string | DenseVector, b: string | DenseVector): number;
	distance(a: string | DenseVector, b: string | DenseVector, options?: DistanceOptions): number;
	/** The distances from one vector to those of words, or to every row. */
	distances(from: string | DenseVector, words?: readonly string[], options?: DistanceOptions): Float32Array;
	/** The words that are nearer to `a` than `b` is, in the order of their rows. */
	closerThan(a: string, b: string): string[];
	/** The place of `b` among all words by their distance from `a`: 1 for the nearest. */
	rank(a: string, b: string): number;
	/** Σ weight · vector / Σ |weight|; zeros where no word has a vector. The vector of a document is that of its tokens. */
	meanVector(terms: VectorTerms, options?: MeanOptions): Float32Array;
	/** The cosine of the means of two lists of words; words without a vector are passed over. */
	nSimilarity(a: readonly string[], b: readonly string[]): number;
	/**
	 * The word mover's distance of two documents (Kusner et al. 2015): what it costs to carry the words of one, each as heavy as it is frequent, to those of
	 * the other, where carrying costs the Euclidean distance. Exact. Words without a vector are passed over; Infinity where a document has no other.
	 */
	wordMoversDistance(a: readonly string[], b: readonly string[], options?: MoverOptions): number;
	/** The words by the cosine with the mean of all, made of length 1 each: the most central first. */
	rankByCentrality(words: readonly string[]): SimilarWord[];
	/** The word that is least like the others. */
	doesNotMatch(words: readonly string[]): string;
}

const distanceKinds: Kinds<DistanceOptions> = { metric: is.one('cosine', 'euclidean') };
const meanKinds: Kinds<MeanOptions> = {
	weights: {
		expected: 'an array of finite numbers',
		fits: (value) => (Array.isArray(value) || ArrayBuffer.isView(value)) && Array.from(value as Float64Array).every(Number.isFinite),
	},
	...{ preNormalize: is.flag, postNormalize: is.flag, ignoreMissing: is.flag },
};
const someWords = {
	expected: 'an array of at least one word',
	fits: (value: unknown) => is.texts.fits(value) && (value as string[]).length > 0,
	next: 'Pass some.',
};

/** The comparisons over words and rows. */
export function comparisons(core: Core): Comparisons {
	const { words, rows } = core;
	const one = (who: string, of: string | DenseVector): DenseVector => {
		argumentOf(who, 'what is compared', of, termKind);
		return typeof of === 'string' ? vectorsOf(who, core, [of])[0]! : sized(who, core, of);
	};
	/** All cosine distances: in float32, as the rows are compared in queries, so that equal vectors are equally far. */
	const fromAll = (vector: DenseVector) => {
		const distances = new Float32Array(words.length);
		compareAll(rows, [unitOf(vector)], words.length, (_, first, count, scores) => {
			for (let i = 0; i < count; i++) distances[first + i] = 1 - scores[i]!;
		});
		return distances;
	};
	const closer = (who: string, a: string, b: string): number[] => {
		const from = one(who, argumentOf(who, 'a', a, is.text));
		const [to] = vectorsOf(who, { ...core, unseen: undefined }, [argumentOf(who, 'b', b, is.text)]);
		if (!to) return [];
		const distances = fromAll(from);
		const least = distances[core.indexOf(b)]!;
		const own = core.indexOf(a);
		return Array.from(distances.keys()).filter((index) => index !== own && distances[index]! < least);
	};
	const mean = (who: string, terms: readonly VectorTerm[], options: MeanOptions) => {
		const { weights, preNormalize = true, postNormalize = false, ignoreMissing = true } = options;
		if (terms.length === 0) throw new RangeError(`${who}: expected at least one word, got none. A mean of nothing is no vector.`);
		if (weights && weights.length !== terms.length)
			throw new RangeError(`${who}: expected a weight for each of ${terms.length} words, got ${weights.length}.`);
		const each = weights ? terms.map((term, i): VectorTerm => [Array.isArray(term) ? term[0] : term, weights[i]!]) : terms;
		return meanOf(rows.width, weighted(who, core, each, 1, ignoreMissing), { preNormalize, postNormalize });
	};
	const central = (who: string, given: readonly string[]): SimilarWord[] => {
		const vectors = vectorsOf(who, core, argumentOf(who, 'the words', given, someWords)).map(unitOf);
		const middle = meanOf(
			rows.width,
			vectors.map((vector) => ({ vector, weight: 1, index: -1 })),
			{ preNormalize: true, postNormalize: true },
		);
		return given.map((word, i) => ({ word, similarity: dot(vectors[i]!, middle) })).sort((a, b) => b.similarity - a.similarity);
	};
	return {
		similarity: (a, b) => cosine(one('similarity', a), one('similarity', b)),
		distance(a, b, options = {}) {
			const { metric = 'cosine' } = optionsOf('distance', options, distanceKinds);
			return distanceOf[metric](one('distance', a), one('distance', b));
		},
		distances(from, some, options = {}) {
			const { metric = 'cosine' } = optionsOf('distances', options, distanceKinds);
			const vector = one('distances', from);
			if (some !== undefined) {
				argumentOf('distances', 'the words', some, is.texts);
				return Float32Array.from(vectorsOf('distances', core, some), (other) => distanceOf[metric](vector, other));
			}
			if (metric === 'cosine') return fromAll(vector);
			return Float32Array.from(words, (_, index) => euclidean(vector, rows.view(index)));
		},
		closerThan: (a, b) => closer('closerThan', a, b).map((index) => words[index]!),
		rank: (a, b) => closer('rank', a, b).length + 1,
		meanVector(terms, options = {}) {
			argumentOf('meanVector', 'the words', terms, termsKind);
			return mean('meanVector', listed(terms), optionsOf('meanVector', options, meanKinds));
		},
		nSimilarity(a, b) {
			const [one, other] = [a, b].map((list) =>
				mean('nSimilarity', argumentOf('nSimilarity', 'the words', list, someWords), { preNormalize: false }),
			);
			return cosine(one!, other!);
		},
		wordMoversDistance(a, b, options = {}) {
			const { normalize = true } = optionsOf('wordMoversDistance', options, { normalize: is.flag });
			const documents = [a, b].map((tokens) => heaps(core, argumentOf('wordMoversDistance', 'the documents', tokens, is.texts), normalize));
			return moversDistance(documents[0]!, documents[1]!);
		},
		rankByCentrality: (given) => central('rankByCentrality', given),
		doesNotMatch: (given) => central('doesNotMatch', given).at(-1)!.word,
	};
}

function dot(a: DenseVector, b: DenseVector): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
	return sum;
}

function cosine(a: DenseVector, b: DenseVector): number {
	const norms = normOf(a) * normOf(b);
	return norms > 0 ? dot(a, b) / norms : 0;
}

const distanceOf: Readonly<Record<DistanceMetric, (a: DenseVector, b: DenseVector) => number>> = {
	cosine: (a, b) => 1 - cosine(a, b),
	euclidean,
};
