// Orthonormal columns of a tall matrix by Cholesky's factor of AᵀA, done twice where once is not enough (CholeskyQR2: Fukaya et al. 2014).
import { gram, timesSmall } from './tall.js';

/** A = QR. */
export interface Orthonormal {
	/** Orthonormal columns, `[rows × width]`; those that depend on earlier ones are 0. */
	readonly q: Float64Array;
	/** Upper triangular, `[width × width]`. */
	readonly r: Float64Array;
	/** The largest over the smallest diagonal entry of the first R: what the condition number of A is at least. */
	readonly spread: number;
}

/** Of a column's square what must be left after the earlier ones are taken off; less is rounding. */
const least = 1e-13;

/** Q and R of a tall matrix. With `roughly` Q's columns span the same but need not be orthonormal to the last digit. */
export function orthonormal(dense: Float64Array, width: number, { roughly = false }: { roughly?: boolean } = {}): Orthonormal {
	const { upper, inverse, spread } = cholesky(gram(dense, width), width);
	const q = timesSmall(dense, width, inverse, width, true);
	// The error of one pass is about 1e-16 times the square of the condition number, of which the spread is a lower bound.
	if (roughly || spread < 10) return { q, r: upper, spread };
	const again = cholesky(gram(q, width), width);
	return { q: timesSmall(q, width, again.inverse, width, true), r: upperProduct(again.upper, upper, width), spread };
}

/** G = RᵀR; R⁻¹ turned, so lower triangular; and the largest diagonal entry of R over the least. */
function cholesky(g: Float64Array, n: number): { upper: Float64Array; inverse: Float64Array; spread: number } {
	const upper = new Float64Array(n * n);
	let [largest, smallest] = [0, Number.POSITIVE_INFINITY];
	for (let i = 0; i < n; i++) {
		let rest = g[i * n + i]!;
		for (let k = 0; k < i; k++) rest -= upper[k * n + i]! ** 2;
		// A column that depends on the others: its row of R stays 0.
		if (!(rest > least * g[i * n + i]!)) continue;
		const root = Math.sqrt(rest);
		largest = Math.max(largest, root);
		smallest = Math.min(smallest, root);
		upper[i * n + i] = root;
		for (let j = i + 1; j < n; j++) {
			let sum = g[i * n + j]!;
			for (let k = 0; k < i; k++) sum -= upper[k * n + i]! * upper[k * n + j]!;
			upper[i * n + j] = sum / root;
		}
	}
	return { upper, inverse: turnedInverse(upper, n), spread: largest / smallest };
}

/** The inverse of an upper triangular matrix, turned; 0 in the columns whose diagonal is 0. */
function turnedInverse(upper: Float64Array, n: number): Float64Array {
	const inverse = new Float64Array(n * n);
	for (let column = 0; column < n; column++) {
		if (upper[column * n + column] === 0) continue;
		inverse[column * n + column] = 1 / upper[column * n + column]!;
		for (let i = column - 1; i >= 0; i--) {
			if (upper[i * n + i] === 0) continue;
			let sum = 0;
			for (let k = i + 1; k <= column; k++) sum += upper[i * n + k]! * inverse[column * n + k]!;
			inverse[column * n + i] = -sum / upper[i * n + i]!;
		}
	}
	return inverse;
}

/** The product of two upper triangular matrices. */
function upperProduct(a: Float64Array, b: Float64Array, n: number): Float64Array {
	const product = new Float64Array(n * n);
	for (let i = 0; i < n; i++) {
		for (let k = i; k < n; k++) {
			const factor = a[i * n + k]!;
			for (let j = k; j < n; j++) product[i * n + j]! += factor * b[k * n + j]!;
		}
	}
	return product;
}
