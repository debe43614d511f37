// Operators that pick elements by index. Indices are int32.

import { type DType, tensor } from '../../tensors/tensor.js';
import { constant, constantNumbers, integers, scalar } from '../constant.js';
import { sameShape, showShape } from '../dim.js';
import { node, type Value } from '../value.js';
import { axisIn, refuseEmpty, withSize } from './axes.js';
import { cast } from './elementwise.js';
import { countOf, type Operator, operator } from './operator.js';

function checkIndices(indices: Value, fail: (reason: string) => never) {
	if (indices.dtype !== 'int32' && indices.dtype !== 'int64') fail(`expected integer indices, got ${indices.dtype}. Cast them to int32`);
}

/** Indices pick along one axis: along the others there must not be more of them than elements. */
function checkPlaces(x: Value, indices: Value, at: unknown, fail: (reason: string) => never) {
	if (x.shape.length !== indices.shape.length) fail('expected indices of the same rank. Unsqueeze them');
	const axis = axisIn(x.shape.length, at, fail);
	for (const [place, dim] of x.shape.entries()) {
		const count = indices.shape[place]!;
		const fits = typeof dim === 'number' && typeof count === 'number' ? count <= dim : typeof dim !== typeof count || dim === count;
		if (place !== axis && !fits) fail(`expected at most ${dim} indices on axis ${place}, got ${count}. Slice them`);
	}
}

/** The last axis of the indices of a GatherND goes through the axes of `x` that come after the batch. */
function checkDepth(x: Value, indices: Value, batch: number, fail: (reason: string) => never) {
	checkIndices(indices, fail);
	const depth = indices.shape.at(-1) ?? fail('expected indices of at least one dimension');
	if (typeof depth !== 'number') fail(`expected indices of a known last size, got ${depth}`);
	if (batch + (depth as number) > x.shape.length) fail(`expected at most ${x.shape.length - batch} indices for an element, got ${depth}`);
}

export const operators = {
	Gather: operator(
		([x, indices], { axis: at = 0 }, fail) => {
			checkIndices(indices!, fail);
			const axis = axisIn(x!.shape.length, at, fail);
			return [{ dtype: x!.dtype, shape: [...x!.shape.slice(0, axis), ...indices!.shape, ...x!.shape.slice(axis + 1)] }];
		},
		{ inputs: 2, kind: 'moving' },
	),
	GatherElements: operator(
		([x, indices], { axis: at = 0 }, fail) => {
			checkIndices(indices!, fail);
			checkPlaces(x!, indices!, at, fail);
			return [{ dtype: x!.dtype, shape: indices!.shape }];
		},
		{ inputs: 2, kind: 'moving' },
	),
	ScatterElements: operator(
		([x, indices, updates], { axis: at = 0, reduction = 'none' }, fail) => {
			checkIndices(indices!, fail);
			if (!sameShape(indices!.shape, updates!.shape)) fail('expected indices and updates of one shape');
			if (!['none', 'add', 'max', 'min'].includes(reduction as string)) fail(`expected reduction none, add, max or min, got ${reduction}`);
			if (updates!.dtype !== x!.dtype) fail('expected updates of the same type. Cast them');
			checkPlaces(x!, indices!, at, fail);
			return [x!];
		},
		{ inputs: 3, flops: ({ inputs: [, , updates] }) => countOf(updates) },
	),
	GatherND: operator(
		([x, indices], { batch_dims: batch = 0 }, fail) => {
			checkDepth(x!, indices!, batch as number, fail);
			const [outer, cut] = [x!.shape.slice(0, batch as number), (batch as number) + (indices!.shape.at(-1) as number)];
			if (!sameShape(outer, indices!.shape.slice(0, batch as number))) fail(`expected the same ${batch} sizes first on both sides`);
			return [{ dtype: x!.dtype, shape: [...indices!.shape.slice(0, -1), ...x!.shape.slice(cut)] }];
		},
		{ inputs: 2, kind: 'moving' },
	),
	ScatterND: operator(
		([x, indices, updates], { reduction = 'none' }, fail) => {
			checkDepth(x!, indices!, 0, fail);
			// ONNX Runtime adds in several threads without order: sums get lost.
			if (reduction !== 'none')
				fail(`expected reduction none, got ${reduction}, which loses updates where indices repeat. Use scatterElements`);
			if (updates!.dtype !== x!.dtype) fail('expected updates of the same type. Cast them');
			const shape = [...indices!.shape.slice(0, -1), ...x!.shape.slice(indices!.shape.at(-1) as number)];
			if (!sameShape(updates!.shape, shape)) fail(`expected updates of shape ${showShape(shape)}, got ${showShape(updates!.shape)}`);
			return [x!];
		},
		{ inputs: 3, flops: ({ inputs: [, , updates] }) => countOf(updates) },
	),
	TopK: operator(
		([x, count], { axis: at = -1 }, fail) => {
			refuseEmpty([x!], fail);
			const axis = axisIn(x!.shape.length, at, fail);
			const [k] = constantNumbers(count) ?? fail('expected a constant count');
			const size = x!.shape[axis]!;
			if (typeof size === 'number' && k! > size) fail(`expected at most ${size} elements, got ${k}`);
			const shape = withSize(x!, axis, k!);
			return [
				{ dtype: x!.dtype, shape },
				{ dtype: 'int64', shape },
			];
		},
		{ inputs: 2 },
	),
	OneHot: operator(
		([indices, depth, values], { axis: at = -1 }, fail) => {
			checkIndices(indices!, fail);
			const rank = indices!.shape.length + 1;
			const axis = axisIn(rank, at, fail);
			const [size] = constantNumbers(depth) ?? fail('expected a constant depth');
			return [{ dtype: values!.dtype, shape: [...indices!.shape.slice(0, axis), size!, ...indices!.shape.slice(axis)] }];
		},
		{ inputs: 3, kind: 'moving' },
	),
} satisfies Record<string, Operator>;

/** Rows of `x` (slices along `axis`) picked by index: an embedding lookup where `x` is a table. */
export function gather(x: Value, indices: Value, axis = 0): Value {
	return node('Gather', operators.Gather, [x, indices], { axis })[0]!;
}

/** For each index, the element of `x` at that place along `axis`. */
export function gatherElements(x: Value, indices: Value, axis: number): Value {
	return node('GatherElements', operators.GatherElements, [x, indices], { axis })[0]!;
}

/** `x` with `updates` put at the indices along `axis`, or added, or put where they are larger or smaller. Repeated indices count all, in order. */
export function scatterElements(
	x: Value,
	indices: Value,
	updates: Value,
	axis: number,
	reduction: 'none' | 'add' | 'max' | 'min' = 'none',
): Value {
	return node('ScatterElements', operators.ScatterElements, [x, indices, updates], { axis, reduction })[0]!;
}

/** For each list of indices (the last axis), the part of `x` that they lead to; the first `batch` axes are gone through on both sides. */
export function gatherND(x: Value, indices: Value, { batch = 0 } = {}): Value {
	return node('GatherND', operators.GatherND, [x, cast(indices, 'int64')], { batch_dims: batch })[0]!;
}

/** `x` with `updates` put where the lists of indices (the last axis) lead to. Of repeated ones any may win: pass each once. */
export function scatterND(x: Value, indices: Value, updates: Value): Value {
	return node('ScatterND', operators.ScatterND, [x, cast(indices, 'int64'), updates])[0]!;
}

/** The `count` largest elements along an axis in falling order, and their places (int64). */
export function topK(x: Value, count: number, axis = -1): { values: Value; places: Value } {
	const [values, places] = node('TopK', operators.TopK, [x, integers([count])], { axis, largest: 1, sorted: 1 });
	return { values: values!, places: places! };
}

/** A vector of `depth` zeros with a 1 at each index, along a new axis (the last by default). */
export function oneHot(indices: Value, depth: number, { axis = -1, dtype = 'float32' }: { axis?: number; dtype?: DType } = {}): Value {
	// ONNX Runtime has a kernel for these types, whatever the indices are, and few others.
	const values = constant(tensor('float32', [2], [0, 1]));
	return cast(node('OneHot', operators.OneHot, [indices, scalar(depth, 'int32'), values], { axis })[0]!, dtype);
}
