// Operators that pick elements by index. Indices are int32.
import { sameShape } from '../dim.js';
import { node, type Rule, type Value } from '../value.js';
import { axisOf } from './reduce.js';

function checkIndices(indices: Value, fail: (reason: string) => never) {
	if (indices.dtype !== 'int32' && indices.dtype !== 'int64') fail(`expected integer indices, got ${indices.dtype}`);
}

/** Indices pick along one axis: along the others there must not be more of them than elements. */
function checkPlaces(x: Value, indices: Value, at: unknown, fail: (reason: string) => never) {
	if (x.shape.length !== indices.shape.length) fail('expected indices of the same rank');
	const axis = axisOf(at as number, x.shape.length) ?? fail(`expected an axis of ${x.shape.length} dimensions, got ${at}`);
	for (const [place, dim] of x.shape.entries()) {
		const count = indices.shape[place]!;
		const fits = typeof dim === 'number' && typeof count === 'number' ? count <= dim : typeof dim !== typeof count || dim === count;
		if (place !== axis && !fits) fail(`expected at most ${dim} indices on axis ${place}, got ${count}`);
	}
}

export const indexing = {
	Gather: ([x, indices], { axis: at = 0 }, fail) => {
		checkIndices(indices!, fail);
		const axis = axisOf(at as number, x!.shape.length) ?? fail(`expected an axis of ${x!.shape.length} dimensions, got ${at}`);
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
