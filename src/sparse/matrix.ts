// Sparse rows and matrices: only the numbers that are not 0, as SciPy's csr_matrix has them.

/** The numbers of a matrix. float32 is enough for weights of terms; what is computed from them is float64. */
export type Floats = Float32Array | Float64Array;

/** A row of numbers of which most are 0. */
export interface SparseVector {
	/** Where the numbers are: rising, each place once. */
	readonly indices: Int32Array;
	/** The numbers there. */
	readonly values: Floats;
	/** How long the row is, zeros included. */
	readonly size: number;
}

/** Compressed sparse rows: row i has the entries from `starts[i]` up to `starts[i + 1]`. */
export interface SparseMatrix {
	readonly rows: number;
	readonly columns: number;
	/** `rows + 1` places in the two other arrays. */
	readonly starts: Uint32Array;
	/** The column of each entry; rising within a row, each column once. */
	readonly indices: Int32Array;
	/** The number of each entry. */
	readonly values: Floats;
}

/** A row of a matrix: views of its arrays. */
export function rowOf({ rows, columns, starts, indices, values }: SparseMatrix, row: number): SparseVector {
	if (!Number.isInteger(row) || row < 0 || row >= rows) {
		throw new RangeError(`rowOf: expected a row from 0 to ${rows - 1}, got ${row}. Count from 0.`);
	}
	const [from, to] = [starts[row]!, starts[row + 1]!];
	return { indices: indices.subarray(from, to), values: values.subarray(from, to), size: columns };
}

/** The entries that are stored, zeros among them included. */
export const entriesOf = ({ starts, rows }: SparseMatrix): number => starts[rows]!;

/** Checks that rows begin and end within the entries. */
export function checkStarts(who: string, { rows, starts, indices, values }: SparseMatrix): void {
	const count = starts[rows];
	const rises = starts.every((start, row) => row === 0 || start >= starts[row - 1]!);
	if (starts.length === rows + 1 && starts[0] === 0 && rises && count === indices.length && count === values.length) return;
	throw new RangeError(
		`${who}: expected ${rows + 1} rising starts from 0 to the ${indices.length} indices and ${values.length} values, got ${starts.length} up to ${count}. Make the matrix by sparseMatrix().`,
	);
}

/**
 * Checks that arrays make a matrix: lengths, rising places in each row, finite numbers.
 *
 * @throws {RangeError} that names the row.
 */
export function checkSparse(who: string, matrix: SparseMatrix): void {
	checkStarts(who, matrix);
	const { rows, columns, starts, indices, values } = matrix;
	for (let row = 0; row < rows; row++) {
		for (let at = starts[row]!, last = -1; at < starts[row + 1]!; at++) {
			const column = indices[at]!;
			if (column <= last || column >= columns) {
				throw new RangeError(
					`${who}: expected rising columns below ${columns} in row ${row}, got ${column} after ${last}. Make the matrix by sparseMatrix().`,
				);
			}
			if (!Number.isFinite(values[at])) {
				throw new RangeError(
					`${who}: expected finite numbers, got ${values[at]} in row ${row}, column ${column}. Look at the features of that document.`,
				);
			}
			last = column;
		}
	}
}

/** An error for what would take more memory than there may be, with the estimate. */
export function expectRoom(who: string, bytes: number, what: string): void {
	// The largest array that V8 makes.
	if (bytes <= 2 ** 33) return;
	throw new RangeError(
		`${who}: expected at most 8 GiB, got ${what} of ${(bytes / 2 ** 30).toFixed(1)} GiB. Limit the columns (minDf, maxFeatures, hashing), or take fewer rows at a time.`,
	);
}
