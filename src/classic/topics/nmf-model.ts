// The parts that non-negative matrix factorization learned, and how much of each a row has.
import type { SparseMatrix, SparseVector } from '../../sparse/index.js';
import { sparseTimes } from '../linear-algebra/sparse-times.js';
import { turnedDense } from '../linear-algebra/tall.js';
import { checkRows } from './checks.js';
import { descend, type Penalty, withDiagonal } from './nmf-descent.js';
import { divergence, held, multiply, type NmfLoss } from './nmf-multiplicative.js';
import { asMatrix } from './rows.js';
import { type TopTerms, topTermsOf } from './top-terms.js';

/** Parts of rows. */
export interface NmfModel {
	/** H: the parts, one after the other, `[count × columns]`. */
	readonly components: Float64Array;
	readonly count: number;
	readonly columns: number;
	/** How much of each part rows have, `[rows × count]`: each row for itself, so it does not matter which others are there. */
	transform(matrix: SparseMatrix): Float64Array;
	/** How much of each part one row has. */
	transformRow(row: SparseVector): Float64Array;
	/** For each part the terms of largest weight. */
	readonly topTerms: TopTerms;
}

/** How a row is taken apart. */
export interface NmfSettings {
	readonly count: number;
	readonly columns: number;
	readonly solver: 'cd' | 'mu';
	readonly loss: NmfLoss;
	readonly tolerance: number;
	readonly maxIterations: number;
	readonly penalty: Penalty;
}

/** A model of parts. */
export function nmfModel(components: Float64Array, settings: NmfSettings, who: string): NmfModel {
	const { count, columns, solver, loss, tolerance, maxIterations, penalty } = settings;
	const parts = held(turnedDense(components, columns), count, loss);
	const byDescent = (matrix: SparseMatrix) => {
		const products = sparseTimes(matrix, parts.columns, count);
		const square = withDiagonal(parts.sums.slice(), count, penalty.l2);
		const weights = new Float64Array(products.length);
		for (let row = 0; row < matrix.rows; row++) {
			let before = 0;
			for (let iteration = 1; iteration <= maxIterations; iteration++) {
				const violation = descend(weights, count, square, products, penalty.l1, row, row + 1);
				if (iteration === 1) before = violation;
				if (before === 0 || violation / before <= tolerance) break;
			}
		}
		return weights;
	};
	const byMultiplying = (matrix: SparseMatrix) => {
		const weights = new Float64Array(matrix.rows * count);
		const scratch = new Float64Array(count);
		for (let row = 0; row < matrix.rows; row++) {
			let sum = 0;
			for (let at = matrix.starts[row]!; at < matrix.starts[row + 1]!; at++) sum += matrix.values[at]!;
			weights.fill(Math.sqrt(sum / columns / count), row * count, (row + 1) * count);
			const first = divergence(matrix, weights, parts, loss, row, row + 1);
			let last = first;
			for (let iteration = 1; iteration <= maxIterations && first > 0; iteration++) {
				multiply(matrix, weights, parts, loss, penalty, scratch, row, row + 1);
				if (tolerance === 0 || iteration % 10 !== 0) continue;
				const now = divergence(matrix, weights, parts, loss, row, row + 1);
				if ((last - now) / first < tolerance) break;
				last = now;
			}
		}
		return weights;
	};
	const transform = (matrix: SparseMatrix) => {
		checkRows(who, matrix, columns, 'non-negative');
		return solver === 'cd' ? byDescent(matrix) : byMultiplying(matrix);
	};
	const transformRow = (row: SparseVector) => transform(asMatrix(row));
	return { components, count, columns, transform, transformRow, topTerms: topTermsOf(who, components, columns) };
}
