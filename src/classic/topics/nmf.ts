// Non-negative matrix factorization X ≈ WH: topics as parts that add up (Lee & Seung 1999).
import { is, type Kinds, optionsOf } from '../../base/index.js';
import { type SparseMatrix, transposed } from '../../sparse/index.js';
import { productsWith } from '../linear-algebra/products-with.js';
import { gram, turnedDense } from '../linear-algebra/tall.js';
import { checkCount, checkDense, checkMatrix, checkNonNegative } from './checks.js';
import { kernelDescent, type Penalty, withDiagonal } from './nmf-descent.js';
import { type NmfModel, nmfModel } from './nmf-model.js';
import { divergence, held, multiply, type NmfLoss } from './nmf-multiplicative.js';
import { type Factors, randomStart, svdStart } from './nmf-start.js';

/** The factorization; the defaults are those of scikit-learn's NMF. */
export interface NmfOptions {
	/** Parts: rows of H. */
	components: number;
	/** Where it begins. Default 'nndsvda' up to as many components as rows and columns, else 'random'. */
	init?: 'nndsvd' | 'nndsvda' | 'random' | { readonly w: Float64Array; readonly h: Float64Array };
	/** 'cd': coordinate descent, for the Frobenius norm; 'mu': multiplicative updates, for either loss. Default 'cd', for Kullback–Leibler 'mu'. */
	solver?: 'cd' | 'mu';
	/** Default 'frobenius'. */
	loss?: NmfLoss;
	/** Ends where an iteration changes less than this share of what the first did. Default 1e-4. */
	tolerance?: number;
	/** Default 200. */
	maxIterations?: number;
	/** How much large factors cost; of W times the columns, of H times the rows. Default 0. */
	alpha?: number;
	/** The share of that cost that goes by size, the rest by squares. Default 0. */
	l1Ratio?: number;
	/** Default 0. */
	seed?: number;
}

/** The factors of a matrix, and how they came about. */
export interface Nmf extends NmfModel {
	/** W: the parts of each row, `[rows × count]`. */
	readonly weights: Float64Array;
	/** ‖X − WH‖, or √(2 · divergence) for Kullback–Leibler. */
	readonly reconstructionError: number;
	readonly iterations: number;
}

const given = {
	expected: 'start values { w, h } in Float64Arrays',
	fits: (value: unknown) => ['w', 'h'].every((name) => Object(value)[name] instanceof Float64Array),
};

/** The options that `nmf` and its learner share. */
export const nmfKinds: Kinds<NmfOptions> = {
	components: is.needed(is.whole(1)),
	init: is.either(is.one('nndsvd', 'nndsvda', 'random'), given),
	...{ solver: is.one('cd', 'mu'), loss: is.one('frobenius', 'kullback-leibler') },
	...{ tolerance: is.number(0), maxIterations: is.whole(1), alpha: is.number(0), l1Ratio: is.share, seed: is.whole() },
};

/**
 * Two non-negative factors whose product is near a non-negative matrix.
 *
 * @example
 * nmf(matrix, { components: 10 }).topTerms(names, 5);
 */
export function nmf(matrix: SparseMatrix, options: NmfOptions): Nmf {
	return nmfAs('nmf', matrix, options);
}

/** The same by another name in errors: that of the learner. */
export function nmfAs(who: string, matrix: SparseMatrix, options: NmfOptions): Nmf {
	const {
		components: count,
		init,
		loss = 'frobenius',
		tolerance = 1e-4,
		maxIterations = 200,
		seed = 0,
	} = optionsOf(who, options, nmfKinds);
	const { alpha = 0, l1Ratio = 0, solver = loss === 'frobenius' ? 'cd' : 'mu' } = options;
	if (solver === 'cd' && loss !== 'frobenius') {
		throw new RangeError(`${who}: expected the loss 'frobenius' with the solver 'cd', got '${loss}'. Choose the solver 'mu'.`);
	}
	checkMatrix(who, matrix, 'non-negative');
	const { rows, columns } = matrix;
	const start = startOf(who, matrix, count, init, seed);
	const penalties = {
		rows: { l1: columns * alpha * l1Ratio, l2: columns * alpha * (1 - l1Ratio) },
		columns: { l1: rows * alpha * l1Ratio, l2: rows * alpha * (1 - l1Ratio) },
	};
	const job: Job = { matrix, turned: transposed(matrix), count, loss, tolerance, maxIterations, penalties };
	const iterations = solver === 'cd' ? byDescent(job, start) : byMultiplying(job, start);
	const reconstructionError = divergence(matrix, start.rows, held(start.columns, count, loss), loss);
	const settings = { count, columns, solver, loss, tolerance, maxIterations, penalty: penalties.rows };
	const model = nmfModel(turnedDense(start.columns, count), settings, who);
	return Object.assign(model, { weights: start.rows, reconstructionError, iterations });
}

function startOf(who: string, matrix: SparseMatrix, count: number, init: NmfOptions['init'], seed: number): Factors {
	const { rows, columns } = matrix;
	if (typeof init === 'object') {
		const [w, h] = [checkDense(who, 'init.w', init.w, rows, count), checkDense(who, 'init.h', init.h, count, columns)];
		for (const part of [w, h]) checkNonNegative(who, part);
		return { rows: w.slice(), columns: turnedDense(h, columns) };
	}
	const most = Math.min(rows, columns);
	if (init === 'random' || (init === undefined && count > most)) return randomStart(matrix, count, seed);
	checkCount(who, `components (with init '${init}')`, count, most, rows < columns ? 'rows' : 'columns');
	return svdStart(matrix, count, seed, init !== 'nndsvd');
}

interface Job {
	readonly matrix: SparseMatrix;
	readonly turned: SparseMatrix;
	readonly count: number;
	readonly loss: NmfLoss;
	readonly tolerance: number;
	readonly maxIterations: number;
	readonly penalties: { readonly rows: Penalty; readonly columns: Penalty };
}

/** Changes both factors in turn; the number of iterations. */
function byDescent({ matrix, turned, count, tolerance, maxIterations, penalties }: Job, { rows, columns }: Factors): number {
	const products = { rows: new Float64Array(rows.length), columns: new Float64Array(columns.length) };
	const [byRow, byColumn] = [productsWith(matrix, count), productsWith(turned, count)];
	const descend = kernelDescent(count);
	let before = 0;
	for (let iteration = 1; iteration <= maxIterations; iteration++) {
		const hht = withDiagonal(gram(columns, count), count, penalties.rows.l2);
		let violation = descend(rows, hht, byRow.times(columns, products.rows), penalties.rows.l1);
		const wtw = withDiagonal(gram(rows, count), count, penalties.columns.l2);
		violation += descend(columns, wtw, byColumn.times(rows, products.columns), penalties.columns.l1);
		if (iteration === 1) before = violation;
		if (before === 0 || violation / before <= tolerance) return iteration;
	}
	return maxIterations;
}

/** The same by multiplying; the loss is looked at every ten iterations. */
function byMultiplying({ matrix, turned, count, loss, tolerance, maxIterations, penalties }: Job, { rows, columns }: Factors): number {
	const scratch = new Float64Array(Math.max(rows.length, columns.length));
	const error = () => divergence(matrix, rows, held(columns, count, loss), loss);
	const first = error();
	let last = first;
	for (let iteration = 1; iteration <= maxIterations; iteration++) {
		multiply(matrix, rows, held(columns, count, loss), loss, penalties.rows, scratch);
		multiply(turned, columns, held(rows, count, loss, true), loss, penalties.columns, scratch);
		if (loss === 'kullback-leibler') for (let at = 0; at < columns.length; at++) if (columns[at]! < Number.EPSILON) columns[at] = 0;
		if (tolerance === 0 || iteration % 10 !== 0) continue;
		const now = error();
		if ((last - now) / first < tolerance) return iteration;
		last = now;
	}
	return maxIterations;
}
