// The largest singular values and vectors of a sparse matrix by a random range finder with power iterations (Halko, Martinsson & Tropp 2011, algorithms 4.4 and 5.1).
import { type SparseMatrix, transposed } from '../../sparse/index.js';
import { orthonormal } from '../linear-algebra/orthonormal.js';
import { productsWith } from '../linear-algebra/products-with.js';
import { smallSvd } from '../linear-algebra/small-svd.js';
import { timesSmall, turnedDense } from '../linear-algebra/tall.js';
import { randomNormals } from './draws.js';

/** How exact the values become. */
export interface RandomisedOptions {
	readonly components: number;
	readonly iterations: number;
	readonly oversamples: number;
	readonly seed: number;
}

/** A ≈ U diag(s) Vᵀ */
export interface Decomposed {
	/** U, `[rows × components]`. */
	left(): Float64Array;
	/** In falling order; what is below about 1e-7 of the largest may come as 0, and its vectors with it. */
	readonly values: Float64Array;
	/** V, `[columns × components]`. */
	right(): Float64Array;
}

/**
 * The decomposition. Where a matrix has more rows than columns it is that of the transposed one, so that the basis is kept for the shorter side;
 * columns are made orthonormal
 * before each iteration, or before every second where they stay far from alike.
 */
export function randomisedSvd(matrix: SparseMatrix, options: RandomisedOptions): Decomposed {
	const turned = transposed(matrix);
	if (matrix.rows <= matrix.columns) return decompose(matrix, turned, options);
	const { left, values, right } = decompose(turned, matrix, options);
	return { left: right, values, right: left };
}

/**
 * Below this the vectors may go through two iterations at once. The spread is less than the condition number, by a factor of 10 and more, and two
 * iterations have its square: Cholesky's factor still has eight digits then.
 */
const mostSpread = 30;

function decompose(
	matrix: SparseMatrix,
	turned: SparseMatrix,
	{ components, iterations, oversamples, seed }: RandomisedOptions,
): Decomposed {
	const width = Math.min(components + oversamples, matrix.rows);
	const random = randomNormals(matrix.columns * width, seed, 0);
	const across = new Float64Array(matrix.columns * width);
	const [byRow, byColumn] = [productsWith(matrix, width), productsWith(turned, width)];
	let basis = byRow.times(random);
	let waits = false;
	for (let iteration = 0; iteration < iterations; iteration++) {
		if (waits) waits = false;
		else {
			const { q, spread } = orthonormal(basis, width, { roughly: true });
			// What random vectors spread says nothing of an iteration.
			waits = iteration > 0 && spread < mostSpread;
			basis = q;
		}
		basis = byRow.times(byColumn.times(basis, across));
	}
	const { q } = orthonormal(basis, width);
	// A ≈ Q B with B = QᵀA, and Bᵀ = PR: the singular values of R are those of B.
	const { q: p, r } = orthonormal(byColumn.times(q, across), width);
	const { left, values, right } = smallSvd(turnedDense(r, width), width);
	const kept = components * width;
	return {
		left: () => timesSmall(q, width, right.subarray(0, kept), components),
		values: values.slice(0, components),
		right: () => timesSmall(p, width, left.subarray(0, kept), components),
	};
}
