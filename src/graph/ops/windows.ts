// Windows that move over an image: what convolutions and pooling share.
import { addDim, type Dim, type Shape, windowCount } from '../dim.js';
import type { Attributes, Value } from '../value.js';

/** How a window moves over an image. One number counts for all axes. */
export interface ConvolutionOptions {
	/** Steps from window to window. Default 1. */
	readonly stride?: number | readonly number[];
	/**
	 * Elements added around the image: as many on both sides of an axis, or `[before, after]`; `same` for as many as make ⌈size / stride⌉
	 * windows, an odd one at the end. Default 0.
	 */
	readonly padding?: 'same' | number | readonly (number | readonly [before: number, after: number])[];
	/** Steps between the elements of a window. Default 1. */
	readonly dilation?: number | readonly number[];
	/** Parts that the channels are divided into, each with its own filters. Default 1. */
	readonly groups?: number;
}

/** The numbers of a moving window, axis by axis. */
export interface Movement {
	readonly widths: readonly number[];
	readonly strides: readonly number[];
	readonly before: readonly number[];
	readonly after: readonly number[];
	readonly dilations: readonly number[];
	readonly group: number;
	/** Whether a last window may reach beyond the image's end. */
	readonly ceil: boolean;
}

/** The elements of the image that a window spans. */
export const spanOf = ({ widths, dilations }: Movement, at: number): number => dilations[at]! * (widths[at]! - 1) + 1;

/** Whether pads follow from the image's size. */
const isSame = ({ auto_pad }: Attributes) => auto_pad === 'SAME_UPPER' || auto_pad === 'SAME_LOWER';

/** Reads a node's attributes. */
export function movementOf(attributes: Attributes, image: Value, widths: readonly number[]): Movement {
	const sizes = image.shape.slice(2);
	const list = (name: string, fallback: number) => (attributes[name] as readonly number[] | undefined) ?? sizes.map(() => fallback);
	const pads = (attributes.pads as readonly number[] | undefined) ?? new Array<number>(2 * sizes.length).fill(0);
	const stated: Movement = {
		widths,
		strides: list('strides', 1),
		before: pads.slice(0, sizes.length),
		after: pads.slice(sizes.length),
		dilations: list('dilations', 1),
		group: (attributes.group as number | undefined) ?? 1,
		ceil: attributes.ceil_mode === 1,
	};
	return isSame(attributes) ? padded(stated, sizes, attributes.auto_pad === 'SAME_UPPER') : stated;
}

/** Pads so that there are ⌈size / stride⌉ windows, an odd element at the end (`SAME_UPPER`) or the front. */
function padded(movement: Movement, sizes: Shape, upper: boolean): Movement {
	const missing = sizes.map((size, at) => {
		const stride = movement.strides[at]!;
		// With a stride of 1 the size does not matter.
		const steps = typeof size === 'number' ? (Math.ceil(size / stride) - 1) * stride - size : -1;
		return Math.max(steps + spanOf(movement, at), 0);
	});
	const [small, large] = [missing.map((pad) => Math.floor(pad / 2)), missing.map((pad) => Math.ceil(pad / 2))];
	return { ...movement, before: upper ? small : large, after: upper ? large : small };
}

/**
 * The number of windows on each axis: ⌊(size + before + after − span) / stride⌋ + 1. A named size keeps its name in the formula.
 * Fails where there is none, or where the attributes do not fit.
 */
export function windowsOf(image: Value, attributes: Attributes, widths: readonly number[], fail: (reason: string) => never): Dim[] {
	const sizes = image.shape.slice(2);
	const movement = movementOf(attributes, image, widths);
	const { strides, before, after, ceil } = movement;
	for (const [name, count] of [
		['strides', 1],
		['dilations', 1],
		['pads', 2],
	] as const) {
		const list = attributes[name] as readonly number[] | undefined;
		if (list && list.length !== count * sizes.length) fail(`expected ${name} for ${sizes.length} axes, got ${list.length / count}`);
	}
	return sizes.map((size, at) => {
		const [stride, room] = [strides[at]!, before[at]! + after[at]! - spanOf(movement, at)];
		if (typeof size === 'string') {
			if (stride !== 1 && (ceil || isSame(attributes))) {
				fail(`expected a known size on axis ${at + 2} beside auto_pad or ceil_mode with a stride, got ${size}. State the pads`);
			}
			return windowCount(addDim(size, room), stride);
		}
		// Rounded up, but no window begins in what is added after the image.
		const last = Math.min(Math.ceil((size + room) / stride), Math.ceil((size + before[at]!) / stride) - 1);
		const count = ceil ? last + 1 : (windowCount(size + room, stride) as number);
		return count < 1 ? fail(`expected an image at least as large as a window of ${widths[at]}. Pad it`) : count;
	});
}

/** The ONNX attributes of the options. */
export function attributesOf({ stride = 1, padding = 0, dilation = 1, groups = 1 }: ConvolutionOptions, axes: number): Attributes {
	const each = (value: number | readonly number[]) => (typeof value === 'number' ? new Array<number>(axes).fill(value) : value);
	return { strides: each(stride), ...padsOf(padding, axes), dilations: each(dilation), group: groups };
}

function padsOf(padding: NonNullable<ConvolutionOptions['padding']>, axes: number): Attributes {
	if (padding === 'same') return { auto_pad: 'SAME_UPPER' };
	const sides = typeof padding === 'number' ? new Array<number>(axes).fill(padding) : padding;
	const side = (at: 0 | 1) => sides.map((pad) => (typeof pad === 'number' ? pad : pad[at]));
	return { pads: [...side(0), ...side(1)] };
}
