// Adaptive pooling: as many windows as are asked for, whatever the size.

import { type Kinds, optionsOf } from '../base/index.js';
import { ops, ShapeError, scope, showShape, type Value } from '../graph/index.js';
import { of } from './kinds.js';
import type { Layer } from './layer.js';

type Reduce = (x: Value, options: ops.ReduceOptions) => Value;

/**
 * One axis in `count` windows: the i-th goes from ⌊i n / count⌋ to ⌈(i + 1) n / count⌉, as PyTorch's. 7 steps in 3 windows are 0 to 2, 2 to 4 and 4
 * to 6. Two axes are pooled one after the other, which gives what windows over both would: the rows of a window are equally long, so that the mean of
 * their means is the mean of all.
 */
function poolAxis(who: string, reduce: Reduce, x: Value, axis: number, count: number): Value {
	const over = { axes: [axis], keep: true };
	if (count === 1) return reduce(x, over);
	const size = x.shape[axis]!;
	if (typeof size === 'string') {
		throw new ShapeError(
			`${who}: expected a known size on axis ${axis} for ${count} windows, got ${showShape(x.shape)}. State it as a number, or ask for 1.`,
		);
	}
	const window = (i: number) => ops.slice(x, axis, Math.floor((i * size) / count), Math.ceil(((i + 1) * size) / count));
	return ops.concat(
		Array.from({ length: count }, (_, i) => reduce(window(i), over)),
		axis,
	);
}

/** How many windows there are. */
export interface AdaptivePoolOptions {
	/** Windows on each axis; one number counts for all. */
	readonly size: number | readonly number[];
}

const kinds: Kinds<AdaptivePoolOptions> = { size: of.sizes };

function adaptive(who: string, reduce: Reduce, options: AdaptivePoolOptions): Layer<[x: Value]> {
	const { size } = optionsOf(who, options, kinds);
	return {
		parameters: {},
		apply: (x) =>
			scope(who, () => {
				const axes = x.shape.length - 2;
				const counts = typeof size === 'number' ? new Array<number>(Math.max(axes, 0)).fill(size) : size;
				if (axes < 1 || counts.length !== axes) {
					throw new ShapeError(
						`${who}: expected batch, channels and ${typeof size === 'number' ? 'at least one axis' : `${counts.length} axes`} more, got ${showShape(x.shape)}. Transpose or reshape it.`,
					);
				}
				return counts.reduce((value, count, at) => poolAxis(who, reduce, value, at + 2, count), x);
			}),
	};
}

/** The largest element of each of `size` windows an axis: `[batch, channels, …]` to `[batch, channels, …size]`. */
export function adaptiveMaxPool(options: AdaptivePoolOptions): Layer<[x: Value]> {
	return adaptive('adaptiveMaxPool', ops.reduceMax, options);
}

/** The mean of each of `size` windows an axis: `[batch, channels, …]` to `[batch, channels, …size]`. */
export function adaptiveAveragePool(options: AdaptivePoolOptions): Layer<[x: Value]> {
	return adaptive('adaptiveAveragePool', ops.reduceMean, options);
}
