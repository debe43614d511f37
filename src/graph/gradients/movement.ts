// Gradients of operators that move elements: the same elements moved back.
import { constantNumbers, integers } from '../constant.js';
import { sub } from '../ops/elementwise.js';
import { concat, type movement, pad, reshape, sizeAt, slice, toEnd, transpose, triangle } from '../ops/movement.js';
import { reduceSum } from '../ops/reduce.js';
import { node, type Value } from '../value.js';
import { axisAttribute, type Gradient } from './rule.js';

/** `dy` in the shape that the input had. */
const shapedBack: Gradient = (dy, [x]) => [reshape(dy, x!.shape, [x!])];

/** `dy` cut into the parts that belong to the inputs of a Concat. */
const concatGradient: Gradient = (dy, inputs, _y, made) => {
	const axis = axisAttribute(made, dy.shape.length, 0);
	const sizes = inputs.map((value) => sizeAt(value, axis));
	const known = sizes.map((size) => constantNumbers(size)?.[0]);
	const lengths = known.every((size) => size !== undefined) ? integers(known) : concat(sizes, 0);
	return node('Split', () => inputs.map(({ shape }) => ({ dtype: dy.dtype, shape })), [dy, lengths], { axis });
};

/** `dy` put back at its place among zeros: Pad by what Slice cut off. */
const sliceGradient: Gradient = (dy, inputs) => {
	const [x] = inputs;
	const [starts, ends, axes] = inputs.slice(1).map((value) => constantNumbers(value)!);
	let back = dy;
	for (const [place, start] of starts!.entries()) {
		const axis = axes?.[place] ?? place;
		const at = axis < 0 ? axis + x!.shape.length : axis;
		const [dim, own] = [x!.shape[at]!, dy.shape[at]!];
		const end = ends![place]!;
		const before = start >= 0 ? start : typeof dim === 'number' ? Math.max(dim + start, 0) : undefined;
		const after =
			typeof dim === 'number' && typeof own === 'number' && before !== undefined
				? dim - before - own
				: end < 0
					? -end
					: end >= toEnd
						? 0
						: undefined;
		if (before !== undefined && after !== undefined) back = pad(back, at, before, after);
		else back = padUnknown(back, x!, at, before, after);
	}
	return [back];
};

/** Pads to the named size of `x` on the one side that constants do not tell. */
function padUnknown(dy: Value, x: Value, axis: number, before: number | undefined, after: number | undefined): Value {
	const zeros = (count: number) => Array.from({ length: count }, () => integers([0]));
	const missing = sub(sub(sizeAt(x, axis), sizeAt(dy, axis)), integers([before ?? after ?? 0]));
	const sides = before === undefined ? [missing, integers([after ?? 0])] : [integers([before]), missing];
	const rank = x.shape.length;
	const pads = concat([...zeros(axis), sides[0]!, ...zeros(rank - 1), sides[1]!, ...zeros(rank - 1 - axis)], 0);
	return node('Pad', () => [{ dtype: dy.dtype, shape: dy.shape.map((dim, at) => (at === axis ? x.shape[axis]! : dim)) }], [dy, pads])[0]!;
}

export const movementGradients = {
	Reshape: shapedBack,
	Squeeze: shapedBack,
	Unsqueeze: shapedBack,
	Transpose: (dy, _inputs, _y, { attributes }) => {
		const perm = attributes.perm as readonly number[];
		return [
			transpose(
				dy,
				perm.map((_, axis) => perm.indexOf(axis)),
			),
		];
	},
	Concat: concatGradient,
	Slice: sliceGradient,
	Pad: (dy, inputs) => {
		const pads = constantNumbers(inputs[1])!;
		const rank = dy.shape.length;
		const cut = dy.shape.reduce((value, _, axis) => {
			const [before, after] = [pads[axis]!, pads[axis + rank]!];
			return before === 0 && after === 0 ? value : slice(value, axis, before, after === 0 ? undefined : -after);
		}, dy);
		return [cut];
	},
	// Undone with every other broadcast, in `backward`.
	Expand: (dy) => [dy],
	Split: (_dy, _inputs, _y, node, all) => [concat(all, node.attributes.axis as number)],
	// Each axis is the repeats times the size: the repeats are summed.
	Tile: (dy, [x, repeats]) => {
		const times = constantNumbers(repeats)!;
		const apart = reshape(
			dy,
			x!.shape.flatMap((dim, axis) => [times[axis]!, dim]),
			[x!],
		);
		return [reduceSum(apart, { axes: times.map((_, axis) => 2 * axis) })];
	},
	Trilu: (dy, [, diagonal], _y, { attributes }) => [
		triangle(dy, attributes.upper === 0 ? 'lower' : 'upper', constantNumbers(diagonal)?.[0]),
	],
	Shape: null,
	Range: null,
} satisfies Record<keyof typeof movement, Gradient | null>;
