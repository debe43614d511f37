// What convolution layers share: filters with PyTorch's first numbers, moved over one or two axes, channels first.

import { is, type Kinds, optionsOf } from '../base/index.js';
import { type Initializer, ops, type Parameter, parameter, ShapeError, scope, showShape, type Value } from '../graph/index.js';
import { uniform } from './initializers.js';
import { of, windowKinds } from './kinds.js';
import type { Layer } from './layer.js';

/** Sizes of a convolution, how its windows move, and how its filters begin. */
export interface ConvolutionLayerOptions extends ops.ConvolutionOptions {
	/** Channels of the input. */
	readonly in: number;
	/** Channels of the output: filters. */
	readonly out: number;
	/** The window's size on each axis; one number counts for all. */
	readonly kernel: number | readonly number[];
	/** Whether something is added. Default yes. */
	readonly bias?: boolean;
	/** Default uniform in ±1/√(numbers in a window), as PyTorch's. */
	readonly initial?: Initializer;
}

/** The kinds of these options. */
export const convolutionKinds: Kinds<ConvolutionLayerOptions> = {
	...windowKinds,
	...{ in: of.size, out: of.size, kernel: of.sizes, groups: of.count },
	...{ bias: is.flag, initial: is.function },
};

/** A layer of filters. */
export type ConvolutionLayer = Layer<[x: Value]> & { readonly parameters: { readonly weight: Parameter; readonly bias?: Parameter } };

/** What one kind of convolution differs in. */
interface Kind {
	readonly who: string;
	/** Axes that windows move over. */
	readonly axes: 1 | 2;
	/** The first two sizes of the filters. */
	readonly channels: (sizes: { in: number; out: number; groups: number }) => readonly [number, number];
	readonly move: (x: Value, weight: Value, bias: Value | undefined) => Value;
}

/** The layer of one kind of convolution. */
export function convolutionLayer({ who, axes, channels, move }: Kind, options: ConvolutionLayerOptions): ConvolutionLayer {
	const { in: inputs, out, kernel, groups = 1, bias: biased = true } = options;
	const sizes = typeof kernel === 'number' ? new Array<number>(axes).fill(kernel) : kernel;
	if (sizes.length !== axes)
		throw new RangeError(`${who}: expected a kernel size for each of ${axes} axes, got ${sizes.length}. Pass one number for all.`);
	if (inputs % groups !== 0 || out % groups !== 0) {
		throw new RangeError(`${who}: expected channels in ${groups} equal groups, got ${inputs} to ${out}. Make both multiples of ${groups}.`);
	}
	const shape = [...channels({ in: inputs, out, groups }), ...sizes];
	const bound = 1 / Math.sqrt(shape.slice(1).reduce((a, b) => a * b));
	const weight = parameter(shape, options.initial ?? uniform(bound));
	const bias = biased ? parameter([out], uniform(bound)) : undefined;
	return {
		parameters: { weight, ...(bias && { bias }) },
		apply: (x) =>
			scope(who, () => {
				if (x.shape.length !== axes + 2 || x.shape[1] !== inputs) {
					const expected = showShape(['batch', inputs, ...(axes === 1 ? ['time'] : ['height', 'width'])]);
					throw new ShapeError(
						`${who}: expected ${expected}, got ${showShape(x.shape)}. Channels come second: transpose it, or set in to their number.`,
					);
				}
				return move(x, weight, bias);
			}),
	};
}

/** A convolution over one or two axes. */
export function convolution(who: string, axes: 1 | 2, options: ConvolutionLayerOptions): ConvolutionLayer {
	const given = optionsOf(who, options, convolutionKinds);
	const kind: Kind = {
		who,
		axes,
		channels: ({ in: inputs, out, groups }) => [out, inputs / groups],
		move: (x, weight, bias) => ops.conv(x, weight, bias, given),
	};
	return convolutionLayer(kind, given);
}

/** How a transposed convolution moves. */
export interface TransposedOptions extends Omit<ConvolutionLayerOptions, 'padding'> {
	/** Elements cut off: as many on both sides of an axis, or `[before, after]`. Default 0. */
	readonly padding?: Exclude<ConvolutionLayerOptions['padding'], 'same' | undefined>;
	/** Elements added to the end of each axis, because several sizes have the same number of windows. Default 0. */
	readonly outputPadding?: number | readonly number[];
}

const { padding, ...others } = convolutionKinds;
const kindsOfTransposed: Kinds<TransposedOptions> = {
	...others,
	padding: {
		...padding,
		fits: (value) => value !== 'same' && padding.fits(value),
		next: 'State how many elements are cut off on each side.',
	},
	outputPadding: is.either(is.whole(0), is.list(is.whole(0))),
};

/** A transposed convolution over one or two axes. */
export function transposedConvolution(who: string, axes: 1 | 2, options: TransposedOptions): ConvolutionLayer {
	const given = optionsOf(who, options, kindsOfTransposed);
	const { outputPadding = 0 } = given;
	const added = typeof outputPadding === 'number' ? new Array<number>(axes).fill(outputPadding) : outputPadding;
	const kind: Kind = {
		who,
		axes,
		channels: ({ in: inputs, out, groups }) => [inputs, out / groups],
		move: (x, weight, bias) => ops.convTranspose(x, weight, bias, { ...given, outputPadding: added }),
	};
	return convolutionLayer(kind, given);
}
