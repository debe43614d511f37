// What every query works with: words, their rows, and how words and vectors of a question become numbers.
import type { Rows } from './rows.js';

/** A vector of one's own. */
export type DenseVector = Float32Array | Float64Array;

/** A word or a vector, or one with a weight. */
export type VectorTerm = string | DenseVector | readonly [of: string | DenseVector, weight: number];

/** One or several of them. */
export type VectorTerms = string | DenseVector | readonly VectorTerm[];

/** Words and their rows. */
export interface Core {
	readonly words: readonly string[];
	readonly rows: Rows;
	/** The row of a word; -1 where it has none. */
	indexOf(word: string): number;
	/** The vector of a word that has no row. */
	readonly unseen?: ((word: string) => Float32Array | undefined) | undefined;
}

/** A vector with its weight, and its row where it is that of a word. */
export interface Weighted {
	readonly vector: DenseVector;
	readonly weight: number;
	readonly index: number;
}

/** The vector of a word, as it lies in memory; undefined where it has none. */
export function vectorOf({ indexOf, rows, unseen }: Core, word: string): Float32Array | undefined {
	const index = indexOf(word);
	return index >= 0 ? rows.view(index) : unseen?.(word);
}

/** The vectors of words, all of which must have one. */
export function vectorsOf(who: string, core: Core, words: readonly string[]): Float32Array[] {
	const found = words.map((word) => vectorOf(core, word));
	const lost = words.filter((_, i) => !found[i]);
	if (lost.length === 0) return found as Float32Array[];
	const names = lost.slice(0, 5).map((word) => JSON.stringify(word));
	throw new RangeError(
		`${who}: expected words that have vectors, got ${names.join(', ')}${lost.length > 5 ? ` and ${lost.length - 5} others` : ''} without. Leave ${lost.length === 1 ? 'it' : 'them'} out, or ask has(word) first.`,
	);
}

/** The rows of words, each of which must have one. */
export function indicesOf(who: string, core: Core, words: readonly string[]): number[] {
	vectorsOf(who, { ...core, unseen: undefined }, words);
	return words.map(core.indexOf);
}

const isVector = (value: unknown): value is DenseVector => value instanceof Float32Array || value instanceof Float64Array;

/** One or several terms as a list. */
export const listed = (terms: VectorTerms): readonly VectorTerm[] => (typeof terms === 'string' || isVector(terms) ? [terms] : terms);

const isTerm = (value: unknown): boolean => typeof value === 'string' || isVector(value);
const isWeighted = (value: unknown): boolean => Array.isArray(value) && value.length === 2 && isTerm(value[0]) && Number.isFinite(value[1]);

/** What terms are. */
export const termsKind = {
	expected: 'a word, a Float32Array, or an array of these, each alone or as [word, weight]',
	fits: (value: unknown) => isTerm(value) || (Array.isArray(value) && value.every((item) => isTerm(item) || isWeighted(item))),
};

/** A word or a vector. */
export const termKind = { expected: 'a word or a Float32Array', fits: isTerm };

/** The vectors and weights of terms; words without a vector are refused, or left out. */
export function weighted(who: string, core: Core, terms: readonly VectorTerm[], weight: number, ignoreMissing = false): Weighted[] {
	const pairs = terms.map((term) => (Array.isArray(term) ? term : [term, weight]) as readonly [string | DenseVector, number]);
	if (!ignoreMissing) {
		vectorsOf(
			who,
			core,
			pairs.flatMap(([of]) => (typeof of === 'string' ? [of] : [])),
		);
	}
	return pairs.flatMap(([of, weight]) => {
		if (typeof of !== 'string') return [{ vector: sized(who, core, of), weight, index: -1 }];
		const vector = vectorOf(core, of);
		return vector ? [{ vector, weight, index: core.indexOf(of) }] : [];
	});
}

/** A vector as long as the rows, of finite numbers. */
export function sized<V extends DenseVector>(who: string, { rows }: Core, vector: V): V {
	if (vector.length !== rows.width || !(vector as Float32Array).every(Number.isFinite)) {
		const got = vector.length === rows.width ? 'one with NaN or Infinity' : `${vector.length}`;
		throw new RangeError(`${who}: expected a vector of ${rows.width} finite numbers, got ${got}. Take one of the same vectors.`);
	}
	return vector;
}

/** The length of a vector. */
export function normOf(vector: DenseVector): number {
	let sum = 0;
	for (let i = 0; i < vector.length; i++) sum += vector[i]! * vector[i]!;
	return Math.sqrt(sum);
}

/** The length of the difference. */
export function euclidean(a: DenseVector, b: DenseVector): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
	return Math.sqrt(sum);
}

/** A vector of length 1 in the same direction, in memory of its own; zeros where it has none. */
export function unitOf(vector: DenseVector): Float32Array {
	const norm = normOf(vector);
	return Float32Array.from(vector, (value) => (norm > 0 ? value / norm : 0));
}

/** How a mean is made. */
export interface MeanForm {
	/** Whether each vector is made of length 1 before. */
	readonly preNormalize: boolean;
	/** Whether the mean is. */
	readonly postNormalize: boolean;
}

/** Σ weight · vector / Σ |weight|: gensim's `get_mean_vector`. Zeros where nothing weighs. */
export function meanOf(width: number, terms: readonly Weighted[], { preNormalize, postNormalize }: MeanForm): Float32Array {
	const sum = new Float64Array(width);
	let total = 0;
	for (const { vector, weight } of terms) {
		const norm = preNormalize ? normOf(vector) : 1;
		const factor = norm > 0 ? weight / norm : 0;
		for (let i = 0; i < width; i++) sum[i]! += factor * vector[i]!;
		total += Math.abs(weight);
	}
	if (total > 0) for (let i = 0; i < width; i++) sum[i]! /= total;
	return postNormalize ? unitOf(sum) : Float32Array.from(sum);
}
