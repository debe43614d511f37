// Operators that move elements and change shapes, but compute nothing.
import { constantNumbers, integers, type Operand, operand, scalar } from '../constant.js';
import { addDim, broadcastShapes, type Dim, knownProduct, productDims, type Shape, sameShape, showShape, sumDims } from '../dim.js';
import { node, type Rule, type Value } from '../value.js';
import { cast } from './elementwise.js';
import { axisOf } from './reduce.js';

/** Beyond any size: "to the end" for Slice. */
export const toEnd = 2 ** 31 - 1;

export const movement = {
	// Target sizes are known where they are constant; `reshape` states the rest (see `reshaped`).
	Reshape: ([x, sizes], _attributes, fail) => {
		const target = constantNumbers(sizes) ?? fail('expected constant sizes, or a stated shape');
		const dims: Dim[] = target.map((size, axis) =>
			size === 0 ? (x!.shape[axis] ?? fail('size 0 copies a dimension that is not there')) : size,
		);
		const open = dims.indexOf(-1);
		if (open >= 0) {
			const rest = productDims(dims.filter((_, axis) => axis !== open));
			const whole = productDims(x!.shape);
			const left = x!.shape.filter((dim) => typeof dim === 'string' && !dims.includes(dim));
			if (typeof whole === 'number' && typeof rest === 'number') dims[open] = whole / rest;
			else {
				const others = dims.filter((_, axis) => axis !== open);
				dims[open] = productDims([...left, knownProduct(x!.shape) / knownProduct(others)]);
			}
		}
		return [{ dtype: x!.dtype, shape: dims }];
	},
	Transpose: ([x], { perm }, fail) => {
		const order = perm as readonly number[];
		const sorted = [...order].sort((a, b) => a - b);
		if (order.length !== x!.shape.length || sorted.some((axis, place) => axis !== place))
			fail(`expected an order of ${x!.shape.length} axes, got ${order.join(', ')}. Name each axis once`);
		return [{ dtype: x!.dtype, shape: order.map((axis) => x!.shape[axis]!) }];
	},
	Concat: (inputs, { axis: at }, fail) => {
		const rank = inputs[0]!.shape.length;
		const axis = axisOf(at as number, rank) ?? fail(`expected an axis of ${rank} dimensions, got ${at}. Count from 0, or back from -1`);
		const others = (value: Value) => value.shape.filter((_, place) => place !== axis);
		for (const value of inputs) {
			if (value.dtype !== inputs[0]!.dtype) fail('expected operands of one type. Cast one of them');
			if (value.shape.length !== rank || !sameShape(others(value), others(inputs[0]!)))
				fail(`expected equal sizes but for axis ${axis}. Join along another axis, or Slice, Pad or Unsqueeze first`);
		}
		const joined = inputs.map((value) => value.shape[axis]!).reduce(sumDims);
		return [{ dtype: inputs[0]!.dtype, shape: inputs[0]!.shape.map((dim, place) => (place === axis ? joined : dim)) }];
	},
	Slice: (inputs, _attributes, fail) => {
		const [starts, ends, axes, steps] = inputs.slice(1).map((value) => constantNumbers(value) ?? fail('expected constant bounds'));
		if (steps?.some((step) => step !== 1)) fail('expected steps of 1');
		const shape = [...inputs[0]!.shape];
		for (const [place, at] of (axes ?? starts!.map((_, axis) => axis)).entries()) {
			const axis =
				axisOf(at, shape.length) ?? fail(`expected an axis of ${shape.length} dimensions, got ${at}. Count from 0, or back from -1`);
			const [from, to, dim] = [starts![place]!, ends![place]!, shape[axis]!];
			if (typeof dim === 'number') {
				const clamp = (bound: number) => Math.min(Math.max(bound < 0 ? bound + dim : bound, 0), dim);
				shape[axis] = Math.max(clamp(to) - clamp(from), 0);
			} else if (from >= 0 && (to < 0 || to >= toEnd)) shape[axis] = addDim(dim, Math.min(to, 0) - from);
			else if (from >= 0 === to >= 0) shape[axis] = Math.max(to - from, 0);
			else if (from < 0 && to >= toEnd) shape[axis] = -from;
			else fail(`cannot tell the size of ${dim} from ${from} to ${to}`);
		}
		return [{ dtype: inputs[0]!.dtype, shape }];
	},
	Pad: (inputs, _attributes, fail) => {
		const pads = constantNumbers(inputs[1]) ?? fail('expected constant pads');
		const rank = inputs[0]!.shape.length;
		if (pads.length !== 2 * rank) fail(`expected ${2 * rank} pads, got ${pads.length}`);
		if (inputs[2] && inputs[2].dtype !== inputs[0]!.dtype) fail('expected a value of the same type. Cast it');
		const shape = inputs[0]!.shape.map((dim, axis) => addDim(dim, pads[axis]! + pads[axis + rank]!));
		if (shape.some((dim) => typeof dim === 'number' && dim < 0)) fail(`cannot cut more than there is: ${pads.join(', ')}`);
		return [{ dtype: inputs[0]!.dtype, shape }];
	},
	Expand: ([x, sizes], _attributes, fail) => [
		{ dtype: x!.dtype, shape: constantNumbers(sizes) ?? fail('expected constant sizes, or a stated shape') },
	],
	Squeeze: ([x, axes], _attributes, fail) => {
		const rank = x!.shape.length;
		const gone = new Set(
			(constantNumbers(axes) ?? fail('expected constant axes')).map((axis) => axisOf(axis, rank) ?? fail(`no axis ${axis}`)),
		);
		for (const axis of gone) if (x!.shape[axis] !== 1) fail(`expected size 1 on axis ${axis}, got ${x!.shape[axis]}`);
		return [{ dtype: x!.dtype, shape: x!.shape.filter((_, axis) => !gone.has(axis)) }];
	},
	Unsqueeze: ([x, axes], _attributes, fail) => {
		const list = constantNumbers(axes) ?? fail('expected constant axes');
		const rank = x!.shape.length + list.length;
		const made = new Set(list.map((axis) => axisOf(axis, rank) ?? fail(`no axis ${axis} of ${rank}`)));
		if (made.size !== list.length) fail(`expected each axis once, got ${list.join(', ')}`);
		const old = x!.shape[Symbol.iterator]();
		return [{ dtype: x!.dtype, shape: Array.from({ length: rank }, (_, axis) => (made.has(axis) ? 1 : old.next().value!)) }];
	},
	Split: (inputs, { axis: at }, fail) => {
		const [x, lengths] = inputs;
		const axis =
			axisOf(at as number, x!.shape.length) ??
			fail(`expected an axis of ${x!.shape.length} dimensions, got ${at}. Count from 0, or back from -1`);
		const parts = constantNumbers(lengths) ?? fail('expected constant lengths');
		const [whole, sum] = [x!.shape[axis]!, parts.reduce((a, b) => a + b, 0)];
		if (typeof whole === 'number' && whole !== sum) fail(`expected lengths that add up to ${whole}, got ${parts.join(' + ')}`);
		return parts.map((part) => ({ dtype: x!.dtype, shape: x!.shape.map((dim, place) => (place === axis ? part : dim)) }));
	},
	Tile: ([x, repeats], _attributes, fail) => {
		const times = constantNumbers(repeats) ?? fail('expected constant repeats');
		if (times.length !== x!.shape.length) fail(`expected ${x!.shape.length} repeats, got ${times.length}`);
		return [{ dtype: x!.dtype, shape: x!.shape.map((dim, axis) => productDims([dim, times[axis]!])) }];
	},
	Trilu: ([x], _attributes, fail) => {
		if (x!.shape.length < 2) fail('expected at least two dimensions');
		return [x!];
	},
	Shape: ([x], { start = 0, end: stop = x!.shape.length }) => [
		{ dtype: 'int64', shape: [x!.shape.slice(start as number, stop as number).length] },
	],
	Range: ([start, limit, delta]) => {
		const [from, to, by] = [start, limit, delta].map((value) => constantNumbers(value)?.[0]);
		const known = from !== undefined && to !== undefined && by !== undefined;
		return [{ dtype: start!.dtype, shape: [known ? Math.max(Math.ceil((to - from) / by), 0) : 'range'] }];
	},
} satisfies Record<string, Rule>;

/** The shape that the caller states, which must hold as many elements: where names are the same on both sides, numbers must agree. */
const reshaped =
	(shape: Shape): Rule =>
	([x], _attributes, fail) => {
		const names = (dims: Shape) => dims.filter((dim) => typeof dim === 'string').sort();
		const known = sameShape(names(x!.shape), names(shape));
		if (known && knownProduct(x!.shape) !== knownProduct(shape))
			fail(`expected as many elements in ${showShape(shape)}. Correct a size, or leave one open by a new name`);
		return [{ dtype: x!.dtype, shape }];
	};

/** The shape that the caller states, to which the value must broadcast. */
const expanded =
	(shape: Shape): Rule =>
	([x], _attributes, fail) => {
		const both = broadcastShapes(x!.shape, shape);
		if (!both || !sameShape(both, shape)) fail(`cannot repeat ${showShape(x!.shape)} to ${showShape(shape)}. Sizes must be equal or 1`);
		return [{ dtype: x!.dtype, shape }];
	};

/** The axis from the front; fails where there is none. */
function axisIn(x: Value, axis: number, op: keyof typeof movement): number {
	const fails: Rule = (_inputs, _attributes, fail) =>
		fail(`expected an axis of ${x.shape.length} dimensions, got ${axis}. Count from 0, or back from -1`);
	const at = axisOf(axis, x.shape.length);
	if (at === undefined) node(op, fails, [x]);
	return at!;
}

/** The sizes of a value, as int64. */
export function shapeOf(x: Value): Value {
	return x.shape.every((dim) => typeof dim === 'number') ? integers(x.shape as number[]) : node('Shape', movement.Shape, [x])[0]!;
}

/** One size of a value, as int64 of one element. */
export function sizeAt(x: Value, axis: number): Value {
	const at = axisIn(x, axis, 'Shape');
	const dim = x.shape[at]!;
	return typeof dim === 'number' ? integers([dim]) : node('Shape', movement.Shape, [x], { start: at, end: at + 1 })[0]!;
}

/** Sizes for a shape with names, each read from a value that has it; with `infer`, one other may stay open (-1). */
function sizesOf(shape: Shape, from: readonly Value[], { who, infer }: { who: string; infer: boolean }): Value {
	let open = infer;
	const sizes = shape.map((dim) => {
		if (typeof dim === 'number') return integers([dim]);
		for (const value of from) {
			const axis = value.shape.indexOf(dim);
			if (axis >= 0) return sizeAt(value, axis);
		}
		if (!open)
			throw new TypeError(`${who}: expected a value that has the size ${dim} of ${showShape(shape)}, got none. Pass one in \`from\`.`);
		open = false;
		return integers([-1]);
	});
	const numbers = sizes.map((size) => constantNumbers(size)?.[0]);
	return numbers.every((size) => size !== undefined) ? integers(numbers) : node('Concat', movement.Concat, sizes, { axis: 0 })[0]!;
}

/** The same elements in another shape. Named sizes are read from `x` or the values in `from`; one may be left to be inferred. */
export function reshape(x: Value, shape: Shape, from: readonly Value[] = []): Value {
	if (sameShape(x.shape, shape)) return x;
	return node('Reshape', reshaped(shape), [x, sizesOf(shape, [x, ...from], { who: 'reshape', infer: true })])[0]!;
}

/** `x` repeated along axes of size 1 to the shape of `like`. */
export function expandTo(x: Value, like: Value): Value {
	return sameShape(x.shape, like.shape) ? x : node('Expand', expanded(like.shape), [x, shapeOf(like)])[0]!;
}

/** `x` repeated along axes of size 1 to a shape. Named sizes are read from the values in `from`. */
export function expand(x: Value, shape: Shape, from: readonly Value[]): Value {
	return sameShape(x.shape, shape)
		? x
		: node('Expand', expanded(shape), [x, sizesOf(shape, [x, ...from], { who: 'expand', infer: false })])[0]!;
}

/** Axes in another order; the last two exchanged by default. */
export function transpose(x: Value, order?: readonly number[]): Value {
	const axes = x.shape.map((_, axis) => axis);
	const perm = order ?? [...axes.slice(0, -2), ...axes.slice(-2).reverse()];
	return node('Transpose', movement.Transpose, [x], { perm })[0]!;
}

/** Values joined along an axis. */
export function concat(values: readonly Value[], axis: number): Value {
	return values.length === 1 ? values[0]! : node('Concat', movement.Concat, values, { axis })[0]!;
}

/** Elements `from` to `to` (before it; negative counts from the end; the end by default) along an axis. */
export function slice(x: Value, axis: number, from: number, to: number = toEnd): Value {
	return node('Slice', movement.Slice, [x, integers([from]), integers([to]), integers([axis])])[0]!;
}

/** `x` with `before` and `after` elements of `value` added along an axis. */
export function pad(x: Value, axis: number, before: number, after: number, value: Operand = 0): Value {
	const pads = new Array<number>(2 * x.shape.length).fill(0);
	const at = axisIn(x, axis, 'Pad');
	pads[at] = before;
	pads[at + x.shape.length] = after;
	return node('Pad', movement.Pad, [x, integers(pads), operand(value, x)])[0]!;
}

/** `x` cut along an axis into parts of these lengths. */
export function split(x: Value, lengths: readonly number[], axis: number): readonly Value[] {
	return node('Split', movement.Split, [x, integers(lengths)], { axis });
}

/** `x` repeated along each axis. */
export function tile(x: Value, repeats: readonly number[]): Value {
	return node('Tile', movement.Tile, [x, integers(repeats)])[0]!;
}

/** The upper or lower triangle of the last two axes, 0 elsewhere; `diagonal` 1 is the one above the middle. */
export function triangle(x: Value, part: 'upper' | 'lower', diagonal = 0): Value {
	return node('Trilu', movement.Trilu, [x, scalar(diagonal, 'int64')], { upper: part === 'upper' ? 1 : 0 })[0]!;
}

/** Axes of size 1 removed. */
export function squeeze(x: Value, axes: readonly number[]): Value {
	return axes.length === 0 ? x : node('Squeeze', movement.Squeeze, [x, integers(axes)])[0]!;
}

/** Axes of size 1 added, at their places in the result. */
export function unsqueeze(x: Value, axes: readonly number[]): Value {
	return axes.length === 0 ? x : node('Unsqueeze', movement.Unsqueeze, [x, integers(axes)])[0]!;
}

/** The int32 numbers 0, 1, … up to the size of `like` along an axis. */
export function places(like: Value, axis: number): Value {
	const at = axisIn(like, axis, 'Range');
	const size = cast(squeeze(sizeAt(like, at), [0]), 'int32');
	return node('Range', () => [{ dtype: 'int32', shape: [like.shape[at]!] }], [scalar(0, 'int32'), size, scalar(1, 'int32')])[0]!;
}
