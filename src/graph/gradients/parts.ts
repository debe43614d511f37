// Gradients of operators that join, cut and repeat: the same elements moved back.
import { constantNumbers, integers, scalar } from '../constant.js';
import { ShapeError } from '../errors.js';
import { add, cast, mul, neg, sub } from '../ops/elementwise.js';
import { places } from '../ops/generators.js';
import { reshape, sizeAt } from '../ops/movement.js';
import { concat, pad, parts, placeOf, sliceEdges } from '../ops/parts.js';
import { reduceSum } from '../ops/reduce.js';
import { node, type Value } from '../value.js';
import { spreadAlong } from './index-ops.js';
import { axisAttribute, type Gradient } from './rule.js';

/** `dy` cut into the parts that belong to the inputs of a Concat. */
const concatGradient: Gradient = (dy, inputs, _y, made) => {
	const axis = axisAttribute(made, dy.shape.length, 0);
	const sizes = inputs.map((value) => sizeAt(value, axis));
	const known = sizes.map((size) => constantNumbers(size)?.[0]);
	const lengths = known.every((size) => size !== undefined) ? integers(known) : concat(sizes, 0);
	return node('Split', () => inputs.map(({ shape }) => ({ dtype: dy.dtype, shape })), [dy, lengths], { axis });
};

/** `dy` put back at its place among zeros, axis by axis. */
const sliceGradient: Gradient = (dy, [x, ...bounds]) => {
	const [starts, ends, axes, steps] = bounds.map((value) => constantNumbers(value));
	if (!starts || !ends)
		throw new ShapeError('Slice: expected constant bounds for the gradient, got computed ones. Pick with gather instead.');
	return [
		starts.reduce((back, start, place) => {
			const at = axes?.[place] ?? place;
			return putBack(back, x!, at < 0 ? at + x!.shape.length : at, [start, ends[place]!, steps?.[place] ?? 1]);
		}, dy),
	];
};

function putBack(dy: Value, x: Value, axis: number, [from, to, step]: readonly [number, number, number]): Value {
	const dim = x.shape[axis]!;
	const { low, high } = sliceEdges(from, to, step);
	const [first, end] = [placeOf(low, dim), placeOf(high, dim)];
	if (step !== 1) {
		const [begin, edge] = step > 0 ? [first, low] : [end === undefined ? undefined : end - 1, { ...high, offset: high.offset - 1 }];
		const start = begin === undefined ? add(cast(sizeAt(x, axis), 'int32'), edge.offset) : scalar(begin, 'int32');
		return spreadAlong(dy, add(mul(places(dy, axis), step), start), x, axis);
	}
	const after = high.fromEnd ? -high.offset : typeof dim === 'number' ? dim - end! : undefined;
	const own = dy.shape[axis]!;
	if (typeof dim === 'number' && typeof own === 'number') return pad(dy, axis, first!, dim - own - first!);
	return first !== undefined && after !== undefined ? pad(dy, axis, first, after) : padUnknown(dy, x, axis, first, after);
}

/** Pads to the named size of `x` on the one side that constants do not tell. */
function padUnknown(dy: Value, x: Value, axis: number, before: number | undefined, after: number | undefined): Value {
	const zeros = (count: number) => Array.from({ length: count }, () => integers([0]));
	const missing = sub(sub(sizeAt(x, axis), sizeAt(dy, axis)), integers([before ?? after ?? 0]));
	const sides = before === undefined ? [missing, integers([after ?? 0])] : [integers([before]), missing];
	const rank = x.shape.length;
	const pads = concat([...zeros(axis), sides[0]!, ...zeros(rank - 1), sides[1]!, ...zeros(rank - 1 - axis)], 0);
	return node('Pad', () => [{ dtype: dy.dtype, shape: dy.shape.map((dim, at) => (at === axis ? x.shape[axis]! : dim)) }], [dy, pads])[0]!;
}

export const partsGradients = {
	Concat: concatGradient,
	Slice: sliceGradient,
	// What was added is cut off, what was cut off is 0: pads of the other sign.
	Pad: (dy, [x, pads]) => {
		const counts = constantNumbers(pads);
		const back = counts ? integers(counts.map((count) => -count)) : neg(pads!);
		return [node('Pad', () => [x!], [dy, back])[0]];
	},
	Split: (dy, _inputs, _y, made, all) => [concat(all, axisAttribute(made, dy.shape.length, 0))],
	// Each axis is the repeats times the size: the repeats are summed.
	Tile: (dy, [x, repeats]) => {
		const times = constantNumbers(repeats);
		if (!times) throw new ShapeError('Tile: expected constant repeats for the gradient, got computed ones. Repeat with expand instead.');
		const apart = reshape(
			dy,
			x!.shape.flatMap((dim, axis) => [times[axis]!, dim]),
			[x!],
		);
		return [reduceSum(apart, { axes: times.map((_, axis) => 2 * axis) })];
	},
	Trilu: (dy, [, ...diagonal], _y, { attributes }) => [node('Trilu', parts.Trilu, [dy, ...diagonal], attributes)[0]],
} satisfies Record<keyof typeof parts, Gradient | null>;
