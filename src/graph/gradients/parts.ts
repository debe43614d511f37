// Gradients of operators that join, cut and repeat: the same elements moved back.
import { constantNumbers, integers } from '../constant.js';
import { differenceDims } from '../dim.js';
import { ShapeError } from '../errors.js';
import { withSize } from '../ops/axes.js';
import { type Edge, placeOf, sliceEdges } from '../ops/edges.js';
import { add, cast, min, mul, neg, sub } from '../ops/elementwise.js';
import { places } from '../ops/generators.js';
import { reshape } from '../ops/movement.js';
import { concat, pad, operators as parts } from '../ops/parts.js';
import { reduceSum } from '../ops/reduce.js';
import { sizeAt } from '../ops/sizes.js';
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
	if (step !== 1) {
		const begin = step > 0 ? placeIn(x, axis, low) : sub(placeIn(x, axis, high), 1);
		return spreadAlong(dy, add(mul(places(dy, axis), step), cast(begin, 'int32')), x, axis);
	}
	const first = placeOf(low, dim);
	const after = differenceDims(differenceDims(dim, first), dy.shape[axis]!);
	if (typeof first === 'number' && typeof after === 'number') return pad(dy, axis, first, after);
	const before = placeIn(x, axis, low);
	const rest = typeof after === 'number' ? integers([after]) : sub(sub(sizeAt(x, axis), sizeAt(dy, axis)), before);
	const none = x.shape.map(() => integers([0]));
	const pads = concat(
		[before, rest].flatMap((count) => none.with(axis, count)),
		0,
	);
	return node('Pad', () => [{ dtype: dy.dtype, shape: withSize(dy, axis, dim) }], [dy, pads])[0]!;
}

/** Where an edge lies when the graph runs: see `placeOf`. */
function placeIn(x: Value, axis: number, edge: Edge): Value {
	const place = placeOf(edge, x.shape[axis]!);
	if (typeof place === 'number') return integers([place]);
	const { offset, fromEnd, least = 0 } = edge;
	const size = sizeAt(x, axis);
	return fromEnd ? sub(add(size, least), min(size, least - offset)) : min(size, Math.max(offset, least));
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
