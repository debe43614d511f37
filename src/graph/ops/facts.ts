// What is known of each operator beside its shape rule and its gradient. The type demands a row for each.
import type { OpName } from './index.js';

/** What is known of an operator. */
export interface Facts {
	/** How many inputs there are at least and at most; those that must be there come first. */
	readonly inputs: readonly [least: number, most: number];
	/** Its result is the memory of the first input, in another shape at most. */
	readonly view?: true;
	/** It moves, picks or repeats numbers, or holds other nodes, and computes nothing itself. */
	readonly moves?: true;
	/** It repeats all of its inputs to one shape as NumPy does. */
	readonly broadcasts?: true;
	/** It may give another result each time it runs. */
	readonly random?: true;
}

const any = Number.POSITIVE_INFINITY;
const one: Facts = { inputs: [1, 1] };
const reduction: Facts = { inputs: [1, 2] };
const binary: Facts = { inputs: [2, 2], broadcasts: true };
const several: Facts = { inputs: [1, any], broadcasts: true };
const view: Facts = { inputs: [1, 1], view: true };

/** The facts, by operator. */
export const facts: Readonly<Record<OpName, Facts>> = {
	Add: binary,
	Sub: binary,
	Mul: binary,
	Div: binary,
	Pow: binary,
	Mod: binary,
	Min: several,
	Max: several,
	Sum: several,
	Mean: several,
	Neg: one,
	Abs: one,
	Sign: one,
	Reciprocal: one,
	Floor: one,
	Ceil: one,
	Round: one,
	Sqrt: one,
	Exp: one,
	Log: one,
	Sin: one,
	Cos: one,
	Clip: { inputs: [1, 3] },
	Identity: view,
	Dropout: { inputs: [1, 3], moves: true, random: true },
	Where: { inputs: [3, 3], broadcasts: true },
	Cast: { inputs: [1, 1], moves: true },
	Relu: one,
	LeakyRelu: one,
	Elu: one,
	Sigmoid: one,
	Tanh: one,
	Erf: one,
	Gelu: one,
	Softplus: one,
	Softsign: one,
	Selu: one,
	Celu: one,
	Mish: one,
	HardSigmoid: one,
	HardSwish: one,
	ThresholdedRelu: one,
	PRelu: { inputs: [2, 2] },
	Equal: binary,
	Less: binary,
	LessOrEqual: binary,
	Greater: binary,
	GreaterOrEqual: binary,
	And: binary,
	Or: binary,
	Xor: binary,
	Not: one,
	IsNaN: one,
	IsInf: one,
	ReduceSum: reduction,
	ReduceMean: reduction,
	ReduceMax: reduction,
	ReduceMin: reduction,
	ReduceLogSumExp: reduction,
	ReduceProd: reduction,
	ReduceL1: reduction,
	ReduceL2: reduction,
	ReduceSumSquare: reduction,
	ReduceLogSum: reduction,
	ArgMax: one,
	CumSum: { inputs: [2, 2] },
	Softmax: one,
	LogSoftmax: one,
	LayerNormalization: { inputs: [2, 3] },
	RMSNormalization: { inputs: [2, 2] },
	BatchNormalization: { inputs: [5, 5] },
	GroupNormalization: { inputs: [3, 3] },
	InstanceNormalization: { inputs: [3, 3] },
	MatMul: { inputs: [2, 2] },
	Gemm: { inputs: [2, 3] },
	Einsum: { inputs: [1, any] },
	Attention: { inputs: [3, 7] },
	Reshape: { inputs: [2, 2], view: true },
	Flatten: view,
	Transpose: { inputs: [1, 1], moves: true },
	Expand: { inputs: [2, 2], moves: true },
	Squeeze: { inputs: [1, 2], view: true },
	Unsqueeze: { inputs: [2, 2], view: true },
	Size: { inputs: [1, 1], moves: true },
	Shape: { inputs: [1, 1], moves: true },
	Concat: { inputs: [1, any], moves: true },
	Split: { inputs: [1, 2], moves: true },
	Slice: { inputs: [3, 5], moves: true },
	Pad: { inputs: [2, 4], moves: true },
	Tile: { inputs: [2, 2], moves: true },
	Trilu: { inputs: [1, 2], moves: true },
	Range: { inputs: [3, 3], moves: true },
	Gather: { inputs: [2, 2], moves: true },
	GatherElements: { inputs: [2, 2], moves: true },
	ScatterElements: { inputs: [3, 3] },
	GatherND: { inputs: [2, 2], moves: true },
	ScatterND: { inputs: [3, 3] },
	TopK: { inputs: [2, 2] },
	OneHot: { inputs: [3, 3], moves: true },
	Conv: { inputs: [2, 3] },
	ConvTranspose: { inputs: [2, 3] },
	MaxPool: one,
	AveragePool: one,
	GlobalMaxPool: one,
	GlobalAveragePool: one,
	RNN: { inputs: [3, 6] },
	GRU: { inputs: [3, 6] },
	LSTM: { inputs: [3, 8] },
	// Trip count and condition may both be left out.
	Loop: { inputs: [0, any], moves: true },
	If: { inputs: [1, 1], moves: true },
	Scan: { inputs: [1, any], moves: true },
};

/** The facts of an operator that the engine may not know. */
export const factsOf = (op: string): Facts | undefined => (Object.hasOwn(facts, op) ? facts[op as OpName] : undefined);
