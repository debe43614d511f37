// What is tested of each operator: what picks by index.
import { ops } from 'textloom/graph';
import { int32 } from '../check-gradient.js';
import { axes, d, f, i } from './refusals.js';
import type { Rows } from './row.js';

export const indexing = {
	Gather: {
		gradients: {
			'rows, repeated': { shapes: [[4, 3]], build: (x) => ops.gather(x, int32([2, 3], [1, 3, 1, 0, 1, 1])) },
			'columns of named rows': { shapes: [[2, 3]], named: [['batch', 3]], build: (x) => ops.gather(x, int32([2], [2, 0]), 1) },
			'one row': { shapes: [[4, 3]], build: (x) => ops.gather(x, int32([], [2])) },
		},
		refuses: {
			...axes((x, axis) => ops.gather(x, i(2), axis)),
			'float indices': [() => ops.gather(f(4, 3), f(2)), 'expected integer indices, got float32', 'float32 4×3, float32 2'],
		},
	},
	GatherElements: {
		gradients: {
			'from one': { shapes: [[1, 2]], build: (x) => ops.gatherElements(x, int32([3, 1], [0, 0, -1]), 0) },
			repeated: { shapes: [[2, 3]], build: (x) => ops.gatherElements(x, int32([2, 2], [0, 0, 2, 1]), 1) },
		},
		refuses: {
			...axes((x, axis) => ops.gatherElements(x, i(...x.shape), axis)),
			'float indices': [() => ops.gatherElements(f(4), f(2), 0), 'expected integer indices, got float32'],
			rank: [() => ops.gatherElements(f(4, 3), i(4), 1), 'expected indices of the same rank', 'float32 4×3, int32 4'],
			'too many beside the axis': [() => ops.gatherElements(f(4, 3), i(5, 1), 1), 'expected at most 4 indices on axis 0, got 5'],
			'names beside the axis': [() => ops.gatherElements(f('batch', 3), i('time', 1), 1), 'at most batch indices on axis 0, got time'],
		},
	},
	ScatterElements: {
		gradients: {
			added: {
				shapes: [
					[3, 2],
					[2, 2],
				],
				build: (x, u) => ops.scatterElements(x, int32([2, 2], [0, 2, 0, 1]), u, 0, 'add'),
			},
			put: {
				shapes: [
					[3, 2],
					[2, 2],
				],
				build: (x, u) => ops.scatterElements(x, int32([2, 2], [0, 2, 1, 0]), u, 0),
			},
			'into one': {
				shapes: [
					[1, 1],
					[1, 1],
				],
				build: (x, u) => ops.scatterElements(x, int32([1, 1], [0]), u, 0, 'add'),
			},
			'no updates': {
				shapes: [
					[3, 2],
					[0, 2],
				],
				build: (x, u) => ops.scatterElements(x, int32([0, 2], []), u, 0, 'add'),
			},
			'the larger, with ties': {
				shapes: [
					[3, 2],
					[2, 2],
				],
				build: (x, u) => ops.scatterElements(x, int32([2, 2], [0, 2, 0, 1]), u, 0, 'max'),
			},
		},
		refuses: {
			...axes((x, axis) => ops.scatterElements(x, i(...x.shape), f(...x.shape), axis)),
			'indices and updates': [() => ops.scatterElements(f(4), i(2), f(3), 0), 'indices and updates of one shape', 'int32 2, float32 3'],
			'float indices': [() => ops.scatterElements(f(4), f(2), f(2), 0), 'expected integer indices, got float32'],
			types: [() => ops.scatterElements(f(4), i(2), d(2), 0), 'expected updates of the same type', 'float32 4, int32 2, float64 2'],
			rank: [() => ops.scatterElements(f(4, 2), i(2), f(2), 0), 'expected indices of the same rank', 'float32 4×2'],
			'too many beside the axis': [() => ops.scatterElements(f(4, 2), i(1, 3), f(1, 3), 0), 'at most 2 indices on axis 1, got 3'],
			reduction: [() => ops.scatterElements(f(4), i(2), f(2), 0, 'mul' as 'add'), 'expected reduction none, add, max or min, got mul'],
		},
	},
	GatherND: {
		gradients: {
			'elements, repeated': { shapes: [[3, 4]], build: (x) => ops.gatherND(x, int32([2, 2, 2], [0, 1, 2, 3, 0, 1, -1, -2])) },
			'rows of a named batch': {
				shapes: [[2, 3, 2]],
				named: [['batch', 3, 2]],
				build: (x) => ops.gatherND(x, int32([3, 1], [1, 0, 1])),
			},
			'beside the batch': { shapes: [[2, 3, 4]], build: (x) => ops.gatherND(x, int32([2, 3, 1], [2, 0, 2, 1, 1, -1]), { batch: 1 }) },
		},
		refuses: {
			'deeper than there are axes': [
				() => ops.gatherND(f(4, 3), i(5, 3)),
				'expected at most 2 indices for an element, got 3',
				'float32 4×3',
			],
			'a depth of a name': [() => ops.gatherND(f(4, 3), i(5, 'depth')), 'expected indices of a known last size, got depth'],
			'another batch': [() => ops.gatherND(f(4, 3), i(5, 1), { batch: 1 }), 'expected the same 1 sizes first on both sides'],
		},
	},
	ScatterND: {
		gradients: {
			'into one': {
				shapes: [
					[1, 2],
					[1, 2],
				],
				build: (x, u) => ops.scatterND(x, int32([1, 1], [0]), u),
			},
			'no updates': {
				shapes: [
					[3, 2],
					[0, 2],
				],
				build: (x, u) => ops.scatterND(x, int32([0, 1], []), u),
			},
			rows: {
				shapes: [
					[4, 2],
					[2, 2],
				],
				build: (x, u) => ops.scatterND(x, int32([2, 1], [3, 1]), u),
			},
			elements: { shapes: [[3, 3], [2]], build: (x, u) => ops.scatterND(x, int32([2, 2], [0, 1, 2, 2]), u) },
		},
		refuses: {
			'updates of another shape': [() => ops.scatterND(f(4, 3), i(2, 1), f(2, 2)), 'expected updates of shape 2×3, got 2×2', 'float32 4×3'],
			types: [() => ops.scatterND(f(4), i(2, 1), d(2)), 'expected updates of the same type', 'float64 2'],
			'deeper than there are axes': [() => ops.scatterND(f(4), i(2, 2), f(2)), 'expected at most 1 indices for an element, got 2'],
		},
	},
	TopK: {
		gradients: {
			values: { shapes: [[2, 5]], build: (x) => ops.topK(x, 3).values },
			'first axis': { shapes: [[4, 2]], build: (x) => ops.topK(x, 2, 0).values },
		},
		refuses: {
			...axes((x, axis) => ops.topK(x, 1, axis).values),
			'of nothing': [() => ops.topK(f(0, 3), 1), 'expected at least one element on each axis', 'float32 0×3'],
			'more than there are': [() => ops.topK(f(2, 3), 4), 'expected at most 3 elements, got 4', 'float32 2×3'],
		},
	},
	OneHot: {
		gradients: 'is made of integers',
		refuses: {
			'no integers': [() => ops.oneHot(f(2), 3), 'expected integer indices', 'float32 2'],
			'an axis too far': [() => ops.oneHot(i(2), 3, { axis: 2 }), 'expected an axis of 2 dimensions, got 2'],
		},
	},
} satisfies Rows;
