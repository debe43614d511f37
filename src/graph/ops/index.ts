// Every operator: its shape rule by ONNX name. The gradient table and the test table must have a row for each, or do not compile.
import type { Rule } from '../value.js';
import { control } from './control.js';
import { elementwise } from './elementwise.js';
import { indexing } from './index-ops.js';
import { matmul } from './matmul.js';
import { movement } from './movement.js';
import { reduce } from './reduce.js';

export { type LoopParts, loop } from './control.js';
export { add, cast, div, equal, exp, identity, less, log, mul, neg, pow, relu, sqrt, sub, where } from './elementwise.js';
export { gather, gatherElements, scatterElements } from './index-ops.js';
export { gemm, matMul } from './matmul.js';
export { concat, expand, expandTo, pad, places, reshape, shapeOf, sizeAt, slice, squeeze, transpose, unsqueeze } from './movement.js';
export { argMax, logSoftmax, type ReduceOptions, reduceMax, reduceMean, reduceSum, softmax } from './reduce.js';

const families = { ...elementwise, ...reduce, ...matmul, ...movement, ...indexing, ...control };

/** The ONNX name of an operator the engine knows. */
export type OpName = keyof typeof families;

/** The shape rule of each operator. */
export const rules: Readonly<Record<OpName, Rule>> = families;
