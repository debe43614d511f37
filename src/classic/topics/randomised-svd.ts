// The largest singular values and vectors of a sparse matrix by a random range finder with power iterations (Halko, Martinsson & Tropp 2011, algorithms 4.4 and 5.1).
import { type SparseMatrix, transposed } from '../../sparse/index.js';
import { orthonormal } from '../linear-algebra/orthonormal.js';
import { smallSvd } from '../linear-algebra/small-svd.js';
import { sparseTimes } from '../linear-algebra/sparse-times.js';
import { timesSmall, turnedDense } from '../linear-algebra/tall.js';
import { randomNormal } from './draws.js';

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
	readonly left: Float64Array;
	/** In falling order; what is below about 1e-7 of the largest may come as 0, and its vectors with it. */
	readonly values: Float64Array;
	/** V, `[columns × components]`. */
	readonly right: Float64Array;
}

/**
 * The decomposition. Where a matrix has more rows than columns it is that of the transposed one, so that the basis is kept for the shorter side;
 * columns are made orthonormal once in an iteration, between two products.
 */
export function randomisedSvd(matrix: SparseMatrix, options: RandomisedOptions): Decomposed {
	const turned = transposed(matrix);
	if (matrix.rows <= matrix.columns) return decompose(matrix, turned, options);
	const { left, values, right } = decompose(turned, matrix, options);
	return { left: right, values, right: left };
}

function decompose(
	matrix: SparseMatrix,
	turned: SparseMatrix,
	{ components, iterations, oversamples, seed }: RandomisedOptions,
): Decomposed {
	const width = Math.min(components + oversamples, matrix.rows);
	const random = Float64Array.from({ length: matrix.columns * width }, (_, index) => randomNormal(seed, 0, index));
	let basis = sparseTimes(matrix, random, width);
	const across = new Float64Array(matrix.columns * width);
	for (let iteration = 0; iteration < iterations; iteration++) {
		const { q } = orthonormal(basis, width, { roughly: true });
		basis = sparseTimes(matrix, sparseTimes(turned, q, width, across), width, basis);
	}
	const { q } = orthonormal(basis, width);
	// A ≈ Q B with B = QᵀA, and Bᵀ = PR: the singular values of R are those of B.
	const { q: p, r } = orthonormal(sparseTimes(turned, q, width, across), width);
	const { left, values, right } = smallSvd(turnedDense(r, width), width);
	const kept = components * width;
	return {
		left: timesSmall(q, width, right.subarray(0, kept), components),
		values: values.slice(0, components),
		right: timesSmall(p, width, left.subarray(0, kept), components),
	};
}
