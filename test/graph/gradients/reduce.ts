// Gradient cases: reduce.
import { ops } from 'textloom/graph';
import { type Cases, positive } from '../check-gradient.js';

export const reduce = {
	ReduceSum: {
		all: { shapes: [[2, 3]], build: (x) => ops.reduceSum(x) },
		'one axis': { shapes: [[2, 3, 4]], build: (x) => ops.reduceSum(x, { axes: [1] }) },
		'axes kept, named': {
			shapes: [[2, 3, 4]],
			named: [['batch', 'time', 4]],
			build: (x) => ops.reduceSum(x, { axes: [0, -1], keep: true }),
		},
	},
	ReduceMean: {
		all: { shapes: [[2, 3]], named: [['batch', 3]], build: (x) => ops.reduceMean(x) },
		'one axis': { shapes: [[2, 3, 4]], build: (x) => ops.reduceMean(x, { axes: [2] }) },
		'size 1': { shapes: [[1, 1]], build: (x) => ops.reduceMean(x, { axes: [0] }) },
	},
	ReduceMax: {
		'one axis': { shapes: [[2, 5, 3]], build: (x) => ops.reduceMax(x, { axes: [1] }) },
		all: { shapes: [[2, 5]], build: (x) => ops.reduceMax(x, { keep: true }) },
	},
	ReduceMin: {
		'one axis': { shapes: [[2, 5, 3]], build: (x) => ops.reduceMin(x, { axes: [1] }) },
		'all, kept': { shapes: [[2, 5]], build: (x) => ops.reduceMin(x, { keep: true }) },
	},
	ReduceLogSumExp: {
		'one axis': { shapes: [[2, 5, 3]], build: (x) => ops.reduceLogSumExp(x, { axes: [-1] }) },
		'all, named': { shapes: [[2, 5]], named: [['batch', 5]], build: (x) => ops.reduceLogSumExp(x) },
	},
	ReduceProd: {
		'one axis': { shapes: [[2, 3, 2]], build: (x) => ops.reduceProd(x, { axes: [1] }) },
		'one 0, and two': {
			shapes: [[3, 3]],
			build: (x) => ops.reduceProd(x, { axes: [1] }),
			at: (index) => [0, 2, 3, 0, 0, 5, 1, 2, -1][index]!,
		},
		all: { shapes: [[2, 2]], build: (x) => ops.reduceProd(x) },
	},
	ReduceL1: { 'one axis': { shapes: [[2, 3]], build: (x) => ops.reduceL1(x, { axes: [1] }) } },
	ReduceL2: {
		'one axis': { shapes: [[2, 3]], build: (x) => ops.reduceL2(x, { axes: [-1] }) },
		all: { shapes: [[2, 3]], build: (x) => ops.reduceL2(x) },
	},
	ReduceSumSquare: { 'one axis, kept': { shapes: [[2, 3]], build: (x) => ops.reduceSumSquare(x, { axes: [0], keep: true }) } },
	ReduceLogSum: { 'one axis': { shapes: [[2, 3]], build: (x) => ops.reduceLogSum(x, { axes: [1] }), at: positive } },
	ArgMax: 'gives integers',
	CumSum: {
		plain: { shapes: [[2, 4]], build: (x) => ops.cumSum(x, 1) },
		'exclusive, from the end': { shapes: [[3, 2]], build: (x) => ops.cumSum(x, 0, { exclusive: true, reverse: true }) },
	},
} satisfies Cases;
