// Scores and probabilities as arrays have them: one for each sample, or a row of one for each class.
import { inspect } from 'node:util';
import { sampleCount } from './samples.js';

/** One number for each sample, or a row for each sample with a number for each class. */
export type Scores = ArrayLike<number> | readonly ArrayLike<number>[];

/** Numbers row by row. */
export interface Matrix {
	readonly rows: number;
	/** 1 where each sample has one number by itself. */
	readonly columns: number;
	readonly data: Float64Array;
	/** Whether the numbers came as rows. */
	readonly inRows: boolean;
}

const isRow = (value: unknown): value is ArrayLike<number> => Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);

/** Whether there is a row for each sample. */
export const hasRows = (given: ArrayLike<unknown>): given is readonly ArrayLike<number>[] => given.length > 0 && isRow(given[0]);

/**
 * The numbers of samples; `others` are arrays of the same samples, by their names.
 *
 * @throws {RangeError} where there are none, not as many as of the others, or rows that differ in length.
 * @throws {TypeError} for what is no number.
 */
export function matrixOf(who: string, name: string, given: Scores, others: Readonly<Record<string, ArrayLike<unknown>>> = {}): Matrix {
	const rows = sampleCount(who, { ...others, [name]: given });
	if (!hasRows(given)) {
		const data = new Float64Array(rows);
		copy(who, name, given as ArrayLike<number>, data, 0);
		return { rows, columns: 1, data, inRows: false };
	}
	const columns = given[0]!.length;
	if (columns === 0) throw new RangeError(`${who}: expected ${name} with a column for each class, got rows of none. Pass them.`);
	const data = new Float64Array(rows * columns);
	for (const [at, row] of given.entries()) {
		if (!isRow(row) || row.length !== columns) {
			const got = isRow(row) ? `one of ${row.length}` : shown(row);
			throw new RangeError(`${who}: expected ${name} in rows of ${columns}, got ${got} at place ${at}. Pass one for each class.`);
		}
		copy(who, `${name} in row ${at}`, row, data, at * columns);
	}
	return { rows, columns, data, inRows: true };
}

function copy(who: string, name: string, from: ArrayLike<number>, to: Float64Array, begin: number): void {
	for (let at = 0; at < from.length; at++) {
		const value = from[at];
		if (typeof value !== 'number' || Number.isNaN(value))
			throw new TypeError(`${who}: expected ${name} to be numbers, got ${shown(value)} at place ${at}. Look at what gives them.`);
		to[begin + at] = value;
	}
}

const shown = (value: unknown) => inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY });
