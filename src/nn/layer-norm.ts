// Layer normalization (Ba et al. 2016).
import { ops, type Parameter, parameter, ShapeError, scope, showShape, type Value } from '../graph/index.js';
import { expectCounts } from './check.js';
import { ones, zeros } from './initializers.js';
import type { Layer } from './layer.js';

/** The last axes, `width` numbers (or a shape), brought to mean 0 and variance 1, then times `weight` plus `bias`. */
export function layerNorm({ width, epsilon = 1e-5 }: { width: number | readonly number[]; epsilon?: number }): Layer<[x: Value]> & {
	readonly parameters: { readonly weight: Parameter; readonly bias: Parameter };
} {
	expectCounts('layerNorm', { width });
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
