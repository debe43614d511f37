// Linear: y = x Wᵀ + b.

import { is, type Kinds, optionsOf } from '../base/index.js';
import { type Initializer, ops, type Parameter, parameter, ShapeError, scope, showShape, type Value } from '../graph/index.js';
import { uniform } from './initializers.js';
import { of } from './kinds.js';
import type { Layer } from './layer.js';

/** Sizes of a linear layer, and how its weights begin. */
export interface LinearOptions {
	readonly in: number;
	readonly out: number;
	/** Whether something is added, or how that begins. Default as the weights of PyTorch's do. */
	readonly bias?: boolean | Initializer;
	/** Default uniform in ±1/√in, as PyTorch's. */
	readonly initial?: Initializer;
}

const kinds: Kinds<LinearOptions> = { in: of.size, out: of.size, bias: is.either(is.flag, is.function), initial: is.function };

/** A linear map of the last axis: `[…, in]` to `[…, out]`. */
export function linear(options: LinearOptions): Layer<[x: Value]> & {
	readonly parameters: { readonly weight: Parameter; readonly bias?: Parameter };
} {
	const { in: inputs, out, bias: biased = true, ...given } = optionsOf('linear', options, kinds);
	const begin = uniform(1 / Math.sqrt(inputs));
	const weight = parameter([out, inputs], given.initial ?? begin);
	const bias = biased ? parameter([out], biased === true ? begin : biased) : undefined;
	return {
		parameters: { weight, ...(bias && { bias }) },
		apply: (x) =>
			scope('linear', () => {
				if (x.shape.at(-1) !== inputs) {
					throw new ShapeError(
						`linear: expected last dimension ${inputs}, got ${x.shape.at(-1)} (input ${showShape(x.shape)}). Set in: ${x.shape.at(-1)} or add a projection.`,
					);
				}
				if (x.shape.length === 2 && bias) return ops.gemm(x, weight, bias, { transB: true });
				const product = ops.matMul(x, ops.transpose(weight));
				return bias ? ops.add(product, bias) : product;
			}),
	};
}
