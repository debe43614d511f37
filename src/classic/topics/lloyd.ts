// Lloyd's iterations of k-means over sparse rows: each row to its nearest center, each center to the mean of its rows.
import type { SparseMatrix } from '../../sparse/index.js';
import { type ProductsWith, productsWith } from '../linear-algebra/products-with.js';

/** Rows whose products with the centers are made at a time. */
const block = 512;

/** The squared length of each row. */
export function squaredNorms({ rows, starts, values }: SparseMatrix): Float64Array {
	const norms = new Float64Array(rows);
	for (let row = 0; row < rows; row++) for (let at = starts[row]!; at < starts[row + 1]!; at++) norms[row]! += values[at]! ** 2;
	return norms;
}

/** The squared length of each center. Centers lie side by side: number i of center c is at `i * count + c`. */
export function centerNorms(centers: Float64Array, count: number): Float64Array {
	const norms = new Float64Array(count);
	for (let at = 0; at < centers.length; ) for (let c = 0; c < count; c++, at++) norms[c]! += centers[at]! ** 2;
	return norms;
}

/** Writes the number of the nearest center of each row, of equal ones the first; whether any row has another one than before. `norms` are those of the centers. */
export function assign(
	matrix: SparseMatrix,
	centers: Float64Array,
	norms: Float64Array,
	labels: Int32Array,
	products: ProductsWith = productsWith(matrix, norms.length),
): boolean {
	const count = norms.length;
	const some = new Float64Array(Math.min(block, matrix.rows) * count);
	products.take(centers);
	let changed = false;
	for (let first = 0; first < matrix.rows; first += block) {
		const last = Math.min(first + block, matrix.rows);
		products.rows(some, first, last);
		for (let row = first, at = 0; row < last; row++) {
			let [least, label] = [Number.POSITIVE_INFINITY, 0];
			// ‖x − c‖² without ‖x‖², which is the same for all centers.
			for (let c = 0; c < count; c++, at++) {
				const distance = norms[c]! - 2 * some[at]!;
				if (distance < least) {
					least = distance;
					label = c;
				}
			}
			if (labels[row] !== label) changed = true;
			labels[row] = label;
		}
	}
	return changed;
}

/** Of each row the squared distance to its center: Σ ((x − c)² − c²) + ‖c‖². */
export function distancesTo(matrix: SparseMatrix, centers: Float64Array, count: number, labels: Int32Array): Float64Array {
	const { rows, starts, indices, values } = matrix;
	const norms = centerNorms(centers, count);
	const distances = new Float64Array(rows);
	for (let row = 0; row < rows; row++) {
		const label = labels[row]!;
		let sum = 0;
		for (let at = starts[row]!; at < starts[row + 1]!; at++) {
			const center = centers[indices[at]! * count + label]!;
			sum += (values[at]! - center) ** 2 - center * center;
		}
		distances[row] = Math.max(sum + norms[label]!, 0);
	}
	return distances;
}

/** The means of the rows of each center. A center without rows takes the row that is farthest from its own, as scikit-learn does. */
export function means(matrix: SparseMatrix, old: Float64Array, count: number, labels: Int32Array): Float64Array {
	const { rows, starts, indices, values } = matrix;
	const centers = new Float64Array(old.length);
	const sizes = new Float64Array(count);
	for (let row = 0; row < rows; row++) {
		const label = labels[row]!;
		sizes[label]!++;
		for (let at = starts[row]!; at < starts[row + 1]!; at++) centers[indices[at]! * count + label]! += values[at]!;
	}
	if (sizes.includes(0)) relocate(matrix, old, count, labels, centers, sizes);
	const largest = sizes.indexOf(Math.max(...sizes));
	// A center that is still empty (all rows lie on centers) goes where the largest is.
	const from = Array.from(sizes, (size, c) => (size > 0 ? c : largest));
	if (from.some((source, c) => source !== c)) {
		for (let at = 0; at < centers.length; at += count) for (let c = 0; c < count; c++) centers[at + c] = centers[at + from[c]!]!;
	}
	const shares = from.map((source) => 1 / sizes[source]!);
	for (let at = 0; at < centers.length; ) for (let c = 0; c < count; c++, at++) centers[at]! *= shares[c]!;
	return centers;
}

/** Gives each empty center one of the rows that are farthest from theirs, and takes it from that one. */
function relocate(
	matrix: SparseMatrix,
	old: Float64Array,
	count: number,
	labels: Int32Array,
	sums: Float64Array,
	sizes: Float64Array,
): void {
	const distances = distancesTo(matrix, old, count, labels);
	if (distances.every((distance) => distance === 0)) return;
	const empty = Array.from(sizes.keys()).filter((c) => sizes[c] === 0);
	const farthest = Array.from(distances.keys()).sort((a, b) => distances[b]! - distances[a]! || a - b);
	for (const [place, center] of empty.entries()) {
		const row = farthest[place]!;
		const label = labels[row]!;
		for (let at = matrix.starts[row]!; at < matrix.starts[row + 1]!; at++) {
			const to = matrix.indices[at]! * count;
			sums[to + label]! -= matrix.values[at]!;
			sums[to + center] = matrix.values[at]!;
		}
		sizes[center] = 1;
		sizes[label]!--;
	}
}
