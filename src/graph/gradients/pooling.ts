// Gradients of pooling.

import { tensor } from '../../tensors/tensor.js';
import { constant, scalar } from '../constant.js';
import { productDims } from '../dim.js';
import { conv } from '../ops/convolution.js';
import { cast, div, where } from '../ops/elementwise.js';
import { scatterElements } from '../ops/index-ops.js';
import { equal } from '../ops/logic.js';
import { expand, expandTo, reshape } from '../ops/movement.js';
import { operators as pooling } from '../ops/pooling.js';
import { reduceSum } from '../ops/reduce.js';
import { type Movement, movementOf } from '../ops/windows.js';
import { node, type Value } from '../value.js';
import { spreadBack } from './convolution.js';
import { countAlong, type Gradient, zerosLike } from './rule.js';

const flat = (x: Value) => reshape(x, [productDims(x.shape)], [x]);

/** All axes but batch and channels. */
const inner = (x: Value) => x.shape.flatMap((_, axis) => (axis < 2 ? [] : [axis]));

const ones = (x: Value, shape: readonly number[]) =>
	constant(tensor(x.dtype, shape, new Array<number>(shape.reduce((a, b) => a * b, 1)).fill(1)));

/** By how many elements the mean of each window divides: fewer than its width where padding is not counted, or beyond the padded image. */
function divisors(x: Value, y: Value, how: Movement, countPadding: boolean): Value {
	const { widths, strides, before, after, dilations } = how;
	const sizes = x.shape.slice(2);
	const beyond = sizes.map((size, at) => {
		if (typeof size !== 'number') return 0;
		const reached = ((y.shape[at + 2] as number) - 1) * strides[at]! + dilations[at]! * (widths[at]! - 1) + 1;
		return Math.max(reached - before[at]! - size - after[at]!, 0);
	});
	const uncounted = widths.map((_, at): [number, number] => (countPadding ? [0, beyond[at]!] : [before[at]!, after[at]! + beyond[at]!]));
	if (uncounted.flat().every((count) => count === 0))
		return scalar(
			widths.reduce((a, b) => a * b, 1),
			x.dtype,
		);
	const counted = sizes.map((size, at) => (countPadding ? (size as number) + before[at]! + after[at]! : size));
	const image = expand(scalar(1, x.dtype), [1, 1, ...counted], [x]);
	return conv(image, ones(x, [1, 1, ...widths]), undefined, { stride: strides, padding: uncounted, dilation: dilations });
}

export const poolingGradients = {
	// Back to the places that the maxima came from, counted row by row.
	MaxPool: (dy, [x], _y, made) => {
		const { storage_order: byColumn, ...rest } = made.attributes;
		const [, places] = byColumn === 1 ? node('MaxPool', pooling.MaxPool, [x!], rest) : made.outputs;
		return [reshape(scatterElements(flat(zerosLike(x!)), flat(places!), flat(dy), 0, 'add'), x!.shape, [x!])];
	},
	// Each element of a window gets its part: a spread by filters of ones, channel by channel.
	AveragePool: (dy, [x], y, { attributes }) => {
		const widths = attributes.kernel_shape as readonly number[];
		const how = movementOf(attributes, x!, widths);
		const channels = x!.shape[1] as number;
		const share = div(dy, divisors(x!, y, how, attributes.count_include_pad === 1));
		return [spreadBack(share, x!, ones(x!, [channels, 1, ...widths]), { ...how, group: channels })];
	},
	// As torch.amax: in equal parts where several are equal.
	GlobalMaxPool: (dy, [x], y) => {
		const found = equal(x!, y);
		return [where(found, div(dy, reduceSum(cast(found, x!.dtype), { axes: inner(x!), keep: true })), 0)];
	},
	GlobalAveragePool: (dy, [x]) => [expandTo(div(dy, countAlong(x!, inner(x!))), x!)],
} satisfies Record<keyof typeof pooling, Gradient | null>;
