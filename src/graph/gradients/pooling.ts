// Gradients of pooling.
import { constant, integers } from '../constant.js';
import { productDims } from '../dim.js';
import { convTranspose } from '../ops/convolution.js';
import { cast, div, mul, where } from '../ops/elementwise.js';
import { scatterElements } from '../ops/index-ops.js';
import { equal } from '../ops/logic.js';
import { expandTo, reshape, sizeAt } from '../ops/movement.js';
import type { pooling } from '../ops/pooling.js';
import { reduceSum } from '../ops/reduce.js';
import { movementOf } from '../ops/windows.js';
import { tensor } from '../tensor.js';
import type { Value } from '../value.js';
import { uncovered } from './convolution.js';
import { type Gradient, zerosLike } from './rule.js';

const flat = (x: Value) => reshape(x, [productDims(x.shape)], [x]);

/** All axes but batch and channels. */
const inner = (x: Value) => x.shape.flatMap((_, axis) => (axis < 2 ? [] : [axis]));

export const poolingGradients = {
	// Back to the places that the maxima came from.
	MaxPool: (dy, [x], _y, node) => [
		reshape(scatterElements(flat(zerosLike(x!)), flat(node.outputs[1]!), flat(dy), 0, 'add'), x!.shape, [x!]),
	],
	// Each element of a window gets its part: a spread by filters of one number, channel by channel.
	AveragePool: (dy, [x], _y, { attributes }) => {
		const widths = attributes.kernel_shape as readonly number[];
		const how = movementOf(attributes, widths.length);
		const channels = x!.shape[1] as number;
		const size = widths.reduce((a, b) => a * b, 1);
		const part = constant(tensor(x!.dtype, [channels, 1, ...widths], new Array<number>(channels * size).fill(1 / size)));
		const options = { stride: how.strides, padding: how.pads, dilation: how.dilations, groups: channels };
		return [reshape(convTranspose(dy, part, undefined, { ...options, outputPadding: uncovered(x!, widths, how) }), x!.shape, [x!])];
	},
	// As torch.amax: in equal parts where several are equal.
	GlobalMaxPool: (dy, [x], y) => {
		const found = equal(x!, y);
		return [where(found, div(dy, reduceSum(cast(found, x!.dtype), { axes: inner(x!), keep: true })), 0)];
	},
	GlobalAveragePool: (dy, [x]) => {
		const count = inner(x!).reduce((product, axis) => mul(product, sizeAt(x!, axis)), integers([1]));
		return [expandTo(div(dy, cast(reshape(count, []), dy.dtype)), x!)];
	},
} satisfies Record<keyof typeof pooling, Gradient | null>;
