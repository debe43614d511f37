// Reductions over axes, and running sums.
import { constantNumbers, integers, scalar } from '../constant.js';
import type { Dim } from '../dim.js';
import { node, type ShapeRule, type Value } from '../value.js';
import { axesIn, axisIn, axisOf, reducedAxes } from './axes.js';
import { each, fiveEach, type Operator, operator } from './operator.js';

function reducedShape(x: Value, axes: readonly number[], keep: boolean, fail: (reason: string) => never): Dim[] {
	const gone = axesIn(x.shape.length, axes, fail);
	return keep ? x.shape.map((dim, axis) => (gone.has(axis) ? 1 : dim)) : x.shape.filter((_, axis) => !gone.has(axis));
}

const reduction: ShapeRule = (inputs, { keepdims = 1, noop_with_empty_axes: noop }, fail) => {
	if (inputs[1] && !inputs[1].constant) fail('expected constant axes');
	if (noop === 1 && !constantNumbers(inputs[1])?.length) fail('expected axes beside noop_with_empty_axes. Name them');
	return [{ dtype: inputs[0]!.dtype, shape: reducedShape(inputs[0]!, reducedAxes(inputs), keepdims === 1, fail) }];
};

export const operators = {
	ReduceSum: operator(reduction, { inputs: [1, 2], flops: each }),
	ReduceMean: operator(reduction, { inputs: [1, 2], flops: each }),
	ReduceMax: operator(reduction, { inputs: [1, 2], flops: each }),
	ReduceMin: operator(reduction, { inputs: [1, 2], flops: each }),
	ReduceLogSumExp: operator(reduction, { inputs: [1, 2], flops: fiveEach }),
	ReduceProd: operator(reduction, { inputs: [1, 2] }),
	ReduceL1: operator(reduction, { inputs: [1, 2] }),
	ReduceL2: operator(reduction, { inputs: [1, 2] }),
	ReduceSumSquare: operator(reduction, { inputs: [1, 2] }),
	ReduceLogSum: operator(reduction, { inputs: [1, 2] }),
	ArgMax: operator(
		([x], { axis = 0, keepdims = 1 }, fail) => [{ dtype: 'int64', shape: reducedShape(x!, [axis as number], keepdims === 1, fail) }],
		{ inputs: 1, flops: each },
	),
	CumSum: operator(
		([x, axis], _attributes, fail) => {
			const [at] = constantNumbers(axis) ?? fail('expected a constant axis');
			axisIn(x!.shape.length, at, fail);
			return [x!];
		},
		{ inputs: 2, flops: each },
	),
} satisfies Record<string, Operator>;

/** Which axes to reduce (all by default), and whether they stay as size 1. */
export interface ReduceOptions {
	readonly axes?: readonly number[];
	readonly keep?: boolean;
}

const reducer =
	(op: keyof typeof operators) =>
	(x: Value, { axes, keep = false }: ReduceOptions = {}) => {
		// From the front: ONNX Runtime gives a wrong shape where an axis is negative and there are no elements.
		const front = axes?.map((axis) => axisOf(axis, x.shape.length) ?? axis);
		return node(op, operators[op], front ? [x, integers(front)] : [x], { keepdims: keep ? 1 : 0 })[0]!;
	};

export const reduceSum = reducer('ReduceSum');
export const reduceMean = reducer('ReduceMean');
export const reduceMax = reducer('ReduceMax');
export const reduceMin = reducer('ReduceMin');
/** ln Σ eˣ, computed without overflow. */
export const reduceLogSumExp = reducer('ReduceLogSumExp');
export const reduceProd = reducer('ReduceProd');
/** Σ |x|. */
export const reduceL1 = reducer('ReduceL1');
/** √Σ x². */
export const reduceL2 = reducer('ReduceL2');
export const reduceSumSquare = reducer('ReduceSumSquare');
/** ln Σ x. */
export const reduceLogSum = reducer('ReduceLogSum');

/** The place of the largest element along an axis, the first of equals; int64. */
export function argMax(x: Value, axis = -1): Value {
	return node('ArgMax', operators.ArgMax, [x], { axis, keepdims: 0 })[0]!;
}

/** Running sums along an axis; `exclusive` leaves out the element itself, `reverse` sums from the end. */
export function cumSum(x: Value, axis: number, { exclusive = false, reverse = false } = {}): Value {
	return node('CumSum', operators.CumSum, [x, scalar(axis, 'int64')], { exclusive: exclusive ? 1 : 0, reverse: reverse ? 1 : 0 })[0]!;
}
