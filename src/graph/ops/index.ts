// Every operator: its shape rule by ONNX name. The gradient table and the test table must have a row for each, or do not compile.
import type { Rule } from '../value.js';
import { activation } from './activation.js';
import { control } from './control.js';
import { convolution } from './convolution.js';
import { elementwise } from './elementwise.js';
import { indexing } from './index-ops.js';
import { logic } from './logic.js';
import { matmul } from './matmul.js';
import { movement } from './movement.js';
import { pooling } from './pooling.js';
import { reduce } from './reduce.js';

export { elu, erf, gelu, leakyRelu, prelu, relu, sigmoid, softplus, tanh } from './activation.js';
export { choose, type LoopParts, loop } from './control.js';
export { conv, convTranspose } from './convolution.js';
export {
	abs,
	add,
	cast,
	clip,
	div,
	exp,
	floor,
	identity,
	log,
	max,
	min,
	mod,
	mul,
	neg,
	pow,
	reciprocal,
	round,
	sign,
	sqrt,
	sub,
	where,
} from './elementwise.js';
export { gather, gatherElements, oneHot, scatterElements, topK } from './index-ops.js';
export { and, equal, greater, greaterOrEqual, isNan, less, lessOrEqual, not, or } from './logic.js';
export { einsum, gemm, matMul } from './matmul.js';
export {
	concat,
	expand,
	expandTo,
	pad,
	places,
	reshape,
	shapeOf,
	sizeAt,
	slice,
	split,
	squeeze,
	tile,
	transpose,
	triangle,
	unsqueeze,
} from './movement.js';
export { averagePool, globalAveragePool, globalMaxPool, maxPool, type PoolOptions } from './pooling.js';
export {
	argMax,
	cumSum,
	layerNormalization,
	logSoftmax,
	type ReduceOptions,
	reduceLogSumExp,
	reduceMax,
	reduceMean,
	reduceMin,
	reduceSum,
	softmax,
} from './reduce.js';
export type { ConvolutionOptions } from './windows.js';

const families = {
	...elementwise,
	...activation,
	...logic,
	...reduce,
	...matmul,
	...movement,
	...indexing,
	...convolution,
	...pooling,
	...control,
};

/** The ONNX name of an operator the engine knows. */
export type OpName = keyof typeof families;

/** The shape rule of each operator. */
export const rules: Readonly<Record<OpName, Rule>> = families;
