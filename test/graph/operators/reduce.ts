// What is tested of each operator: reductions and running sums.
import { ops } from 'textloom/graph';
import { positive } from '../check-gradient.js';
import { axes, f } from './refusals.js';
import type { Refusals, Rows } from './row.js';

const reductions = (op: typeof ops.reduceSum): Refusals => ({
	...axes((x, axis) => op(x, { axes: [axis] })),
	'an axis twice': [() => op(f(2, 3), { axes: [1, -1] }), 'expected each axis once, got 1, 1', 'float32 2×3'],
});

export const reduce = {
	ReduceSum: {
		gradients: {
			all: { shapes: [[2, 3]], build: (x) => ops.reduceSum(x) },
			'one axis': { shapes: [[2, 3, 4]], build: (x) => ops.reduceSum(x, { axes: [1] }) },
			'axes kept, named': {
				shapes: [[2, 3, 4]],
				named: [['batch', 'time', 4]],
				build: (x) => ops.reduceSum(x, { axes: [0, -1], keep: true }),
			},
		},
		refuses: reductions(ops.reduceSum),
	},
	ReduceMean: {
		gradients: {
			all: { shapes: [[2, 3]], named: [['batch', 3]], build: (x) => ops.reduceMean(x) },
			'one axis': { shapes: [[2, 3, 4]], build: (x) => ops.reduceMean(x, { axes: [2] }) },
			'size 1': { shapes: [[1, 1]], build: (x) => ops.reduceMean(x, { axes: [0] }) },
		},
		refuses: reductions(ops.reduceMean),
	},
	ReduceMax: {
		gradients: {
			'one axis': { shapes: [[2, 5, 3]], build: (x) => ops.reduceMax(x, { axes: [1] }) },
			all: { shapes: [[2, 5]], build: (x) => ops.reduceMax(x, { keep: true }) },
		},
		refuses: reductions(ops.reduceMax),
	},
	ReduceMin: {
		gradients: {
			'one axis': { shapes: [[2, 5, 3]], build: (x) => ops.reduceMin(x, { axes: [1] }) },
			'all, kept': { shapes: [[2, 5]], build: (x) => ops.reduceMin(x, { keep: true }) },
		},
		refuses: reductions(ops.reduceMin),
	},
	ReduceLogSumExp: {
		gradients: {
			'one axis': { shapes: [[2, 5, 3]], build: (x) => ops.reduceLogSumExp(x, { axes: [-1] }) },
			'all, named': { shapes: [[2, 5]], named: [['batch', 5]], build: (x) => ops.reduceLogSumExp(x) },
		},
		refuses: reductions(ops.reduceLogSumExp),
	},
	ReduceProd: {
		gradients: {
			'one axis': { shapes: [[2, 3, 2]], build: (x) => ops.reduceProd(x, { axes: [1] }) },
			'one 0, and two': {
				shapes: [[3, 3]],
				build: (x) => ops.reduceProd(x, { axes: [1] }),
				at: (index) => [0, 2, 3, 0, 0, 5, 1, 2, -1][index]!,
			},
			all: { shapes: [[2, 2]], build: (x) => ops.reduceProd(x) },
		},
		refuses: reductions(ops.reduceProd),
	},
	ReduceL1: {
		gradients: { 'one axis': { shapes: [[2, 3]], build: (x) => ops.reduceL1(x, { axes: [1] }) } },
		refuses: reductions(ops.reduceL1),
	},
	ReduceL2: {
		gradients: {
			'one axis': { shapes: [[2, 3]], build: (x) => ops.reduceL2(x, { axes: [-1] }) },
			all: { shapes: [[2, 3]], build: (x) => ops.reduceL2(x) },
		},
		refuses: reductions(ops.reduceL2),
	},
	ReduceSumSquare: {
		gradients: { 'one axis, kept': { shapes: [[2, 3]], build: (x) => ops.reduceSumSquare(x, { axes: [0], keep: true }) } },
		refuses: reductions(ops.reduceSumSquare),
	},
	ReduceLogSum: {
		gradients: { 'one axis': { shapes: [[2, 3]], build: (x) => ops.reduceLogSum(x, { axes: [1] }), at: positive } },
		refuses: reductions(ops.reduceLogSum),
	},
	ArgMax: { gradients: 'gives integers', refuses: axes(ops.argMax) },
	CumSum: {
		gradients: {
			plain: { shapes: [[2, 4]], build: (x) => ops.cumSum(x, 1) },
			'exclusive, from the end': { shapes: [[3, 2]], build: (x) => ops.cumSum(x, 0, { exclusive: true, reverse: true }) },
		},
		refuses: axes((x, axis) => ops.cumSum(x, axis)),
	},
} satisfies Rows;
