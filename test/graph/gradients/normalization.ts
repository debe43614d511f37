// Gradient cases: normalization.
import { ops } from 'textloom/graph';
import { type Cases, positive, zeros } from '../check-gradient.js';

export const normalization = {
	Softmax: { last: { shapes: [[2, 4]], build: (x) => ops.softmax(x) }, first: { shapes: [[3, 2]], build: (x) => ops.softmax(x, 0) } },
	LogSoftmax: {
		last: { shapes: [[2, 4]], build: (x) => ops.logSoftmax(x) },
		middle: { shapes: [[2, 3, 2]], build: (x) => ops.logSoftmax(x, 1) },
	},
	LayerNormalization: {
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
	RMSNormalization: {
		'last axis': { shapes: [[2, 3, 4], [4]], named: [['batch', 'time', 4], [4]], build: (x, scale) => ops.rmsNormalization(x, scale) },
		'two axes': {
			shapes: [
				[2, 3, 2],
				[3, 2],
			],
			build: (x, scale) => ops.rmsNormalization(x, scale, { axis: 1, epsilon: 0.1 }),
		},
	},
	BatchNormalization: {
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
	GroupNormalization: {
		'two groups': {
			shapes: [[2, 4, 3], [4], [4]],
			named: [['batch', 4, 'time'], [4], [4]],
			build: (x, scale, bias) => ops.groupNormalization(x, scale, bias, { groups: 2, epsilon: 0.1 }),
			dtype: 'float32',
		},
	},
	InstanceNormalization: {
		'two axes': {
			shapes: [[2, 3, 2, 3], [3], [3]],
			build: (x, scale, bias) => ops.instanceNormalization(x, scale, bias, { epsilon: 0.1 }),
			dtype: 'float32',
		},
	},
} satisfies Cases;
