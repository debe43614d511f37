// The M-step of latent Dirichlet allocation: λ, what topics know of words, kept so that a batch costs its own words only.
import type { SparseMatrix } from '../../sparse/index.js';
import { digamma } from './gamma-functions.js';

/** λ and what follows from it. All of it lies side by side: topic k of word w is at `w * topics + k`. */
export interface TopicWords {
	/** exp(E[ln β]), up to date for the words of the last `refresh`. */
	readonly beta: Float64Array;
	/** Zeros, for the sums of a batch. */
	readonly sums: Float64Array;
	/** Brings `beta` up to date for the words of the rows from `first` up to `last`. */
	refresh(matrix: SparseMatrix, first: number, last: number): void;
	/** λ = (1 − weight) λ + weight (η + ratio · sums ∘ β), for the words that were refreshed; `sums` are 0 again. */
	update(weight: number, ratio: number): void;
	/** λ, one topic after the other: `[topics × columns]`. */
	lambda(): Float64Array;
}

/** Below this the common factor is multiplied into the numbers. */
const smallest = 1e-100;

/**
 * λ = scale · numbers + shift: an online update changes scale and shift for all words, and numbers for those of the batch.
 *
 * @param lambda where it begins, one topic after the other
 */
export function topicWords(lambda: Float64Array, topics: number, columns: number, eta: number): TopicWords {
	const numbers = new Float64Array(lambda.length);
	const beta = new Float64Array(lambda.length);
	const sums = new Float64Array(lambda.length);
	/** The numbers of each topic, summed. */
	const totals = new Float64Array(topics);
	for (let k = 0; k < topics; k++) {
		for (let word = 0; word < columns; word++) {
			numbers[word * topics + k] = lambda[k * columns + word]!;
			totals[k]! += lambda[k * columns + word]!;
		}
	}
	let [scale, shift] = [1, 0];
	/** The words of the rows in hand, and the round in which each word was seen last. */
	const words = new Int32Array(columns);
	const seen = new Uint32Array(columns);
	let [count, round] = [0, 0];

	const refresh = ({ starts, indices }: SparseMatrix, first: number, last: number) => {
		count = 0;
		round++;
		for (let at = starts[first]!; at < starts[last]!; at++) {
			const word = indices[at]!;
			if (seen[word] === round) continue;
			seen[word] = round;
			words[count++] = word;
		}
		const all = totals.map((total) => digamma(scale * total + columns * shift));
		for (let i = 0; i < count; i++) {
			const from = words[i]! * topics;
			for (let k = 0; k < topics; k++) beta[from + k] = Math.exp(digamma(scale * numbers[from + k]! + shift) - all[k]!);
		}
	};
	const update = (weight: number, ratio: number) => {
		// A batch that is everything leaves nothing of before.
		if (weight === 1) {
			numbers.fill(0);
			totals.fill(0);
			scale = 1;
			shift = eta;
		} else {
			scale *= 1 - weight;
			shift += weight * (eta - shift);
			if (scale < smallest) {
				for (let at = 0; at < numbers.length; at++) numbers[at]! *= scale;
				for (let k = 0; k < topics; k++) totals[k]! *= scale;
				scale = 1;
			}
		}
		const factor = (weight * ratio) / scale;
		for (let i = 0; i < count; i++) {
			for (let at = words[i]! * topics, k = 0; k < topics; k++, at++) {
				const more = factor * sums[at]! * beta[at]!;
				numbers[at]! += more;
				totals[k]! += more;
				sums[at] = 0;
			}
		}
	};
	const lambdaNow = () => {
		const result = new Float64Array(numbers.length);
		for (let word = 0; word < columns; word++) {
			for (let k = 0; k < topics; k++) result[k * columns + word] = scale * numbers[word * topics + k]! + shift;
		}
		return result;
	};
	return { beta, sums, refresh, update, lambda: lambdaNow };
}
