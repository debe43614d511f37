// Windows that move over an image: what convolutions and pooling share.
import { addDim, type Dim } from '../dim.js';
import type { Attributes } from '../value.js';

/** How a convolution moves over its image: one number for each axis, or one for all. */
export interface ConvolutionOptions {
	/** Steps from window to window. Default 1. */
	readonly stride?: number | readonly number[];
	/** Zeros added on both sides. Default 0. */
	readonly padding?: number | readonly number[];
	/** Steps between the elements of a window. Default 1. */
	readonly dilation?: number | readonly number[];
	/** Parts that the channels are divided into, each with its own filters. Default 1. */
	readonly groups?: number;
}

/** The numbers of a convolution, axis by axis. */
export interface Movement {
	readonly strides: readonly number[];
	readonly pads: readonly number[];
	readonly dilations: readonly number[];
	readonly group: number;
}

/** Reads a node's attributes; `pads` are the zeros before each axis, which equal those after it. */
export function movementOf(attributes: Attributes, axes: number): Movement {
	const list = (name: string, fallback: number) =>
		(attributes[name] as readonly number[] | undefined) ?? new Array<number>(axes).fill(fallback);
	return {
		strides: list('strides', 1),
		pads: list('pads', 0).slice(0, axes),
		dilations: list('dilations', 1),
		group: (attributes.group as number | undefined) ?? 1,
	};
}

/** The number of windows: ⌊(size + 2 padding − dilation (width − 1) − 1) / stride⌋ + 1; a named size keeps its name in the formula. */
export function windowsOf(size: Dim, width: number, at: number, { strides, pads, dilations }: Movement): Dim {
	const last = addDim(size, 2 * pads[at]! - dilations[at]! * (width - 1) - 1);
	if (typeof last === 'number') return Math.floor(last / strides[at]!) + 1;
	return strides[at] === 1 ? addDim(last, 1) : `windows(${last}/${strides[at]})`;
}

/** Refuses padding that differs from side to side, as imported graphs may have it. */
export function checkPads({ pads }: Attributes, axes: number, fail: (reason: string) => never): void {
	const list = (pads as readonly number[] | undefined) ?? [];
	if (list.some((pad, at) => pad !== list[at % axes])) fail('expected the same padding on both sides. Pad the image first');
}

/** The ONNX attributes of the options. */
export function attributesOf({ stride = 1, padding = 0, dilation = 1, groups = 1 }: ConvolutionOptions, axes: number): Attributes {
	const each = (value: number | readonly number[]) => (typeof value === 'number' ? new Array<number>(axes).fill(value) : value);
	return { strides: each(stride), pads: [...each(padding), ...each(padding)], dilations: each(dilation), group: groups };
}
