// Gradient cases: movement.
import { ops } from 'textloom/graph';
import type { Cases } from '../check-gradient.js';

export const movement = {
	Reshape: {
		flat: { shapes: [[2, 3]], build: (x) => ops.reshape(x, [6]) },
		'named sizes': { shapes: [[2, 3, 2]], named: [['batch', 'time', 2]], build: (x) => ops.reshape(x, ['batch*time', 2]) },
	},
	Flatten: {
		middle: { shapes: [[2, 3, 4]], build: (x) => ops.flatten(x) },
		'to one row, named': { shapes: [[2, 3, 2]], named: [['batch', 'time', 2]], build: (x) => ops.flatten(x, 0) },
		'to one column': { shapes: [[2, 3]], build: (x) => ops.flatten(x, 2) },
	},
	Transpose: { order: { shapes: [[2, 3, 4]], build: (x) => ops.transpose(x, [2, 0, 1]) } },
	Expand: {
		rows: {
			shapes: [
				[1, 3],
				[2, 3],
			],
			build: (x, like) => ops.add(ops.expandTo(x, like), like),
		},
	},
	Squeeze: { two: { shapes: [[1, 3, 1]], build: (x) => ops.squeeze(x, [0, -1]) } },
	Unsqueeze: { two: { shapes: [[3]], build: (x) => ops.unsqueeze(x, [0, 2]) } },
	Size: 'gives integers',
	Shape: 'gives integers',
} satisfies Cases;
