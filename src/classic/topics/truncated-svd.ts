// Truncated singular value decomposition of a sparse matrix: latent semantic analysis (Deerwester et al. 1990) where its rows are documents.
import { is, type Kinds, optionsOf } from '../../base/index.js';
import type { SparseMatrix, SparseVector } from '../../sparse/index.js';
import { expectRoom } from '../../sparse/matrix.js';
import { sparseTimes } from '../linear-algebra/sparse-times.js';
import { turnedDense } from '../linear-algebra/tall.js';
import { checkCount, checkMatrix, checkRows } from './checks.js';
import { randomisedSvd } from './randomised-svd.js';
import { asMatrix, totalVariance } from './rows.js';
import { type TopTerms, topTermsOf } from './top-terms.js';

/** How many components, and how exact; the defaults are those of scikit-learn's TruncatedSVD. */
export interface TruncatedSvdOptions {
	/** Singular values and vectors that are kept: 100 are usual for texts. */
	components: number;
	/** Power iterations: more are needed where the values fall slowly. Default 5. */
	iterations?: number;
	/** Random vectors more than components. Default 10. */
	oversamples?: number;
	/** Default 0. */
	seed?: number;
}

/** Components of a matrix, and what they say about rows. */
export interface SvdModel {
	/** Right singular vectors, one after the other, `[count × columns]`; the entry of largest size of each is positive. */
	readonly components: Float64Array;
	readonly count: number;
	readonly columns: number;
	/** The coordinates of rows in the space of the components: XV, `[rows × count]`. */
	transform(matrix: SparseMatrix): Float64Array;
	/** The coordinates of one row. */
	transformRow(row: SparseVector): Float64Array;
	/** For each component the terms of largest weight. */
	readonly topTerms: TopTerms;
}

/** The decomposition of a matrix, and its figures. */
export interface TruncatedSvd extends SvdModel {
	/** In falling order. */
	readonly singularValues: Float64Array;
	/** The variance of the coordinates of each component. */
	readonly explainedVariance: Float64Array;
	/** Its share of the variance of all columns. */
	readonly explainedVarianceRatio: Float64Array;
}

/** The options that `truncatedSvd` and its learner share. */
export const svdKinds: Kinds<TruncatedSvdOptions> = {
	components: is.needed(is.whole(1)),
	...{ iterations: is.whole(0), oversamples: is.whole(0), seed: is.whole() },
};

/**
 * The largest singular values and vectors. Columns are not centred, so that the matrix stays sparse.
 *
 * @example
 * const { transform, explainedVarianceRatio } = truncatedSvd(matrix, { components: 100 });
 */
export function truncatedSvd(matrix: SparseMatrix, options: TruncatedSvdOptions): TruncatedSvd {
	return truncatedSvdAs('truncatedSvd', matrix, options);
}

/** The same by another name in errors: that of the learner. */
export function truncatedSvdAs(who: string, matrix: SparseMatrix, given: TruncatedSvdOptions): TruncatedSvd {
	const { components: count, iterations = 5, oversamples = 10, seed = 0 } = optionsOf(who, given, svdKinds);
	checkMatrix(who, matrix);
	const { rows, columns } = matrix;
	checkCount(who, 'components', count, Math.min(rows, columns), rows < columns ? 'rows' : 'columns');
	expectRoom(who, (rows + columns) * (count + oversamples) * 8, `vectors of ${count + oversamples} components`);
	const { values: singularValues, ...vectors } = randomisedSvd(matrix, { components: count, iterations, oversamples, seed });
	const right = vectors.right();
	positive(right, count);
	const explainedVariance = variances(sparseTimes(matrix, right, count), rows, count);
	const all = totalVariance(matrix);
	return Object.assign(svdModel(turnedDense(right, count), count, columns, who), {
		...{ singularValues, explainedVariance },
		explainedVarianceRatio: explainedVariance.map((variance) => (all === 0 ? 0 : variance / all)),
	});
}

/** What components say about rows. */
export function svdModel(components: Float64Array, count: number, columns: number, who: string): SvdModel {
	const byColumn = turnedDense(components, columns);
	const transform = (matrix: SparseMatrix) => {
		checkRows(who, matrix, columns);
		return sparseTimes(matrix, byColumn, count);
	};
	const transformRow = (row: SparseVector) => transform(asMatrix(row));
	return { components, count, columns, transform, transformRow, topTerms: topTermsOf(who, components, columns) };
}

/** Turns the sign of each column so that its entry of largest size is positive. */
function positive(vectors: Float64Array, count: number): void {
	for (let column = 0; column < count; column++) {
		let largest = 0;
		for (let at = column; at < vectors.length; at += count) if (Math.abs(vectors[at]!) > Math.abs(largest)) largest = vectors[at]!;
		if (largest < 0) for (let at = column; at < vectors.length; at += count) vectors[at] = -vectors[at]!;
	}
}

/** Of each column of a dense matrix the mean square of its distance from the mean. */
function variances(dense: Float64Array, rows: number, width: number): Float64Array {
	return Float64Array.from({ length: width }, (_, column) => {
		let sum = 0;
		for (let at = column; at < dense.length; at += width) sum += dense[at]!;
		let squares = 0;
		for (let at = column; at < dense.length; at += width) squares += (dense[at]! - sum / rows) ** 2;
		return squares / rows;
	});
}
