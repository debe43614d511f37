// Constants of a graph.

import { type DType, isFloat, isHalf, type Tensor, tensor } from '../tensors/tensor.js';
import { showShape } from './dim.js';
import { ShapeError } from './errors.js';
import type { Value } from './value.js';

/** A constant from a tensor. */
export function constant(value: Tensor): Value {
	return { dtype: value.dtype, shape: value.shape, constant: value };
}

/** A constant without dimensions. */
export function scalar(value: number, dtype: DType = 'float32'): Value {
	if (isHalf(dtype)) throw new ShapeError(`expected a type that is computed with beside ${value}, got ${dtype}. Cast to float32 first.`);
	return constant(tensor(dtype, [], [value]));
}

/** A list of 64-bit integers: axes, shapes and slice bounds, which ONNX wants in this type. */
export function integers(values: readonly number[]): Value {
	return constant(tensor('int64', [values.length], values));
}

/** The numbers of a constant, or undefined where the value is computed. */
export function constantNumbers(value: Value | undefined): number[] | undefined {
	return value?.constant && Array.from(value.constant.data as ArrayLike<number | bigint>, Number);
}

/** An operand: a value, or a number taken in the other operand's type. */
export type Operand = Value | number;

/** The operand as a value of the other operand's type. */
export function operand(value: Operand, like: Value): Value {
	if (typeof value !== 'number') return value;
	if (!isFloat(like.dtype) && !Number.isInteger(value)) {
		throw new ShapeError(
			`expected a whole number beside ${like.dtype} ${showShape(like.shape)}, got ${value}. Cast the value to a float first.`,
		);
	}
	return scalar(value, like.dtype);
}

/** Two operands as values; a number is taken in the other's type. */
export function operands(who: string, a: Operand, b: Operand): readonly [Value, Value] {
	const like = typeof a === 'number' ? b : a;
	if (typeof like === 'number')
		throw new TypeError(`${who}: expected a value on one side, got ${a} and ${b}. Pass scalar(number) for one.`);
	return [operand(a, like), operand(b, like)];
}
