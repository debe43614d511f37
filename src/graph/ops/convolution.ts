// Convolutions over one or two axes, channels first: images `[batch, channels, …sizes]`, filters `[out, channels / groups, …widths]`.
import { addDim } from '../dim.js';
import { isFloat } from '../tensor.js';
import { type Attributes, node, type Rule, type Value } from '../value.js';
import { attributesOf, type ConvolutionOptions, checkPads, movementOf, windowsOf } from './windows.js';

function checkImage([x, w, bias]: readonly Value[], attributes: Attributes, fail: (reason: string) => never): number {
	if (!isFloat(x!.dtype) || w!.dtype !== x!.dtype) fail('expected floating-point numbers of one type. Cast first');
	const axes = x!.shape.length - 2;
	checkPads(attributes, axes, fail);
	if (axes < 1 || axes > 2) fail('expected batch, channels, and one or two axes more');
	if (w!.shape.length !== x!.shape.length) fail('expected filters of as many dimensions as the image has');
	if (w!.shape.some((dim) => typeof dim === 'string')) fail('expected filters of known sizes. State them as numbers');
	if (bias && bias.shape.length !== 1) fail('expected a bias for each filter');
	return axes;
}

export const convolution = {
	Conv: (inputs, attributes, fail) => {
		const [x, w, bias] = inputs;
		const axes = checkImage(inputs, attributes, fail);
		const movement = movementOf(attributes, axes);
		const [out, channels, ...widths] = w!.shape as number[];
		if (channels! * movement.group !== x!.shape[1])
			fail(
				`expected filters for ${x!.shape[1]} channels, got ${channels} times ${movement.group} groups. Channels come second: Transpose the image, or make other filters`,
			);
		if (bias && bias.shape[0] !== out) fail(`expected a bias of ${out}, got ${bias.shape[0]}`);
		const sizes = x!.shape.slice(2).map((size, at) => {
			const count = windowsOf(size, widths[at]!, at, movement);
			if (typeof count === 'number' && count < 1) fail(`expected an image at least as large as a window of ${widths[at]}. Pad it`);
			return count;
		});
		return [{ dtype: x!.dtype, shape: [x!.shape[0]!, out!, ...sizes] }];
	},
	ConvTranspose: (inputs, attributes, fail) => {
		const [x, w] = inputs;
		const axes = checkImage(inputs, attributes, fail);
		const { strides, pads, dilations, group } = movementOf(attributes, axes);
		const extra = (attributes.output_padding as readonly number[] | undefined) ?? [];
		const [channels, out, ...widths] = w!.shape as number[];
		if (channels !== x!.shape[1])
			fail(
				`expected filters for ${x!.shape[1]} channels, got ${channels}. Channels come second: Transpose the image, or make other filters`,
			);
		const sizes = x!.shape.slice(2).map((size, at) => {
			const rest = dilations[at]! * (widths[at]! - 1) + 1 + (extra[at] ?? 0) - 2 * pads[at]!;
			if (typeof size === 'number') return (size - 1) * strides[at]! + rest;
			if (strides[at] !== 1) fail(`expected a known size to spread by a stride of ${strides[at]}, got ${size}`);
			return addDim(size, rest - 1);
		});
		return [{ dtype: x!.dtype, shape: [x!.shape[0]!, out! * group, ...sizes] }];
	},
} satisfies Record<string, Rule>;

/** Filters moved over an image `[batch, channels, …]`: `[batch, out, …]`. */
export function conv(x: Value, filters: Value, bias?: Value, options: ConvolutionOptions = {}): Value {
	return node('Conv', convolution.Conv, bias ? [x, filters, bias] : [x, filters], attributesOf(options, x.shape.length - 2))[0]!;
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
	return node('ConvTranspose', convolution.ConvTranspose, bias ? [x, filters, bias] : [x, filters], attributes)[0]!;
}
