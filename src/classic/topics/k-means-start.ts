// The first centers of k-means: greedy k-means++ (Arthur & Vassilvitskii 2007), as scikit-learn draws them.
import { randomDouble } from '../../base/index.js';
import { rowOf, type SparseMatrix } from '../../sparse/index.js';
import { squaredNorms } from './lloyd.js';

/** Rows that are chosen as centers: each with a chance by its squared distance to the nearest so far, the best of 2 + ln(count) draws. */
export function plusPlus(matrix: SparseMatrix, count: number, seed: number, run: number): Int32Array {
	const norms = squaredNorms(matrix);
	const trials = 2 + Math.floor(Math.log(count));
	const chosen = new Int32Array(count);
	chosen[0] = Math.min(Math.floor(randomDouble(seed, 2 * run, 0) * matrix.rows), matrix.rows - 1);
	const dense = new Float64Array(matrix.columns);
	let nearest = distances(matrix, norms, chosen[0]!, dense, undefined);
	for (let center = 1; center < count; center++) {
		const before = sumOf(nearest);
		let [best, left]: [Float64Array | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
		for (let trial = 0; trial < trials; trial++) {
			const row = drawn(nearest, before * randomDouble(seed, 2 * run, center * trials + trial));
			const now = distances(matrix, norms, row, dense, nearest);
			const sum = sumOf(now);
			if (best !== undefined && sum >= left) continue;
			[best, left] = [now, sum];
			chosen[center] = row;
		}
		nearest = best!;
	}
	return chosen;
}

const sumOf = (numbers: Float64Array) => {
	let sum = 0;
	for (let i = 0; i < numbers.length; i++) sum += numbers[i]!;
	return sum;
};

/** The first place up to which the weights make at least `target`. */
function drawn(weights: Float64Array, target: number): number {
	let sum = 0;
	for (let i = 0; i < weights.length; i++) {
		sum += weights[i]!;
		if (sum >= target) return i;
	}
	return weights.length - 1;
}

/** Of each row the squared distance to one of them, or what `most` has where that is less. `dense` is all 0, before and after. */
function distances(
	matrix: SparseMatrix,
	norms: Float64Array,
	row: number,
	dense: Float64Array,
	most: Float64Array | undefined,
): Float64Array {
	const { starts, indices, values } = matrix;
	const center = rowOf(matrix, row);
	for (let i = 0; i < center.indices.length; i++) dense[center.indices[i]!] = center.values[i]!;
	const result = new Float64Array(matrix.rows);
	for (let other = 0; other < matrix.rows; other++) {
		let sum = 0;
		for (let at = starts[other]!; at < starts[other + 1]!; at++) sum += values[at]! * dense[indices[at]!]!;
		const distance = other === row ? 0 : Math.max(norms[row]! + norms[other]! - 2 * sum, 0);
		result[other] = most === undefined ? distance : Math.min(distance, most[other]!);
	}
	for (let i = 0; i < center.indices.length; i++) dense[center.indices[i]!] = 0;
	return result;
}
