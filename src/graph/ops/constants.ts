// A number repeated to a shape. ONNX's Constant is no node here but a value: see `constant`.

import type { DType } from '../../tensors/tensor.js';
import { scalar } from '../constant.js';
import type { Shape } from '../dim.js';
import type { Value } from '../value.js';
import { expand } from './movement.js';

/** `value` at each place of a shape, as ONNX's ConstantOfShape. Named sizes are read from the values in `from`. */
export function constantOfShape(
	value: number,
	shape: Shape,
	{ dtype = 'float32', from = [] }: { readonly dtype?: DType; readonly from?: readonly Value[] } = {},
): Value {
	return expand(scalar(value, dtype), shape, from);
}
