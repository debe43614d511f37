// A matrix as solvers with an L2 penalty read it: columns that only one row has are one number of that row, the others lie by falling frequency.
//
// The penalty does not change when coordinates are turned. The columns of one row alone can be turned so that one of them has all of the row's
// length there and the others nothing; the best weights of those are 0. Of n-grams most are such columns: a weight vector is a third as long then
// and its beginning, which nearly all products touch, stays in the processor's cache.
import type { Floats, SparseMatrix } from '../../sparse/index.js';

/** A matrix to solve over. */
export interface Compact {
	readonly rows: number;
	/** Columns that two rows or more have. */
	readonly width: number;
	readonly starts: Uint32Array;
	readonly indices: Int32Array;
	readonly values: Floats;
	/** For each row the length of its part in columns that no other row has. */
	readonly own: Float64Array;
	/** For each column its place here; −1 where one row alone has it, or none. */
	readonly places: Int32Array;
	/** The entries in columns of one row alone, row by row. */
	readonly alone: { readonly starts: Uint32Array; readonly columns: Int32Array; readonly values: Floats };
}

/** Makes such a matrix, in time of the entries. */
export function compact({ rows, columns, starts: from, indices: columnOf, values: numbers }: SparseMatrix): Compact {
	const counts = new Uint32Array(columns);
	for (let at = 0; at < columnOf.length; at++) counts[columnOf[at]!]!++;
	const { places, width, size } = byFrequency(counts, rows);
	const floats = (length: number) => (numbers instanceof Float64Array ? new Float64Array(length) : new Float32Array(length));
	const made = { starts: new Uint32Array(rows + 1), indices: new Int32Array(size), values: floats(size) };
	const rest = columnOf.length - size;
	const alone = { starts: new Uint32Array(rows + 1), columns: new Int32Array(rest), values: floats(rest) };
	const own = new Float64Array(rows);
	part({ rows, from, columnOf, numbers, places, own }, made, alone);
	return { rows, width, ...made, own, places, alone };
}

/** Writes the entries to their places. */
function part(
	{ rows, from, columnOf, numbers, places, own }: Parted,
	{ starts, indices, values }: { starts: Uint32Array; indices: Int32Array; values: Floats },
	alone: { starts: Uint32Array; columns: Int32Array; values: Floats },
): void {
	let to = 0;
	let lone = 0;
	for (let row = 0; row < rows; row++) {
		let squares = 0;
		for (let at = from[row]!, end = from[row + 1]!; at < end; at++) {
			const column = columnOf[at]!;
			const place = places[column]!;
			const value = numbers[at]!;
			if (place < 0) {
				squares += value * value;
				alone.columns[lone] = column;
				alone.values[lone++] = value;
			} else {
				indices[to] = place;
				values[to++] = value;
			}
		}
		own[row] = Math.sqrt(squares);
		starts[row + 1] = to;
		alone.starts[row + 1] = lone;
	}
}

interface Parted {
	readonly rows: number;
	readonly from: Uint32Array;
	readonly columnOf: Int32Array;
	readonly numbers: Floats;
	readonly places: Int32Array;
	readonly own: Float64Array;
}

/** The place of each column by falling count, by counting. */
function byFrequency(counts: Uint32Array, rows: number): { places: Int32Array; width: number; size: number } {
	const starts = new Uint32Array(rows + 2);
	let [width, size] = [0, 0];
	for (let column = 0; column < counts.length; column++) {
		const count = counts[column]!;
		if (count < 2) continue;
		width++;
		size += count;
		starts[rows - count + 1]!++;
	}
	for (let i = 1; i < starts.length; i++) starts[i]! += starts[i - 1]!;
	const places = new Int32Array(counts.length);
	for (let column = 0; column < counts.length; column++) {
		const count = counts[column]!;
		places[column] = count < 2 ? -1 : starts[rows - count]!++;
	}
	return { places, width, size };
}

/**
 * Writes the weights of all columns, output by output of `coefficients` `[columns × outputs]`.
 *
 * @param weights Those of the columns here.
 * @param own For each row the weight of its own part, per unit of length: column j of it has own · x_j / length.
 */
export function expand(
	{ rows, places, own: lengths, alone }: Compact,
	{ weights, own }: { readonly weights: Float64Array; readonly own: Float64Array },
	{ coefficients, outputs, output }: { readonly coefficients: Float64Array; readonly outputs: number; readonly output: number },
): void {
	for (let column = 0; column < places.length; column++) {
		const place = places[column]!;
		if (place >= 0) coefficients[column * outputs + output] = weights[place]!;
	}
	const { starts, columns, values } = alone;
	for (let row = 0; row < rows; row++) {
		if (own[row] === 0 || lengths[row] === 0) continue;
		const scale = own[row]! / lengths[row]!;
		for (let at = starts[row]!; at < starts[row + 1]!; at++) coefficients[columns[at]! * outputs + output] = scale * values[at]!;
	}
}
