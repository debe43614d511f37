// Every operator's gradient against central differences. The table's type demands a case for each operator.
import { constant, type OpName, ops, reversed, scan, tensor } from 'textloom';
import { afterAll, describe, expect, it } from 'vitest';
import { type GradientCase, gradientError, toleranceOf } from './check-gradient.js';

const positive = (index: number, place: number) => 0.3 + ((index * 7 + place * 3) % 11) / 5;
const int32 = (shape: readonly number[], values: number[]) => constant(tensor('int32', shape, values));

/** Cases by operator; a reason where there is nothing to differentiate. */
const cases: Record<OpName, Record<string, GradientCase> | string> = {
	Add: {
		'same shape': {
			shapes: [
				[2, 3],
				[2, 3],
			],
			build: ops.add,
		},
		'broadcast both ways': {
			shapes: [
				[2, 1, 3],
				[4, 1],
			],
			build: ops.add,
		},
		'a scalar': { shapes: [[2, 3], []], build: ops.add },
		'named sizes': { shapes: [[2, 3], [3]], named: [['batch', 3], [3]], build: ops.add },
		'one value twice': { shapes: [[3]], build: (x) => ops.add(x, x) },
	},
	Sub: {
		broadcast: {
			shapes: [
				[2, 3],
				[2, 1],
			],
			build: ops.sub,
		},
	},
	Mul: { broadcast: { shapes: [[3], [2, 3]], build: ops.mul }, squared: { shapes: [[3]], build: (x) => ops.mul(x, x) } },
	Div: {
		broadcast: {
			shapes: [
				[2, 3],
				[1, 3],
			],
			build: ops.div,
		},
	},
	Pow: { 'base and exponent': { shapes: [[2, 3], [3]], build: ops.pow, at: positive } },
	Neg: {
		plain: { shapes: [[2, 3]], build: ops.neg },
		'of the loss itself': { shapes: [[2]], build: ops.neg, last: (sum) => ops.neg(sum) },
	},
	Sqrt: { plain: { shapes: [[2, 3]], build: ops.sqrt, at: positive } },
	Exp: { plain: { shapes: [[2, 3]], build: ops.exp } },
	Log: { plain: { shapes: [[2, 3]], build: ops.log, at: positive } },
	Mod: { broadcast: { shapes: [[2, 3], [3]], build: ops.mod, at: (index, place) => (place === 0 ? 3.3 * index - 7 : 1.1 + 0.37 * index) } },
	Min: {
		broadcast: {
			shapes: [
				[2, 3],
				[2, 1],
			],
			build: ops.min,
		},
	},
	Max: { broadcast: { shapes: [[2, 3], [3]], build: ops.max } },
	Abs: { plain: { shapes: [[2, 3]], build: ops.abs } },
	Sign: { 'flat, beside a term that is not': { shapes: [[4]], build: (x) => ops.add(ops.sign(x), x) } },
	Floor: { 'flat, beside a term that is not': { shapes: [[4]], build: (x) => ops.add(ops.floor(x), x) } },
	Round: { 'flat, beside a term that is not': { shapes: [[4]], build: (x) => ops.add(ops.round(x), x) } },
	Reciprocal: { plain: { shapes: [[2, 3]], build: ops.reciprocal, at: positive } },
	Clip: { 'both sides': { shapes: [[3, 4]], build: (x) => ops.clip(x, -0.75, 0.5) } },
	Relu: { plain: { shapes: [[3, 5]], build: ops.relu } },
	LeakyRelu: { slope: { shapes: [[3, 5]], build: (x) => ops.leakyRelu(x, 0.2), dtype: 'float32' } },
	Elu: { alpha: { shapes: [[3, 5]], build: (x) => ops.elu(x, 0.7), dtype: 'float32' } },
	PRelu: {
		'a slope for each column': { shapes: [[3, 5], [5]], build: (x, slope) => ops.prelu(x, slope), dtype: 'float32' },
		'one slope': { shapes: [[2, 3], [1]], build: (x, slope) => ops.prelu(x, slope), dtype: 'float32' },
	},
	Sigmoid: { plain: { shapes: [[2, 3]], build: ops.sigmoid } },
	Tanh: { plain: { shapes: [[2, 3]], build: ops.tanh } },
	Erf: { plain: { shapes: [[2, 3]], build: ops.erf, dtype: 'float32' } },
	Gelu: {
		exact: { shapes: [[3, 4]], build: (x) => ops.gelu(x), dtype: 'float32' },
		approximate: { shapes: [[3, 4]], build: (x) => ops.gelu(x, { approximate: 'tanh' }), dtype: 'float32' },
	},
	Softplus: { plain: { shapes: [[2, 3]], build: ops.softplus, dtype: 'float32' } },
	Identity: { plain: { shapes: [[2]], build: ops.identity } },
	Equal: 'gives bools',
	Less: 'gives bools',
	LessOrEqual: 'gives bools',
	Greater: 'gives bools',
	GreaterOrEqual: 'gives bools',
	And: 'gives bools',
	Or: 'gives bools',
	Not: 'gives bools',
	IsNaN: 'gives bools',
	Where: {
		broadcast: {
			shapes: [
				[2, 3],
				[1, 3],
			],
			build: (x, y) => ops.where(ops.less(x, 0.2), x, y),
		},
	},
	Cast: { 'to float32 and back': { shapes: [[4]], build: (x) => ops.cast(ops.cast(x, 'float64'), 'float32'), dtype: 'float32' } },
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
	CumSum: {
		plain: { shapes: [[2, 4]], build: (x) => ops.cumSum(x, 1) },
		'exclusive, from the end': { shapes: [[3, 2]], build: (x) => ops.cumSum(x, 0, { exclusive: true, reverse: true }) },
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
	ArgMax: 'gives integers',
	Softmax: { last: { shapes: [[2, 4]], build: (x) => ops.softmax(x) }, first: { shapes: [[3, 2]], build: (x) => ops.softmax(x, 0) } },
	LogSoftmax: {
		last: { shapes: [[2, 4]], build: (x) => ops.logSoftmax(x) },
		middle: { shapes: [[2, 3, 2]], build: (x) => ops.logSoftmax(x, 1) },
	},
	MatMul: {
		matrices: {
			shapes: [
				[2, 3],
				[3, 4],
			],
			build: ops.matMul,
		},
		'a batch against one matrix': {
			shapes: [
				[2, 2, 3],
				[3, 4],
			],
			named: [
				['batch', 'time', 3],
				[3, 4],
			],
			build: ops.matMul,
		},
		'broadcast batches': {
			shapes: [
				[2, 1, 2, 3],
				[3, 3, 2],
			],
			build: ops.matMul,
		},
		'size 1': {
			shapes: [
				[1, 1],
				[1, 1],
			],
			build: ops.matMul,
		},
	},
	Gemm: {
		plain: { shapes: [[2, 3], [3, 4], [4]], build: (a, b, c) => ops.gemm(a, b, c) },
		'A transposed': {
			shapes: [
				[3, 2],
				[3, 4],
				[2, 1],
			],
			build: (a, b, c) => ops.gemm(a, b, c, { transA: true }),
		},
		'B transposed': {
			shapes: [
				[2, 3],
				[4, 3],
				[2, 4],
			],
			build: (a, b, c) => ops.gemm(a, b, c, { transB: true }),
		},
		'both transposed': {
			shapes: [
				[3, 2],
				[4, 3],
			],
			build: (a, b) => ops.gemm(a, b, undefined, { transA: true, transB: true }),
		},
	},
	Einsum: {
		'a batch of products': {
			shapes: [
				[2, 3, 4],
				[2, 4, 2],
			],
			named: [
				['batch', 3, 4],
				['batch', 4, 2],
			],
			build: (a, b) => ops.einsum('bik,bkj->bij', a, b),
		},
		'the result transposed': {
			shapes: [
				[2, 3],
				[3, 4],
			],
			build: (a, b) => ops.einsum('ik,kj->ji', a, b),
		},
		'outer product': { shapes: [[3], [2]], build: (a, b) => ops.einsum('i,j->ij', a, b) },
		'an axis that only one has, summed over': {
			shapes: [
				[2, 3],
				[2, 4],
			],
			build: (a, b) => ops.einsum('ik,ij->j', a, b),
		},
		'a scalar': {
			shapes: [
				[2, 3],
				[2, 3],
			],
			build: (a, b) => ops.einsum('ij,ij->', a, b),
		},
	},
	Reshape: {
		flat: { shapes: [[2, 3]], build: (x) => ops.reshape(x, [6]) },
		'named sizes': { shapes: [[2, 3, 2]], named: [['batch', 'time', 2]], build: (x) => ops.reshape(x, ['batch*time', 2]) },
	},
	Transpose: { order: { shapes: [[2, 3, 4]], build: (x) => ops.transpose(x, [2, 0, 1]) } },
	Concat: {
		three: {
			shapes: [
				[2, 1],
				[2, 3],
				[2, 2],
			],
			build: (...all) => ops.concat(all, 1),
		},
		'a named size': {
			shapes: [
				[2, 1],
				[2, 3],
			],
			named: [
				[2, 1],
				[2, 'time'],
			],
			build: (...all) => ops.concat(all, -1),
		},
	},
	Slice: {
		middle: { shapes: [[5, 2]], build: (x) => ops.slice(x, 0, 1, 3) },
		'from the end': { shapes: [[5]], build: (x) => ops.slice(x, 0, -3, -1) },
		'named, to the end': { shapes: [[5, 2]], named: [['time', 2]], build: (x) => ops.slice(x, 0, 2) },
		'named, cut both ends': { shapes: [[5, 2]], named: [['time', 2]], build: (x) => ops.slice(x, 0, 1, -2) },
		'named, the first': { shapes: [[5, 2]], named: [['time', 2]], build: (x) => ops.slice(x, 0, 0, 3) },
		'named, the last': { shapes: [[5, 2]], named: [['time', 2]], build: (x) => ops.slice(x, 0, -2) },
		nothing: { shapes: [[3, 2]], build: (x) => ops.concat([ops.slice(x, 0, 1, 1), x], 0) },
	},
	Pad: {
		both: { shapes: [[2, 3]], build: (x) => ops.pad(x, 1, 1, 2) },
		'named, one side': { shapes: [[2, 3]], named: [['batch', 3]], build: (x) => ops.pad(x, 0, 2, 0) },
	},
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
	Split: {
		'all parts': { shapes: [[2, 5]], build: (x) => ops.concat([...ops.split(x, [1, 3, 1], 1)].reverse(), 1) },
		'a part that nothing uses': { shapes: [[5, 2]], build: (x) => ops.split(x, [2, 3], 0)[1]! },
	},
	Tile: { 'both axes': { shapes: [[2, 3]], named: [['batch', 3]], build: (x) => ops.tile(x, [2, 3]) } },
	Trilu: {
		upper: { shapes: [[2, 3, 4]], build: (x) => ops.triangle(x, 'upper', 1) },
		lower: { shapes: [[3, 3]], build: (x) => ops.triangle(x, 'lower') },
	},
	Shape: 'gives integers',
	Range: 'gives integers',
	Gather: {
		'rows, repeated': { shapes: [[4, 3]], build: (x) => ops.gather(x, int32([2, 3], [1, 3, 1, 0, 1, 1])) },
		'columns of named rows': { shapes: [[2, 3]], named: [['batch', 3]], build: (x) => ops.gather(x, int32([2], [2, 0]), 1) },
		'one row': { shapes: [[4, 3]], build: (x) => ops.gather(x, int32([], [2])) },
	},
	GatherElements: { repeated: { shapes: [[2, 3]], build: (x) => ops.gatherElements(x, int32([2, 2], [0, 0, 2, 1]), 1) } },
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
	},
	TopK: {
		values: { shapes: [[2, 5]], build: (x) => ops.topK(x, 3).values },
		'first axis': { shapes: [[4, 2]], build: (x) => ops.topK(x, 2, 0).values },
	},
	OneHot: 'is made of integers',
	Conv: {
		'one axis, bias': { shapes: [[2, 3, 6], [4, 3, 3], [4]], build: (x, w, b) => ops.conv(x, w, b), dtype: 'float32' },
		'one axis, named sizes': {
			shapes: [
				[2, 2, 5],
				[3, 2, 2],
			],
			named: [
				['batch', 2, 'time'],
				[3, 2, 2],
			],
			build: (x, w) => ops.conv(x, w, undefined, { padding: 1 }),
			dtype: 'float32',
		},
		'stride that does not end with the image': {
			shapes: [
				[1, 2, 8],
				[2, 2, 3],
			],
			build: (x, w) => ops.conv(x, w, undefined, { stride: 2 }),
			dtype: 'float32',
		},
		'dilation and padding': {
			shapes: [
				[2, 2, 7],
				[2, 2, 3],
			],
			build: (x, w) => ops.conv(x, w, undefined, { dilation: 2, padding: 2 }),
			dtype: 'float32',
		},
		'two axes, groups': {
			shapes: [
				[2, 4, 4, 5],
				[6, 2, 2, 3],
			],
			build: (x, w) => ops.conv(x, w, undefined, { groups: 2, stride: [2, 1], padding: [1, 0] }),
			dtype: 'float32',
		},
		depthwise: {
			shapes: [
				[2, 3, 5],
				[3, 1, 3],
			],
			build: (x, w) => ops.conv(x, w, undefined, { groups: 3 }),
			dtype: 'float32',
		},
	},
	ConvTranspose: {
		'one axis, bias': { shapes: [[2, 3, 4], [3, 2, 3], [2]], build: (x, w, b) => ops.convTranspose(x, w, b), dtype: 'float32' },
		'stride and padding': {
			shapes: [
				[1, 2, 4],
				[2, 2, 3],
			],
			build: (x, w) => ops.convTranspose(x, w, undefined, { stride: 2, padding: 1 }),
			dtype: 'float32',
		},
		'two axes, groups': {
			shapes: [
				[1, 4, 3, 2],
				[4, 2, 2, 2],
			],
			build: (x, w) => ops.convTranspose(x, w, undefined, { groups: 2 }),
			dtype: 'float32',
		},
	},
	MaxPool: {
		'one axis': { shapes: [[2, 3, 6]], named: [['batch', 3, 6]], build: (x) => ops.maxPool(x, 2), dtype: 'float32' },
		'two axes, overlapping, padded': {
			shapes: [[1, 2, 4, 5]],
			build: (x) => ops.maxPool(x, 3, { stride: 2, padding: 1 }),
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
	},
	GlobalMaxPool: { 'two axes': { shapes: [[2, 3, 2, 4]], build: ops.globalMaxPool, dtype: 'float32' } },
	GlobalAveragePool: {
		'a named axis': { shapes: [[2, 3, 5]], named: [['batch', 3, 'time']], build: ops.globalAveragePool, dtype: 'float32' },
	},
	Scan: {
		'a recurrence of two sequences, one from its end': {
			shapes: [
				[3, 2, 4],
				[3, 2, 4],
				[2, 4],
				[4, 4],
			],
			named: [
				['time', 'batch', 4],
				['time', 'batch', 4],
				['batch', 4],
				[4, 4],
			],
			build: (x, y, h, w) => {
				const { states, outputs } = scan({
					inputs: [x, reversed(y)],
					states: [h],
					body: ([h], [x, y]) => {
						const next = ops.tanh(ops.add(ops.matMul(h!, w), ops.mul(x!, y!)));
						return { states: [next], outputs: [next] };
					},
				});
				return ops.add(outputs[0]!, states[0]!);
			},
		},
	},
	Loop: 'is a container of steps: nothing is differentiated through it',
	If: 'chooses when the graph runs, for inference',
};

describe('gradients by central differences', () => {
	/** The largest error of each operator: printed at the end. */
	const largest = new Map<string, number>();
	afterAll(() => {
		const rows = [...largest].map(([op, error]) => `${op.padEnd(20)} ${error.toExponential(1)}`);
		console.log(`Largest error of each operator's gradient, against central differences\n${rows.join('\n')}`);
	});

	for (const [op, table] of Object.entries(cases)) {
		if (typeof table === 'string') {
			it(`${op}: ${table}`, () => expect(table).not.toBe(''));
			continue;
		}
		for (const [name, gradientCase] of Object.entries(table)) {
			it(`${op}: ${name}`, async () => {
				const error = await gradientError(gradientCase);
				largest.set(op, Math.max(largest.get(op) ?? 0, error));
				expect(error).toBeLessThan(toleranceOf(gradientCase));
			});
		}
	}
});
