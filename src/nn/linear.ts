// Linear: y = x Wᵀ + b.
import { ops, parameter, ShapeError, scope, showShape, type Value } from '../graph/index.js';
import { uniform } from './initializers.js';
import type { Layer } from './layer.js';

/** A linear map of the last axis: `[…, in]` to `[…, out]`. Weights begin uniform in ±1/√in, as PyTorch's do. */
export function linear({ in: inputs, out }: { in: number; out: number }): Layer<[x: Value]> {
	const weight = parameter([out, inputs], uniform(1 / Math.sqrt(inputs)));
	const bias = parameter([out], uniform(1 / Math.sqrt(inputs)));
	return {
		parameters: { weight, bias },
		apply: (x) =>
			scope('linear', () => {
				if (x.shape.at(-1) !== inputs) {
					throw new ShapeError(
						`linear: expected last dimension ${inputs}, got ${x.shape.at(-1)} (input ${showShape(x.shape)}). Set in: ${x.shape.at(-1)} or add a projection.`,
					);
				}
				return x.shape.length === 2 ? ops.gemm(x, weight, bias, { transB: true }) : ops.add(ops.matMul(x, ops.transpose(weight)), bias);
			}),
	};
}
