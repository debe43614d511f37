// Products of sparse rows, and what is nearest by them.
import type { SparseMatrix, SparseVector } from './matrix.js';

/** Σ aᵢ bᵢ */
export function dot(a: SparseVector, b: SparseVector): number {
	let sum = 0;
	for (let i = 0, j = 0; i < a.indices.length && j < b.indices.length; ) {
		const [left, right] = [a.indices[i]!, b.indices[j]!];
		if (left === right) sum += a.values[i++]! * b.values[j++]!;
		else if (left < right) i++;
		else j++;
	}
	return sum;
}

/** √Σ aᵢ² */
export function norm({ values }: SparseVector): number {
	let squares = 0;
	for (let i = 0; i < values.length; i++) squares += values[i]! ** 2;
	return Math.sqrt(squares);
}

/** The cosine of the angle between two rows; 0 where one is empty. */
export function cosine(a: SparseVector, b: SparseVector): number {
	const size = norm(a) * norm(b);
	return size === 0 ? 0 : dot(a, b) / size;
}

/** The product with a vector of one number for each column: one number for each row. */
export function timesVector({ rows, starts, indices, values }: SparseMatrix, vector: ArrayLike<number>): Float64Array {
	const product = new Float64Array(rows);
	for (let row = 0; row < rows; row++) {
		let sum = 0;
		for (let at = starts[row]!; at < starts[row + 1]!; at++) sum += values[at]! * vector[indices[at]!]!;
		product[row] = sum;
	}
	return product;
}

/** The product with a dense matrix of `width` numbers for each column, row by row: `[rows × width]`. */
export function timesDense({ rows, starts, indices, values }: SparseMatrix, dense: ArrayLike<number>, width: number): Float64Array {
	const product = new Float64Array(rows * width);
	for (let row = 0; row < rows; row++) {
		const to = row * width;
		for (let at = starts[row]!; at < starts[row + 1]!; at++) {
			const value = values[at]!;
			const from = indices[at]! * width;
			for (let i = 0; i < width; i++) product[to + i]! += value * dense[from + i]!;
		}
	}
	return product;
}

/** The product of the transposed matrix with a dense one of `width` numbers for each row: `[columns × width]`. */
export function transposedTimesDense(
	{ rows, columns, starts, indices, values }: SparseMatrix,
	dense: ArrayLike<number>,
	width: number,
): Float64Array {
	const product = new Float64Array(columns * width);
	for (let row = 0; row < rows; row++) {
		const from = row * width;
		for (let at = starts[row]!; at < starts[row + 1]!; at++) {
			const value = values[at]!;
			const to = indices[at]! * width;
			for (let i = 0; i < width; i++) product[to + i]! += value * dense[from + i]!;
		}
	}
	return product;
}

/** The sum of each column. */
export function columnSums({ columns, indices, values }: SparseMatrix): Float64Array {
	const sums = new Float64Array(columns);
	for (let at = 0; at < indices.length; at++) sums[indices[at]!]! += values[at]!;
	return sums;
}

/** The rows in how many a column has an entry. */
export function documentCounts({ columns, indices }: Pick<SparseMatrix, 'columns' | 'indices'>): Uint32Array {
	const counts = new Uint32Array(columns);
	for (const column of indices) counts[column]!++;
	return counts;
}
