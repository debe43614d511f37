// Reductions and normalizations over axes.
import { constantNumbers, integers, scalar } from '../constant.js';
import { type Dim, sameShape, showShape } from '../dim.js';
import { isFloat } from '../tensor.js';
import { type Attributes, node, type Rule, type Value } from '../value.js';

/** An axis counted from the front; negative ones count from the back. */
export function axisOf(axis: number, rank: number): number | undefined {
	const front = axis < 0 ? axis + rank : axis;
	return Number.isInteger(front) && front >= 0 && front < rank ? front : undefined;
}

function reducedShape(x: Value, axes: readonly number[], keep: boolean, fail: (reason: string) => never): Dim[] {
	const rank = x.shape.length;
	const gone = new Set(
		axes.map((axis) => axisOf(axis, rank) ?? fail(`expected an axis of ${rank} dimensions, got ${axis}. Count from 0, or back from -1`)),
	);
	if (gone.size !== axes.length) fail(`expected each axis once, got ${axes.join(', ')}`);
	return keep ? x.shape.map((dim, axis) => (gone.has(axis) ? 1 : dim)) : x.shape.filter((_, axis) => !gone.has(axis));
}

/** The axes a reduction names, from the front; all where it names none. */
export function reducedAxes(inputs: readonly Value[]): number[] {
	const rank = inputs[0]!.shape.length;
	const axes = constantNumbers(inputs[1]) ?? [];
	return (axes.length === 0 ? inputs[0]!.shape.map((_, axis) => axis) : axes).map((axis) => axisOf(axis, rank) ?? axis);
}

const reduction: Rule = (inputs, { keepdims = 1 }, fail) => {
	if (inputs[1] && !inputs[1].constant) fail('expected constant axes');
	return [{ dtype: inputs[0]!.dtype, shape: reducedShape(inputs[0]!, reducedAxes(inputs), keepdims === 1, fail) }];
};

const normalization: Rule = ([x], { axis = -1 }, fail) => {
	if (axisOf(axis as number, x!.shape.length) === undefined)
		fail(`expected an axis of ${x!.shape.length} dimensions, got ${axis}. Count from 0, or back from -1`);
	if (!isFloat(x!.dtype)) fail('expected floating-point numbers. Cast first');
	return [x!];
};

export const reduce = {
	ReduceSum: reduction,
	ReduceMean: reduction,
	ReduceMax: reduction,
	ReduceMin: reduction,
	ReduceLogSumExp: reduction,
	ArgMax: ([x], { axis = 0, keepdims = 1 }, fail) => [{ dtype: 'int64', shape: reducedShape(x!, [axis as number], keepdims === 1, fail) }],
	CumSum: ([x, axis], _attributes, fail) => {
		const [at] = constantNumbers(axis) ?? fail('expected a constant axis');
		if (axisOf(at!, x!.shape.length) === undefined)
			fail(`expected an axis of ${x!.shape.length} dimensions, got ${at}. Count from 0, or back from -1`);
		return [x!];
	},
	LayerNormalization: ([x, scale, bias], { axis: at = -1 }, fail) => {
		if (!isFloat(x!.dtype)) fail('expected floating-point numbers. Cast first');
		const axis =
			axisOf(at as number, x!.shape.length) ??
			fail(`expected an axis of ${x!.shape.length} dimensions, got ${at}. Count from 0, or back from -1`);
		const inner = x!.shape.slice(axis);
		for (const value of bias ? [scale!, bias] : [scale!]) {
			if (value.dtype !== x!.dtype) fail('expected operands of one type. Cast one of them');
			if (!sameShape(value.shape, inner))
				fail(`expected scale and bias of shape ${showShape(inner)}, got ${showShape(value.shape)}. Make them in that shape`);
		}
		// Mean and inverse deviation are float32 whatever the input is (attribute stash_type).
		const each = { dtype: 'float32' as const, shape: x!.shape.map((dim, place) => (place < axis ? dim : 1)) };
		return [x!, each, each];
	},
	Softmax: normalization,
	LogSoftmax: normalization,
} satisfies Record<string, Rule>;

/** Which axes to reduce (all by default), and whether they stay as size 1. */
export interface ReduceOptions {
	readonly axes?: readonly number[];
	readonly keep?: boolean;
}

const reducer =
	(op: keyof typeof reduce) =>
	(x: Value, { axes, keep = false }: ReduceOptions = {}) =>
		node(op, reduce[op], axes ? [x, integers(axes)] : [x], { keepdims: keep ? 1 : 0 } satisfies Attributes)[0]!;

export const reduceSum = reducer('ReduceSum');
export const reduceMean = reducer('ReduceMean');
export const reduceMax = reducer('ReduceMax');
export const reduceMin = reducer('ReduceMin');
/** ln Σ eˣ, computed without overflow. */
export const reduceLogSumExp = reducer('ReduceLogSumExp');

/** The place of the largest element along an axis, the first of equals; int64. */
export function argMax(x: Value, axis = -1): Value {
	return node('ArgMax', reduce.ArgMax, [x], { axis, keepdims: 0 })[0]!;
}

/** Exponentials along an axis, divided by their sum. */
export function softmax(x: Value, axis = -1): Value {
	return node('Softmax', reduce.Softmax, [x], { axis })[0]!;
}

/** Logarithm of the softmax along an axis, computed without overflow. */
export function logSoftmax(x: Value, axis = -1): Value {
	return node('LogSoftmax', reduce.LogSoftmax, [x], { axis })[0]!;
}

/** Running sums along an axis; `exclusive` leaves out the element itself, `reverse` sums from the end. */
export function cumSum(x: Value, axis: number, { exclusive = false, reverse = false } = {}): Value {
	return node('CumSum', reduce.CumSum, [x, scalar(axis, 'int64')], { exclusive: exclusive ? 1 : 0, reverse: reverse ? 1 : 0 })[0]!;
}

/** The axes from `axis` on brought to mean 0 and variance 1, then times `scale` plus `bias` (Ba et al. 2016). */
export function layerNormalization(x: Value, scale: Value, bias: Value, { axis = -1, epsilon = 1e-5 } = {}): Value {
	return node('LayerNormalization', reduce.LayerNormalization, [x, scale, bias], { axis, epsilon: { float: epsilon } })[0]!;
}
