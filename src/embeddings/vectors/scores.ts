// Cosines of rows with queries, block by block.
import { blockRows, queriesAtOnce, type Rows, registers } from './rows.js';

/** Takes the cosines of the rows from `first` on, in `scores`: that of row `first + i` is `scores[i * step]`. */
export type Visit = (query: number, first: number, count: number, scores: Float32Array, step: number) => void;

/** Compares the first `end` rows with queries of length 1. Rows go through the cache once for all queries. */
export function compareAll(rows: Rows, queries: readonly Float32Array[], end: number, visit: Visit): void {
	const { width } = rows;
	const [stride, bytes] = [width * 4, registers(width)];
	for (const { first } of rows.chunks) {
		if (first >= end) break;
		const { kernel, buffer, at, count } = rows.chunkOf(first);
		const last = Math.min(count, end - first);
		for (let from = 0; from < last; from += blockRows) {
			const some = Math.min(blockRows, last - from);
			for (let query = 0; query < queries.length; query += queriesAtOnce) {
				const group = queries.slice(query, query + queriesAtOnce);
				const single = group.length === 1;
				if (from === 0 || queries.length > queriesAtOnce) placeQueries(buffer, at.queries, bytes, group);
				const run = single ? kernel.scores : kernel.scoresOfFour;
				run(from * stride, stride, bytes, at.queries, at.norms + from * 4, at.out, some);
				const step = single ? 1 : queriesAtOnce;
				for (let i = 0; i < group.length; i++) visit(query + i, first + from, some, new Float32Array(buffer, at.out + i * 4), step);
			}
		}
	}
}

/** The cosine of one row with a query of length 1: the same bits as above. */
export function compareOne(rows: Rows, query: Float32Array, index: number): number {
	const { width } = rows;
	const { kernel, buffer, at, first } = rows.chunkOf(index);
	const bytes = registers(width);
	placeQueries(buffer, at.queries, bytes, [query]);
	const row = index - first;
	kernel.scores(row * width * 4, width * 4, bytes, at.queries, at.norms + row * 4, at.out, 1);
	return new Float32Array(buffer, at.out, 1)[0]!;
}

/** Writes queries, filled up with zeros; those that are missing of the four are zeros. */
export function placeQueries(buffer: ArrayBuffer, at: number, bytes: number, queries: readonly Float32Array[]): void {
	const room = new Float32Array(buffer, at, (bytes / 4) * queriesAtOnce).fill(0);
	for (const [i, query] of queries.entries()) room.set(query, (i * bytes) / 4);
}
