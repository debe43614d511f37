// The E-step of latent Dirichlet allocation: the topics of documents, given those of words (Hoffman, Blei & Bach 2010, algorithm 1).
import type { SparseMatrix } from '../../sparse/index.js';
import { digamma } from './gamma-functions.js';

/** How the topics of a document are found. */
export interface DocumentStep {
	readonly topics: number;
	/** The prior of a document's topics. */
	readonly alpha: number;
	readonly iterations: number;
	/** Ends where γ changes less than this, in the mean. */
	readonly tolerance: number;
}

/**
 * γ of the rows from `first` up to `last`, `[rows × topics]`, each found from γ = 1.
 *
 * @param beta exp(E[ln β]) of words, side by side: topic k of word w is at `w * topics + k`
 * @param sums what the words of these rows say about topics is added here, to be multiplied by `beta`
 */
export function documentTopics(
	{ starts, indices, values }: SparseMatrix,
	beta: Float64Array,
	{ topics, alpha, iterations, tolerance }: DocumentStep,
	first: number,
	last: number,
	sums?: Float64Array,
): Float64Array {
	const result = new Float64Array((last - first) * topics);
	let longest = 0;
	for (let row = first; row < last; row++) longest = Math.max(longest, starts[row + 1]! - starts[row]!);
	const own = new Float64Array(longest * topics);
	const [theta, next] = [new Float64Array(topics), new Float64Array(topics)];
	const begin = Math.exp(digamma(1) - digamma(topics));
	for (let row = first; row < last; row++) {
		const [from, to] = [starts[row]!, starts[row + 1]!];
		const gamma = result.subarray((row - first) * topics, (row - first + 1) * topics).fill(1);
		for (let at = from; at < to; at++) {
			const word = indices[at]! * topics;
			const place = (at - from) * topics;
			for (let k = 0; k < topics; k++) own[place + k] = beta[word + k]!;
		}
		theta.fill(begin);
		for (let iteration = 0; iteration < iterations; iteration++) {
			next.fill(0);
			for (let at = from, place = 0; at < to; at++, place += topics) {
				let sum = Number.EPSILON;
				for (let k = 0; k < topics; k++) sum += theta[k]! * own[place + k]!;
				const share = values[at]! / sum;
				for (let k = 0; k < topics; k++) next[k]! += share * own[place + k]!;
			}
			let [total, change] = [0, 0];
			for (let k = 0; k < topics; k++) {
				const value = theta[k]! * next[k]! + alpha;
				change += Math.abs(value - gamma[k]!);
				gamma[k] = value;
				total += value;
			}
			const all = digamma(total);
			for (let k = 0; k < topics; k++) theta[k] = Math.exp(digamma(gamma[k]!) - all);
			if (change / topics < tolerance) break;
		}
		if (sums === undefined) continue;
		for (let at = from, place = 0; at < to; at++, place += topics) {
			let sum = Number.EPSILON;
			for (let k = 0; k < topics; k++) sum += theta[k]! * own[place + k]!;
			const share = values[at]! / sum;
			const word = indices[at]! * topics;
			for (let k = 0; k < topics; k++) sums[word + k]! += theta[k]! * share;
		}
	}
	return result;
}
