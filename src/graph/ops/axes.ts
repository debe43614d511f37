// Axes: counted from the front, or from the back where negative.
import { constantNumbers } from '../constant.js';
import type { Dim } from '../dim.js';
import { node, type ShapeRule, type Value } from '../value.js';

type Fail = (reason: string) => never;

/** An axis counted from the front; undefined where there is none. */
export function axisOf(axis: number, rank: number): number | undefined {
	const front = axis < 0 ? axis + rank : axis;
	return Number.isInteger(front) && front >= 0 && front < rank ? front : undefined;
}

/** The axis that an attribute names, from the front; fails where there is none. */
export function axisIn(rank: number, axis: unknown, fail: Fail): number {
	return axisOf(axis as number, rank) ?? fail(`expected an axis of ${rank} dimensions, got ${axis}. Count from 0, or back from -1`);
}

/** Several axes, from the front; fails where one is not there or comes twice. */
export function axesIn(rank: number, axes: readonly number[], fail: Fail): Set<number> {
	const found = new Set(axes.map((axis) => axisIn(rank, axis, fail)));
	if (found.size !== axes.length) fail(`expected each axis once, got ${axes.join(', ')}`);
	return found;
}

/** The axes a reduction names, from the front; all where it names none. */
export function reducedAxes(inputs: readonly Value[]): number[] {
	const rank = inputs[0]!.shape.length;
	const axes = constantNumbers(inputs[1]) ?? [];
	return (axes.length === 0 ? inputs[0]!.shape.map((_, axis) => axis) : axes).map((axis) => axisOf(axis, rank) ?? axis);
}

/** For operators whose kernels in ONNX Runtime end the process (a division by zero) where there are no elements. */
export function refuseEmpty(values: readonly Value[], fail: Fail) {
	if (values.some(({ shape }) => shape.includes(0)))
		fail('expected at least one element on each axis. Leave empty values out of the graph');
}

/** The shape with another size at one place. */
export function withSize({ shape }: Value, axis: number, size: Dim): Dim[] {
	return shape.map((dim, place) => (place === axis ? size : dim));
}

/** The axis that a builder is given, from the front; fails in the name of its operator. */
export function axisFor(op: string, x: Value, axis: number): number {
	const fails: ShapeRule = (_inputs, _attributes, fail) => [{ dtype: x.dtype, shape: [axisIn(x.shape.length, axis, fail)] }];
	return node(op, fails, [x])[0]!.shape[0] as number;
}
