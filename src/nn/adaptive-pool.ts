// Adaptive pooling: as many windows as are asked for, whatever the size.
import { ops, ShapeError, scope, showShape, type Value } from '../graph/index.js';
import { expectCounts } from './check.js';
import type { Layer } from './layer.js';

type Reduce = (x: Value, options: ops.ReduceOptions) => Value;

/**
 * One axis in `count` windows: the i-th goes from ⌊i n / count⌋ to ⌈(i + 1) n / count⌉, as PyTorch's. Windows over two axes are those over one,
 * then over the other: the mean of means of equally many is the mean.
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

function adaptive(who: string, reduce: Reduce, size: number | readonly number[]): Layer<[x: Value]> {
	expectCounts(who, { size });
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
export function adaptiveMaxPool({ size }: { readonly size: number | readonly number[] }): Layer<[x: Value]> {
	return adaptive('adaptiveMaxPool', ops.reduceMax, size);
}

/** The mean of each of `size` windows an axis: `[batch, channels, …]` to `[batch, channels, …size]`. */
export function adaptiveAveragePool({ size }: { readonly size: number | readonly number[] }): Layer<[x: Value]> {
	return adaptive('adaptiveAveragePool', ops.reduceMean, size);
}
