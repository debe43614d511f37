// Batch normalization (Ioffe and Szegedy 2015).

import { is, type Kinds, optionsOf } from '../base/index.js';
import { ops, type Parameter, parameter, ShapeError, scope, showShape, type Value, withGradient } from '../graph/index.js';
import { ones, zeros } from './initializers.js';
import { of } from './kinds.js';
import type { Layer, Mode } from './layer.js';

const { add, cast, div, max, mul, reciprocal, reduceMean, reshape, sizeOfAll, sqrt, sub, unsqueeze } = ops;

/** The size of a batch normalization, and how it keeps statistics. */
export interface BatchNormOptions {
	/** Channels: the size of axis 1. */
	readonly channels: number;
	/** By which share a training step moves the running statistics towards the batch's. Default 0.1. */
	readonly momentum?: number;
	/** Added to the variance. Default 1e-5. */
	readonly epsilon?: number;
}

const kinds: Kinds<BatchNormOptions> = { channels: of.size, momentum: is.share, epsilon: is.positive };

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
export function batchNorm(options: BatchNormOptions): Layer<[x: Value, mode: Mode]> & { readonly parameters: BatchNormParameters } {
	const { channels, momentum = 0.1, epsilon = 1e-5 } = optionsOf('batchNorm', options, kinds);
	const parameters: BatchNormParameters = {
		weight: parameter([channels], ones),
		bias: parameter([channels], zeros),
		running_mean: parameter([channels], zeros, { frozen: true }),
		running_var: parameter([channels], ones, { frozen: true }),
	};
	const { weight, bias, running_mean: mean, running_var: variance } = parameters;
	const statistics = { scale: weight, bias, mean, variance };
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
				const { normal, ...batch } = normalized(x, epsilon);
				const count = div(cast(sizeOfAll(x), x.dtype), channels);
				const corrected = mul(batch.variance, div(count, max(sub(count, 1), 1)));
				const towards = (target: Value) => (now: Value) => add(mul(now, 1 - momentum), mul(cast(target, now.dtype), momentum));
				mode.move(mean, towards(batch.mean));
				mode.move(variance, towards(corrected));
				const perChannel = (value: Value) => unsqueeze(value, inner(x));
				return add(mul(normal, perChannel(weight)), perChannel(bias));
			}),
	};
}

/** The axes after the channels, which a vector of channels gets to stand beside `x`: [1] for `[batch, channels, time]`. */
const inner = ({ shape }: Value) => shape.slice(2).map((_, at) => at + 1);

/**
 * x̂ = (x − μ)/σ, and the batch's μ and σ². Written as plain nodes: ONNX has an operator for it, but ONNX Runtime's kernel on the CPU writes the moved
 * statistics over its own inputs, even over constants and over what the caller feeds.
 */
function normalized(x: Value, epsilon: number): { normal: Value; mean: Value; variance: Value } {
	const over = { axes: x.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis])), keep: true };
	const mean = reduceMean(x, over);
	const distance = sub(x, mean);
	const variance = reduceMean(mul(distance, distance), over);
	const inverse = reciprocal(sqrt(add(variance, epsilon)));
	const normal = mul(distance, inverse);
	// dx = (g − mean g − x̂ mean(g x̂)) / σ
	const result = withGradient([x], normal, (g) => {
		const along = mul(normal, reduceMean(mul(g, normal), over));
		return [mul(sub(sub(g, reduceMean(g, over)), along), inverse)];
	});
	const vector = (value: Value) => reshape(value, [x.shape[1]!]);
	return { normal: result, mean: vector(mean), variance: vector(variance) };
}
