// A matrix as solvers with an L2 penalty read it: columns that only one row has are one number of that row, the others lie by falling frequency.
//
// The penalty does not change when coordinates are turned. The columns of one row alone can be turned so that one of them has all of the row's
// length there and the others nothing; the best weights of those are 0. Of n-grams most are such columns: a weight vector is a third as long then
// and its beginning, which nearly all products touch, stays in the processor's cache.
import { documentCounts, type Floats, type SparseMatrix } from '../../sparse/index.js';

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
	readonly whole: SparseMatrix;
}

/** Makes such a matrix, in time of the entries. */
export function compact(whole: SparseMatrix): Compact {
	const { rows, columns, starts: from, indices: columnOf, values: numbers } = whole;
	const counts = documentCounts(whole);
	const { places, width } = byFrequency(counts, rows);
	let size = 0;
	for (let column = 0; column < columns; column++) if (counts[column]! > 1) size += counts[column]!;
	const indices = new Int32Array(size);
	const values = numbers instanceof Float64Array ? new Float64Array(size) : new Float32Array(size);
	const starts = new Uint32Array(rows + 1);
	const own = new Float64Array(rows);
	let to = 0;
	for (let row = 0; row < rows; row++) {
		let squares = 0;
		for (let at = from[row]!; at < from[row + 1]!; at++) {
			const place = places[columnOf[at]!]!;
			const value = numbers[at]!;
			if (place < 0) squares += value * value;
			else {
				indices[to] = place;
				values[to++] = value;
			}
		}
		own[row] = Math.sqrt(squares);
		starts[row + 1] = to;
	}
	return { rows, width, starts, indices, values, own, places, whole };
}

/** The place of each column by falling count, by counting. */
function byFrequency(counts: Uint32Array, rows: number): { places: Int32Array; width: number } {
	const starts = new Uint32Array(rows + 2);
	let width = 0;
	for (const count of counts) {
		if (count < 2) continue;
		width++;
		starts[rows - count + 1]!++;
	}
	for (let i = 1; i < starts.length; i++) starts[i]! += starts[i - 1]!;
	const places = new Int32Array(counts.length);
	for (let column = 0; column < counts.length; column++) {
		const count = counts[column]!;
		places[column] = count < 2 ? -1 : starts[rows - count]!++;
	}
	return { places, width };
}

/**
 * Writes the weights of all columns, output by output of `coefficients` `[columns × outputs]`.
 *
 * @param weights Those of the columns here.
 * @param own For each row the weight of its own part, per unit of length: column j of it has own · x_j / length.
 */
export function expand(
	{ places, own: lengths, whole: { rows, columns, starts, indices, values } }: Compact,
	{ weights, own }: { readonly weights: Float64Array; readonly own: Float64Array },
	{ coefficients, outputs, output }: { readonly coefficients: Float64Array; readonly outputs: number; readonly output: number },
): void {
	for (let column = 0; column < columns; column++) {
		const place = places[column]!;
		if (place >= 0) coefficients[column * outputs + output] = weights[place]!;
	}
	for (let row = 0; row < rows; row++) {
		if (own[row] === 0 || lengths[row] === 0) continue;
		const scale = own[row]! / lengths[row]!;
		for (let at = starts[row]!; at < starts[row + 1]!; at++) {
			const column = indices[at]!;
			if (places[column]! < 0) coefficients[column * outputs + output] = scale * values[at]!;
		}
	}
}
