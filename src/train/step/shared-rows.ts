// Rows of tables, or their gradients, in memory that threads share: those of each part of a step one after the other.
import { sizeOf, type Tensor } from '../../graph/index.js';
import type { Tensors } from './turns.js';

/** The rows of each part by name: only their shapes, where the numbers lie in shared memory. */
export type RowShapes = readonly Readonly<Record<string, readonly number[]>>[];

/** How many numbers they are. */
export const countOf = (parts: RowShapes): number =>
	parts.reduce((sum, part) => sum + Object.values(part).reduce((all, shape) => all + sizeOf(shape), 0), 0);

/** The shapes of tensors. */
export const shapesOf = (tensors: Tensors) => Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape]));

/** Views of the numbers, by name. */
export function rowsIn(buffer: SharedArrayBuffer, parts: RowShapes): Readonly<Record<string, Float32Array<SharedArrayBuffer>>>[] {
	let at = 0;
	return parts.map((part) =>
		Object.fromEntries(
			Object.entries(part).map(([name, shape]) => {
				const view = new Float32Array(buffer, at, sizeOf(shape));
				at += view.byteLength;
				return [name, view];
			}),
		),
	);
}

/** Writes tensors into such views. */
export function writeRows(views: Readonly<Record<string, Float32Array>>, tensors: Tensors): void {
	for (const [name, view] of Object.entries(views)) view.set((tensors[name] as Tensor).data as Float32Array);
}
