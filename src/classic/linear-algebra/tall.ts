// Products of tall dense matrices, of some numbers (`width`) a row, row by row.
import { createKernel } from './kernel/kernel.js';

/** Rows that are turned at a time, so that a panel of a few hundred columns stays in the cache. */
const panel = 256;

/** AᵀA: `[width × width]`, symmetric. */
export function gram(dense: Float64Array, width: number): Float64Array {
	const rows = width === 0 ? 0 : dense.length / width;
	const padded = (width + 3) & ~3;
	const bytes = 8 * padded * panel;
	const { buffer, kernel } = createKernel(bytes + 8 * padded * padded);
	const turned = new Float64Array(buffer, 0, padded * panel);
	const sums = new Float64Array(buffer, bytes, padded * padded);
	for (let first = 0; first < rows; first += panel) {
		const count = Math.min(panel, rows - first);
		if (count < panel) turned.fill(0);
		for (let row = 0; row < count; row++) {
			const from = (first + row) * width;
			for (let column = 0; column < width; column++) turned[column * panel + row] = dense[from + column]!;
		}
		for (let i = 0; i < padded; i += 4) {
			for (let j = 0; j <= i + 2; j += 2) kernel.addDots(i * 8 * panel, j * 8 * panel, 8 * panel, 8 * ((count + 1) & ~1), bytes + 8 * (i * padded + j), padded);
		}
	}
	const product = new Float64Array(width * width);
	for (let i = 0; i < width; i++) {
		for (let j = 0; j <= i; j++) {
			product[i * width + j] = sums[i * padded + j]!;
			product[j * width + i] = sums[i * padded + j]!;
		}
	}
	return product;
}

/**
 * A · B of a tall A and a small B, which is given turned: `[columns × width]`. With `upper` B is upper triangular, 0 below its diagonal.
 */
export function timesSmall(dense: Float64Array, width: number, turned: Float64Array, columns: number, upper = false): Float64Array {
	const rows = width === 0 ? 0 : dense.length / width;
	const product = new Float64Array(rows * columns);
	const [wholeRows, wholeColumns] = [rows & ~3, columns & ~1];
	for (let row = 0; row < wholeRows; row += 4) {
		const r0 = row * width;
		const r1 = r0 + width;
		const r2 = r1 + width;
		const r3 = r2 + width;
		// Eight sums in registers.
		for (let column = 0; column < wholeColumns; column += 2) {
			const c0 = column * width;
			const c1 = c0 + width;
			const end = upper ? column + 2 : width;
			let [s00, s01, s10, s11, s20, s21, s30, s31] = [0, 0, 0, 0, 0, 0, 0, 0];
			for (let i = 0; i < end; i++) {
				const a = turned[c0 + i]!;
				const b = turned[c1 + i]!;
				const x0 = dense[r0 + i]!;
				const x1 = dense[r1 + i]!;
				const x2 = dense[r2 + i]!;
				const x3 = dense[r3 + i]!;
				s00 += x0 * a;
				s01 += x0 * b;
				s10 += x1 * a;
				s11 += x1 * b;
				s20 += x2 * a;
				s21 += x2 * b;
				s30 += x3 * a;
				s31 += x3 * b;
			}
			const to = row * columns + column;
			product[to] = s00;
			product[to + 1] = s01;
			product[to + columns] = s10;
			product[to + columns + 1] = s11;
			product[to + 2 * columns] = s20;
			product[to + 2 * columns + 1] = s21;
			product[to + 3 * columns] = s30;
			product[to + 3 * columns + 1] = s31;
		}
	}
	const one = (row: number, column: number) => {
		let sum = 0;
		for (let i = 0, end = upper ? column + 1 : width; i < end; i++) sum += dense[row * width + i]! * turned[column * width + i]!;
		product[row * columns + column] = sum;
	};
	for (let row = 0; row < wholeRows; row++) for (let column = wholeColumns; column < columns; column++) one(row, column);
	for (let row = wholeRows; row < rows; row++) for (let column = 0; column < columns; column++) one(row, column);
	return product;
}

/** Rows and columns exchanged. */
export function turnedDense(dense: Float64Array, columns: number): Float64Array {
	const rows = columns === 0 ? 0 : dense.length / columns;
	const turned = new Float64Array(dense.length);
	for (let row = 0; row < rows; row++) for (let i = 0; i < columns; i++) turned[i * rows + row] = dense[row * columns + i]!;
	return turned;
}
