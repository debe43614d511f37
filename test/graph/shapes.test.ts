// Shapes: what each operator refuses, with its name, the layer and the shapes in the message; and how named sizes add up.
import { addDim, constant, input, type OpName, ops, productDims, ShapeError, scope, tensor, type Value } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { describe, expect, it } from 'vitest';

const f = (...shape: (number | string)[]) => input('f', 'float32', shape);
const d = (...shape: (number | string)[]) => input('d', 'float64', shape);
const i = (...shape: (number | string)[]) => input('i', 'int32', shape);
const flag = (...shape: (number | string)[]) => input('flag', 'bool', shape);

/** What is built, and what the message must say: parts of the reason, and the shapes. */
type Case = [build: () => unknown, ...says: string[]];

const clashes = (op: (a: Value, b: Value) => Value): Record<string, Case> => ({
	'sizes clash': [() => op(f(2, 3), f(4)), 'cannot broadcast 2×3 with 4', 'float32 2×3, float32 4'],
	'names clash': [() => op(f('batch', 3), f('time', 3)), 'cannot broadcast batch×3 with time×3', 'Sizes must be equal or 1'],
	'a name and a size clash': [() => op(f('batch', 3), f(2, 3)), 'cannot broadcast batch×3 with 2×3'],
	'types clash': [() => op(f(2), d(2)), 'expected operands of one type. Cast one of them', 'float32 2, float64 2'],
});
const floatsOnly = (op: (x: Value) => Value): Record<string, Case> => ({
	integers: [() => op(i('batch', 3)), 'expected floating-point numbers. Cast first', 'int32 batch×3'],
});
const boolsOnly = (op: (a: Value, b: Value) => Value): Record<string, Case> => ({
	numbers: [() => op(f(2), f(2)), 'expected bools. Compare first', 'float32 2, float32 2'],
	'sizes clash': [() => op(flag(2), flag(3)), 'cannot broadcast 2 with 3', 'bool 2, bool 3'],
});
const axes = (op: (x: Value, axis: number) => Value): Record<string, Case> => ({
	'an axis too far': [() => op(f('batch', 3), 2), 'expected an axis of 2 dimensions, got 2', 'float32 batch×3'],
	'an axis too far back': [() => op(f('batch', 3), -3), 'expected an axis of 2 dimensions, got -3'],
	'an axis of a scalar': [() => op(f(), 0), 'float32 scalar'],
});
const reductions = (op: typeof ops.reduceSum): Record<string, Case> => ({
	...axes((x, axis) => op(x, { axes: [axis] })),
	'an axis twice': [() => op(f(2, 3), { axes: [1, -1] }), 'expected each axis once, got 1, 1', 'float32 2×3'],
});

const recurrences = (op: typeof ops.gru, gates: number): Record<string, Case> => {
	const weights = { input: f(1, 4 * gates, 3), recurrent: f(1, 4 * gates, 4) };
	return {
		'no time': [() => op(f(2, 3), weights), 'expected time, batch and width', 'float32 2×3'],
		'another width': [() => op(f('time', 2, 5), weights), `expected input weights of shape 1×${4 * gates}×5, got 1×${4 * gates}×3`],
		'one direction for two': [() => op(f(5, 2, 3), weights, { direction: 'bidirectional' }), `of shape 2×${4 * gates}×3`],
		'another bias': [() => op(f(5, 2, 3), { ...weights, bias: f(1, 4) }), `expected a bias of shape 1×${8 * gates}, got 1×4`],
		'lengths of another batch': [() => op(f(5, 2, 3), weights, { lengths: i(3) }), 'expected lengths of shape 2, got 3', 'int32 3'],
		types: [() => op(d(5, 2, 3), weights), 'expected float32. Cast first', 'float64 5×2×3'],
	};
};
const batchOf = (x: Value, each: Value) => ops.batchNormalization(x, { scale: each, bias: each, mean: each, variance: each });

/** Cases by operator; a reason where nothing can be wrong. The type demands a row for each operator. */
const cases: Record<OpName, Record<string, Case> | string> = {
	Add: clashes(ops.add),
	Sub: clashes(ops.sub),
	Mul: clashes(ops.mul),
	Div: clashes(ops.div),
	Pow: clashes(ops.pow),
	Mod: clashes(ops.mod),
	Min: clashes(ops.min),
	Max: clashes(ops.max),
	Equal: clashes(ops.equal),
	Less: clashes(ops.less),
	LessOrEqual: clashes(ops.lessOrEqual),
	Greater: clashes(ops.greater),
	GreaterOrEqual: clashes(ops.greaterOrEqual),
	And: boolsOnly(ops.and),
	Or: boolsOnly(ops.or),
	Xor: boolsOnly(ops.xor),
	IsInf: floatsOnly(ops.isInf),
	Not: { numbers: [() => ops.not(f(2)), 'expected bools. Compare first', 'float32 2'] },
	IsNaN: floatsOnly(ops.isNan),
	Abs: 'takes every shape',
	Sign: 'takes every shape',
	Reciprocal: floatsOnly(ops.reciprocal),
	Floor: floatsOnly(ops.floor),
	Ceil: floatsOnly(ops.ceil),
	Sin: floatsOnly(ops.sin),
	Cos: floatsOnly(ops.cos),
	Sum: clashes((a, b) => ops.sum([a, b])),
	Mean: clashes((a, b) => ops.mean([a, b])),
	Dropout: 'takes every shape',
	Softsign: floatsOnly(ops.softsign),
	Selu: floatsOnly(ops.selu),
	Celu: floatsOnly((x) => ops.celu(x)),
	Mish: floatsOnly(ops.mish),
	HardSigmoid: floatsOnly((x) => ops.hardSigmoid(x)),
	HardSwish: floatsOnly(ops.hardSwish),
	ThresholdedRelu: floatsOnly((x) => ops.thresholdedRelu(x)),
	RMSNormalization: {
		...floatsOnly((x) => ops.rmsNormalization(x, f(3))),
		'another scale': [() => ops.rmsNormalization(f(2, 3), f(2)), 'expected a scale of shape 3, got 2', 'float32 2×3'],
		'an axis too far': [() => ops.rmsNormalization(f(2, 3), f(3), { axis: 2 }), 'expected an axis of 2 dimensions, got 2'],
	},
	BatchNormalization: {
		'no channels': [() => batchOf(f('batch'), f(3)), 'expected at least batch and channels', 'float32 batch'],
		'statistics of other channels': [
			() => batchOf(f(2, 3), f(4)),
			'expected scale, bias, mean and variance of shape 3, got 4',
			'float32 2×3',
		],
		types: [() => batchOf(f(2, 3), d(3)), 'expected operands of one type', 'float64 3'],
	},
	GroupNormalization: {
		'unequal groups': [() => ops.groupNormalization(f(2, 5), f(5), f(5), { groups: 2 }), 'expected channels in 2 equal groups, got 5'],
		'another bias': [() => ops.groupNormalization(f(2, 4), f(4), f(2), { groups: 2 }), 'expected scale and bias of shape 4, got 2'],
	},
	InstanceNormalization: {
		'another scale': [
			() => ops.instanceNormalization(f(2, 3, 4), f(4), f(3)),
			'expected scale and bias of shape 3, got 4',
			'float32 2×3×4',
		],
	},
	Attention: {
		'widths differ': [
			() => ops.attentionOf(f(2, 4, 5, 8), f(2, 4, 6, 7), f(2, 4, 6, 8)),
			'expected queries and keys of one width, got 8 and 7',
			'float32 2×4×5×8',
		],
		'fewer values than keys': [() => ops.attentionOf(f(2, 4, 5, 8), f(2, 4, 6, 8), f(2, 4, 5, 8)), 'expected a value for each key'],
		'heads that make no groups': [() => ops.attentionOf(f(2, 4, 5, 8), f(2, 3, 6, 8), f(2, 3, 6, 8)), 'query heads in groups of 3, got 4'],
		'a mask of integers': [
			() => ops.attentionOf(f(2, 4, 5, 8), f(2, 4, 6, 8), f(2, 4, 6, 8), { mask: i(5, 6) }),
			'expected a mask of bools, or of numbers of the same type',
		],
		'a mask of other sizes': [
			() => ops.attentionOf(f(2, 4, 5, 8), f(2, 4, 6, 8), f(2, 4, 6, 8), { mask: flag(6, 5) }),
			'expected a mask that broadcasts to 2×4×5×6, got 6×5',
		],
		'a width that makes no heads': [
			() => ops.attentionOf(f(2, 5, 7), f(2, 5, 7), f(2, 5, 7), { heads: 2 }),
			'a width of equal heads, got 7 for 2',
		],
		'no heads': [() => ops.attentionOf(f(2, 8), f(2, 8), f(2, 8)), 'three or four dimensions', 'float32 2×8'],
	},
	Flatten: { 'an axis too far': [() => ops.flatten(f(2, 3), 3), 'expected an axis of 2 dimensions, got 3', 'float32 2×3'] },
	Size: 'takes every shape',
	GatherND: {
		'deeper than there are axes': [() => ops.gatherND(f(4, 3), i(5, 3)), 'expected at most 2 indices for an element, got 3', 'float32 4×3'],
		'a depth of a name': [() => ops.gatherND(f(4, 3), i(5, 'depth')), 'expected indices of a known last size, got depth'],
		'another batch': [() => ops.gatherND(f(4, 3), i(5, 1), { batch: 1 }), 'expected the same 1 sizes first on both sides'],
	},
	ScatterND: {
		'updates of another shape': [() => ops.scatterND(f(4, 3), i(2, 1), f(2, 2)), 'expected updates of shape 2×3, got 2×2', 'float32 4×3'],
		types: [() => ops.scatterND(f(4), i(2, 1), d(2)), 'expected updates of the same type', 'float64 2'],
		'deeper than there are axes': [() => ops.scatterND(f(4), i(2, 2), f(2)), 'expected at most 1 indices for an element, got 2'],
	},
	RNN: recurrences(ops.rnn, 1),
	GRU: recurrences(ops.gru, 3),
	LSTM: {
		...recurrences(ops.lstm, 4),
		'a cell of another width': [
			() => ops.lstm(f(5, 2, 3), { input: f(1, 16, 3), recurrent: f(1, 16, 4) }, { first: [f(1, 2, 4), f(1, 2, 3)] }),
			'expected first states of shape 1×2×4, got 1×2×3',
		],
	},
	Round: floatsOnly(ops.round),
	Clip: 'takes every shape: the bounds are scalars of its type',
	LeakyRelu: floatsOnly((x) => ops.leakyRelu(x)),
	Elu: floatsOnly((x) => ops.elu(x)),
	Sigmoid: floatsOnly(ops.sigmoid),
	Tanh: floatsOnly(ops.tanh),
	Erf: floatsOnly(ops.erf),
	Gelu: floatsOnly((x) => ops.gelu(x)),
	Softplus: floatsOnly(ops.softplus),
	PRelu: {
		'a slope that is larger': [() => ops.prelu(f(3), f(2, 3)), 'expected a slope that broadcasts to the input', 'float32 3, float32 2×3'],
		'a slope of other sizes': [() => ops.prelu(f(2, 3), f(2)), 'expected a slope that broadcasts to the input'],
		types: [() => ops.prelu(f(3), d(3)), 'expected a slope of the same type'],
	},
	CumSum: axes((x, axis) => ops.cumSum(x, axis)),
	LayerNormalization: {
		...floatsOnly((x) => ops.layerNormalization(x, f(3), f(3))),
		'an axis too far': [() => ops.layerNormalization(f('batch', 3), f(3), f(3), { axis: 2 }), 'expected an axis of 2 dimensions, got 2'],
		'another scale': [() => ops.layerNormalization(f(2, 3), f(2), f(3)), 'expected scale and bias of shape 3, got 2', 'float32 2×3'],
		'another bias': [() => ops.layerNormalization(f(2, 3), f(3), f()), 'expected scale and bias of shape 3, got scalar'],
		types: [() => ops.layerNormalization(f(2, 3), d(3), f(3)), 'expected operands of one type', 'float64 3'],
	},
	Split: {
		...axes((x, axis) => ops.split(x, [1, 2], axis)[0]!),
		'another sum': [() => ops.split(f(5), [2, 2], 0), 'expected lengths that add up to 5, got 2 + 2', 'float32 5'],
	},
	Tile: { 'too few repeats': [() => ops.tile(f(2, 3), [2]), 'expected 2 repeats, got 1', 'float32 2×3'] },
	Trilu: { 'a vector': [() => ops.triangle(f(3), 'upper'), 'expected at least two dimensions', 'float32 3'] },
	TopK: {
		...axes((x, axis) => ops.topK(x, 1, axis).values),
		'of nothing': [() => ops.topK(f(0, 3), 1), 'expected at least one element on each axis', 'float32 0×3'],
		'more than there are': [() => ops.topK(f(2, 3), 4), 'expected at most 3 elements, got 4', 'float32 2×3'],
	},
	OneHot: {
		'no integers': [() => ops.oneHot(f(2), 3), 'expected integer indices', 'float32 2'],
		'an axis too far': [() => ops.oneHot(i(2), 3, { axis: 2 }), 'expected an axis of 2 dimensions, got 2'],
	},
	ReduceMin: reductions(ops.reduceMin),
	ReduceLogSumExp: reductions(ops.reduceLogSumExp),
	Neg: 'takes every shape',
	Identity: 'takes every shape',
	Cast: 'takes every shape',
	Shape: { 'an axis too far': [() => ops.sizeAt(f('batch'), 1), 'expected an axis of 1 dimensions, got 1', 'float32 batch'] },
	Range: { 'an axis too far': [() => ops.places(f('batch'), 1), 'expected an axis of 1 dimensions, got 1', 'float32 batch'] },
	Sqrt: floatsOnly(ops.sqrt),
	Exp: floatsOnly(ops.exp),
	Log: floatsOnly(ops.log),
	Relu: floatsOnly(ops.relu),
	Where: {
		'numbers for a condition': [() => ops.where(f(2), f(2), f(2)), 'expected a bool condition', 'float32 2, float32 2, float32 2'],
		'the condition clashes': [() => ops.where(flag(3), f(2), f(2)), 'cannot broadcast 3 with 2', 'bool 3, float32 2'],
		'the sides clash': [() => ops.where(flag(1), f('batch'), f('time')), 'cannot broadcast batch with time'],
		'types clash': [() => ops.where(flag(2), f(2), i(2)), 'expected operands of one type', 'float32 2, int32 2'],
	},
	ReduceSum: reductions(ops.reduceSum),
	ReduceProd: reductions(ops.reduceProd),
	ReduceL1: reductions(ops.reduceL1),
	ReduceL2: reductions(ops.reduceL2),
	ReduceSumSquare: reductions(ops.reduceSumSquare),
	ReduceLogSum: reductions(ops.reduceLogSum),
	ReduceMean: reductions(ops.reduceMean),
	ReduceMax: reductions(ops.reduceMax),
	ArgMax: axes(ops.argMax),
	Softmax: { ...axes(ops.softmax), ...floatsOnly((x) => ops.softmax(x)) },
	LogSoftmax: { ...axes(ops.logSoftmax), ...floatsOnly((x) => ops.logSoftmax(x)) },
	MatMul: {
		'inner sizes': [() => ops.matMul(f(2, 3), f(4, 5)), "left side's last size 3", 'last but one, 4', 'float32 2×3, float32 4×5'],
		'inner names': [() => ops.matMul(f(2, 'time'), f('batch', 5)), "left side's last size time", 'batch', 'float32 2×time'],
		'a scalar': [() => ops.matMul(f(), f(3, 2)), 'expected a matrix or a vector on both sides', 'float32 scalar, float32 3×2'],
		'a vector on the left': [() => ops.matMul(f(2), f(3, 2)), "left side's last size 2", 'last but one, 3', 'float32 2, float32 3×2'],
		'a vector on the right': [() => ops.matMul(f(2, 3), f(2)), "left side's last size 3", "right side's size, 2", 'float32 2×3, float32 2'],
		'leading sizes': [() => ops.matMul(f(2, 4, 3), f(3, 3, 5)), 'the leading sizes do not broadcast', 'float32 2×4×3, float32 3×3×5'],
		types: [() => ops.matMul(f(2, 3), d(3, 2)), 'expected operands of one type', 'float32 2×3, float64 3×2'],
	},
	Einsum: {
		'one operand': [() => ops.einsum('ij->ji', f(2, 3), f(2, 3)), 'expected two operands', 'float32 2×3, float32 2×3'],
		'a letter twice': [() => ops.einsum('ii,ij->j', f(2, 2), f(2, 3)), 'expected two operands'],
		'sizes clash': [() => ops.einsum('ik,kj->ij', f(2, 3), f(4, 5)), 'expected one size for k, got 3 and 4', 'float32 2×3, float32 4×5'],
		'too few letters': [() => ops.einsum('i,kj->ij', f(2, 3), f(4, 5)), 'expected 1 dimensions for i'],
		'a letter from nowhere': [() => ops.einsum('ik,kj->iz', f(2, 3), f(3, 5)), 'expected z in an operand'],
		types: [() => ops.einsum('ik,kj->ij', f(2, 3), d(3, 5)), 'expected operands of one type', 'float64 3×5'],
	},
	Conv: {
		'another number of channels': [
			() => ops.conv(f(2, 3, 8), f(4, 2, 3)),
			'expected filters for 3 channels, got 2 times 1 groups',
			'float32 2×3×8',
		],
		'a window wider than the image': [() => ops.conv(f(2, 3, 2), f(4, 3, 3)), 'at least as large as a window of 3'],
		'another bias': [() => ops.conv(f(2, 3, 8), f(4, 3, 3), f(3)), 'expected a bias of 4, got 3'],
		'filters of named sizes': [() => ops.conv(f(2, 3, 8), f(4, 3, 'width')), 'expected filters of known sizes', 'float32 4×3×width'],
		'no axis': [() => ops.conv(f(2, 3), f(4, 3)), 'expected batch, channels, and one or two axes more'],
		'filters of fewer dimensions': [() => ops.conv(f(2, 3, 8, 8), f(4, 3, 3)), 'as many dimensions as the image has'],
		types: [() => ops.conv(f(2, 3, 8), d(4, 3, 3)), 'floating-point numbers of one type', 'float64 4×3×3'],
	},
	ConvTranspose: {
		'another number of channels': [() => ops.convTranspose(f(2, 3, 8), f(4, 2, 3)), 'expected filters for 3 channels, got 4'],
		'a stride over a named size': [
			() => ops.convTranspose(f(2, 3, 'time'), f(3, 2, 3), undefined, { stride: 2 }),
			'expected a known size',
			'got time',
		],
	},
	MaxPool: {
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
	AveragePool: { 'no axis': [() => ops.averagePool(f(2, 3), 2), 'expected batch, channels, and one or two axes more', 'float32 2×3'] },
	GlobalMaxPool: { 'no axis': [() => ops.globalMaxPool(f(2, 3)), 'at least one axis more', 'float32 2×3'] },
	GlobalAveragePool: floatsOnly(ops.globalAveragePool),
	Gemm: {
		'inner sizes': [() => ops.gemm(f(2, 3), f(4, 5)), 'expected equal inner sizes, got 3 and 4', 'float32 2×3, float32 4×5'],
		'inner sizes, A transposed': [() => ops.gemm(f(2, 3), f(3, 5), undefined, { transA: true }), 'got 2 and 3'],
		'inner sizes, B transposed': [() => ops.gemm(f(2, 3), f(3, 5), undefined, { transB: true }), 'got 3 and 5'],
		'three axes': [() => ops.gemm(f(1, 2, 3), f(3, 5)), 'expected two matrices', 'float32 1×2×3'],
		'the addend': [() => ops.gemm(f(2, 3), f(3, 5), f(2)), 'expected an addend that broadcasts to 2×5', 'float32 3×5, float32 2)'],
		'an addend that is larger': [() => ops.gemm(f(1, 3), f(3, 5), f(2, 5)), 'an addend that broadcasts to 1×5'],
		types: [() => ops.gemm(f(2, 3), d(3, 5)), 'expected operands of one type', 'float32 2×3, float64 3×5'],
		'the type of the addend': [() => ops.gemm(f(2, 3), f(3, 5), d(5)), 'expected operands of one type', 'float64 5'],
	},
	Reshape: {
		'another number of elements': [() => ops.reshape(f(2, 3), [7]), 'expected as many elements in 7', 'float32 2×3'],
		'beside equal names': [() => ops.reshape(f('batch', 6), [2, 'batch', 2]), 'expected as many elements in 2×batch×2', 'float32 batch×6'],
	},
	Transpose: {
		'too few axes': [() => ops.transpose(f(2, 3, 4), [1, 0]), 'expected an order of 3 axes, got 1, 0', 'float32 2×3×4'],
		'an axis twice': [() => ops.transpose(f(2, 3), [1, 1]), 'expected an order of 2 axes, got 1, 1'],
		'an axis that is not there': [() => ops.transpose(f(2, 3), [0, 2]), 'got 0, 2'],
		'a negative axis': [() => ops.transpose(f(2, 3), [0, -1]), 'got 0, -1'],
	},
	Concat: {
		...axes((x, axis) => ops.concat([x, x], axis)),
		'sizes beside the axis': [() => ops.concat([f(2, 3), f(3, 3)], 1), 'expected equal sizes but for axis 1', 'float32 2×3, float32 3×3'],
		'names beside the axis': [() => ops.concat([f('batch', 3), f('time', 3)], -1), 'equal sizes but for axis 1', 'batch×3, float32 time×3'],
		rank: [() => ops.concat([f(2, 3), f(3)], 0), 'expected equal sizes but for axis 0', 'float32 2×3, float32 3'],
		types: [() => ops.concat([f(2), i(2)], 0), 'expected operands of one type', 'float32 2, int32 2'],
	},
	Slice: {
		...axes((x, axis) => ops.slice(x, axis, 0, 1)),
		'a step of 0': [() => ops.slice(f(5), 0, 0, 3, 0), 'expected steps other than 0', 'float32 5'],
	},
	Pad: {
		...axes((x, axis) => ops.pad(x, axis, 1, 1)),
		'more cut than there is': [() => ops.pad(f(2, 3), 0, -2, -1), 'cannot cut more than there is', 'float32 2×3'],
		'the type of the value': [() => ops.pad(f(2), 0, 1, 0, constant(tensor('int32', [], [1]))), 'a value of the same type', 'float32 2'],
	},
	Expand: {
		'a size that is not 1': [() => ops.expandTo(f(3), f(2, 4)), 'cannot repeat 3 to 2×4'],
		'a name to another': [() => ops.expandTo(f('batch'), f('time')), 'cannot repeat batch to time', 'float32 batch'],
		'to fewer': [() => ops.expandTo(f(2, 3), f(1, 3)), 'cannot repeat 2×3 to 1×3'],
	},
	Squeeze: {
		'a size that is not 1': [() => ops.squeeze(f(1, 3), [1]), 'expected size 1 on axis 1, got 3', 'float32 1×3'],
		'a name': [() => ops.squeeze(f('batch', 3), [0]), 'expected size 1 on axis 0, got batch'],
		'an axis too far': [() => ops.squeeze(f(1), [1]), 'expected an axis of 1 dimensions, got 1', 'float32 1'],
	},
	Unsqueeze: {
		'an axis too far': [() => ops.unsqueeze(f(3), [2]), 'expected an axis of 2 dimensions, got 2', 'float32 3'],
		'an axis twice': [() => ops.unsqueeze(f(3), [0, -3]), 'expected each axis once'],
	},
	Gather: {
		...axes((x, axis) => ops.gather(x, i(2), axis)),
		'float indices': [() => ops.gather(f(4, 3), f(2)), 'expected integer indices, got float32', 'float32 4×3, float32 2'],
	},
	GatherElements: {
		...axes((x, axis) => ops.gatherElements(x, i(...x.shape), axis)),
		'float indices': [() => ops.gatherElements(f(4), f(2), 0), 'expected integer indices, got float32'],
		rank: [() => ops.gatherElements(f(4, 3), i(4), 1), 'expected indices of the same rank', 'float32 4×3, int32 4'],
		'too many beside the axis': [() => ops.gatherElements(f(4, 3), i(5, 1), 1), 'expected at most 4 indices on axis 0, got 5'],
		'names beside the axis': [() => ops.gatherElements(f('batch', 3), i('time', 1), 1), 'at most batch indices on axis 0, got time'],
	},
	ScatterElements: {
		...axes((x, axis) => ops.scatterElements(x, i(...x.shape), f(...x.shape), axis)),
		'indices and updates': [() => ops.scatterElements(f(4), i(2), f(3), 0), 'indices and updates of one shape', 'int32 2, float32 3'],
		'float indices': [() => ops.scatterElements(f(4), f(2), f(2), 0), 'expected integer indices, got float32'],
		types: [() => ops.scatterElements(f(4), i(2), d(2), 0), 'expected updates of the same type', 'float32 4, int32 2, float64 2'],
		rank: [() => ops.scatterElements(f(4, 2), i(2), f(2), 0), 'expected indices of the same rank', 'float32 4×2'],
		'too many beside the axis': [() => ops.scatterElements(f(4, 2), i(1, 3), f(1, 3), 0), 'at most 2 indices on axis 1, got 3'],
		reduction: [() => ops.scatterElements(f(4), i(2), f(2), 0, 'mul' as 'add'), 'expected reduction none, add, max or min, got mul'],
	},
	Scan: 'is made by scan, which refuses in its own name: see scan.test.ts',
	If: {
		'a condition of several elements': [
			() => ops.choose(input('c', 'bool', [2]), { yes: () => [f(2)], no: () => [f(2)] }),
			'expected a bool scalar',
			'bool 2',
		],
		'a result more in one case': [
			() => ops.choose(input('c', 'bool', []), { yes: () => [f(2), f(2)], no: () => [f(2)] }),
			'expected as many results in both cases, got 2 and 1',
			'bool',
		],
		'a result of another type': [
			() => ops.choose(input('c', 'bool', []), { yes: () => [f(2)], no: () => [ops.cast(f(2), 'int32')] }),
			'expected result 0 of one type and rank, got float32 2 and int32 2',
			'bool',
		],
	},
	Loop: {
		'a state that grows': [
			() => loopOf(f(2), (state) => ops.concat([state, state], 0)),
			'expected state 0 to stay float32 2, got float32 4',
			'float32 2',
		],
		'a state of another type': [() => loopOf(f('n'), (state) => ops.cast(state, 'int32')), 'to stay float32 n, got int32 n'],
		'a state of another name': [() => loopOf(f('n'), () => f('m')), 'to stay float32 n, got float32 m'],
	},
};

function loopOf(state: Value, next: (inner: Value) => Value): unknown {
	const inner = input('inner', state.dtype, state.shape);
	const trips = constant(tensor('int64', [1], [2]));
	return ops.loop({ trips, trip: input('trip', 'int64', []), states: [state], inner: [inner], next: [next(inner)], outputs: [] });
}

/** The error of `build` inside a layer of a network. */
function errorOf(build: () => unknown): Error {
	try {
		scope('encoder', () => scope('attention', build));
	} catch (error) {
		return error as Error;
	}
	throw new Error('nothing was thrown');
}

describe('what operators refuse', () => {
	for (const [op, table] of Object.entries(cases)) {
		if (typeof table === 'string') {
			it(`${op}: ${table}`, () => expect(table).not.toBe(''));
			continue;
		}
		for (const [name, [build, ...says]] of Object.entries(table)) {
			it(`${op}: ${name}`, () => {
				const error = errorOf(build);
				expect(error).toBeInstanceOf(ShapeError);
				expect(error.name).toBe('ShapeError');
				expect(error.message.startsWith(`${op} in encoder.attention: `), error.message).toBe(true);
				expect(error.message).toMatch(/ \(inputs: .+\)\.$/);
				for (const part of says) expect(error.message).toContain(part);
			});
		}
	}

	it('outside of a layer the message names the operator alone', () => {
		expect(() => ops.add(f(2), f(3))).toThrow(/^Add: cannot broadcast 2 with 3/);
	});

	it('a layer that failed leaves no name behind', () => {
		errorOf(() => ops.add(f(2), f(3)));
		expect(() => ops.add(f(2), f(3))).toThrow(/^Add: /);
	});

	it('a fraction beside integers, which would be cut off', () => {
		expect(() => ops.less(i('batch'), 0.5)).toThrow(ShapeError);
		expect(() => ops.less(i('batch'), 0.5)).toThrow(/a whole number beside int32 batch, got 0\.5/);
	});
});

describe('what layers refuse', () => {
	const ids = i('batch', 'time');
	const layers: [name: string, build: () => unknown, ...says: string[]][] = [
		['linear', () => nn.linear({ in: 128, out: 2 }).apply(f('batch', 64)), 'linear: expected last dimension 128, got 64', 'input batch×64'],
		[
			'convMax, width',
			() => nn.convMax({ in: 4, out: 2, kernels: [3] }).apply(f('batch', 'time', 5), i('batch')),
			'convMax: ',
			'batch×time×5',
		],
		['convMax, rank', () => nn.convMax({ in: 4, out: 2, kernels: [3] }).apply(f('batch', 4), i('batch')), 'convMax: ', 'batch×4'],
		['convMax, lengths of another batch', () => nn.convMax({ in: 4, out: 2, kernels: [3] }).apply(f(2, 6, 4), i(3)), 'in convMax'],
		['embedding of floats', () => nn.embedding({ size: 5, width: 2 }).apply(f('batch')), 'Gather in embedding: ', 'float32 batch'],
		['cross-entropy of another batch', () => nn.crossEntropy(f('batch', 3), i('time')), 'crossEntropy: ', 'got time'],
		['cross-entropy of a column', () => nn.crossEntropy(f('batch', 3), i('batch', 1)), 'crossEntropy: ', 'got batch×1'],
		['cross-entropy of shares', () => nn.crossEntropy(f('batch', 3), f('batch')), 'crossEntropy: ', 'targets batch×3'],
	];
	for (const [name, build, ...says] of layers) {
		it(name, () => {
			expect(build).toThrow(ShapeError);
			for (const part of says) expect(build).toThrow(part);
		});
	}

	it('take what they should', () => {
		expect(nn.embedding({ size: 5, width: 2 }).apply(ids).shape).toEqual(['batch', 'time', 2]);
		expect(nn.convMax({ in: 4, out: 2, kernels: [2, 3] }).apply(f('batch', 'time', 4), i('batch')).shape).toEqual(['batch', 4]);
		expect(nn.convMax({ in: 4, out: 2, kernels: [2] }).apply(f('n2', 't2', 4), i('n2')).shape).toEqual(['n2', 2]);
		expect(nn.linear({ in: 3, out: 2 }).apply(f('batch', 'time', 3)).shape).toEqual(['batch', 'time', 2]);
		expect(nn.crossEntropy(f('batch', 3), i('batch')).sum.shape).toEqual([]);
	});
});

describe('named sizes', () => {
	it('add up to what they were', () => {
		for (const name of ['time', 't2', 'batch*3', 'a b', '(a+b)', 'time_1']) {
			for (const by of [1, 2, 30]) {
				expect(addDim(name, -by)).toBe(`${name}-${by}`);
				expect(addDim(addDim(name, -by), by)).toBe(name);
				expect(addDim(addDim(name, by), -by - 1)).toBe(`${name}-1`);
			}
			expect(addDim(name, 0)).toBe(name);
		}
		expect(addDim(7, -3)).toBe(4);
	});

	it('multiply: numbers into one factor', () => {
		expect(productDims(['batch', 'time'])).toBe('batch*time');
		expect(productDims([2, 'batch', 3])).toBe('batch*6');
		expect(productDims(['time-2', 4])).toBe('time*4-8');
		expect(productDims([2, 3])).toBe(6);
		expect(productDims([])).toBe(1);
		expect(productDims(['batch', 0])).toBe(0);
	});

	const shapes: [name: string, value: () => Value, shape: (number | string)[]][] = [
		['pad 2, cut 2', () => ops.slice(ops.pad(f('time', 3), 0, 1, 1), 0, 2), ['time', 3]],
		['cut at both ends', () => ops.slice(f('time'), 0, 1, -1), ['(-min(time,2)+time)']],
		['cut by one', () => ops.slice(f('time'), 0, 1), ['time-1']],
		['cut twice', () => ops.slice(ops.slice(f('time'), 0, 1), 0, 0, -1), ['(-min(time,2)+time)']],
		['the first', () => ops.slice(f('time'), 0, 0, 3), ['min(time,3)']],
		['the first one', () => ops.slice(f('time'), 0, 0, 1), [1]],
		['the first of a longer one', () => ops.slice(f('time+2'), 0, 0, 3), [3]],
		['the last', () => ops.slice(f('time'), 0, -2), ['min(time,2)']],
		['the last one', () => ops.slice(f('time'), 0, -1), [1]],
		['the two parts', () => ops.concat([ops.slice(f('time'), 0, 0, 3), ops.slice(f('time'), 0, 3)], 0), ['time']],
		['every second', () => ops.slice(f(5), 0, 1, undefined, 2), [2]],
		['every second of a name', () => ops.slice(f('time'), 0, 1, undefined, 2), ['windows(time-2/2)']],
		['turned round', () => ops.reverse(f('time', 2), 0), ['time', 2]],
		['backwards from the last but one', () => ops.slice(f('time'), 0, -2, undefined, -1), ['(-min(time,2)+time)+1']],
		['backwards down to the second', () => ops.slice(f(9), 0, 6, 0, -2), [3]],
		['flattened', () => ops.flatten(f('batch', 'time', 3), 2), ['batch*time', 3]],
		['a vector times a matrix', () => ops.matMul(f(3), f('batch', 3, 4)), ['batch', 4]],
		['lists of indices', () => ops.gatherND(f('batch', 4, 5), i('batch', 3, 1), { batch: 1 }), ['batch', 3, 5]],
		['half of them pooled, rounded up', () => ops.maxPool(f(1, 1, 6), 3, { stride: 2, ceil: true }), [1, 1, 3]],
		['padded before only', () => ops.conv(f(1, 1, 'time'), f(1, 1, 3), undefined, { padding: [[2, 0]] }), [1, 1, 'time']],
		[
			'recurrent states',
			() => ops.lstm(f('time', 'batch', 3), { input: f(2, 16, 3), recurrent: f(2, 16, 4) }, { direction: 'bidirectional' }).all,
			['time', 2, 'batch', 4],
		],
		['none of them', () => ops.slice(f('time'), 0, 3, 1), [0]],
		['none of known ones', () => ops.slice(f(5), 0, 3, 1), [0]],
		['more than there are', () => ops.slice(f(5), 0, 3, 9), [2]],
		['joined with a known size', () => ops.concat([f('time', 2), f(3, 2)], 0), ['time+3', 2]],
		['joined with another name', () => ops.concat([f('a'), f('b')], 0), ['(a+b)']],
		['known sizes joined', () => ops.concat([f(2), f(3)], 0), [5]],
		['broadcast against 1', () => ops.add(f('batch', 1, 3), f('time', 1)), ['batch', 'time', 3]],
		['broadcast against fewer axes', () => ops.mul(f('batch', 'time', 3), f(3)), ['batch', 'time', 3]],
		['reduced', () => ops.reduceMax(f('batch', 'time', 3), { axes: [1] }), ['batch', 3]],
		['reduced, kept', () => ops.reduceSum(f('batch', 'time'), { axes: [-1], keep: true }), ['batch', 1]],
		['all reduced', () => ops.reduceMean(f('batch', 'time')), []],
		['transposed', () => ops.transpose(f('batch', 'time', 3)), ['batch', 3, 'time']],
		['looked up', () => ops.gather(f(9, 4), i('batch', 'time')), ['batch', 'time', 4]],
		['a matrix product', () => ops.matMul(f('batch', 'time', 3), f(3, 'out')), ['batch', 'time', 'out']],
		['axes added and removed', () => ops.squeeze(ops.unsqueeze(f('batch'), [0, 2]), [-1]), [1, 'batch']],
		['counted', () => ops.places(f('batch', 'time'), -1), ['time']],
		['reshaped to the same', () => ops.reshape(f('batch', 2), ['batch', 2]), ['batch', 2]],
	];
	for (const [name, value, shape] of shapes) it(name, () => expect(value().shape).toEqual(shape));
});
