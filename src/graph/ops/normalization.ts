// Normalizations: values brought to mean 0 and variance 1, or to a sum of 1.

import { isFloat } from '../../tensors/tensor.js';
import { type Dim, type Shape, sameShape, showShape } from '../dim.js';
import { type Attributes, node, type ShapeRule, type Value } from '../value.js';
import { axisIn } from './axes.js';
import { fiveEach, type Operator, operator } from './operator.js';

type Fail = (reason: string) => never;

/** Scale, bias and statistics: of the image's type and of one shape. */
function checkAll(x: Value, [who, ...values]: readonly [string, ...(Value | undefined)[]], shape: Shape, fail: Fail) {
	if (!isFloat(x.dtype)) fail('expected floating-point numbers. Cast first');
	for (const value of values) {
		if (!value) continue;
		if (value.dtype !== x.dtype) fail('expected operands of one type. Cast one of them');
		if (!sameShape(value.shape, shape))
			fail(`expected ${who} of shape ${showShape(shape)}, got ${showShape(value.shape)}. Make them in that shape`);
	}
}

/** The number of channels of `[batch, channels, …]`. */
function channelsOf(x: Value, fail: Fail): Dim {
	return x.shape[1] ?? fail('expected at least batch and channels');
}

/** Outputs that hold one number for each normalized part. They are float32 whatever the input is (attribute stash_type). */
const eachOf = (x: Value, axis: number) => ({ dtype: 'float32' as const, shape: x.shape.map((dim, place) => (place < axis ? dim : 1)) });

const exponentials: ShapeRule = ([x], { axis = -1 }, fail) => {
	axisIn(x!.shape.length, axis, fail);
	if (!isFloat(x!.dtype)) fail('expected floating-point numbers. Cast first');
	return [x!];
};

export const operators = {
	Softmax: operator(exponentials, { inputs: 1, flops: fiveEach }),
	LogSoftmax: operator(exponentials, { inputs: 1, flops: fiveEach }),
	LayerNormalization: operator(
		([x, scale, bias], { axis: at = -1 }, fail) => {
			const axis = axisIn(x!.shape.length, at, fail);
			checkAll(x!, ['scale and bias', scale, bias], x!.shape.slice(axis), fail);
			return [x!, eachOf(x!, axis), eachOf(x!, axis)];
		},
		{ inputs: [2, 3], flops: fiveEach, since: 17 },
	),
	RMSNormalization: operator(
		([x, scale], { axis: at = -1 }, fail) => {
			const axis = axisIn(x!.shape.length, at, fail);
			checkAll(x!, ['a scale', scale], x!.shape.slice(axis), fail);
			return [x!];
		},
		{ inputs: 2, since: 23 },
	),
	/** In training: also the running mean and variance, moved towards those of the batch. */
	BatchNormalization: operator(
		([x, scale, bias, mean, variance], { training_mode: training }, fail) => {
			const each: Shape = [channelsOf(x!, fail)];
			checkAll(x!, ['scale, bias, mean and variance', scale, bias, mean, variance], each, fail);
			return training === 1 ? [x!, mean!, variance!] : [x!];
		},
		{ inputs: 5, flops: fiveEach },
	),
	GroupNormalization: operator(
		([x, scale, bias], { num_groups: groups }, fail) => {
			const channels = channelsOf(x!, fail);
			checkAll(x!, ['scale and bias', scale, bias], [channels], fail);
			if (typeof channels !== 'number' || channels % (groups as number) !== 0)
				fail(`expected channels in ${groups} equal groups, got ${channels}`);
			return [x!];
		},
		{ inputs: 3, since: 18 },
	),
	InstanceNormalization: operator(
		([x, scale, bias], _attributes, fail) => {
			checkAll(x!, ['scale and bias', scale, bias], [channelsOf(x!, fail)], fail);
			return [x!];
		},
		{ inputs: 3 },
	),
} satisfies Record<string, Operator>;

/** Exponentials along an axis, divided by their sum. */
export function softmax(x: Value, axis = -1): Value {
	return node('Softmax', operators.Softmax, [x], { axis })[0]!;
}

/** Logarithm of the softmax along an axis, computed without overflow. */
export function logSoftmax(x: Value, axis = -1): Value {
	return node('LogSoftmax', operators.LogSoftmax, [x], { axis })[0]!;
}

/** The axes from `axis` on brought to mean 0 and variance 1, then times `scale` plus `bias` (Ba et al. 2016). */
export function layerNormalization(x: Value, scale: Value, bias: Value, { axis = -1, epsilon = 1e-5 } = {}): Value {
	return node('LayerNormalization', operators.LayerNormalization, [x, scale, bias], { axis, epsilon: { float: epsilon } })[0]!;
}

/** The axes from `axis` on divided by the root of their mean square, then times `scale` (Zhang and Sennrich 2019). Needs opset 23. */
export function rmsNormalization(x: Value, scale: Value, { axis = -1, epsilon = 1e-5 } = {}): Value {
	return node('RMSNormalization', operators.RMSNormalization, [x, scale], { axis, epsilon: { float: epsilon } })[0]!;
}

/** What a batch normalization normalizes by, all `[channels]`. */
export interface BatchStatistics {
	readonly scale: Value;
	readonly bias: Value;
	/** The running mean. */
	readonly mean: Value;
	/** The running variance. */
	readonly variance: Value;
}

/**
 * Each channel of `[batch, channels, …]` normalized (Ioffe and Szegedy 2015): in training by the mean and variance of the batch, else by the
 * running ones. In training these come back moved on: `momentum` of the old ones (PyTorch's is 1 minus this) and the rest of the batch's, whose
 * variance is not corrected for the number of elements.
 */
export function batchNormalization(
	x: Value,
	{ scale, bias, mean, variance }: BatchStatistics,
	{ training = false, epsilon = 1e-5, momentum = 0.9 } = {},
): { y: Value; mean: Value; variance: Value } {
	const attributes: Attributes = { epsilon: { float: epsilon }, momentum: { float: momentum }, ...(training && { training_mode: 1 }) };
	const [y, ...moved] = node('BatchNormalization', operators.BatchNormalization, [x, scale, bias, mean, variance], attributes);
	return { y: y!, mean: moved[0] ?? mean, variance: moved[1] ?? variance };
}

/** Each of `groups` parts of the channels of `[batch, channels, …]` normalized, then times `scale` plus `bias` (Wu and He 2018). */
export function groupNormalization(
	x: Value,
	scale: Value,
	bias: Value,
	{ groups, epsilon = 1e-5 }: { groups: number; epsilon?: number },
): Value {
	return node('GroupNormalization', operators.GroupNormalization, [x, scale, bias], {
		num_groups: groups,
		epsilon: { float: epsilon },
	})[0]!;
}

/** Each channel of each text of `[batch, channels, …]` normalized, then times `scale` plus `bias` (Ulyanov et al. 2016). */
export function instanceNormalization(x: Value, scale: Value, bias: Value, { epsilon = 1e-5 } = {}): Value {
	return node('InstanceNormalization', operators.InstanceNormalization, [x, scale, bias], { epsilon: { float: epsilon } })[0]!;
}
