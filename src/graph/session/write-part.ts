// Results that become parts of tensors that are there already.
import { sizeOf, type Tensor } from '../../tensors/tensor.js';
import { noRoom } from './feeds.js';

/** Where a result goes: to the places of an axis from `at` on. */
export interface Part {
	readonly of: Tensor;
	readonly axis: number;
	readonly at: number;
}

/**
 * Writes a result into a part of a tensor.
 *
 * @throws {ShapeError} where it does not fit.
 */
export function writePart(name: string, { dtype, shape, data }: Tensor, { of, axis, at }: Part): void {
	const fits = shape.length === of.shape.length && shape.every((size, place) => place === axis || size === of.shape[place]);
	if (dtype !== of.dtype || !fits || !(at >= 0 && at + shape[axis]! <= of.shape[axis]!))
		throw noRoom(name, `${dtype} [${shape}] from ${at} on axis ${axis}`, of);
	const [from, to] = [data as Float32Array, of.data as Float32Array];
	const inner = sizeOf(shape.slice(axis + 1));
	const [block, row, start] = [shape[axis]! * inner, of.shape[axis]! * inner, at * inner];
	const blocks = sizeOf(shape.slice(0, axis));
	for (let place = 0; place < blocks; place++) to.set(from.subarray(place * block, (place + 1) * block), place * row + start);
}
