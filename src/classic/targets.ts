// Labels as numbers of classes, weights of classes, and the checks of what a classifier is fitted on.
import { byCodePoint, type Kind } from '../base/index.js';
import { checkSparse, type SparseMatrix } from '../sparse/index.js';

/** The classes of labels, and the class of each row. */
export interface Targets {
	/** Sorted by code point. */
	readonly classes: readonly string[];
	/** The place of each row's class. */
	readonly targets: Int32Array;
}

/** How much a class counts: `'balanced'` gives each class the same total, rows / (classes × rows of the class); a class without a number has 1. */
export type ClassWeight = 'balanced' | Readonly<Record<string, number>>;

/** The kind of `classWeight`. */
export const classWeightKind: Kind = {
	expected: "'balanced' or an object of a number above 0 for each class",
	fits: (value) =>
		value === 'balanced' ||
		(typeof value === 'object' &&
			value !== null &&
			!Array.isArray(value) &&
			Object.values(value).every((weight) => typeof weight === 'number' && weight > 0 && weight < Number.POSITIVE_INFINITY)),
};

/**
 * The labels as classes, after a look at the matrix.
 *
 * @throws {RangeError} for numbers that are not finite, another count of labels, or fewer than two classes.
 */
export function targetsOf(who: string, matrix: SparseMatrix, labels: readonly string[]): Targets {
	checkSparse(who, matrix);
	checkCount(who, matrix, labels);
	const classes = classesOf(who, labels);
	return { classes, targets: placesOf(who, classes, labels) };
}

/** The classes, sorted by code point. Throws a RangeError for fewer than two. */
export function classesOf(who: string, labels: readonly string[]): string[] {
	const seen = new Set(labels);
	if (seen.size > 1) return [...seen].sort(byCodePoint);
	throw fewClasses(who, labels.length, labels[0]);
}

/** The error for rows of one class, or none. */
export function fewClasses(who: string, rows: number, name: string | undefined): RangeError {
	const got = rows === 0 ? 'no rows' : `${rows} ${rows === 1 ? 'row' : 'rows'} of the class '${name}' only`;
	return new RangeError(`${who}: expected rows of at least two classes to fit on, got ${got}. Check the labels.`);
}

/** The place of each label among the classes. */
export function placesOf(who: string, classes: readonly string[], labels: readonly string[]): Int32Array {
	const places = new Map(classes.map((name, place) => [name, place]));
	return Int32Array.from(labels, (label) => {
		const place = places.get(label);
		if (place !== undefined) return place;
		const got = typeof label === 'string' ? `'${label}'` : String(label);
		throw new RangeError(`${who}: expected labels among the ${classes.length} classes, got ${got}. Fit on rows that have it.`);
	});
}

/** An error where there is not one label for each row. */
export function checkCount(who: string, { rows }: SparseMatrix, labels: ArrayLike<unknown>): void {
	if (labels.length === rows) return;
	throw new RangeError(`${who}: expected a label for each of the ${rows} rows, got ${labels.length}. Pass both of the same documents.`);
}

/** What each class weighs. */
export function classWeights(who: string, { classes, targets }: Targets, given: ClassWeight | undefined): Float64Array {
	const weights = new Float64Array(classes.length).fill(1);
	if (given === undefined) return weights;
	if (given === 'balanced') {
		const counts = classCounts(targets, classes.length);
		return weights.map((_, place) => targets.length / (classes.length * counts[place]!));
	}
	for (const name of Object.keys(given)) {
		const place = classes.indexOf(name);
		if (place < 0) {
			throw new RangeError(`${who}: expected classWeight to name classes of the labels, got '${name}'. Take it out, or correct it.`);
		}
		weights[place] = given[name]!;
	}
	return weights;
}

/** Rows of each class. */
function classCounts(targets: Int32Array, classes: number): Float64Array {
	const counts = new Float64Array(classes);
	for (const target of targets) counts[target]!++;
	return counts;
}
