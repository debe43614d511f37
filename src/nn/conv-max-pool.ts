// Convolution over time and pooling by maximum, together: for the first layer of a network of characters, whose input is narrow and has no
// gradient. In pools of 3 there are three matrices of windows: those that are first in their pool, those that are second and those that are third, a row
// each. Three products and their maximum, element by element, give the result; nothing needs to remember where a maximum was.

import { type Kinds, optionsOf } from '../base/index.js';
import {
	constant,
	ops,
	type Parameter,
	parameter,
	productDims,
	ShapeError,
	scope,
	showShape,
	tensor,
	type Value,
	withGradient,
} from '../graph/index.js';
import { uniform } from './initializers.js';
import { of } from './kinds.js';
import type { Layer } from './layer.js';

const { add, equal, gather, matMul, max, reshape, sub, transpose, where } = ops;

/** Sizes of a convolution with pooling. */
export interface ConvMaxPoolOptions {
	readonly in: number;
	/** Filters. */
	readonly out: number;
	/** Steps in a window. */
	readonly kernel: number;
	/** Windows in a pool; pools follow one another. */
	readonly pool: number;
}

const kinds: Kinds<ConvMaxPoolOptions> = { in: of.size, out: of.size, kernel: of.size, pool: of.size };

/**
 * `out` filters moved over time, and the maximum of each `pool` windows: `[batch, time, in]` to `[batch, out, pools]`, the same numbers as conv1d
 * and maxPool, and `time` a number. The gradient of an input would be slow, as
 * it is scattered from all windows: take conv1d and maxPool where it is needed.
 */
export function convMaxPool(options: ConvMaxPoolOptions): Layer<[x: Value]> & {
	readonly parameters: { readonly weight: Parameter; readonly bias: Parameter };
} {
	const { in: inputs, out, kernel, pool } = optionsOf('convMaxPool', options, kinds);
	const first = uniform(1 / Math.sqrt(inputs * kernel));
	const weight = parameter([out, inputs, kernel], first);
	const bias = parameter([out], first);
	return {
		parameters: { weight, bias },
		apply: (x) =>
			scope('convMaxPool', () => {
				const [batch, time] = x.shape;
				if (x.shape.length !== 3 || x.shape[2] !== inputs || typeof time !== 'number') {
					throw new ShapeError(
						`convMaxPool: expected batch×time×${inputs} with time a number, got ${showShape(x.shape)}. Cut or fill the texts to one length.`,
					);
				}
				const pools = Math.floor((time - kernel + 1) / pool);
				if (pools < 1) {
					throw new ShapeError(
						`convMaxPool: expected at least ${kernel + pool - 1} steps for windows of ${kernel} in pools of ${pool}, got ${time}. Make texts longer.`,
					);
				}
				const filters = reshape(transpose(weight, [2, 1, 0]), [kernel * inputs, out]);
				const products = Array.from({ length: pool }, (_, place) => {
					const steps = windowSteps({ first: place, stride: pool, kernel, count: pools });
					const windows = reshape(gather(x, steps, 1), [productDims([batch!, pools]), kernel * inputs], [x]);
					return matMul(windows, filters);
				});
				// A filter's bias is the same for all windows: it can wait until after the maximum.
				const largest = add(largestOf(products), bias);
				return transpose(reshape(largest, [batch!, pools, out], [x]), [0, 2, 1]);
			}),
	};
}

/** The steps of windows: `[count, kernel]`. */
function windowSteps({ first, stride, kernel, count }: { first: number; stride: number; kernel: number; count: number }): Value {
	const steps = Array.from({ length: count * kernel }, (_, i) => first + Math.floor(i / kernel) * stride + (i % kernel));
	return constant(tensor('int32', [count, kernel], steps));
}

/** The largest of values of one shape, element by element. Of equal ones the first gets the gradient, as in a pooling. */
function largestOf(values: readonly Value[]): Value {
	const largest = values.reduce((a, b) => max(a, b));
	return withGradient(values, largest, (gradient) => {
		let rest = gradient;
		return values.map((value, place) => {
			if (place === values.length - 1) return rest;
			const own = where(equal(value, largest), rest, 0);
			rest = sub(rest, own);
			return own;
		});
	});
}
