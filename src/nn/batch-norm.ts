// Batch normalization (Ioffe and Szegedy 2015).
import { constant, ops, type Parameter, parameter, ShapeError, scope, showShape, tensor, type Value } from '../graph/index.js';
import { expectCounts } from './check.js';
import { ones, zeros } from './initializers.js';
import type { Layer, Mode } from './layer.js';

const { add, cast, div, max, mul, sizeOfAll, sub } = ops;

/** What a batch normalization learns, and the statistics that training moves. */
interface BatchNormParameters {
	readonly weight: Parameter;
	readonly bias: Parameter;
	readonly running_mean: Parameter;
	readonly running_var: Parameter;
	readonly [name: string]: Parameter;
}

/**
 * Each channel of `[batch, channels, …]` brought to mean 0 and variance 1, then times `weight` plus `bias`: in training by the batch's
 * statistics, at prediction by running ones, which each training step moves by `momentum` towards the batch's (its variance corrected, n − 1).
 */
export function batchNorm({ channels, momentum = 0.1, epsilon = 1e-5 }: { channels: number; momentum?: number; epsilon?: number }): Layer<
	[x: Value, mode: Mode]
> & { readonly parameters: BatchNormParameters } {
	expectCounts('batchNorm', { channels });
	const parameters: BatchNormParameters = {
		weight: parameter([channels], ones),
		bias: parameter([channels], zeros),
		running_mean: parameter([channels], zeros, { frozen: true }),
		running_var: parameter([channels], ones, { frozen: true }),
	};
	const { weight, bias, running_mean: mean, running_var: variance } = parameters;
	const statistics = { scale: weight, bias, mean, variance };
	const still = constant(tensor('float32', [channels], new Float32Array(channels)));
	return {
		parameters,
		apply: (x, mode) =>
			scope('batchNorm', () => {
				if (x.shape[1] !== channels) {
					throw new ShapeError(
						`batchNorm: expected ${channels} channels on axis 1, got ${showShape(x.shape)}. Channels come second: transpose, or set channels: ${x.shape[1]}.`,
					);
				}
				if (!mode.training) return ops.batchNormalization(x, statistics, { epsilon }).y;
				// With a momentum of 0 the operator gives the batch's own statistics, whatever it moves.
				const batch = ops.batchNormalization(x, { ...statistics, mean: still, variance: still }, { training: true, epsilon, momentum: 0 });
				const count = div(cast(sizeOfAll(x), x.dtype), channels);
				const corrected = mul(batch.variance, div(count, max(sub(count, 1), 1)));
				const towards = (target: Value) => (now: Value) => add(mul(now, 1 - momentum), mul(target, momentum));
				mode.move(mean, towards(batch.mean));
				mode.move(variance, towards(corrected));
				return batch.y;
			}),
	};
}
