// What is refused of a matrix: no rows or columns, numbers that are not finite, negative ones where counts or weights are meant.
import { checkSparse, type SparseMatrix } from '../../sparse/index.js';

/** Checks a matrix to learn from. `non-negative` refuses numbers below 0, too. */
export function checkMatrix(who: string, matrix: SparseMatrix, signs: 'any' | 'non-negative' = 'any'): void {
	if (matrix.rows === 0 || matrix.columns === 0) {
		throw new RangeError(
			`${who}: expected a matrix with rows and columns, got ${matrix.rows} × ${matrix.columns}. Check the source, and that a stage that makes features comes before.`,
		);
	}
	checkSparse(who, matrix);
	if (signs === 'non-negative') checkNonNegative(who, matrix.values);
}

/** Refuses numbers below 0. */
export function checkNonNegative(who: string, values: ArrayLike<number>): void {
	for (let i = 0; i < values.length; i++) {
		if (values[i]! >= 0) continue;
		throw new RangeError(`${who}: expected numbers of at least 0, got ${values[i]}. Pass counts or TF-IDF weights.`);
	}
}

/** Refuses a count above a limit. `what` names the option, `of` the limit. */
export function checkCount(who: string, what: string, count: number, limit: number, of: string): void {
	if (count <= limit) return;
	throw new RangeError(`${who}: expected ${what} up to the ${limit} ${of}, got ${count}. Ask for fewer, or pass more documents.`);
}

/** Checks rows that are given to what was learned: their columns, and what `checkMatrix` does. */
export function checkRows(who: string, matrix: SparseMatrix, columns: number, signs: 'any' | 'non-negative' = 'any'): void {
	if (matrix.columns !== columns) {
		throw new RangeError(
			`${who}: expected features of ${columns} columns, got ${matrix.columns}. Take them from the stage whose features it learned.`,
		);
	}
	checkSparse(who, matrix);
	if (signs === 'non-negative') checkNonNegative(who, matrix.values);
}

/** Dense start values as they came, when they are of this size and finite. */
export function checkDense(who: string, what: string, given: Float64Array, rows: number, columns: number): Float64Array {
	if (given.length === rows * columns && given.every(Number.isFinite)) return given;
	const got = given.length === rows * columns ? 'some that are not finite' : `${given.length}`;
	throw new RangeError(`${who}: expected ${what} of ${rows} × ${columns} finite numbers, got ${got}. Pass whole rows in a Float64Array.`);
}
