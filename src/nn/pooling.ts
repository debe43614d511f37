// Pooling by windows, channels first: `[batch, channels, time]` or `[batch, channels, height, width]`.

import { is, type Kinds, optionsOf } from '../base/index.js';
import { ops, ShapeError, scope, showShape, type Value } from '../graph/index.js';
import { of, windowKinds } from './kinds.js';
import type { Layer } from './layer.js';

/** What a window is, and how it moves: windows follow one another unless a stride says otherwise. */
export interface PoolingOptions extends ops.PoolOptions {
	/** The window's size on each axis; one number counts for all. */
	readonly kernel: number | readonly number[];
}

/** What counts for a mean, too. */
export interface AveragePoolingOptions extends PoolingOptions {
	/** Whether padding counts, as zeros. Default yes, as in PyTorch. */
	readonly countPadding?: boolean;
}

const kinds: Kinds<PoolingOptions> = { ...windowKinds, kernel: of.sizes, ceil: is.flag };
const kindsOfAverage: Kinds<AveragePoolingOptions> = { ...kinds, countPadding: is.flag };

/** A layer by windows of a size. */
function pooling(who: string, kernel: PoolingOptions['kernel'], pool: (x: Value) => Value): Layer<[x: Value]> {
	return {
		parameters: {},
		apply: (x) =>
			scope(who, () => {
				const axes = typeof kernel === 'number' ? x.shape.length - 2 : kernel.length;
				if (x.shape.length !== axes + 2 || axes < 1 || axes > 2) {
					throw new ShapeError(
						`${who}: expected batch, channels and ${typeof kernel === 'number' ? 'one or two' : axes} axes more, got ${showShape(x.shape)}. Transpose or reshape it.`,
					);
				}
				return pool(x);
			}),
	};
}

/** The largest element of each window. */
export function maxPool(options: PoolingOptions): Layer<[x: Value]> {
	const { kernel, ...movement } = optionsOf('maxPool', options, kinds);
	return pooling('maxPool', kernel, (x) => ops.maxPool(x, kernel, movement));
}

/** The mean of each window. */
export function averagePool(options: AveragePoolingOptions): Layer<[x: Value]> {
	const { kernel, ...movement } = optionsOf('averagePool', options, kindsOfAverage);
	return pooling('averagePool', kernel, (x) => ops.averagePool(x, kernel, movement));
}
