// Pooling by windows, channels first: `[batch, channels, time]` or `[batch, channels, height, width]`.
import { ops, ShapeError, scope, showShape, type Value } from '../graph/index.js';
import { expectCounts } from './check.js';
import type { Layer } from './layer.js';

/** A layer by windows: `pool` is told apart by name only. */
function windows(who: string, width: number | readonly number[], pool: (x: Value) => Value): Layer<[x: Value]> {
	expectCounts(who, { width });
	return {
		parameters: {},
		apply: (x) =>
			scope(who, () => {
				const axes = typeof width === 'number' ? x.shape.length - 2 : width.length;
				if (x.shape.length !== axes + 2 || axes < 1 || axes > 2) {
					throw new ShapeError(
						`${who}: expected batch, channels and ${typeof width === 'number' ? 'one or two' : axes} axes more, got ${showShape(x.shape)}. Transpose or reshape it.`,
					);
				}
				return pool(x);
			}),
	};
}

/** The largest element of each window. Windows follow one another unless a stride says otherwise. */
export function maxPool({ width, ...options }: ops.PoolOptions & { readonly width: number | readonly number[] }): Layer<[x: Value]> {
	return windows('maxPool', width, (x) => ops.maxPool(x, width, options));
}

/** The mean of each window; padding counts as zeros, as PyTorch has it, or not at all. */
export function averagePool({
	width,
	...options
}: ops.PoolOptions & { readonly width: number | readonly number[]; readonly countPadding?: boolean }): Layer<[x: Value]> {
	return windows('averagePool', width, (x) => ops.averagePool(x, width, options));
}
