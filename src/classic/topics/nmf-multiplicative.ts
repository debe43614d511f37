// Multiplicative updates for one factor of X ≈ WH (Lee & Seung 2001), and the divergence that they make smaller.
import type { SparseMatrix } from '../../sparse/index.js';
import { sparseTimes } from '../linear-algebra/sparse-times.js';
import { gram } from '../linear-algebra/tall.js';
import type { Penalty } from './nmf-descent.js';

/** What is made smaller: ½‖X − WH‖², or Σ X ln(X / WH) − X + WH. */
export type NmfLoss = 'frobenius' | 'kullback-leibler';

/** Stands for 0 where it would divide: float32's epsilon, as in scikit-learn. */
const epsilon = 2 ** -23;

/** What an update of W needs of H, which it leaves as it is. */
export interface Held {
	/** Hᵀ, `[columns × width]`. */
	readonly columns: Float64Array;
	readonly width: number;
	/** HHᵀ for the Frobenius norm, Σ of H's rows for Kullback–Leibler. */
	readonly sums: Float64Array;
}

/** Hᵀ with what an update needs. `whole` gives a sum of 0 as 1: no column has such a component, and none is to be divided by 0. */
export function held(columns: Float64Array, width: number, loss: NmfLoss, whole = false): Held {
	if (loss === 'frobenius') return { columns, width, sums: gram(columns, width) };
	const sums = new Float64Array(width);
	for (let at = 0; at < columns.length; at++) sums[at % width]! += columns[at]!;
	return { columns, width, sums: whole ? sums.map((sum) => sum || 1) : sums };
}

/** Multiplies the rows from `first` up to `last` of W by what makes the loss smaller. `scratch` has room for these rows. */
export function multiply(
	matrix: SparseMatrix,
	w: Float64Array,
	{ columns, width, sums }: Held,
	loss: NmfLoss,
	{ l1, l2 }: Penalty,
	scratch: Float64Array,
	first = 0,
	last = matrix.rows,
): void {
	if (loss === 'frobenius') sparseTimes(matrix, columns, width, scratch, first, last);
	else timesRatios(matrix, w, columns, width, scratch, first, last);
	const own = new Float64Array(width);
	for (let row = first; row < last; row++) {
		const [from, at] = [row * width, (row - first) * width];
		for (let t = 0; t < width; t++) {
			let below = 0;
			if (loss === 'frobenius') for (let r = 0; r < width; r++) below += sums[t * width + r]! * w[from + r]!;
			else below = sums[t]!;
			below += l1 + l2 * w[from + t]!;
			own[t] = (w[from + t]! * scratch[at + t]!) / (below === 0 ? epsilon : below);
		}
		w.set(own, from);
	}
}

/** (X / WH) Hᵀ, where X is not 0. */
function timesRatios(
	{ starts, indices, values }: SparseMatrix,
	w: Float64Array,
	h: Float64Array,
	width: number,
	product: Float64Array,
	first: number,
	last: number,
): void {
	for (let row = first; row < last; row++) {
		const from = row * width;
		const to = (row - first) * width;
		product.fill(0, to, to + width);
		for (let at = starts[row]!; at < starts[row + 1]!; at++) {
			const side = indices[at]! * width;
			let sum = 0;
			for (let i = 0; i < width; i++) sum += w[from + i]! * h[side + i]!;
			const ratio = values[at]! / Math.max(sum, epsilon);
			for (let i = 0; i < width; i++) product[to + i]! += ratio * h[side + i]!;
		}
	}
}

/** √(2 · loss) of the rows from `first` up to `last`: for the Frobenius norm ‖X − WH‖. */
export function divergence(matrix: SparseMatrix, w: Float64Array, h: Held, loss: NmfLoss, first = 0, last = matrix.rows): number {
	const { starts, indices, values } = matrix;
	const { columns, width, sums } = h;
	let total = 0;
	for (let row = first; row < last; row++) {
		const from = row * width;
		if (loss === 'frobenius') {
			for (let t = 0; t < width; t++) for (let r = 0; r < width; r++) total += w[from + t]! * sums[t * width + r]! * w[from + r]!;
		} else {
			for (let t = 0; t < width; t++) total += w[from + t]! * sums[t]!;
		}
		for (let at = starts[row]!; at < starts[row + 1]!; at++) {
			const [side, value] = [indices[at]! * width, values[at]!];
			let sum = 0;
			for (let i = 0; i < width; i++) sum += w[from + i]! * columns[side + i]!;
			if (loss === 'frobenius') total += value * value - 2 * value * sum;
			else if (value > epsilon) total += value * Math.log(value / Math.max(sum, epsilon)) - value;
		}
	}
	// What rounding leaves of 0 may be negative.
	return Math.sqrt(Math.max(loss === 'frobenius' ? total : 2 * total, 0));
}
