// Coordinate descent for one factor of X ≈ WH in the Frobenius norm (HALS: Cichocki & Phan 2009).
import { createKernel } from '../linear-algebra/kernel/kernel.js';

/** What is paid for large factors: `l1` for each number, `l2` for its square, halved. */
export interface Penalty {
	readonly l1: number;
	readonly l2: number;
}

/**
 * Goes once over the rows from `first` up to `last` of a factor W, changes each number to its best given the others, and gives the sum of the
 * sizes of the projected gradients before. Rows do not depend on each other, so they may be passed one by one.
 *
 * @param hht HHᵀ with l2 added to its diagonal, `[width × width]`
 * @param xht XHᵀ, `[rows × width]`
 */
export function descend(
	w: Float64Array,
	width: number,
	hht: Float64Array,
	xht: Float64Array,
	l1: number,
	first = 0,
	last = w.length / width,
): number {
	let violation = 0;
	const gradients = new Float64Array(width);
	for (let row = first; row < last; row++) {
		const from = row * width;
		for (let t = 0; t < width; t++) gradients[t] = l1 - xht[from + t]!;
		// Most numbers of a factor are 0, and what does not change costs nothing either.
		for (let t = 0; t < width; t++) if (w[from + t] !== 0) add(gradients, w[from + t]!, hht, t * width, 0, width);
		for (let t = 0; t < width; t++) {
			const gradient = gradients[t]!;
			const now = w[from + t]!;
			violation += now === 0 ? Math.max(-gradient, 0) : Math.abs(gradient);
			const curvature = hht[t * width + t]!;
			if (curvature === 0) continue;
			const next = Math.max(now - gradient / curvature, 0);
			if (next === now) continue;
			w[from + t] = next;
			add(gradients, next - now, hht, t * width, t + 1, width);
		}
	}
	return violation;
}

/** Adds a multiple of a row of HHᵀ, which is symmetric, from one place on. */
function add(gradients: Float64Array, factor: number, hht: Float64Array, row: number, from: number, width: number): void {
	for (let r = from; r < width; r++) gradients[r]! += factor * hht[row + r]!;
}

/** Adds to the diagonal of a square matrix. */
export function withDiagonal(square: Float64Array, width: number, extra: number): Float64Array {
	for (let at = 0; at < square.length; at += width + 1) square[at]! += extra;
	return square;
}

/** Rows that the kernel gets at a time. */
const block = 1024;

/** `descend` over all rows of a factor, by a SIMD kernel that gives the same bits. */
export function kernelDescent(width: number): (w: Float64Array, hht: Float64Array, xht: Float64Array, l1: number) => number {
	const at = { xht: block * width * 8, hht: 2 * block * width * 8, gradients: (2 * block + width) * width * 8 };
	const { buffer, kernel } = createKernel(at.gradients + (width + 1) * 8);
	const [own, products] = [new Float64Array(buffer, 0, block * width), new Float64Array(buffer, at.xht, block * width)];
	const square = new Float64Array(buffer, at.hht, width * width);
	return (w, hht, xht, l1) => {
		square.set(hht);
		let violation = 0;
		for (let first = 0; first < w.length; first += block * width) {
			const part = w.subarray(first, first + block * width);
			own.set(part);
			products.set(xht.subarray(first, first + block * width));
			violation += kernel.descend(0, at.xht, at.hht, at.gradients, width, part.length / width, l1);
			part.set(own.subarray(0, part.length));
		}
		return violation;
	};
}
