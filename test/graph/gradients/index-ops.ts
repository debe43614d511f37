// Gradient cases: index-ops.
import { ops } from 'textloom/graph';
import { type Cases, int32 } from '../check-gradient.js';

export const indexing = {
	Gather: {
		'rows, repeated': { shapes: [[4, 3]], build: (x) => ops.gather(x, int32([2, 3], [1, 3, 1, 0, 1, 1])) },
		'columns of named rows': { shapes: [[2, 3]], named: [['batch', 3]], build: (x) => ops.gather(x, int32([2], [2, 0]), 1) },
		'one row': { shapes: [[4, 3]], build: (x) => ops.gather(x, int32([], [2])) },
	},
	GatherElements: {
		'from one': { shapes: [[1, 2]], build: (x) => ops.gatherElements(x, int32([3, 1], [0, 0, -1]), 0) },
		repeated: { shapes: [[2, 3]], build: (x) => ops.gatherElements(x, int32([2, 2], [0, 0, 2, 1]), 1) },
	},
	ScatterElements: {
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
	GatherND: {
		'elements, repeated': { shapes: [[3, 4]], build: (x) => ops.gatherND(x, int32([2, 2, 2], [0, 1, 2, 3, 0, 1, -1, -2])) },
		'rows of a named batch': {
			shapes: [[2, 3, 2]],
			named: [['batch', 3, 2]],
			build: (x) => ops.gatherND(x, int32([3, 1], [1, 0, 1])),
		},
		'beside the batch': { shapes: [[2, 3, 4]], build: (x) => ops.gatherND(x, int32([2, 3, 1], [2, 0, 2, 1, 1, -1]), { batch: 1 }) },
	},
	ScatterND: {
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
	TopK: {
		values: { shapes: [[2, 5]], build: (x) => ops.topK(x, 3).values },
		'first axis': { shapes: [[4, 2]], build: (x) => ops.topK(x, 2, 0).values },
	},
	OneHot: 'is made of integers',
} satisfies Cases;
