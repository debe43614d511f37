// The matrix of counted rows: columns for the ids of terms, rising in each row, and weights for the counts.
import { emptyEntries, type SparseMatrix } from '../../sparse/index.js';
import type { Analyzed } from './analyzer.js';
import { type CountedRows, type Counting, countDocument, countedRows, type TermCounts, termCounts } from './count-terms.js';
import { sortPlaces } from './term-index.js';

/** What one thread has counted of some documents. */
export interface CountedPart {
	readonly counts: TermCounts;
	readonly rows: CountedRows;
	/** The number of the first document of each chunk, and how many it has: in pairs. */
	readonly chunks: number[];
}

/** Nothing counted. */
export const countedPart = (): CountedPart => ({ counts: termCounts(), rows: countedRows(), chunks: [] });

/** Counts a chunk of documents, whose first one has the number `first`. */
export function countChunk({ counts, rows, chunks }: CountedPart, docs: readonly Analyzed[], first: number, how: Counting): void {
	chunks.push(first, docs.length);
	for (const doc of docs) countDocument(counts, doc, how, rows);
}

/** A row whose values are overwritten with weights. */
interface Row {
	readonly columns: Int32Array;
	readonly values: Float64Array;
	readonly length: number;
}

/** Rows that were counted together, and the column of each id of theirs; −1 for a term that is not kept. */
export interface CountedColumns extends Pick<CountedPart, 'rows' | 'chunks'> {
	readonly columnOf: Int32Array;
}

/** The rows of all parts in the order of their documents. */
export function matrixOfCounts(
	who: string,
	parts: readonly CountedColumns[],
	{ columns, weigh, dtype }: { columns: number; weigh: (row: Row) => void; dtype: 'float32' | 'float64' },
): SparseMatrix {
	const chunks = parts
		.flatMap((part) => {
			let row = 0;
			return part.chunks.flatMap((first, at) => {
				if (at % 2 === 1) return [];
				const count = part.chunks[at + 1]!;
				row += count;
				return [{ part, first, from: row - count, to: row }];
			});
		})
		.sort((a, b) => a.first - b.first);
	const rows = parts.reduce((sum, part) => sum + part.rows.rows, 0);
	const starts = new Uint32Array(rows + 1);
	let [place, longest] = [0, 0];
	for (const { part, from, to } of chunks) {
		const { starts: begins, indices } = part.rows;
		for (let row = from; row < to; row++) {
			let count = 0;
			for (let at = begins[row]!; at < begins[row + 1]!; at++) if (part.columnOf[indices[at]!]! >= 0) count++;
			starts[place + 1] = starts[place]! + count;
			place++;
			longest = Math.max(longest, count);
		}
	}
	const made = emptyEntries(who, starts[rows]!, dtype);
	const [places, weights, counts] = [new Float64Array(longest), new Float64Array(longest), new Uint32Array(longest)];
	const kept = new Int32Array(longest);
	place = 0;
	for (const { part, from, to } of chunks) {
		const { starts: begins, indices, values, lengths } = part.rows;
		for (let row = from; row < to; row++) {
			let size = 0;
			for (let at = begins[row]!; at < begins[row + 1]!; at++) {
				const column = part.columnOf[indices[at]!]!;
				if (column < 0) continue;
				counts[size] = values[at]!;
				kept[size++] = column;
			}
			const sorted = places.subarray(0, size);
			sortPlaces(sorted, kept);
			const start = starts[place++]!;
			for (let i = 0; i < size; i++) {
				const column = Math.floor(sorted[i]! / size);
				made.indices[start + i] = column;
				weights[i] = counts[sorted[i]! - column * size]!;
			}
			const own = { columns: made.indices.subarray(start, start + size), values: weights.subarray(0, size), length: lengths[row]! };
			weigh(own);
			made.values.set(own.values, start);
		}
	}
	return { rows, columns, starts, ...made };
}
