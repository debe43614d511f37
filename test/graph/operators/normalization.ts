// What is tested of each operator: normalizations.
import { ops, type Value } from 'textloom/graph';
import { positive, zeros } from '../check-gradient.js';
import { axes, d, f, floatsOnly } from './refusals.js';
import type { Rows } from './row.js';

const batchOf = (x: Value, each: Value) => ops.batchNormalization(x, { scale: each, bias: each, mean: each, variance: each });

export const normalization = {
	Softmax: {
		gradients: { last: { shapes: [[2, 4]], build: (x) => ops.softmax(x) }, first: { shapes: [[3, 2]], build: (x) => ops.softmax(x, 0) } },
		refuses: { ...axes(ops.softmax), ...floatsOnly((x) => ops.softmax(x)) },
	},
	LogSoftmax: {
		gradients: {
			last: { shapes: [[2, 4]], build: (x) => ops.logSoftmax(x) },
			middle: { shapes: [[2, 3, 2]], build: (x) => ops.logSoftmax(x, 1) },
		},
		refuses: { ...axes(ops.logSoftmax), ...floatsOnly((x) => ops.logSoftmax(x)) },
	},
	LayerNormalization: {
		gradients: {
			'last axis': {
				shapes: [[2, 3, 4], [4], [4]],
				named: [['batch', 'time', 4], [4], [4]],
				build: (x, scale, bias) => ops.layerNormalization(x, scale, bias),
				dtype: 'float32',
			},
			'two axes': {
				shapes: [
					[2, 3, 2],
					[3, 2],
					[3, 2],
				],
				build: (x, scale, bias) => ops.layerNormalization(x, scale, bias, { axis: 1, epsilon: 0.1 }),
				dtype: 'float32',
			},
		},
		refuses: {
			...floatsOnly((x) => ops.layerNormalization(x, f(3), f(3))),
			'an axis too far': [() => ops.layerNormalization(f('batch', 3), f(3), f(3), { axis: 2 }), 'expected an axis of 2 dimensions, got 2'],
			'another scale': [() => ops.layerNormalization(f(2, 3), f(2), f(3)), 'expected scale and bias of shape 3, got 2', 'float32 2×3'],
			'another bias': [() => ops.layerNormalization(f(2, 3), f(3), f()), 'expected scale and bias of shape 3, got scalar'],
			types: [() => ops.layerNormalization(f(2, 3), d(3), f(3)), 'expected operands of one type', 'float64 3'],
		},
	},
	RMSNormalization: {
		gradients: {
			'last axis': { shapes: [[2, 3, 4], [4]], named: [['batch', 'time', 4], [4]], build: (x, scale) => ops.rmsNormalization(x, scale) },
			'two axes': {
				shapes: [
					[2, 3, 2],
					[3, 2],
				],
				build: (x, scale) => ops.rmsNormalization(x, scale, { axis: 1, epsilon: 0.1 }),
			},
		},
		refuses: {
			...floatsOnly((x) => ops.rmsNormalization(x, f(3))),
			'another scale': [() => ops.rmsNormalization(f(2, 3), f(2)), 'expected a scale of shape 3, got 2', 'float32 2×3'],
			'an axis too far': [() => ops.rmsNormalization(f(2, 3), f(3), { axis: 2 }), 'expected an axis of 2 dimensions, got 2'],
		},
	},
	BatchNormalization: {
		gradients: {
			'by the running statistics': {
				shapes: [[2, 3, 4], [3], [3], [3], [3]],
				named: [['batch', 3, 'time'], [3], [3], [3], [3]],
				build: (x, scale, bias, mean, variance) => ops.batchNormalization(x, { scale, bias, mean, variance }).y,
				at: positive,
			},
			'by those of the batch': {
				shapes: [[3, 2, 4], [2], [2]],
				build: (x, scale, bias) => ops.batchNormalization(x, { scale, bias, mean: zeros(2), variance: zeros(2) }, { training: true }).y,
			},
			'of a batch without more axes': {
				shapes: [[4, 3], [3], [3]],
				named: [['batch', 3], [3], [3]],
				build: (x, scale, bias) =>
					ops.batchNormalization(x, { scale, bias, mean: zeros(3), variance: zeros(3) }, { training: true, epsilon: 0.1 }).y,
			},
		},
		refuses: {
			'no channels': [() => batchOf(f('batch'), f(3)), 'expected at least batch and channels', 'float32 batch'],
			'statistics of other channels': [
				() => batchOf(f(2, 3), f(4)),
				'expected scale, bias, mean and variance of shape 3, got 4',
				'float32 2×3',
			],
			types: [() => batchOf(f(2, 3), d(3)), 'expected operands of one type', 'float64 3'],
		},
	},
	GroupNormalization: {
		gradients: {
			'two groups': {
				shapes: [[2, 4, 3], [4], [4]],
				named: [['batch', 4, 'time'], [4], [4]],
				build: (x, scale, bias) => ops.groupNormalization(x, scale, bias, { groups: 2, epsilon: 0.1 }),
				dtype: 'float32',
			},
		},
		refuses: {
			'unequal groups': [() => ops.groupNormalization(f(2, 5), f(5), f(5), { groups: 2 }), 'expected channels in 2 equal groups, got 5'],
			'another bias': [() => ops.groupNormalization(f(2, 4), f(4), f(2), { groups: 2 }), 'expected scale and bias of shape 4, got 2'],
		},
	},
	InstanceNormalization: {
		gradients: {
			'two axes': {
				shapes: [[2, 3, 2, 3], [3], [3]],
				build: (x, scale, bias) => ops.instanceNormalization(x, scale, bias, { epsilon: 0.1 }),
				dtype: 'float32',
			},
		},
		refuses: {
			'another scale': [
				() => ops.instanceNormalization(f(2, 3, 4), f(4), f(3)),
				'expected scale and bias of shape 3, got 4',
				'float32 2×3×4',
			],
		},
	},
} satisfies Rows;
