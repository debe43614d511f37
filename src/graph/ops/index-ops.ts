// Operators that pick elements by index. Indices are int32.

import { constant, constantNumbers, integers, scalar } from '../constant.js';
import { sameShape } from '../dim.js';
import { type DType, tensor } from '../tensor.js';
import { node, type Rule, type Value } from '../value.js';
import { cast } from './elementwise.js';
import { axisOf } from './reduce.js';

function checkIndices(indices: Value, fail: (reason: string) => never) {
	if (indices.dtype !== 'int32' && indices.dtype !== 'int64') fail(`expected integer indices, got ${indices.dtype}. Cast them to int32`);
}

/** Indices pick along one axis: along the others there must not be more of them than elements. */
function checkPlaces(x: Value, indices: Value, at: unknown, fail: (reason: string) => never) {
	if (x.shape.length !== indices.shape.length) fail('expected indices of the same rank. Unsqueeze them');
	const axis =
		axisOf(at as number, x.shape.length) ??
		fail(`expected an axis of ${x.shape.length} dimensions, got ${at}. Count from 0, or back from -1`);
	for (const [place, dim] of x.shape.entries()) {
		const count = indices.shape[place]!;
		const fits = typeof dim === 'number' && typeof count === 'number' ? count <= dim : typeof dim !== typeof count || dim === count;
		if (place !== axis && !fits) fail(`expected at most ${dim} indices on axis ${place}, got ${count}. Slice them`);
	}
}

export const indexing = {
	Gather: ([x, indices], { axis: at = 0 }, fail) => {
		checkIndices(indices!, fail);
		const axis =
			axisOf(at as number, x!.shape.length) ??
			fail(`expected an axis of ${x!.shape.length} dimensions, got ${at}. Count from 0, or back from -1`);
		return [{ dtype: x!.dtype, shape: [...x!.shape.slice(0, axis), ...indices!.shape, ...x!.shape.slice(axis + 1)] }];
	},
	GatherElements: ([x, indices], { axis: at = 0 }, fail) => {
		checkIndices(indices!, fail);
		checkPlaces(x!, indices!, at, fail);
		return [{ dtype: x!.dtype, shape: indices!.shape }];
	},
	ScatterElements: ([x, indices, updates], { axis: at = 0, reduction = 'none' }, fail) => {
		checkIndices(indices!, fail);
		if (!sameShape(indices!.shape, updates!.shape)) fail('expected indices and updates of one shape');
		if (reduction !== 'none' && reduction !== 'add') fail(`expected reduction none or add, got ${reduction}`);
		if (updates!.dtype !== x!.dtype) fail('expected updates of the same type. Cast them');
		checkPlaces(x!, indices!, at, fail);
		return [x!];
	},
	TopK: ([x, count], { axis: at = -1 }, fail) => {
		const axis =
			axisOf(at as number, x!.shape.length) ??
			fail(`expected an axis of ${x!.shape.length} dimensions, got ${at}. Count from 0, or back from -1`);
		const [k] = constantNumbers(count) ?? fail('expected a constant count');
		const size = x!.shape[axis]!;
		if (typeof size === 'number' && k! > size) fail(`expected at most ${size} elements, got ${k}`);
		const shape = x!.shape.map((dim, place) => (place === axis ? k! : dim));
		return [
			{ dtype: x!.dtype, shape },
			{ dtype: 'int64', shape },
		];
	},
	OneHot: ([indices, depth, values], { axis: at = -1 }, fail) => {
		checkIndices(indices!, fail);
		const rank = indices!.shape.length + 1;
		const axis = axisOf(at as number, rank) ?? fail(`expected an axis of ${rank} dimensions, got ${at}. Count from 0, or back from -1`);
		const [size] = constantNumbers(depth) ?? fail('expected a constant depth');
		return [{ dtype: values!.dtype, shape: [...indices!.shape.slice(0, axis), size!, ...indices!.shape.slice(axis)] }];
	},
} satisfies Record<string, Rule>;

/** Rows of `x` (slices along `axis`) picked by index: an embedding lookup where `x` is a table. */
export function gather(x: Value, indices: Value, axis = 0): Value {
	return node('Gather', indexing.Gather, [x, indices], { axis })[0]!;
}

/** For each index, the element of `x` at that place along `axis`. */
export function gatherElements(x: Value, indices: Value, axis: number): Value {
	return node('GatherElements', indexing.GatherElements, [x, indices], { axis })[0]!;
}

/** `x` with `updates` put at the indices along `axis`, or added there. Repeated indices add up, in order. */
export function scatterElements(x: Value, indices: Value, updates: Value, axis: number, reduction: 'none' | 'add' = 'none'): Value {
	return node('ScatterElements', indexing.ScatterElements, [x, indices, updates], { axis, reduction })[0]!;
}

/** The `count` largest elements along an axis in falling order, and their places (int64). */
export function topK(x: Value, count: number, axis = -1): { values: Value; places: Value } {
	const [values, places] = node('TopK', indexing.TopK, [x, integers([count])], { axis, largest: 1, sorted: 1 });
	return { values: values!, places: places! };
}

/** A vector of `depth` zeros with a 1 at each index, along a new axis (the last by default). */
export function oneHot(indices: Value, depth: number, { axis = -1, dtype = 'float32' }: { axis?: number; dtype?: DType } = {}): Value {
	// ONNX Runtime has a kernel for these types, whatever the indices are, and few others.
	const values = constant(tensor('float32', [2], [0, 1]));
	return cast(node('OneHot', indexing.OneHot, [indices, scalar(depth, 'int32'), values], { axis })[0]!, dtype);
}
