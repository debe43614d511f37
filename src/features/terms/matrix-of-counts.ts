// The matrix of counted rows: columns for the ids of terms, rising in each row, and weights for the counts.
import { emptyEntries, type SparseMatrix } from '../../sparse/index.js';
import type { CountedRows } from './count-terms.js';

/** A row whose values are overwritten with weights. */
interface Row {
	readonly columns: Int32Array;
	readonly values: Float64Array;
	readonly length: number;
}

/** More than a term occurs in one document; columns times this are below 2⁵³. */
const most = 2 ** 22;

/** `columns` are the ids of the terms that are kept, in order, among `terms` ids. */
export function matrixOfCounts(
	who: string,
	{ rows, starts: from, indices, values, lengths }: CountedRows,
	columns: Int32Array,
	{ terms, weigh, dtype }: { terms: number; weigh: (row: Row) => void; dtype: 'float32' | 'float64' },
): SparseMatrix {
	const columnOf = new Int32Array(terms).fill(-1);
	for (let column = 0; column < columns.length; column++) columnOf[columns[column]!] = column;
	const starts = new Uint32Array(rows + 1);
	let longest = 0;
	for (let row = 0; row < rows; row++) {
		let count = 0;
		for (let at = from[row]!; at < from[row + 1]!; at++) if (columnOf[indices[at]!]! >= 0) count++;
		starts[row + 1] = starts[row]! + count;
		longest = Math.max(longest, count);
	}
	const made = emptyEntries(who, starts[rows]!, dtype);
	const [both, weights] = [new Float64Array(longest), new Float64Array(longest)];
	for (let row = 0; row < rows; row++) {
		let size = 0;
		for (let at = from[row]!; at < from[row + 1]!; at++) {
			const column = columnOf[indices[at]!]!;
			if (column >= 0) both[size++] = column * most + values[at]!;
		}
		const sorted = both.subarray(0, size).sort();
		const start = starts[row]!;
		for (let i = 0; i < size; i++) {
			const column = Math.floor(sorted[i]! / most);
			made.indices[start + i] = column;
			weights[i] = sorted[i]! - column * most;
		}
		const own = { columns: made.indices.subarray(start, start + size), values: weights.subarray(0, size), length: lengths[row]! };
		weigh(own);
		made.values.set(own.values, start);
	}
	return { rows, columns: columns.length, starts, ...made };
}
