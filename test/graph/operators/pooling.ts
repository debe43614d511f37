// What is tested of each operator: pooling.
import { ops } from 'textloom/graph';
import { apart } from '../check-gradient.js';
import { f, floatsOnly } from './refusals.js';
import type { Rows } from './row.js';

export const pooling = {
	MaxPool: {
		gradients: {
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
		refuses: {
			...floatsOnly((x) => ops.maxPool(x, 2)),
			'a window wider than the image': [() => ops.maxPool(f(2, 3, 2), 3), 'at least as large as a window of 3', 'float32 2×3×2'],
			'a last window that no name tells': [
				() => ops.maxPool(f(2, 3, 'time'), 2, { ceil: true }),
				'expected a known size on axis 2 beside auto_pad or ceil_mode',
				'got time',
			],
			'padding for other axes': [() => ops.maxPool(f(2, 3, 8), 2, { padding: [1, 1] }), 'expected pads for 1 axes, got 2'],
			'a window of other axes': [() => ops.maxPool(f(2, 3, 8), [2, 2]), 'expected a window of 1 axes, got 2'],
		},
	},
	AveragePool: {
		gradients: {
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
		refuses: { 'no axis': [() => ops.averagePool(f(2, 3), 2), 'expected batch, channels, and one or two axes more', 'float32 2×3'] },
	},
	GlobalMaxPool: {
		gradients: { 'two axes': { shapes: [[2, 3, 2, 4]], build: ops.globalMaxPool, dtype: 'float32' } },
		refuses: { 'no axis': [() => ops.globalMaxPool(f(2, 3)), 'at least one axis more', 'float32 2×3'] },
	},
	GlobalAveragePool: {
		gradients: {
			'a named axis': { shapes: [[2, 3, 5]], named: [['batch', 3, 'time']], build: ops.globalAveragePool, dtype: 'float32' },
		},
		refuses: floatsOnly(ops.globalAveragePool),
	},
} satisfies Rows;
