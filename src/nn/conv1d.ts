// Convolution over time.
import { ops, type Parameter, parameter, ShapeError, scalar, scope, showShape, type Value } from '../graph/index.js';
import { uniform } from './initializers.js';
import type { Layer } from './layer.js';

const { add, gather, matMul, slice, transpose } = ops;

/**
 * `out` filters over windows of `width` steps: `[batch, time, in]` to `[batch, time − width + 1, out]`. Weights are laid out as PyTorch's
 * Conv1d, `[out, in, width]`; inputs are not: time comes before channels, as embeddings have it. The time axis must be as long as a window.
 */
export function conv1d({ in: inputs, out, width }: { in: number; out: number; width: number }): Layer<[x: Value]> & {
	parameters: { weight: Parameter; bias: Parameter };
} {
	const bound = 1 / Math.sqrt(inputs * width);
	const weight = parameter([out, inputs, width], uniform(bound));
	const bias = parameter([out], uniform(bound));
	return {
		parameters: { weight, bias },
		apply: (x) =>
			scope('conv1d', () => {
				const [, time] = x.shape;
				if (x.shape.length !== 3 || x.shape[2] !== inputs || (typeof time === 'number' && time < width)) {
					throw new ShapeError(
						`conv1d: expected batch×time×${inputs} of at least ${width} steps, got ${showShape(x.shape)}. Set in: ${x.shape.at(-1)} or pad the time axis.`,
					);
				}
				// A window's product is a sum over its steps: as many matrix products as the window is wide, and no copies of windows.
				const products = Array.from({ length: width }, (_, i) => {
					const steps = width === 1 ? x : slice(x, 1, i, i - width + 1 || undefined);
					return matMul(steps, transpose(gather(weight, scalar(i, 'int32'), 2)));
				});
				return add(
					products.reduce((sum, product) => add(sum, product)),
					bias,
				);
			}),
	};
}
