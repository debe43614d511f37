// What is tested of each operator: what changes shapes and the order of axes.
import { ops } from 'textloom/graph';
import { f } from './refusals.js';
import type { Rows } from './row.js';

export const movement = {
	Reshape: {
		gradients: {
			flat: { shapes: [[2, 3]], build: (x) => ops.reshape(x, [6]) },
			'named sizes': { shapes: [[2, 3, 2]], named: [['batch', 'time', 2]], build: (x) => ops.reshape(x, ['batch*time', 2]) },
		},
		refuses: {
			'another number of elements': [() => ops.reshape(f(2, 3), [7]), 'expected as many elements in 7', 'float32 2×3'],
			'beside equal names': [
				() => ops.reshape(f('batch', 6), [2, 'batch', 2]),
				'expected as many elements in 2×batch×2',
				'float32 batch×6',
			],
		},
	},
	Flatten: {
		gradients: {
			middle: { shapes: [[2, 3, 4]], build: (x) => ops.flatten(x) },
			'to one row, named': { shapes: [[2, 3, 2]], named: [['batch', 'time', 2]], build: (x) => ops.flatten(x, 0) },
			'to one column': { shapes: [[2, 3]], build: (x) => ops.flatten(x, 2) },
		},
		refuses: { 'an axis too far': [() => ops.flatten(f(2, 3), 3), 'expected an axis of 2 dimensions, got 3', 'float32 2×3'] },
	},
	Transpose: {
		gradients: { order: { shapes: [[2, 3, 4]], build: (x) => ops.transpose(x, [2, 0, 1]) } },
		refuses: {
			'too few axes': [() => ops.transpose(f(2, 3, 4), [1, 0]), 'expected an order of 3 axes, got 1, 0', 'float32 2×3×4'],
			'an axis twice': [() => ops.transpose(f(2, 3), [1, 1]), 'expected an order of 2 axes, got 1, 1'],
			'an axis that is not there': [() => ops.transpose(f(2, 3), [0, 2]), 'got 0, 2'],
			'a negative axis': [() => ops.transpose(f(2, 3), [0, -1]), 'got 0, -1'],
		},
	},
	Expand: {
		gradients: {
			rows: {
				shapes: [
					[1, 3],
					[2, 3],
				],
				build: (x, like) => ops.add(ops.expandTo(x, like), like),
			},
		},
		refuses: {
			'a size that is not 1': [() => ops.expandTo(f(3), f(2, 4)), 'cannot repeat 3 to 2×4'],
			'a name to another': [() => ops.expandTo(f('batch'), f('time')), 'cannot repeat batch to time', 'float32 batch'],
			'to fewer': [() => ops.expandTo(f(2, 3), f(1, 3)), 'cannot repeat 2×3 to 1×3'],
		},
	},
	Squeeze: {
		gradients: { two: { shapes: [[1, 3, 1]], build: (x) => ops.squeeze(x, [0, -1]) } },
		refuses: {
			'a size that is not 1': [() => ops.squeeze(f(1, 3), [1]), 'expected size 1 on axis 1, got 3', 'float32 1×3'],
			'a name': [() => ops.squeeze(f('batch', 3), [0]), 'expected size 1 on axis 0, got batch'],
			'an axis too far': [() => ops.squeeze(f(1), [1]), 'expected an axis of 1 dimensions, got 1', 'float32 1'],
		},
	},
	Unsqueeze: {
		gradients: { two: { shapes: [[3]], build: (x) => ops.unsqueeze(x, [0, 2]) } },
		refuses: {
			'an axis too far': [() => ops.unsqueeze(f(3), [2]), 'expected an axis of 2 dimensions, got 2', 'float32 3'],
			'an axis twice': [() => ops.unsqueeze(f(3), [0, -3]), 'expected each axis once'],
		},
	},
} satisfies Rows;
