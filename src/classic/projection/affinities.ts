// How near rows are to each other, as probabilities: t-SNE's P (van der Maaten & Hinton 2008, section 2).
import type { Neighbours } from './nearest-rows.js';

/** p of pairs of rows, each pair once, from its smaller row: those of row i are at `starts[i]` … `starts[i + 1]`. All p of both directions add up to 1. */
export interface Affinities {
	readonly starts: Int32Array;
	readonly places: Int32Array;
	readonly values: Float64Array;
}

const steps = 100;
/** How near the entropy comes to the logarithm of the perplexity; scikit-learn's. */
const tolerance = 1e-5;

/** p_ij = (p_j|i + p_i|j) / 2n, where p_j|i falls with the squared distance by a bell whose entropy is log(perplexity). */
export function affinities({ count, places, distances }: Neighbours, perplexity: number): Affinities {
	const rows = places.length / count;
	const given = new Float64Array(distances.length);
	for (let row = 0; row < rows; row++) bell(distances, given, row * count, count, Math.log(perplexity));
	return pairs(places, given, rows, count);
}

/** Probabilities of one row's neighbours. */
function bell(distances: Float64Array, given: Float64Array, from: number, count: number, entropy: number): void {
	let [least, mean] = [Number.POSITIVE_INFINITY, 0];
	for (let at = from; at < from + count; at++) {
		least = Math.min(least, distances[at]!);
		mean += distances[at]! / count;
	}
	// Distances are taken less the least: the probabilities are the same, and none of them vanish.
	let precision = 1 / (mean - least || 1);
	let [low, high] = [0, Number.POSITIVE_INFINITY];
	for (let step = 0; step < steps; step++) {
		let [sum, weighted] = [0, 0];
		for (let at = from; at < from + count; at++) {
			const distance = distances[at]! - least;
			const value = Math.exp(-precision * distance);
			given[at] = value;
			sum += value;
			weighted += value * distance;
		}
		const over = Math.log(sum) + (precision * weighted) / sum - entropy;
		for (let at = from; at < from + count; at++) given[at]! /= sum;
		if (Math.abs(over) <= tolerance) return;
		if (over > 0) {
			low = precision;
			precision = high === Number.POSITIVE_INFINITY ? precision * 2 : (precision + high) / 2;
		} else {
			high = precision;
			precision = (precision + low) / 2;
		}
	}
}

/** Both directions of each pair added up, at its smaller row. */
function pairs(places: Int32Array, given: Float64Array, rows: number, count: number): Affinities {
	const sizes = new Int32Array(rows + 1);
	for (let at = 0; at < places.length; at++) sizes[Math.min(Math.floor(at / count), places[at]!) + 1]!++;
	for (let row = 0; row < rows; row++) sizes[row + 1]! += sizes[row]!;
	const others = new Int32Array(places.length);
	const values = new Float64Array(places.length);
	const next = sizes.slice(0, rows);
	for (let at = 0; at < places.length; at++) {
		const [a, b] = [Math.floor(at / count), places[at]!];
		const to = next[Math.min(a, b)]!++;
		others[to] = Math.max(a, b);
		values[to] = given[at]! / (2 * rows);
	}
	return merged(sizes, others, values, rows);
}

/** Places that come twice in a row become one, in rising order. */
function merged(starts: Int32Array, places: Int32Array, values: Float64Array, rows: number): Affinities {
	const ends = new Int32Array(rows + 1);
	const sums = new Float64Array(rows);
	let to = 0;
	for (let row = 0; row < rows; row++) {
		const own = places.slice(starts[row]!, starts[row + 1]!).sort();
		for (let at = starts[row]!; at < starts[row + 1]!; at++) sums[places[at]!]! += values[at]!;
		for (let i = 0; i < own.length; i++) {
			if (i > 0 && own[i] === own[i - 1]) continue;
			places[to] = own[i]!;
			values[to++] = sums[own[i]!]!;
			sums[own[i]!] = 0;
		}
		ends[row + 1] = to;
	}
	return { starts: ends, places: places.slice(0, to), values: values.slice(0, to) };
}
