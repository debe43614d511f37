// Gradients of convolutions.
import { type Dim, productDims, type Shape } from '../dim.js';
import { ShapeError } from '../errors.js';
import { conv, type operators as convolution, convTranspose } from '../ops/convolution.js';
import { gemm } from '../ops/matmul.js';
import { reshape, transpose, unsqueeze } from '../ops/movement.js';
import { concat, pad, reverse, slice } from '../ops/parts.js';
import { reduceSum } from '../ops/reduce.js';
import { type ConvolutionOptions, type Movement, movementOf, spanOf } from '../ops/windows.js';
import { type Node, node, type Value } from '../value.js';
import type { Gradient } from './rule.js';

const movement = ({ attributes }: Node, image: Value, filters: Value) => movementOf(attributes, image, filters.shape.slice(2) as number[]);

const options = ({ strides, before, after, dilations, group }: Movement): ConvolutionOptions => ({
	stride: strides,
	padding: before.map((pad, at) => [pad, after[at]!]),
	dilation: dilations,
	groups: group,
});

/**
 * What the windows gave back to the image by the same filters. The spread image is (windows − 1) stride + span − before long: what it has more
 * than the image is cut off at its end, what it lacks (elements that no window reached) is added.
 */
export function spreadBack(windows: Value, image: Value, filters: Value, how: Movement): Value {
	const surplus = image.shape.slice(2).map((size, at) => {
		const [count, stride] = [windows.shape[at + 2]!, how.strides[at]!];
		if (stride === 1) return how.after[at]!;
		if (typeof size !== 'number') {
			throw new ShapeError(
				`Conv: expected a known size on axis ${at + 2} for the gradient with stride ${stride}, got ${size}. State it as a number.`,
			);
		}
		return ((count as number) - 1) * stride + spanOf(how, at) - how.before[at]! - size;
	});
	const back = convTranspose(windows, filters, undefined, {
		...options({ ...how, after: surplus.map((count) => Math.max(count, 0)) }),
		outputPadding: surplus.map((count) => Math.max(-count, 0)),
	});
	return reshape(back, image.shape, [image]);
}

/** Whether windows follow one another closely, over all channels: where both gradients have a faster form. */
const isPlain = ({ strides, group }: Movement) => group === 1 && strides.every((stride) => stride === 1);

/**
 * What plain windows gave back to the image, by a convolution the other way round (twice as fast as ConvTranspose): each element was in the
 * windows that began span − 1 to 0 places before it. dx[n, c, i] = Σ_fk dy[n, f, i + before − k dilation] w[f, c, k]
 */
function plainImageGradient(dy: Value, image: Value, filters: Value, how: Movement): Value {
	const { widths, before, after, dilations } = how;
	const axes = widths.map((_, at) => at + 2);
	const turned = axes.reduce((value, axis) => reverse(value, axis), transpose(filters, [1, 0, ...axes]));
	const room = (taken: readonly number[]) => taken.map((count, at) => spanOf(how, at) - 1 - count);
	const [first, last] = [room(before), room(after)];
	// A convolution that was padded by more than its span gave these windows zeros alone.
	const cut = first.reduce((value, count, at) => cutOff(value, at + 2, -count, -last[at]!), dy);
	const padding = first.map((count, at): [number, number] => [Math.max(count, 0), Math.max(last[at]!, 0)]);
	return reshape(conv(cut, turned, undefined, { padding, dilation: dilations }), image.shape, [image]);
}

/** Without `first` elements at the front of an axis and `last` at its end; negative numbers take none. */
const cutOff = (x: Value, axis: number, first: number, last: number): Value =>
	first > 0 || last > 0 ? slice(x, axis, Math.max(first, 0), last > 0 ? -last : undefined) : x;

/**
 * The gradient of filters of plain windows: for each of their places one product over all windows, the image shifted to it.
 * dw[f, c, k] = Σₙₒ dy[n, f, o] image[n, c, o + k dilation − before]
 */
function plainFilterGradient(image: Value, dy: Value, how: Movement): Value {
	const { widths, before, after, dilations } = how;
	const axes = widths.map((_, at) => at + 2);
	const exchange = [1, 0, ...axes];
	const [batch, out, ...windows] = dy.shape;
	const channels = image.shape[1]!;
	const matrix = (x: Value, rows: Dim) => reshape(x, [rows, productDims([batch!, ...windows])], [dy]);
	const padded = axes.reduce((value, axis, at) => pad(value, axis, before[at]!, after[at]!), transpose(image, exchange));
	const gradients = matrix(transpose(dy, exchange), out!);
	const taps = placesOf(widths).map((place) => {
		const shifted = axes.reduce((value, axis, at) => {
			const [first, last] = [place[at]! * dilations[at]!, (widths[at]! - 1 - place[at]!) * dilations[at]!];
			return cutOff(value, axis, first, last);
		}, padded);
		return unsqueeze(gemm(gradients, matrix(shifted, channels), undefined, { transB: true }), [2]);
	});
	return reshape(concat(taps, 2), [out!, channels, ...widths]);
}

/** All places in a window, in the order in which filters hold them. */
function placesOf(widths: readonly number[]): readonly (readonly number[])[] {
	return widths.reduce<number[][]>(
		(places, width) => places.flatMap((place) => Array.from({ length: width }, (_, i) => [...place, i])),
		[[]],
	);
}

/**
 * The gradient of filters `[out, channels / groups, …widths]`: a convolution of the image with the gradient as its filter, batch and
 * channels exchanged, stride and dilation exchanged. dw[f, c, k] = Σₙₒ image[n, c, o stride + k dilation − before] dy[n, f, o]
 */
function filterGradient(image: Value, dy: Value, { widths, strides, before, after, dilations, group }: Movement): Value {
	const [batch, channels, ...sizes] = image.shape;
	const perGroup = (channels as number) / group;
	const rest = sizes.map((_, at) => at + 3);
	const apart = reshape(image, [batch!, group, perGroup, ...sizes], [image]);
	const exchanged = reshape(transpose(apart, [2, 1, 0, ...rest]), [perGroup, productDims([batch!, group]), ...sizes], [image]);
	const kernel = transpose(dy, [1, 0, ...sizes.map((_, at) => at + 2)]);
	const shape: Shape = [perGroup, dy.shape[1]!, ...widths];
	const attributes = { strides: dilations, pads: [...before, ...after], dilations: strides, group };
	// Where windows do not reach the image's end, with strides, there are more places than the filter has: the first ones are its own.
	const wide = node(
		'Conv',
		() => [
			{ dtype: image.dtype, shape: [...shape.slice(0, 2), ...widths.map((width, at) => (strides[at] === 1 ? width : `over${width}`))] },
		],
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
		const how = movement(made, x!, w!);
		const [image, filters] = isPlain(how) ? [plainImageGradient, plainFilterGradient] : [spreadBack, filterGradient];
		return [image(dy, x!, w!, how), filters(x!, dy, how), bias && biasGradient(dy)];
	},
	// The other way round: the image's gradient is a convolution, and image and gradient change places.
	ConvTranspose: (dy, [x, w, bias], _y, made) => {
		const how = movement(made, x!, w!);
		return [conv(dy, w!, undefined, options(how)), filterGradient(dy, x!, how), bias && biasGradient(dy)];
	},
} satisfies Record<keyof typeof convolution, Gradient | null>;
