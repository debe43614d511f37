// Convolutions over one or two axes, channels first: images `[batch, channels, …sizes]`, filters `[out, channels / groups, …widths]`.

import { isFloat } from '../../tensors/tensor.js';
import { addDim } from '../dim.js';
import { node, type Value } from '../value.js';
import { refuseEmpty } from './axes.js';
import { countOf, type Operator, operator } from './operator.js';
import { attributesOf, type ConvolutionOptions, movementOf, spanOf, windowsOf } from './windows.js';

function checkImage([x, w, bias]: readonly Value[], fail: (reason: string) => never) {
	if (!isFloat(x!.dtype) || w!.dtype !== x!.dtype) fail('expected floating-point numbers of one type. Cast first');
	const axes = x!.shape.length - 2;
	if (axes < 1 || axes > 2) fail('expected batch, channels, and one or two axes more');
	if (w!.shape.length !== x!.shape.length) fail('expected filters of as many dimensions as the image has');
	if (w!.shape.some((dim) => typeof dim === 'string')) fail('expected filters of known sizes. State them as numbers');
	refuseEmpty([x!, w!], fail);
	if (bias && bias.shape.length !== 1) fail('expected a bias for each filter');
}

export const operators = {
	Conv: operator(
		(inputs, attributes, fail) => {
			const [x, w, bias] = inputs;
			checkImage(inputs, fail);
			const [out, channels, ...widths] = w!.shape as number[];
			const { group } = movementOf(attributes, x!, widths);
			if (channels! * group !== x!.shape[1])
				fail(
					`expected filters for ${x!.shape[1]} channels, got ${channels} times ${group} groups. Channels come second: Transpose the image, or make other filters`,
				);
			if (bias && bias.shape[0] !== out) fail(`expected a bias of ${out}, got ${bias.shape[0]}`);
			return [{ dtype: x!.dtype, shape: [x!.shape[0]!, out!, ...windowsOf(x!, attributes, widths, fail)] }];
		},
		{ inputs: [2, 3], flops: ({ inputs, outputs }) => 2 * countOf(outputs[0]) * countOf(inputs[1]!.slice(1)) },
	),
	ConvTranspose: operator(
		(inputs, attributes, fail) => {
			const [x, w] = inputs;
			checkImage(inputs, fail);
			for (const name of ['auto_pad', 'output_shape'])
				if (attributes[name] !== undefined && attributes[name] !== 'NOTSET') fail(`expected pads in place of ${name}. State them`);
			const [channels, out, ...widths] = w!.shape as number[];
			const movement = movementOf(attributes, x!, widths);
			const { strides, before, after, group } = movement;
			const extra = (attributes.output_padding as readonly number[] | undefined) ?? [];
			if (channels !== x!.shape[1])
				fail(
					`expected filters for ${x!.shape[1]} channels, got ${channels}. Channels come second: Transpose the image, or make other filters`,
				);
			const sizes = x!.shape.slice(2).map((size, at) => {
				const rest = spanOf(movement, at) + (extra[at] ?? 0) - before[at]! - after[at]!;
				if (typeof size === 'number') return (size - 1) * strides[at]! + rest;
				if (strides[at] !== 1) fail(`expected a known size to spread by a stride of ${strides[at]}, got ${size}. State it as a number`);
				return addDim(size, rest - 1);
			});
			return [{ dtype: x!.dtype, shape: [x!.shape[0]!, out! * group, ...sizes] }];
		},
		{ inputs: [2, 3], flops: ({ inputs }) => 2 * countOf(inputs[0]) * countOf(inputs[1]!.slice(1)) },
	),
} satisfies Record<string, Operator>;

/** Filters moved over an image `[batch, channels, …]`: `[batch, out, …]`. */
export function conv(x: Value, filters: Value, bias?: Value, options: ConvolutionOptions = {}): Value {
	return node('Conv', operators.Conv, bias ? [x, filters, bias] : [x, filters], attributesOf(options, x.shape.length - 2))[0]!;
}

/**
 * The way back: each element spreads over a window. Filters are `[channels, out / groups, …widths]`; `outputPadding` adds to the end of each
 * axis, because several sizes have the same number of windows.
 */
export function convTranspose(
	x: Value,
	filters: Value,
	bias?: Value,
	{ outputPadding, ...options }: ConvolutionOptions & { readonly outputPadding?: readonly number[] } = {},
): Value {
	const attributes = { ...attributesOf(options, x.shape.length - 2), ...(outputPadding && { output_padding: outputPadding }) };
	return node('ConvTranspose', operators.ConvTranspose, bias ? [x, filters, bias] : [x, filters], attributes)[0]!;
}
