// Where non-negative matrix factorization begins: the parts of singular vectors of one sign (NNDSVD: Boutsidis & Gallopoulos 2008), or random numbers.
import type { SparseMatrix } from '../../sparse/index.js';
import { randomNormals } from './draws.js';
import { randomisedSvd } from './randomised-svd.js';

/** X ≈ WH, with H turned, so that both have one row of `components` numbers for each row and each column of X. */
export interface Factors {
	/** W, `[rows × components]`. */
	readonly rows: Float64Array;
	/** Hᵀ, `[columns × components]`. */
	readonly columns: Float64Array;
}

/** Less than this counts as 0. */
const least = 1e-6;

/** The mean of all numbers of a matrix, zeros included. */
export const meanOf = ({ rows, columns, values }: SparseMatrix): number => {
	let sum = 0;
	for (let at = 0; at < values.length; at++) sum += values[at]!;
	return sum / rows / columns;
};

/** |normal| numbers of the size at which WH has the mean of X. */
export function randomStart(matrix: SparseMatrix, components: number, seed: number): Factors {
	const scale = Math.sqrt(meanOf(matrix) / components);
	const filled = (count: number, stream: number) => randomNormals(count * components, seed, stream).map((value) => scale * Math.abs(value));
	return { rows: filled(matrix.rows, 1), columns: filled(matrix.columns, 2) };
}

/** NNDSVD; with `fill` its zeros become the mean of the matrix (NNDSVDa), so that multiplicative updates can change them. */
export function svdStart(matrix: SparseMatrix, components: number, seed: number, fill: boolean): Factors {
	// As scikit-learn: 7 iterations for few components, else 4.
	const iterations = components < 0.1 * Math.min(matrix.rows, matrix.columns) ? 7 : 4;
	const { values, ...vectors } = randomisedSvd(matrix, { components, iterations, oversamples: 10, seed });
	const [left, right] = [vectors.left(), vectors.right()];
	for (let component = 0; component < components; component++) {
		const [a, b] = [squares(left, components, component), squares(right, components, component)];
		// The first vectors are of one sign; of the others the sign whose parts are longer.
		const sign = component === 0 ? 0 : a.above * b.above > a.below * b.below ? 1 : -1;
		const length = sign === 0 ? 1 : Math.sqrt(sign > 0 ? a.above * b.above : a.below * b.below);
		const scale = Math.sqrt(values[component]! * length);
		const norm = ({ above, below }: { above: number; below: number }) => (sign === 0 ? 1 : Math.sqrt(sign > 0 ? above : below));
		keep(left, components, component, sign, scale / norm(a), least);
		keep(right, components, component, sign, scale / norm(b), least);
	}
	if (fill) {
		const mean = meanOf(matrix);
		for (const part of [left, right]) for (let at = 0; at < part.length; at++) if (part[at] === 0) part[at] = mean;
	}
	return { rows: left, columns: right };
}

/** The squares of a column's positive and of its negative numbers, summed. */
function squares(dense: Float64Array, width: number, column: number): { above: number; below: number } {
	let [above, below] = [0, 0];
	for (let at = column; at < dense.length; at += width) {
		const value = dense[at]!;
		if (value > 0) above += value * value;
		else below += value * value;
	}
	return { above, below };
}

/** Keeps the size of a column's numbers of one sign (0: of both), times a factor; the rest is 0. */
function keep(dense: Float64Array, width: number, column: number, sign: number, factor: number, least: number): void {
	for (let at = column; at < dense.length; at += width) {
		const value = sign === 0 ? Math.abs(dense[at]!) : sign * dense[at]!;
		const scaled = value * factor;
		dense[at] = scaled >= least ? scaled : 0;
	}
}
