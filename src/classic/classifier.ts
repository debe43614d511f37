// What every fitted classifier has: classes, scores, predictions, accuracy, and a state that is saved.
import { checkSparse, type SparseMatrix } from '../sparse/index.js';
import type { State } from '../stream/index.js';
import { checkCount } from './targets.js';

/** A fitted classifier over rows of features. */
export interface Classifier {
	/** The classes, sorted by code point. */
	readonly classes: readonly string[];
	/** Columns of the matrices that it takes. */
	readonly columns: number;
	/**
	 * How much each row speaks for each class, `[rows × classes]`: margins of linear models, log-probabilities of naive Bayes, shares of neighbours. With
	 * two classes there are two columns, too; a margin m is −m for the first and m for the second (scikit-learn's `decision_function` has m alone).
	 */
	scores(matrix: SparseMatrix): Float64Array;
	/** The class of the largest score of each row, the first of equal ones. */
	predict(matrix: SparseMatrix): string[];
	/** The share of rows whose predicted class is the label. */
	score(matrix: SparseMatrix, labels: readonly string[]): number;
	/** Probabilities `[rows × classes]`, where the model has them. */
	readonly probabilities?: (matrix: SparseMatrix) => Float64Array;
	/** What it learned, as plain data: `reviveModel` makes it again. */
	readonly state: State;
}

/** A classifier that has probabilities. */
export interface Probabilistic extends Classifier {
	readonly probabilities: (matrix: SparseMatrix) => Float64Array;
}

/** What a classifier is made of. */
export interface ClassifierParts {
	readonly who: string;
	readonly classes: readonly string[];
	readonly columns: number;
	readonly scores: (matrix: SparseMatrix) => Float64Array;
	readonly state: State;
	/** What `predict` compares. Default the scores. */
	readonly decides?: (matrix: SparseMatrix) => Float64Array;
}

/** Makes a classifier of its scores. */
export function classifierOf({ who, classes, columns, scores, state, decides = scores }: ClassifierParts): Classifier {
	const checked = (matrix: SparseMatrix) => {
		checkColumns(who, columns, matrix);
		return scores(matrix);
	};
	const predict = (matrix: SparseMatrix) => {
		checkColumns(who, columns, matrix);
		return largestOfRows(decides(matrix), classes.length, (place) => classes[place]!);
	};
	return {
		...{ classes, columns, state, scores: checked, predict },
		score(matrix, labels) {
			checkCount(who, matrix, labels);
			const hits = predict(matrix).reduce((sum, name, row) => sum + (name === labels[row] ? 1 : 0), 0);
			return hits / labels.length;
		},
	};
}

/** An error for a matrix of other columns, or of numbers that are not finite. */
export function checkColumns(who: string, columns: number, matrix: SparseMatrix): void {
	if (matrix.columns !== columns) {
		throw new RangeError(
			`${who}: expected a matrix of ${columns} columns, as in fitting, got ${matrix.columns}. Take the features from the same fitted stage.`,
		);
	}
	checkSparse(who, matrix);
}

/** For each row of `width` numbers what belongs to the place of the largest, the first of equal ones. */
function largestOfRows<T>(numbers: Float64Array, width: number, of: (place: number) => T): T[] {
	return Array.from({ length: numbers.length / width }, (_, row) => {
		let best = row * width;
		for (let at = best + 1; at < (row + 1) * width; at++) if (numbers[at]! > numbers[best]!) best = at;
		return of(best - row * width);
	});
}

/** Rows of `width` numbers as probabilities: e^x / Σ e^x, in place. */
export function softmaxRows(numbers: Float64Array, width: number): Float64Array {
	for (let from = 0; from < numbers.length; from += width) {
		let most = Number.NEGATIVE_INFINITY;
		for (let at = from; at < from + width; at++) if (numbers[at]! > most) most = numbers[at]!;
		let sum = 0;
		for (let at = from; at < from + width; at++) {
			const power = Math.exp(numbers[at]! - most);
			numbers[at] = power;
			sum += power;
		}
		for (let at = from; at < from + width; at++) numbers[at]! /= sum;
	}
	return numbers;
}

/** 1 / (1 + e⁻ˣ) */
export function sigmoid(x: number): number {
	if (x >= 0) return 1 / (1 + Math.exp(-x));
	const power = Math.exp(x);
	return power / (1 + power);
}

/** ln(1 + eˣ) */
export const softplus = (x: number): number => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));
