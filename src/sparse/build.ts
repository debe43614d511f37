// Sparse matrices of rows, of dense numbers, and of parts of other matrices.
import { expectRoom, type Floats, rowOf, type SparseMatrix, type SparseVector } from './matrix.js';

/** How numbers are kept. */
export interface SparseOptions {
	/** `float32` (default) or `float64`. */
	readonly dtype?: 'float32' | 'float64' | undefined;
}

const arrays = { float32: Float32Array, float64: Float64Array } as const;
const dtypeOf = (values: Floats) => (values instanceof Float64Array ? 'float64' : 'float32');

/** Arrays for so many entries. */
export function emptyEntries(who: string, count: number, dtype: 'float32' | 'float64'): { indices: Int32Array; values: Floats } {
	expectRoom(who, count * (4 + arrays[dtype].BYTES_PER_ELEMENT), `a matrix of ${count} numbers`);
	return { indices: new Int32Array(count), values: new arrays[dtype](count) };
}

/**
 * A matrix of rows.
 *
 * @example
 * const matrix = sparseMatrix((await fitted.apply(docs)).map(({ features }) => features));
 */
export function sparseMatrix(rows: readonly SparseVector[], { dtype }: SparseOptions = {}): SparseMatrix {
	const columns = rows[0]?.size ?? 0;
	const starts = new Uint32Array(rows.length + 1);
	let count = 0;
	for (const [place, { indices, size }] of rows.entries()) {
		if (size !== columns) {
			throw new RangeError(
				`sparseMatrix: expected rows of ${columns} numbers, got ${size} in row ${place}. Take them from one fitted stage.`,
			);
		}
		count += indices.length;
		starts[place + 1] = count;
	}
	const made = emptyEntries('sparseMatrix', count, dtype ?? (rows[0] ? dtypeOf(rows[0].values) : 'float32'));
	for (const [place, { indices, values }] of rows.entries()) {
		made.indices.set(indices, starts[place]!);
		made.values.set(values, starts[place]!);
	}
	return { rows: rows.length, columns, starts, ...made };
}

/** The matrix of dense numbers, row by row; zeros are left out. */
export function fromDense(numbers: ArrayLike<number>, columns: number, { dtype = 'float32' }: SparseOptions = {}): SparseMatrix {
	const rows = columns === 0 && numbers.length === 0 ? 0 : numbers.length / columns;
	if (!Number.isInteger(rows)) {
		throw new RangeError(`fromDense: expected rows of ${columns} numbers, got ${numbers.length} numbers. Pass whole rows.`);
	}
	const starts = new Uint32Array(rows + 1);
	let count = 0;
	for (let at = 0, row = 0; row < rows; row++) {
		for (const end = at + columns; at < end; at++) if (numbers[at] !== 0) count++;
		starts[row + 1] = count;
	}
	const { indices, values } = emptyEntries('fromDense', count, dtype);
	for (let at = 0, to = 0; at < numbers.length; at++) {
		if (numbers[at] === 0) continue;
		indices[to] = at % columns;
		values[to++] = numbers[at]!;
	}
	return { rows, columns, starts, indices, values };
}

/** All numbers, row by row, zeros included. */
export function toDense({ rows, columns, starts, indices, values }: SparseMatrix): Floats {
	const size = rows * columns;
	expectRoom('toDense', size * values.BYTES_PER_ELEMENT, `${rows} × ${columns} numbers`);
	const dense = values instanceof Float64Array ? new Float64Array(size) : new Float32Array(size);
	for (let row = 0; row < rows; row++) {
		for (let at = starts[row]!; at < starts[row + 1]!; at++) dense[row * columns + indices[at]!] = values[at]!;
	}
	return dense;
}

/** The rows from one place up to another: views where nothing has to be copied. */
export function sliceRows({ rows, columns, starts, indices, values }: SparseMatrix, from: number, to = rows): SparseMatrix {
	if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to > rows || from > to) {
		throw new RangeError(`sliceRows: expected rows from 0 up to ${rows}, got ${from} up to ${to}. Count from 0.`);
	}
	const [first, last] = [starts[from]!, starts[to]!];
	return {
		...{ rows: to - from, columns, starts: starts.slice(from, to + 1).map((start) => start - first) },
		...{ indices: indices.subarray(first, last), values: values.subarray(first, last) },
	};
}

/** The rows of these numbers, in this order: folds, samples. */
export function pickRows(matrix: SparseMatrix, places: ArrayLike<number>): SparseMatrix {
	return {
		...sparseMatrix(
			Array.from(places, (place) => rowOf(matrix, place)),
			{ dtype: dtypeOf(matrix.values) },
		),
		columns: matrix.columns,
	};
}

/** Matrices of the same columns, one below the other. */
export function stackRows(...parts: readonly SparseMatrix[]): SparseMatrix {
	const columns = parts[0]?.columns ?? 0;
	const other = parts.find((part) => part.columns !== columns);
	if (other) throw new RangeError(`stackRows: expected ${columns} columns in each, got ${other.columns}. Take them from one fitted stage.`);
	const dtype = parts.some(({ values }) => values instanceof Float64Array) ? 'float64' : 'float32';
	const rows = parts.reduce((sum, part) => sum + part.rows, 0);
	const made = emptyEntries(
		'stackRows',
		parts.reduce((sum, part) => sum + part.indices.length, 0),
		dtype,
	);
	const starts = new Uint32Array(rows + 1);
	let [row, at] = [0, 0];
	for (const part of parts) {
		for (let i = 1; i <= part.rows; i++) starts[++row] = at + part.starts[i]!;
		made.indices.set(part.indices, at);
		made.values.set(part.values, at);
		at += part.indices.length;
	}
	return { rows, columns, starts, ...made };
}

/** Matrices of the same rows, side by side: words and characters as features of one document. */
export function stackColumns(...parts: readonly SparseMatrix[]): SparseMatrix {
	const rows = parts[0]?.rows ?? 0;
	const other = parts.find((part) => part.rows !== rows);
	if (other) throw new RangeError(`stackColumns: expected ${rows} rows in each, got ${other.rows}. Take them from the same documents.`);
	const dtype = parts.some(({ values }) => values instanceof Float64Array) ? 'float64' : 'float32';
	const made = emptyEntries(
		'stackColumns',
		parts.reduce((sum, part) => sum + part.indices.length, 0),
		dtype,
	);
	const starts = new Uint32Array(rows + 1);
	let to = 0;
	for (let row = 0; row < rows; row++) {
		let shift = 0;
		for (const { starts: from, indices, values, columns } of parts) {
			for (let at = from[row]!; at < from[row + 1]!; at++, to++) {
				made.indices[to] = indices[at]! + shift;
				made.values[to] = values[at]!;
			}
			shift += columns;
		}
		starts[row + 1] = to;
	}
	return { rows, columns: parts.reduce((sum, part) => sum + part.columns, 0), starts, ...made };
}

/** Rows and columns exchanged: by counting, in time of the entries. */
export function transposed({ rows, columns, starts, indices, values }: SparseMatrix): SparseMatrix {
	const turned = new Uint32Array(columns + 1);
	for (const column of indices) turned[column + 1]!++;
	for (let column = 0; column < columns; column++) turned[column + 1]! += turned[column]!;
	const next = turned.slice(0, columns);
	const made = emptyEntries('transposed', indices.length, dtypeOf(values));
	for (let row = 0; row < rows; row++) {
		for (let at = starts[row]!; at < starts[row + 1]!; at++) {
			const to = next[indices[at]!]!++;
			made.indices[to] = row;
			made.values[to] = values[at]!;
		}
	}
	return { rows: columns, columns: rows, starts: turned, ...made };
}
