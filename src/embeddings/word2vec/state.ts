// What a model is made of between training runs.

import type { Settings, Word2VecRecord } from './options.js';
import type { Tree } from './tree.js';

/** Rows of numbers, each with zeros behind it up to a multiple of four. */
export interface Table {
	readonly rows: number;
	readonly width: number;
	readonly data: Float32Array;
}

/** All that is learned, and what it was learned by. */
export interface State {
	readonly settings: Settings;
	readonly words: readonly string[];
	/** How often each word was seen in all texts. */
	readonly counts: Float64Array;
	/** The vectors of words, then those of buckets of n-grams. */
	readonly input: Table;
	/** What words are predicted by: rows of negative sampling, and of the nodes of the tree. */
	readonly output?: Table | undefined;
	readonly nodes?: Table | undefined;
	readonly tree?: Tree | undefined;
	readonly history: readonly Word2VecRecord[];
}

/** Numbers between two rows of a table. */
export const strideOf = (width: number): number => Math.ceil(width / 4) * 4;

/** A row of a table as it lies there. */
export function rowOf({ width, data }: Table, row: number): Float32Array {
	const start = row * strideOf(width);
	return data.subarray(start, start + width);
}

/** The rows of a table without what is behind them: the table's own numbers where nothing is, else copies in arrays of at most so many bytes. */
export function rowsOf(table: Table, chunkBytes: number = 2 ** 26): Float32Array[] {
	const { width, rows, data } = table;
	if (strideOf(width) === width) return [data];
	const chunkRows = Math.max(1, Math.floor(chunkBytes / (4 * width)));
	const chunks: Float32Array[] = [];
	for (let first = 0; first < rows; first += chunkRows) {
		const count = Math.min(chunkRows, rows - first);
		const chunk = new Float32Array(count * width);
		for (let row = 0; row < count; row++) chunk.set(rowOf(table, first + row), row * width);
		chunks.push(chunk);
	}
	return chunks;
}

/** The table with its first rows in another order; itself where that is theirs. */
export function inOrder(table: Table, order: Int32Array): Table {
	if (order.every((row, place) => row === place)) return table;
	const stride = strideOf(table.width);
	const data = table.data.slice();
	for (const [place, row] of order.entries()) data.set(table.data.subarray(row * stride, (row + 1) * stride), place * stride);
	return { ...table, data };
}
