// Principal components of dense rows (Pearson 1901): the directions in which they vary most.
import { is, type Kinds, optionsOf } from '../../base/index.js';
import { fromDense } from '../../sparse/index.js';
import { smallSvd } from '../linear-algebra/small-svd.js';
import { gram, timesSmall, turnedDense } from '../linear-algebra/tall.js';
import { randomisedSvd } from '../topics/randomised-svd.js';
import { centred, countRows, type DenseRows } from './dense-rows.js';

/** How many components. */
export interface PcaOptions {
	/** Default 2. */
	components?: number;
	/** Where the random vectors begin that find components of more than 128 rows and columns. Default 0. */
	seed?: number;
}

/** Directions, and the rows seen along them; as scikit-learn's PCA has them. */
export interface Pca {
	/** The coordinates of the rows, `[rows × components]`. */
	readonly points: Float64Array;
	/** Unit vectors one after the other, `[components × width]`; the entry of largest size of each is positive. What is beyond the rank is 0. */
	readonly components: Float64Array;
	readonly mean: Float64Array;
	/** The variance of the points along each component, with rows − 1 as divisor. */
	readonly explainedVariance: Float64Array;
	/** Its share of the variance of all columns. */
	readonly explainedVarianceRatio: Float64Array;
	/** The coordinates of other rows. */
	transform(rows: DenseRows): Float64Array;
}

const kinds: Kinds<PcaOptions> = { components: is.whole(1), seed: is.whole() };

/** Up to so many rows or columns all components are found, exactly. */
const small = 128;
/** Of a variance: below this share of the largest, times the rows of the matrix, it is rounding. */
const least = 1e-15;

/**
 * The principal components of rows of `width` numbers.
 *
 * @example
 * const { points } = pca(rows, 100); // x and y of each row
 */
export function pca(rows: DenseRows, width: number, options: PcaOptions = {}): Pca {
	const { components: count = 2, seed = 0 } = optionsOf('pca', options, kinds);
	const rowCount = countRows('pca', rows, width);
	if (count > Math.min(rowCount, width)) {
		throw new RangeError(`pca: expected components up to the ${Math.min(rowCount, width)} rows or columns, got ${count}. Ask for fewer.`);
	}
	const { data, mean } = centred(rows, width);
	const components = positive(directions(data, width, count, seed), width);
	const points = timesSmall(data, width, components, count);
	const all = data.reduce((sum, value) => sum + value * value, 0) / (rowCount - 1);
	const explainedVariance = new Float64Array(count);
	for (let at = 0; at < points.length; ) for (let i = 0; i < count; i++, at++) explainedVariance[i]! += points[at]! ** 2 / (rowCount - 1);
	const transform = (others: DenseRows) => {
		countRows('pca', others, width);
		const less = Float64Array.from(others, (value, at) => value - mean[at % width]!);
		return timesSmall(less, width, components, count);
	};
	const explainedVarianceRatio = explainedVariance.map((variance) => (all === 0 ? 0 : variance / all));
	return { points, components, mean, explainedVariance, explainedVarianceRatio, transform };
}

/** Unit vectors of the largest variance, one after the other. */
function directions(data: Float64Array, width: number, count: number, seed: number): Float64Array {
	const rows = data.length / width;
	if (Math.min(rows, width) > small) {
		const matrix = fromDense(data, width, { dtype: 'float64' });
		// Enough that components keep their places where values fall slowly, as those of word vectors do.
		const { right } = randomisedSvd(matrix, { components: count, iterations: 30, oversamples: 20, seed });
		return turnedDense(right(), count);
	}
	if (width <= rows) return kept(smallSvd(gram(data, width), width), width, count);
	// AAᵀ is smaller: Av = su.
	const turned = turnedDense(data, width);
	const left = kept(smallSvd(gram(turned, rows), rows), rows, count);
	const found = turnedDense(timesSmall(turned, rows, left, count), count);
	for (let i = 0; i < count; i++) unit(found.subarray(i * width, (i + 1) * width));
	return found;
}

/** The first vectors; those of values that are rounding are 0. */
function kept({ left, values }: { left: Float64Array; values: Float64Array }, n: number, count: number): Float64Array {
	const first = left.slice(0, count * n);
	for (let i = 0; i < count; i++) if (!(values[i]! > values[0]! * least * n)) first.fill(0, i * n, (i + 1) * n);
	return first;
}

function unit(vector: Float64Array): void {
	const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
	if (length > 0) for (let i = 0; i < vector.length; i++) vector[i]! /= length;
}

/** Turns each vector so that its entry of largest size is positive. */
function positive(vectors: Float64Array, width: number): Float64Array {
	for (let from = 0; from < vectors.length; from += width) {
		let largest = 0;
		for (let at = from; at < from + width; at++) if (Math.abs(vectors[at]!) > Math.abs(largest)) largest = vectors[at]!;
		if (largest < 0) for (let at = from; at < from + width; at++) vectors[at] = -vectors[at]!;
	}
	return vectors;
}
