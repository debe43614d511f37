// Operators that make elements from nothing but sizes.
import { constantNumbers, scalar } from '../constant.js';
import { unknownDim } from '../dim.js';
import { node, type Value } from '../value.js';
import { axisFor } from './axes.js';
import { cast } from './elementwise.js';
import { squeeze } from './movement.js';
import { type Operator, operator } from './operator.js';
import { sizeAt } from './sizes.js';

export const operators = {
	Range: operator(
		([start, limit, delta]) => {
			const [from, to, by] = [start, limit, delta].map((value) => constantNumbers(value)?.[0]);
			const known = from !== undefined && to !== undefined && by !== undefined;
			return [{ dtype: start!.dtype, shape: [known ? Math.max(Math.ceil((to - from) / by), 0) : unknownDim('range')] }];
		},
		{ inputs: 3, kind: 'moving' },
	),
} satisfies Record<string, Operator>;

/** The int32 numbers 0, 1, … up to the size of `like` along an axis. */
export function places(like: Value, axis: number): Value {
	const at = axisFor('Range', like, axis);
	const size = cast(squeeze(sizeAt(like, at), [0]), 'int32');
	return node('Range', () => [{ dtype: 'int32', shape: [like.shape[at]!] }], [scalar(0, 'int32'), size, scalar(1, 'int32')])[0]!;
}
