// The nearest other rows of each row by Euclidean distance: exact, through products of blocks.
import { timesSmall } from '../linear-algebra/tall.js';

/** Neighbours of rows: those of row i are at `i * count` … in any order. */
export interface Neighbours {
	readonly count: number;
	readonly places: Int32Array;
	/** Squared distances. */
	readonly distances: Float64Array;
}

/** Rows whose distances to all are made at a time. */
const block = 64;

/** The `count` nearest others of each row; of equal distances any. Vectors of a few hundred numbers have no order that a tree could use. */
export function nearestRows(data: Float64Array, width: number, count: number): Neighbours {
	const rows = data.length / width;
	const norms = new Float64Array(rows);
	for (let row = 0; row < rows; row++) for (let at = row * width; at < (row + 1) * width; at++) norms[row]! += data[at]! ** 2;
	const places = new Int32Array(rows * count);
	const distances = new Float64Array(rows * count).fill(Number.POSITIVE_INFINITY);
	for (let first = 0; first < rows; first += block) {
		const size = Math.min(block, rows - first);
		const products = timesSmall(data, width, data.subarray(first * width, (first + size) * width), size);
		for (let row = 0, at = 0; row < rows; row++) {
			for (let i = 0; i < size; i++, at++) {
				if (row === first + i) continue;
				// ‖x − y‖² less ‖x‖², which is the same for all neighbours of x.
				const distance = norms[row]! - 2 * products[at]!;
				const heap = (first + i) * count;
				if (distance < distances[heap]!) replaceFirst(distances, places, heap, count, distance, row);
			}
		}
	}
	// What ‖x‖² + ‖y‖² − 2xy loses to rounding is made good.
	for (let row = 0, at = 0; row < rows; row++) {
		for (let i = 0; i < count; i++, at++) distances[at] = squaredDistance(data, width, row, places[at]!);
	}
	return { count, places, distances };
}

/** The squared distance of two rows. */
function squaredDistance(data: Float64Array, width: number, a: number, b: number): number {
	let sum = 0;
	for (let i = 0; i < width; i++) sum += (data[a * width + i]! - data[b * width + i]!) ** 2;
	return sum;
}

/** Puts a number in the place of the largest, which a heap has first, and mends the heap. */
function replaceFirst(values: Float64Array, places: Int32Array, from: number, count: number, value: number, place: number): void {
	let hole = 0;
	for (;;) {
		let child = 2 * hole + 1;
		if (child >= count) break;
		if (child + 1 < count && values[from + child + 1]! > values[from + child]!) child++;
		if (values[from + child]! <= value) break;
		values[from + hole] = values[from + child]!;
		places[from + hole] = places[from + child]!;
		hole = child;
	}
	values[from + hole] = value;
	places[from + hole] = place;
}
