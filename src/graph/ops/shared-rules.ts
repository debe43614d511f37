// Shape rules that several families share.

import { type DType, isFloat } from '../../tensors/tensor.js';
import { broadcastShapes, showShape } from '../dim.js';
import type { ShapeRule } from '../value.js';

/** Result type of an elementwise operator: broadcast shape, equal types; `dtype` where it differs from the operands'. */
export const broadcast =
	(dtype?: DType): ShapeRule =>
	(inputs, _attributes, fail) => {
		const [first] = inputs;
		for (const value of inputs) if (value.dtype !== first!.dtype) fail('expected operands of one type. Cast one of them');
		const shape = inputs.reduce((shape, value) => {
			const both = broadcastShapes(shape, value.shape);
			return both ?? fail(`cannot broadcast ${showShape(shape)} with ${showShape(value.shape)}. Sizes must be equal or 1`);
		}, first!.shape);
		return [{ dtype: dtype ?? first!.dtype, shape }];
	};

/** Result type of a function of floating-point numbers: the same. */
export const floats: ShapeRule = ([x], _attributes, fail) => {
	if (!isFloat(x!.dtype)) fail('expected floating-point numbers. Cast first');
	return [x!];
};
