// Operators that give the sizes of a value.
import { integers, scalar } from '../constant.js';
import { knownProduct } from '../dim.js';
import { node, type Value } from '../value.js';
import { axisFor } from './axes.js';
import { type Operator, operator } from './operator.js';

export const operators = {
	Size: operator(() => [{ dtype: 'int64', shape: [] }], { inputs: 1, kind: 'moving' }),
	Shape: operator(
		([x], { start = 0, end: stop = x!.shape.length }) => [
			{ dtype: 'int64', shape: [x!.shape.slice(start as number, stop as number).length] },
		],
		{ inputs: 1, kind: 'moving' },
	),
} satisfies Record<string, Operator>;

/** The sizes of a value, as int64. */
export function shapeOf(x: Value): Value {
	return x.shape.every((dim) => typeof dim === 'number') ? integers(x.shape as number[]) : node('Shape', operators.Shape, [x])[0]!;
}

/** One size of a value, as int64 of one element. */
export function sizeAt(x: Value, axis: number): Value {
	const at = axisFor('Shape', x, axis);
	const dim = x.shape[at]!;
	return typeof dim === 'number' ? integers([dim]) : node('Shape', operators.Shape, [x], { start: at, end: at + 1 })[0]!;
}

/** The number of elements of a value, as an int64 scalar. */
export function sizeOfAll(x: Value): Value {
	return x.shape.every((dim) => typeof dim === 'number') ? scalar(knownProduct(x.shape), 'int64') : node('Size', operators.Size, [x])[0]!;
}
