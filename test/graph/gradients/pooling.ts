// Gradient cases: pooling.
import { ops } from 'textloom/graph';
import { apart, type Cases } from '../check-gradient.js';

export const pooling = {
	MaxPool: {
		'one axis': { shapes: [[2, 3, 6]], named: [['batch', 3, 6]], build: (x) => ops.maxPool(x, 2), at: apart, dtype: 'float32' },
		'two axes, overlapping, padded': {
			shapes: [[1, 2, 4, 5]],
			build: (x) => ops.maxPool(x, 3, { stride: 2, padding: 1 }),
			at: apart,
			dtype: 'float32',
		},
		'a last window beyond the end': {
			shapes: [[1, 2, 6]],
			build: (x) => ops.maxPool(x, 3, { stride: 2, ceil: true }),
			at: apart,
			dtype: 'float32',
		},
	},
	AveragePool: {
		'one axis': { shapes: [[2, 3, 7]], build: (x) => ops.averagePool(x, 2), dtype: 'float32' },
		'two axes, overlapping, padded': {
			shapes: [[1, 2, 5, 5]],
			build: (x) => ops.averagePool(x, 3, { stride: 2, padding: 1 }),
			dtype: 'float32',
		},
		'padding not counted': {
			shapes: [[1, 2, 5, 4]],
			build: (x) => ops.averagePool(x, 3, { stride: 2, padding: [[1, 0], 1], countPadding: false }),
			dtype: 'float32',
		},
		'padding not counted, a named size': {
			shapes: [[2, 2, 5]],
			named: [['batch', 2, 'time']],
			build: (x) => ops.averagePool(x, 3, { stride: 1, padding: 1, countPadding: false }),
			dtype: 'float32',
		},
		'a last window beyond the end': {
			shapes: [[1, 2, 6]],
			build: (x) => ops.averagePool(x, 3, { stride: 2, padding: 1, ceil: true }),
			dtype: 'float32',
		},
	},
	GlobalMaxPool: { 'two axes': { shapes: [[2, 3, 2, 4]], build: ops.globalMaxPool, dtype: 'float32' } },
	GlobalAveragePool: {
		'a named axis': { shapes: [[2, 3, 5]], named: [['batch', 3, 'time']], build: ops.globalAveragePool, dtype: 'float32' },
	},
} satisfies Cases;
