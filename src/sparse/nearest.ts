// The rows of a matrix that are nearest to one by cosine, through an index of its columns.
import { transposed } from './build.js';
import type { SparseMatrix, SparseVector } from './matrix.js';
import { norm } from './products.js';

/** A row that was found. */
export interface Neighbour {
	readonly row: number;
	/** The cosine, from −1 to 1. */
	readonly similarity: number;
}

/** Finds rows by what they share with others. */
export interface RowIndex {
	/** The `count` rows of largest cosine in falling order, equal ones by their numbers; rows that share no column have 0. */
	nearest(row: SparseVector, count: number): Neighbour[];
	/** The cosine with each row. */
	similarities(row: SparseVector): Float64Array;
}

/**
 * An index over rows: each column knows the rows that have it, so that a search looks at these alone.
 *
 * @example
 * const found = rowIndex(matrix).nearest(rowOf(matrix, 0), 5);
 */
export function rowIndex(matrix: SparseMatrix): RowIndex {
	const { starts, indices, values } = transposed(matrix);
	const norms = new Float64Array(matrix.rows);
	for (let row = 0; row < matrix.rows; row++) {
		let squares = 0;
		for (let at = matrix.starts[row]!; at < matrix.starts[row + 1]!; at++) squares += matrix.values[at]! ** 2;
		norms[row] = Math.sqrt(squares);
	}
	const similarities = (row: SparseVector): Float64Array => {
		if (row.size !== matrix.columns) {
			throw new RangeError(`rowIndex: expected a row of ${matrix.columns} numbers, got ${row.size}. Take it from the same fitted stage.`);
		}
		const sums = new Float64Array(matrix.rows);
		for (const [place, column] of row.indices.entries()) {
			const value = row.values[place]!;
			for (let at = starts[column]!; at < starts[column + 1]!; at++) sums[indices[at]!]! += value * values[at]!;
		}
		const own = norm(row);
		for (let i = 0; i < sums.length; i++) if (sums[i] !== 0) sums[i]! /= own * norms[i]!;
		return sums;
	};
	return { similarities, nearest: (row, count) => largest(similarities(row), count) };
}

/** The largest of some numbers in falling order, equal ones by place: a heap of `count` whose smallest is at its root. */
export function largest(numbers: Float64Array, count: number): Neighbour[] {
	const heap: number[] = [];
	/** Whether a is worse than b. */
	const below = (a: number, b: number) => numbers[a]! < numbers[b]! || (numbers[a] === numbers[b] && a > b);
	const down = (at: number) => {
		for (;;) {
			let least = at;
			for (const child of [2 * at + 1, 2 * at + 2]) if (child < heap.length && below(heap[child]!, heap[least]!)) least = child;
			if (least === at) return;
			[heap[at], heap[least]] = [heap[least]!, heap[at]!];
			at = least;
		}
	};
	for (let i = 0; i < numbers.length; i++) {
		if (heap.length < count) {
			heap.push(i);
			if (heap.length === count) for (let at = (count >> 1) - 1; at >= 0; at--) down(at);
		} else if (count > 0 && below(heap[0]!, i)) {
			heap[0] = i;
			down(0);
		}
	}
	return heap.sort((a, b) => (below(a, b) ? 1 : -1)).map((row) => ({ row, similarity: numbers[row]! }));
}
