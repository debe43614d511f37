// Gradients of convolutions.
import { productDims, type Shape } from '../dim.js';
import { ShapeError } from '../errors.js';
import { conv, type convolution, convTranspose } from '../ops/convolution.js';
import { reshape, slice, transpose } from '../ops/movement.js';
import { reduceSum } from '../ops/reduce.js';
import { type Movement, movementOf } from '../ops/windows.js';
import { type Node, node, type Value } from '../value.js';
import type { Gradient } from './rule.js';

const movement = ({ attributes }: Node, image: Value) => movementOf(attributes, image.shape.length - 2);
const options = ({ strides, pads, dilations, group }: Movement) => ({ stride: strides, padding: pads, dilation: dilations, groups: group });

/** Elements at an image's end that no window reaches: what a spread back must add. */
export function uncovered(image: Value, widths: readonly number[], { strides, pads, dilations }: Movement): number[] {
	return image.shape.slice(2).map((size, at) => {
		if (strides[at] === 1) return 0;
		if (typeof size !== 'number') {
			throw new ShapeError(
				`Conv: expected a known size on axis ${at + 2} for the gradient with stride ${strides[at]}, got ${size}. State it as a number.`,
			);
		}
		return (size + 2 * pads[at]! - dilations[at]! * (widths[at]! - 1) - 1) % strides[at]!;
	});
}

/**
 * The gradient of filters `[out, channels / groups, …widths]`: a convolution of the image with the gradient as its filter, batch and
 * channels exchanged, stride and dilation exchanged. dw[f, c, k] = Σₙₒ image[n, c, o stride + k dilation − padding] dy[n, f, o]
 */
function filterGradient(image: Value, dy: Value, filters: Value, { strides, pads, dilations, group }: Movement): Value {
	const [batch, channels, ...sizes] = image.shape;
	const perGroup = (channels as number) / group;
	const rest = sizes.map((_, at) => at + 3);
	const apart = reshape(image, [batch!, group, perGroup, ...sizes], [image]);
	const exchanged = reshape(transpose(apart, [2, 1, 0, ...rest]), [perGroup, productDims([batch!, group]), ...sizes], [image]);
	const kernel = transpose(dy, [1, 0, ...sizes.map((_, at) => at + 2)]);
	const widths = filters.shape.slice(2) as number[];
	const shape: Shape = [perGroup, dy.shape[1]!, ...widths];
	const attributes = { strides: dilations, pads: [...pads, ...pads], dilations: strides, group };
	// Where windows do not reach the image's end there are more places than the filter has: the first ones are its own.
	const wide = node(
		'Conv',
		() => [{ dtype: image.dtype, shape: [...shape.slice(0, 2), ...widths.map((width) => `over${width}`)] }],
		[exchanged, kernel],
		attributes,
	)[0]!;
	const own = widths.reduce((value, width, at) => slice(value, at + 2, 0, width), wide);
	return transpose(own, [1, 0, ...widths.map((_, at) => at + 2)]);
}

/** Summed over all but the channels. */
const biasGradient = (dy: Value) => reduceSum(dy, { axes: dy.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis])) });

export const convolutionGradients = {
	Conv: (dy, [x, w, bias], _y, made) => {
		const how = movement(made, x!);
		return [
			reshape(
				convTranspose(dy, w!, undefined, { ...options(how), outputPadding: uncovered(x!, w!.shape.slice(2) as number[], how) }),
				x!.shape,
				[x!],
			),
			filterGradient(x!, dy, w!, how),
			bias && biasGradient(dy),
		];
	},
	// The other way round: the image's gradient is a convolution, and image and gradient change places.
	ConvTranspose: (dy, [x, w, bias], _y, made) => {
		const how = movement(made, x!);
		return [conv(dy, w!, undefined, options(how)), filterGradient(dy, x!, w!, how), bias && biasGradient(dy)];
	},
} satisfies Record<keyof typeof convolution, Gradient | null>;
