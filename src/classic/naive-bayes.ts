// Multinomial and complement naive Bayes over counts or weights of features.
import { byCodePoint, is, type Kinds, optionsOf } from '../base/index.js';
import { checkSparse, type SparseMatrix } from '../sparse/index.js';
import type { Probabilistic } from './classifier.js';
import { type LinearClassifier, linearClassifier } from './linear.js';
import { probabilistic } from './logistic-regression.js';
import { checkCount, fewClasses } from './targets.js';

/** How naive Bayes is fitted; names and defaults are those of scikit-learn's MultinomialNB and ComplementNB. */
export interface NaiveBayesOptions {
	/** `multinomial` (default), or `complement`, for classes of unequal size (Rennie et al. 2003): what a class's rows lack in all others. */
	readonly variant?: 'multinomial' | 'complement';
	/** What is added to each count (Laplace, Lidstone). Default 1. */
	readonly alpha?: number;
	/** Whether classes have probabilities by their rows; else all the same. Default true. Complement naive Bayes has none. */
	readonly fitPrior?: boolean;
	/** The probability of each class beforehand, in the order of the classes by code point, in place of that of its rows. */
	readonly classPrior?: readonly number[];
	/** Of the complement: whether the weights of each class are scaled to the sum 1. Default false. */
	readonly norm?: boolean;
}

/** The kinds of these options. */
export const bayesKinds: Kinds<NaiveBayesOptions> = {
	variant: is.one('multinomial', 'complement'),
	alpha: is.positive,
	fitPrior: is.flag,
	classPrior: is.list(is.positive),
	norm: is.flag,
};

/** What naive Bayes counts: for each class its rows, and the sum of each column over them. Plain data. */
export interface BayesCounts {
	columns: number;
	readonly classes: Map<string, { rows: number; sums: Float64Array }>;
}

/** Counts of nothing. */
export const emptyBayesCounts = (): BayesCounts => ({ columns: 0, classes: new Map() });

/** Adds rows. Throws a RangeError for negative numbers: of these there are no counts. */
export function addBayesCounts(who: string, counts: BayesCounts, matrix: SparseMatrix, labels: readonly string[]): void {
	checkSparse(who, matrix);
	checkCount(who, matrix, labels);
	if (matrix.rows === 0) return;
	if (counts.classes.size === 0) counts.columns = matrix.columns;
	if (counts.columns !== matrix.columns) {
		throw new RangeError(
			`${who}: expected ${counts.columns} columns, as in the rows before, got ${matrix.columns}. Take the features from the same fitted stage.`,
		);
	}
	const { starts, indices, values } = matrix;
	for (let row = 0; row < matrix.rows; row++) {
		let counted = counts.classes.get(labels[row]!);
		if (!counted) {
			counted = { rows: 0, sums: new Float64Array(matrix.columns) };
			counts.classes.set(labels[row]!, counted);
		}
		counted.rows++;
		const { sums } = counted;
		for (let at = starts[row]!; at < starts[row + 1]!; at++) {
			if (values[at]! < 0) {
				throw new RangeError(
					`${who}: expected numbers from 0, got ${values[at]} in row ${row}, column ${indices[at]}. Take counts or TF-IDF.`,
				);
			}
			sums[indices[at]!]! += values[at]!;
		}
	}
}

/** Adds what others have counted. */
export function mergeBayesCounts(who: string, counts: BayesCounts, other: BayesCounts): void {
	if (other.classes.size === 0) return;
	if (counts.classes.size === 0) counts.columns = other.columns;
	if (counts.columns !== other.columns) {
		throw new RangeError(
			`${who}: expected counts of ${counts.columns} columns, got ${other.columns}. Take the features from the same fitted stage.`,
		);
	}
	for (const [name, { rows, sums }] of other.classes) {
		const mine = counts.classes.get(name);
		if (!mine) counts.classes.set(name, { rows, sums: sums.slice() });
		else {
			mine.rows += rows;
			for (let column = 0; column < sums.length; column++) mine.sums[column]! += sums[column]!;
		}
	}
}

/** The model of what was counted. */
export function bayesOf(
	who: string,
	{ columns, classes: counted }: BayesCounts,
	options: NaiveBayesOptions,
): LinearClassifier & Probabilistic {
	const { variant = 'multinomial', alpha = 1, fitPrior = true, classPrior, norm = false } = options;
	const classes = [...counted.keys()].sort(byCodePoint);
	const outputs = classes.length;
	if (outputs < 2) throw fewClasses(who, counted.get(classes[0]!)?.rows ?? 0, classes[0]);
	if (classPrior && classPrior.length !== outputs) {
		throw new RangeError(
			`${who}: expected classPrior to have a number for each of the ${outputs} classes, got ${classPrior.length}. Correct it, or leave it out.`,
		);
	}
	const all = classes.map((name) => counted.get(name)!);
	const coefficients = new Float64Array(columns * outputs);
	const whole = new Float64Array(columns);
	if (variant === 'complement')
		for (const { sums } of all) for (let column = 0; column < columns; column++) whole[column]! += sums[column]!;
	for (const [output, { sums }] of all.entries()) {
		const smoothed = variant === 'complement' ? sums.map((sum, column) => whole[column]! - sum + alpha) : sums.map((sum) => sum + alpha);
		const total = smoothed.reduce((sum, count) => sum + count, 0);
		const logs = smoothed.map((count) => Math.log(count / total));
		const scale = variant === 'multinomial' ? 1 : norm ? 1 / logs.reduce((sum, log) => sum + log, 0) : -1;
		for (let column = 0; column < columns; column++) coefficients[column * outputs + output] = logs[column]! * scale;
	}
	const rows = all.reduce((sum, { rows }) => sum + rows, 0);
	const prior = (place: number) => (classPrior ? classPrior[place]! : fitPrior ? all[place]!.rows / rows : 1 / outputs);
	const intercepts = Float64Array.from(classes, (_, place) => (variant === 'complement' ? 0 : Math.log(prior(place))));
	return probabilistic(linearClassifier('naiveBayes', { classes, columns, coefficients, intercepts, link: 'softmax', generative: true }));
}

/**
 * Fits naive Bayes: score of a class = ln P(class) + Σ x ln P(column | class); `scores` are these, `probabilities` their softmax.
 *
 * @throws {RangeError} for negative numbers, such that are not finite, or labels of one class.
 */
export function fitNaiveBayes(
	matrix: SparseMatrix,
	labels: readonly string[],
	given: NaiveBayesOptions = {},
): LinearClassifier & Probabilistic {
	const options = optionsOf('fitNaiveBayes', given, bayesKinds);
	const counts = emptyBayesCounts();
	addBayesCounts('fitNaiveBayes', counts, matrix, labels);
	return bayesOf('fitNaiveBayes', counts, options);
}
