// Numbers below all others, for what is not to count in a maximum or a softmax.
import type { DType } from '../graph/index.js';

/** The largest finite number of each type. */
const largest: Partial<Record<DType, number>> = {
	float16: 65504,
	bfloat16: (2 - 2 ** -7) * 2 ** 127,
	float32: (2 - 2 ** -23) * 2 ** 127,
	float64: Number.MAX_VALUE,
};

/** The least finite number of a type: in the place of what is not to be the maximum. */
export function lowest(dtype: DType): number {
	const number = largest[dtype];
	if (number !== undefined) return -number;
	throw new TypeError(`expected a float type, got ${dtype}. Cast it.`);
}

/**
 * Half of it, to be added to what is not to count: softmax makes 0 of the sum, and it stays finite, so that a row in which nothing counts is no NaN.
 * In float16 it is −32752, and a score of −1000 beside it −33752; with −65504 the sum would be −∞.
 */
export const farBelow = (dtype: DType): number => lowest(dtype) / 2;
