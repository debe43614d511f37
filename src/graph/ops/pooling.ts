// Pooling over one or two axes, channels first: `[batch, channels, …sizes]`.
import { isFloat } from '../../tensors/tensor.js';
import { type Attributes, node, type ShapeRule, type Value } from '../value.js';
import { refuseEmpty } from './axes.js';
import { countOf, each, type Operator, operator, type Sized } from './operator.js';
import { attributesOf, type ConvolutionOptions, windowsOf } from './windows.js';

/** The shape after pooling by windows. */
const pooled = ([x]: readonly Value[], attributes: Attributes, fail: (reason: string) => never) => {
	const axes = x!.shape.length - 2;
	if (!isFloat(x!.dtype)) fail('expected floating-point numbers. Cast first');
	if (axes < 1 || axes > 2) fail('expected batch, channels, and one or two axes more');
	refuseEmpty([x!], fail);
	const widths = attributes.kernel_shape as readonly number[];
	if (widths.length !== axes) fail(`expected a window of ${axes} axes, got ${widths.length}`);
	return { dtype: x!.dtype, shape: [...x!.shape.slice(0, 2), ...windowsOf(x!, attributes, widths, fail)] };
};

const whole: ShapeRule = ([x], _attributes, fail) => {
	if (!isFloat(x!.dtype)) fail('expected floating-point numbers. Cast first');
	if (x!.shape.length < 3) fail('expected batch, channels, and at least one axis more');
	return [{ dtype: x!.dtype, shape: x!.shape.map((dim, axis) => (axis < 2 ? dim : 1)) }];
};

const windowFlops = ({ outputs, attributes }: Sized) => countOf(outputs[0]) * countOf(attributes.kernel_shape as readonly number[]);

export const operators = {
	/** Outputs: the largest elements, and their places in the whole image, flat. */
	MaxPool: operator(
		(inputs, attributes, fail) => {
			const type = pooled(inputs, attributes, fail);
			return [type, { dtype: 'int64', shape: type.shape }];
		},
		{ inputs: 1, flops: windowFlops },
	),
	AveragePool: operator((inputs, attributes, fail) => [pooled(inputs, attributes, fail)], { inputs: 1, flops: windowFlops }),
	GlobalMaxPool: operator(whole, { inputs: 1, flops: each }),
	GlobalAveragePool: operator(whole, { inputs: 1, flops: each }),
} satisfies Record<string, Operator>;

/** How a pooling window moves: by its own width unless a stride says otherwise. */
export interface PoolOptions extends Omit<ConvolutionOptions, 'groups'> {
	/** Whether a last window may reach beyond the image's end. Default no. */
	readonly ceil?: boolean;
}

function poolAttributes(
	x: Value,
	width: number | readonly number[],
	{ stride = width, ceil = false, ...options }: PoolOptions,
): Attributes {
	const axes = x.shape.length - 2;
	const { group: _, ...attributes } = attributesOf({ stride, ...options }, axes);
	const widths = typeof width === 'number' ? new Array<number>(axes).fill(width) : width;
	return { ...attributes, kernel_shape: widths, ...(ceil && { ceil_mode: 1 }) };
}

/** The largest element of each window. */
export function maxPool(x: Value, width: number | readonly number[], options: PoolOptions = {}): Value {
	return node('MaxPool', operators.MaxPool, [x], poolAttributes(x, width, options))[0]!;
}

/** The mean of each window; padding counts as zeros, as PyTorch has it, or not at all. */
export function averagePool(
	x: Value,
	width: number | readonly number[],
	{ countPadding = true, ...options }: PoolOptions & { readonly countPadding?: boolean } = {},
): Value {
	return node('AveragePool', operators.AveragePool, [x], {
		...poolAttributes(x, width, options),
		count_include_pad: countPadding ? 1 : 0,
	})[0]!;
}

/** The largest element of each channel: `[batch, channels, 1, …]`. */
export function globalMaxPool(x: Value): Value {
	return node('GlobalMaxPool', operators.GlobalMaxPool, [x])[0]!;
}

/** The mean of each channel: `[batch, channels, 1, …]`. */
export function globalAveragePool(x: Value): Value {
	return node('GlobalAveragePool', operators.GlobalAveragePool, [x])[0]!;
}
