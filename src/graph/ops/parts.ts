// Operators that join, cut, fill up and repeat.
import { constantNumbers, integers, type Operand, operand, scalar } from '../constant.js';
import { addDim, type Dim, differenceDims, notNegative, productDims, sameShape, sumDims, windowCount } from '../dim.js';
import { node, type Value } from '../value.js';
import { axisFor, axisIn, withSize } from './axes.js';
import { placeOf, sliceEdges, toEnd } from './edges.js';
import { type Operator, operator } from './operator.js';

/** The number of elements of a slice: ⌈(high - low) / step⌉, and 0 where the edges are the wrong way round. */
function sliced(dim: Dim, from: number, to: number, step: number): Dim {
	const { low, high } = sliceEdges(from, to, step);
	const length = notNegative(differenceDims(placeOf(high, dim), placeOf(low, dim)));
	return step === 1 ? length : windowCount(addDim(length, -1), Math.abs(step));
}

export const operators = {
	Concat: operator(
		(inputs, { axis: at }, fail) => {
			const rank = inputs[0]!.shape.length;
			const axis = axisIn(rank, at, fail);
			const others = (value: Value) => value.shape.filter((_, place) => place !== axis);
			for (const value of inputs) {
				if (value.dtype !== inputs[0]!.dtype) fail('expected operands of one type. Cast one of them');
				if (value.shape.length !== rank || !sameShape(others(value), others(inputs[0]!)))
					fail(`expected equal sizes but for axis ${axis}. Join along another axis, or Slice, Pad or Unsqueeze first`);
			}
			const joined = inputs.map((value) => value.shape[axis]!).reduce(sumDims);
			return [{ dtype: inputs[0]!.dtype, shape: withSize(inputs[0]!, axis, joined) }];
		},
		{ inputs: [1, Infinity], kind: 'moving' },
	),
	Split: operator(
		(inputs, { axis: at = 0 }, fail) => {
			const [x, lengths] = inputs;
			const axis = axisIn(x!.shape.length, at, fail);
			const parts = constantNumbers(lengths) ?? fail('expected constant lengths');
			const [whole, sum] = [x!.shape[axis]!, parts.reduce((a, b) => a + b, 0)];
			if (typeof whole === 'number' && whole !== sum) fail(`expected lengths that add up to ${whole}, got ${parts.join(' + ')}`);
			return parts.map((part) => ({ dtype: x!.dtype, shape: withSize(x!, axis, part) }));
		},
		{ inputs: [1, 2], kind: 'moving' },
	),
	Slice: operator(
		(inputs, _attributes, fail) => {
			const [starts, ends, axes, steps] = inputs
				.slice(1)
				.map((value) => value && (constantNumbers(value) ?? fail('expected constant bounds')));
			const shape = [...inputs[0]!.shape];
			for (const [place, at] of (axes ?? starts!.map((_, axis) => axis)).entries()) {
				const axis = axisIn(shape.length, at, fail);
				const step = steps?.[place] ?? 1;
				if (step === 0) fail('expected steps other than 0');
				shape[axis] = sliced(shape[axis]!, starts![place]!, ends![place]!, step);
			}
			return [{ dtype: inputs[0]!.dtype, shape }];
		},
		{ inputs: [3, 5], kind: 'moving' },
	),
	Pad: operator(
		(inputs, { mode = 'constant' }, fail) => {
			if (mode !== 'constant') fail(`expected mode constant, got ${mode}. Join slices with concat`);
			if (inputs[3]) fail('expected pads for all axes. Leave the axes out');
			const pads = constantNumbers(inputs[1]) ?? fail('expected constant pads');
			const rank = inputs[0]!.shape.length;
			if (pads.length !== 2 * rank) fail(`expected ${2 * rank} pads, got ${pads.length}`);
			if (inputs[2] && inputs[2].dtype !== inputs[0]!.dtype) fail('expected a value of the same type. Cast it');
			const shape = inputs[0]!.shape.map((dim, axis) => addDim(dim, pads[axis]! + pads[axis + rank]!));
			if (shape.some((dim) => typeof dim === 'number' && dim < 0)) fail(`cannot cut more than there is: ${pads.join(', ')}`);
			return [{ dtype: inputs[0]!.dtype, shape }];
		},
		{ inputs: [2, 4], kind: 'moving' },
	),
	Tile: operator(
		([x, repeats], _attributes, fail) => {
			const times = constantNumbers(repeats) ?? fail('expected constant repeats');
			if (times.length !== x!.shape.length) fail(`expected ${x!.shape.length} repeats, got ${times.length}`);
			return [{ dtype: x!.dtype, shape: x!.shape.map((dim, axis) => productDims([dim, times[axis]!])) }];
		},
		{ inputs: 2, kind: 'moving' },
	),
	Trilu: operator(
		([x], _attributes, fail) => {
			if (x!.shape.length < 2) fail('expected at least two dimensions');
			return [x!];
		},
		{ inputs: [1, 2], kind: 'moving', since: 14 },
	),
} satisfies Record<string, Operator>;

/** Values joined along an axis. */
export function concat(values: readonly Value[], axis: number): Value {
	return values.length === 1 ? values[0]! : node('Concat', operators.Concat, values, { axis })[0]!;
}

/** `x` cut along an axis into parts of these lengths. */
export function split(x: Value, lengths: readonly number[], axis: number): readonly Value[] {
	return node('Split', operators.Split, [x, integers(lengths)], { axis });
}

/**
 * Elements `from` to `to` (before it; negative counts from the end; the end by default) along an axis, each `step`-th. A negative step goes
 * backwards, from `from` down to after `to`. Where there are fewer elements it ends with them: the first 5 of `time` are `min(time,5)`. A size
 * with a name counts as 1 or more, so that the first element of `time` is 1.
 */
export function slice(x: Value, axis: number, from: number, to?: number, step = 1): Value {
	const bounds = [integers([from]), integers([to ?? Math.sign(step) * toEnd]), integers([axis])];
	return node('Slice', operators.Slice, step === 1 ? [x, ...bounds] : [x, ...bounds, integers([step])])[0]!;
}

/** The elements along an axis in the opposite order. */
export function reverse(x: Value, axis: number): Value {
	return slice(x, axis, -1, undefined, -1);
}

/** `x` with `before` and `after` elements of `value` added along an axis. */
export function pad(x: Value, axis: number, before: number, after: number, value: Operand = 0): Value {
	const pads = new Array<number>(2 * x.shape.length).fill(0);
	const at = axisFor('Pad', x, axis);
	if (before === 0 && after === 0) return x;
	pads[at] = before;
	pads[at + x.shape.length] = after;
	return node('Pad', operators.Pad, [x, integers(pads), operand(value, x)])[0]!;
}

/** `x` repeated along each axis. */
export function tile(x: Value, repeats: readonly number[]): Value {
	return node('Tile', operators.Tile, [x, integers(repeats)])[0]!;
}

/** The upper or lower triangle of the last two axes, 0 elsewhere; `diagonal` 1 is the one above the middle. */
export function triangle(x: Value, part: 'upper' | 'lower', diagonal = 0): Value {
	return node('Trilu', operators.Trilu, [x, scalar(diagonal, 'int64')], { upper: part === 'upper' ? 1 : 0 })[0]!;
}
