// What a session is fed, compared with what its graph takes: before the run, so that the message names the input.

import { dtypes, sizeOf, type Tensor } from '../../tensors/tensor.js';
import { type Shape, showShape } from '../dim.js';
import { ShapeError } from '../errors.js';

/** An input or output as the graph declares it; a name stands for a size that each run may choose, once for all inputs. */
export interface FedInput {
	readonly name: string;
	readonly dtype: string;
	readonly shape: Shape;
}

/** Checks that there are feeds at all. */
export function expectFeeds(feeds: unknown): void {
	if (typeof feeds === 'object' && feeds !== null) return;
	throw new TypeError(`session: expected feeds, an object of tensors by the names of inputs, got ${feeds}. Pass one.`);
}

/** Checks what a run is to give: names of outputs given by themselves would be overlooked. */
export function checkTargets(targets: unknown): void {
	if (typeof targets !== 'object' || targets === null) {
		throw new TypeError(`session: expected { outputs, into } or nothing, got ${targets}. Leave it out for all outputs.`);
	}
	const other = Object.keys(targets).filter((name) => name !== 'outputs' && name !== 'into');
	if (other.length === 0) return;
	throw new TypeError(`session: expected outputs and into, got ${other.join(', ')}. Ask for results by { outputs: ['${other[0]}'] }.`);
}

/**
 * Checks that there is room for a result in each target, as far as the graph knows its size.
 *
 * @throws {TypeError} for what is no tensor.
 * @throws {ShapeError} for a tensor of another type or shape.
 */
export function checkRoom(outputs: readonly FedInput[], into: Readonly<Record<string, Tensor>>): void {
	for (const { name, dtype, shape } of outputs) {
		if (!Object.hasOwn(into, name)) continue;
		const room: Tensor | undefined = into[name];
		if (!room || !isTensor(room)) {
			throw new TypeError(
				`session: expected the target of output ${name} to be a tensor, got ${room === null ? 'null' : typeof room}. Make it with tensor('${dtype}', …).`,
			);
		}
		const fits = room.shape.length === shape.length && shape.every((dim, axis) => typeof dim !== 'number' || dim === room.shape[axis]);
		if (room.dtype !== dtype || !fits || room.data.length !== sizeOf(room.shape)) throw noRoom(name, `${dtype} ${showShape(shape)}`, room);
	}
}

/** The error of a target that a result does not fit in. */
export function noRoom(name: string, made: string, { dtype, shape }: Tensor): ShapeError {
	return new ShapeError(
		`session: expected room for output ${name}, ${made}, got a tensor of ${dtype} ${showShape(shape)}. Make it of that size.`,
	);
}

/** Where a name got its size: by which input, and how much. */
interface Size {
	readonly by: string;
	readonly size: number;
}

/**
 * Checks that there is a tensor for each input, of its type and rank, and that equal names have equal sizes.
 *
 * @throws {TypeError} for a missing input, what is no tensor, or another element type.
 * @throws {ShapeError} for a shape that does not fit.
 */
export function checkFeeds(inputs: readonly FedInput[], feeds: Readonly<Record<string, Tensor>>): void {
	expectFeeds(feeds);
	const sizes = new Map<string, Size>();
	for (const { name, dtype, shape } of inputs) {
		const fed = Object.hasOwn(feeds, name) ? feeds[name] : undefined;
		if (!fed) throw new TypeError(`session: expected input ${name} (${dtype} ${showShape(shape)}), got ${unknownOf(inputs, feeds)}.`);
		if (!isTensor(fed)) {
			throw new TypeError(
				`session: expected input ${name} to be a tensor, ${dtype} ${showShape(shape)}, got ${Array.isArray(fed) ? 'an array' : typeof fed}. Make it with tensor('${dtype}', …).`,
			);
		}
		if (fed.dtype !== dtype)
			throw new TypeError(`session: expected input ${name} of ${dtype}, got ${fed.dtype}. Make it with tensor('${dtype}', …).`);
		const got = showShape(fed.shape);
		if (fed.shape.length !== shape.length) {
			throw new ShapeError(`session: expected input ${name} of ${shape.length} dimensions, ${showShape(shape)}, got ${got}. Reshape it.`);
		}
		if (fed.data.length !== sizeOf(fed.shape)) {
			throw new ShapeError(
				`session: expected ${sizeOf(fed.shape)} numbers in input ${name} of ${got}, got ${fed.data.length}. Correct its shape.`,
			);
		}
		for (const [axis, dim] of shape.entries()) {
			const size = fed.shape[axis]!;
			const known = typeof dim === 'number' ? { by: '', size: dim } : sizes.get(dim);
			if (known && known.size !== size) throw new ShapeError(clash({ name, shape }, { axis, got }, known));
			// A size without a name may be anything.
			if (!known && dim !== '') sizes.set(dim as string, { by: name, size });
		}
	}
}

/** A tensor whose numbers are in the array of its element type. */
function isTensor({ dtype, shape, data }: Partial<Tensor>): boolean {
	return dtype !== undefined && Object.hasOwn(dtypes, dtype) && Array.isArray(shape) && data instanceof dtypes[dtype].array;
}

function clash(
	{ name, shape }: Pick<FedInput, 'name' | 'shape'>,
	{ axis, got }: { axis: number; got: string },
	{ by, size }: Size,
): string {
	const reason = by === '' ? '' : ` (${shape[axis]} is ${size} in input ${by})`;
	const mend = by === '' ? 'Feed that size' : 'Feed both from one batch';
	return `session: expected input ${name} of ${showShape(shape)} with ${size} on axis ${axis}${reason}, got ${got}. ${mend}.`;
}

/** What was fed beside the inputs, where one is missing: a wrong name is the commonest reason. */
function unknownOf(inputs: readonly FedInput[], feeds: Readonly<Record<string, Tensor>>): string {
	const unknown = Object.keys(feeds).filter((fed) => inputs.every(({ name }) => name !== fed));
	return unknown.length > 0 ? `none, but ${unknown.join(', ')} that it does not take. Rename it` : 'none. Feed it';
}
