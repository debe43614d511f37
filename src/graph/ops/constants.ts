// ONNX's operators that hold numbers, as an imported graph has them. In the engine constants are values, not nodes.
import { constant, integers, scalar } from '../constant.js';
import type { Shape } from '../dim.js';
import { ShapeError } from '../errors.js';
import type { OnnxAttribute } from '../onnx/model.js';
import { tensor } from '../tensor.js';
import type { Value } from '../value.js';
import { expand } from './movement.js';

type OnnxAttributes = Readonly<Record<string, OnnxAttribute>>;

/** The value of a `Constant`: by `value`, `value_float`, `value_floats`, `value_int` or `value_ints`. */
export function constantOf(attributes: OnnxAttributes): Value {
	const [name = 'nothing', held] = Object.entries(attributes).find(([key]) => key.startsWith('value')) ?? [];
	if (held && 'tensor' in held) return constant(held.tensor);
	if (held && 'float' in held) return scalar(held.float);
	if (held && 'floats' in held) return constant(tensor('float32', [held.floats.length], held.floats));
	if (held && 'int' in held) return scalar(held.int, 'int64');
	if (held && 'ints' in held) return integers(held.ints);
	throw new ShapeError(`Constant: expected numbers, got ${name}. Store them as an initializer.`);
}

/** The value of a `ConstantOfShape`: its number (0 unless `value` holds one) at each place of a shape. */
export function constantOfShape(attributes: OnnxAttributes, shape: Shape, from: readonly Value[] = []): Value {
	const held = attributes.value;
	const one = held && 'tensor' in held ? held.tensor : tensor('float32', [1], [0]);
	return expand(constant({ ...one, shape: [] }), shape, from);
}
