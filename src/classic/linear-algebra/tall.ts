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
			for (let j = 0; j <= i + 2; j += 2)
				kernel.addDots(i * 8 * panel, j * 8 * panel, 8 * panel, 8 * ((count + 1) & ~1), bytes + 8 * (i * padded + j), padded);
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
	// The kernel takes pairs of numbers and of columns: what is missing is 0.
	const [wide, broad] = [(width + 1) & ~1, (columns + 1) & ~1];
	const at = { small: 8 * panel * wide, sums: 8 * (panel + broad) * wide };
	const { buffer, kernel } = createKernel(at.sums + 8 * panel * broad);
	const own = new Float64Array(buffer, 0, panel * wide);
	const sums = new Float64Array(buffer, at.sums, panel * broad);
	copyRows(turned, width, new Float64Array(buffer, at.small, broad * wide), wide, columns);
	const product = new Float64Array(rows * columns);
	for (let first = 0; first < rows; first += panel) {
		const count = Math.min(panel, rows - first);
		copyRows(dense.subarray(first * width, (first + count) * width), width, own, wide, count);
		sums.fill(0);
		for (let row = 0; row < count; row += 4) {
			for (let column = 0; column < broad; column += 2) {
				const bytes = 8 * (upper ? column + 2 : wide);
				const to = at.sums + 8 * (row * broad + column);
				kernel.addDots(8 * row * wide, at.small + 8 * column * wide, 8 * wide, bytes, to, broad);
			}
		}
		copyRows(sums, broad, product.subarray(first * columns), columns, count);
	}
	return product;
}

/** Copies the beginnings of rows of one width to rows of another. */
function copyRows(from: Float64Array, width: number, to: Float64Array, other: number, count: number): void {
	if (width === other) {
		to.set(from.subarray(0, count * width));
		return;
	}
	const least = Math.min(width, other);
	for (let row = 0; row < count; row++) to.set(from.subarray(row * width, row * width + least), row * other);
}

/** Rows and columns exchanged. */
export function turnedDense(dense: Float64Array, columns: number): Float64Array {
	const rows = columns === 0 ? 0 : dense.length / columns;
	const turned = new Float64Array(dense.length);
	for (let row = 0; row < rows; row++) for (let i = 0; i < columns; i++) turned[i * rows + row] = dense[row * columns + i]!;
	return turned;
}
