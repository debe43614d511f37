// Every operator: its shape rule and facts by ONNX name. The gradient table and the test table must have a row for each, or do not compile.
import { activation } from './activation.js';
import { attention } from './attention.js';
import { control } from './control.js';
import { convolution } from './convolution.js';
import { elementwise } from './elementwise.js';
import { generators } from './generators.js';
import { indexing } from './index-ops.js';
import { logic } from './logic.js';
import { matmul } from './matmul.js';
import { movement } from './movement.js';
import { normalization } from './normalization.js';
import type { Operator } from './operator.js';
import { parts } from './parts.js';
import { pooling } from './pooling.js';
import { recurrent } from './recurrent.js';
import { reduce } from './reduce.js';

export {
	celu,
	elu,
	erf,
	gelu,
	hardSigmoid,
	hardSwish,
	leakyRelu,
	mish,
	prelu,
	relu,
	selu,
	sigmoid,
	softplus,
	softsign,
	tanh,
	thresholdedRelu,
} from './activation.js';
export { type AttentionOptions, attentionOf } from './attention.js';
export { constantOfShape } from './constants.js';
export { choose, type LoopParts, loop } from './control.js';
export { conv, convTranspose } from './convolution.js';
export {
	abs,
	add,
	cast,
	ceil,
	clip,
	cos,
	div,
	dropout,
	exp,
	floor,
	identity,
	log,
	max,
	mean,
	min,
	mod,
	mul,
	neg,
	pow,
	reciprocal,
	round,
	sign,
	sin,
	sqrt,
	sub,
	sum,
	where,
} from './elementwise.js';
export { places } from './generators.js';
export { gather, gatherElements, gatherND, oneHot, scatterElements, scatterND, topK } from './index-ops.js';
export { and, equal, greater, greaterOrEqual, isInf, isNan, less, lessOrEqual, not, or, xor } from './logic.js';
export { einsum, gemm, matMul } from './matmul.js';
export { expand, expandTo, flatten, reshape, shapeOf, sizeAt, sizeOfAll, squeeze, transpose, unsqueeze } from './movement.js';
export {
	type BatchStatistics,
	batchNormalization,
	groupNormalization,
	instanceNormalization,
	layerNormalization,
	logSoftmax,
	rmsNormalization,
	softmax,
} from './normalization.js';
export { concat, pad, reverse, slice, split, tile, triangle } from './parts.js';
export { averagePool, globalAveragePool, globalMaxPool, maxPool, type PoolOptions } from './pooling.js';
export { gru, lstm, type RecurrentOptions, type RecurrentWeights, rnn } from './recurrent.js';
export {
	argMax,
	cumSum,
	type ReduceOptions,
	reduceL1,
	reduceL2,
	reduceLogSum,
	reduceLogSumExp,
	reduceMax,
	reduceMean,
	reduceMin,
	reduceProd,
	reduceSum,
	reduceSumSquare,
} from './reduce.js';
export type { ConvolutionOptions } from './windows.js';

const families = {
	...elementwise,
	...activation,
	...logic,
	...reduce,
	...normalization,
	...matmul,
	...attention,
	...movement,
	...parts,
	...generators,
	...indexing,
	...convolution,
	...pooling,
	...recurrent,
	...control,
};

/** The ONNX name of an operator the engine knows. */
export type OpName = keyof typeof families;

/** Each operator: its shape rule with its facts. */
export const rules: Readonly<Record<OpName, Operator>> = families;

/** The operator of an ONNX name, if the engine knows it. */
export const operatorOf = (op: string): Operator | undefined => (Object.hasOwn(rules, op) ? rules[op as OpName] : undefined);
