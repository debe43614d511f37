// Layer normalization (Ba et al. 2016).

import { is, type Kinds, optionsOf } from '../base/index.js';
import { ops, type Parameter, parameter, ShapeError, scope, showShape, type Value } from '../graph/index.js';
import { ones, zeros } from './initializers.js';
import { of } from './kinds.js';
import type { Layer } from './layer.js';

/** What is normalized. */
export interface LayerNormOptions {
	/** Numbers on the last axis, or the sizes of the last axes. */
	readonly width: number | readonly number[];
	/** Added to the variance. Default 1e-5. */
	readonly epsilon?: number;
}

const kinds: Kinds<LayerNormOptions> = { width: of.sizes, epsilon: is.positive };

/** The last axes brought to mean 0 and variance 1, then times `weight` plus `bias`. */
export function layerNorm(options: LayerNormOptions): Layer<[x: Value]> & {
	readonly parameters: { readonly weight: Parameter; readonly bias: Parameter };
} {
	const { width, epsilon = 1e-5 } = optionsOf('layerNorm', options, kinds);
	const shape = typeof width === 'number' ? [width] : width;
	const [weight, bias] = [parameter(shape, ones), parameter(shape, zeros)];
	return {
		parameters: { weight, bias },
		apply: (x) =>
			scope('layerNorm', () => {
				const last = x.shape.slice(-shape.length);
				if (showShape(last) !== showShape(shape)) {
					throw new ShapeError(
						`layerNorm: expected ${showShape(shape)} as last dimensions, got ${showShape(x.shape)}. Set width: ${showShape(last)}.`,
					);
				}
				return ops.layerNormalization(x, weight, bias, { axis: -shape.length, epsilon });
			}),
	};
}
