// Sparse times dense: four entries of a row at a time, so that each number of the result is loaded and stored once for four.
import type { SparseMatrix } from '../../sparse/index.js';

/**
 * Rows `from` … `to` of a sparse matrix times a dense one of `width` numbers for each column. Row `from` goes to the beginning of `product`,
 * what was there is lost.
 */
export function sparseTimes(
	{ rows, starts, indices, values }: SparseMatrix,
	dense: Float64Array,
	width: number,
	product: Float64Array = new Float64Array(rows * width),
	from = 0,
	to = rows,
): Float64Array {
	for (let row = from; row < to; row++) {
		const end = starts[row + 1]!;
		const base = (row - from) * width;
		let at = starts[row]!;
		product.fill(0, base, base + width);
		for (; at + 3 < end; at += 4) {
			const [v0, v1, v2, v3] = [values[at]!, values[at + 1]!, values[at + 2]!, values[at + 3]!];
			const f0 = indices[at]! * width;
			const f1 = indices[at + 1]! * width;
			const f2 = indices[at + 2]! * width;
			const f3 = indices[at + 3]! * width;
			for (let i = 0; i < width; i++) {
				product[base + i]! += v0 * dense[f0 + i]! + v1 * dense[f1 + i]! + v2 * dense[f2 + i]! + v3 * dense[f3 + i]!;
			}
		}
		for (; at < end; at++) {
			const value = values[at]!;
			const f = indices[at]! * width;
			for (let i = 0; i < width; i++) product[base + i]! += value * dense[f + i]!;
		}
	}
	return product;
}
