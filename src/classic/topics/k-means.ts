// k-means over sparse rows: documents in so many clusters (Lloyd 1982).
import { is, type Kinds, optionsOf } from '../../base/index.js';
import { rowOf, type SparseMatrix, type SparseVector } from '../../sparse/index.js';
import { expectRoom } from '../../sparse/matrix.js';
import { productsWith } from '../linear-algebra/products-with.js';
import { turnedDense } from '../linear-algebra/tall.js';
import { checkCount, checkDense, checkMatrix, checkRows } from './checks.js';
import { plusPlus } from './k-means-start.js';
import { assign, centerNorms, distancesTo, means, squaredNorms } from './lloyd.js';
import { asMatrix, totalVariance } from './rows.js';
import { type TopTerms, topTermsOf } from './top-terms.js';

/** How many clusters, and how they are found; the defaults are those of scikit-learn's KMeans. */
export interface KMeansOptions {
	clusters: number;
	/** The first centers: drawn, or given one after the other, `[clusters × columns]`. Default 'k-means++'. */
	init?: 'k-means++' | Float64Array;
	/** Runs from other first centers, of which the one of least inertia counts. Default 1. */
	runs?: number;
	/** The most iterations of a run. Default 300. */
	iterations?: number;
	/** Ends where the centers moved less: the sum of squares, as a share of the mean variance of a column. Default 1e-4. */
	tolerance?: number;
	/** Rows and centers of length 1: clusters by cosine (Dhillon & Modha 2001). Default false. */
	spherical?: boolean;
	/** Default 0. */
	seed?: number;
}

/** Centers, and which is nearest. */
export interface KMeansModel {
	/** One after the other, `[count × columns]`. */
	readonly centers: Float64Array;
	readonly count: number;
	readonly columns: number;
	/** The number of the nearest center of each row. */
	predict(matrix: SparseMatrix): Int32Array;
	/** The number of the nearest center of one row. */
	predictRow(row: SparseVector): number;
	/** For each cluster the terms of largest weight in its center. */
	readonly topTerms: TopTerms;
}

/** The clusters of a matrix. */
export interface KMeans extends KMeansModel {
	/** The cluster of each row. */
	readonly labels: Int32Array;
	/** The squared distances of the rows from their centers, added up. */
	readonly inertia: number;
	readonly iterations: number;
}

const given = { expected: 'a Float64Array of centers', fits: (value: unknown) => value instanceof Float64Array };

/** The options that `kMeans` and its learner share. */
export const kMeansKinds: Kinds<KMeansOptions> = {
	clusters: is.needed(is.whole(1)),
	init: is.either(is.one('k-means++'), given),
	...{ runs: is.whole(1), iterations: is.whole(1), tolerance: is.number(0), spherical: is.flag, seed: is.whole() },
};

/**
 * Puts rows into clusters.
 *
 * @example
 * const { labels, topTerms } = kMeans(matrix, { clusters: 20 });
 */
export function kMeans(matrix: SparseMatrix, options: KMeansOptions): KMeans {
	return kMeansAs('kMeans', matrix, options);
}

/** The same by another name in errors: that of the learner. */
export function kMeansAs(who: string, matrix: SparseMatrix, options: KMeansOptions): KMeans {
	const {
		clusters: count,
		init = 'k-means++',
		runs = 1,
		iterations = 300,
		spherical = false,
		seed = 0,
	} = optionsOf(who, options, kMeansKinds);
	checkMatrix(who, matrix);
	const { rows, columns } = matrix;
	checkCount(who, 'clusters', count, rows, 'rows');
	expectRoom(who, count * columns * 8, `${count} centers`);
	const data = spherical ? unitRows(matrix) : matrix;
	const tolerance = ((options.tolerance ?? 1e-4) * totalVariance(data)) / columns;
	const first = (run: number) =>
		init === 'k-means++'
			? centersAt(data, plusPlus(data, count, seed, run))
			: turnedDense(checkDense(who, 'init', init, count, columns), columns);
	let best: Run | undefined;
	for (let run = 0; run < (init === 'k-means++' ? runs : 1); run++) {
		const one = lloyd(data, first(run), count, { iterations, tolerance, spherical });
		if (best === undefined || one.inertia < best.inertia) best = one;
	}
	const { centers, ...rest } = best!;
	return Object.assign(kMeansModel(turnedDense(centers, count), count, columns, who), rest);
}

interface Run {
	/** Side by side: number i of center c is at `i * count + c`. */
	readonly centers: Float64Array;
	readonly labels: Int32Array;
	readonly inertia: number;
	readonly iterations: number;
}

function lloyd(
	matrix: SparseMatrix,
	first: Float64Array,
	count: number,
	{ iterations, tolerance, spherical }: { iterations: number; tolerance: number; spherical: boolean },
): Run {
	let centers = spherical ? unitCenters(first, count) : first;
	const labels = new Int32Array(matrix.rows).fill(-1);
	const products = productsWith(matrix, count);
	let [done, settled] = [0, false];
	while (done < iterations && !settled) {
		done++;
		const changed = assign(matrix, centers, centerNorms(centers, count), labels, products);
		const next = means(matrix, centers, count, labels);
		if (spherical) unitCenters(next, count);
		let moved = 0;
		for (let at = 0; at < next.length; at++) moved += (next[at]! - centers[at]!) ** 2;
		centers = next;
		settled = !changed;
		if (moved <= tolerance) break;
	}
	// Labels are those of the last centers.
	if (!settled) assign(matrix, centers, centerNorms(centers, count), labels, products);
	const inertia = distancesTo(matrix, centers, count, labels).reduce((sum, distance) => sum + distance, 0);
	return { centers, labels, inertia, iterations: done };
}

/** Centers, and which is nearest. */
export function kMeansModel(centers: Float64Array, count: number, columns: number, who: string): KMeansModel {
	const sides = turnedDense(centers, columns);
	const norms = centerNorms(sides, count);
	const predict = (matrix: SparseMatrix) => {
		checkRows(who, matrix, columns);
		const labels = new Int32Array(matrix.rows);
		assign(matrix, sides, norms, labels);
		return labels;
	};
	const predictRow = (row: SparseVector) => predict(asMatrix(row))[0]!;
	return { centers, count, columns, predict, predictRow, topTerms: topTermsOf(who, centers, columns) };
}

function centersAt(matrix: SparseMatrix, rows: Int32Array): Float64Array {
	const centers = new Float64Array(matrix.columns * rows.length);
	for (const [center, row] of rows.entries()) {
		const { indices, values } = rowOf(matrix, row);
		for (let i = 0; i < indices.length; i++) centers[indices[i]! * rows.length + center] = values[i]!;
	}
	return centers;
}

/** Rows of length 1; empty ones stay. */
function unitRows(matrix: SparseMatrix): SparseMatrix {
	const values = Float64Array.from(matrix.values);
	const norms = squaredNorms(matrix);
	for (let row = 0; row < matrix.rows; row++) {
		for (let at = matrix.starts[row]!; at < matrix.starts[row + 1]!; at++) values[at]! /= Math.sqrt(norms[row]!) || 1;
	}
	return { ...matrix, values };
}

/** Centers of length 1, in place. */
function unitCenters(centers: Float64Array, count: number): Float64Array {
	const lengths = centerNorms(centers, count).map((norm) => Math.sqrt(norm) || 1);
	for (let at = 0; at < centers.length; ) for (let c = 0; c < count; c++, at++) centers[at]! /= lengths[c]!;
	return centers;
}
