// Elementwise operators: broadcast as NumPy does.
import { type Operand, operand } from '../constant.js';
import { broadcastShapes, showShape } from '../dim.js';
import { type DType, dtypes, isFloat } from '../tensor.js';
import { node, type Rule, type Value } from '../value.js';

/** Result type of an elementwise operator: broadcast shape, equal types; `dtype` where it differs from the operands'. */
const broadcast =
	(dtype?: DType): Rule =>
	(inputs, _attributes, fail) => {
		const [first] = inputs;
		for (const value of inputs) if (value.dtype !== first!.dtype) fail('expected operands of one type. Cast one of them');
		const shape = inputs.reduce((shape, value) => {
			const both = broadcastShapes(shape, value.shape);
			return both ?? fail(`cannot broadcast ${showShape(shape)} with ${showShape(value.shape)}. Sizes must be equal or 1`);
		}, first!.shape);
		return [{ dtype: dtype ?? first!.dtype, shape }];
	};

const floats: Rule = ([x], _attributes, fail) => {
	if (!isFloat(x!.dtype)) fail('expected floating-point numbers. Cast first');
	return [x!];
};

export const elementwise = {
	Add: broadcast(),
	Sub: broadcast(),
	Mul: broadcast(),
	Div: broadcast(),
	Pow: broadcast(),
	Neg: ([x]) => [x!],
	Sqrt: floats,
	Exp: floats,
	Log: floats,
	Relu: floats,
	Identity: ([x]) => [x!],
	Equal: broadcast('bool'),
	Less: broadcast('bool'),
	Where: (inputs, attributes, fail) => {
		const [condition, x, y] = inputs;
		if (condition!.dtype !== 'bool') fail('expected a bool condition');
		return broadcast(x!.dtype)([{ ...condition!, dtype: x!.dtype }, x!, y!], attributes, fail);
	},
	Cast: ([x], { to }, fail) => {
		const dtype = (Object.keys(dtypes) as DType[]).find((name) => dtypes[name].onnx === to);
		return [{ dtype: dtype ?? fail(`unknown element type ${to}`), shape: x!.shape }];
	},
} satisfies Record<string, Rule>;

const unary = (op: keyof typeof elementwise) => (x: Value) => node(op, elementwise[op], [x])[0]!;
const binary = (op: keyof typeof elementwise) => (a: Value, b: Operand) => node(op, elementwise[op], [a, operand(b, a)])[0]!;

export const add = binary('Add');
export const sub = binary('Sub');
export const mul = binary('Mul');
export const div = binary('Div');
export const pow = binary('Pow');
export const equal = binary('Equal');
export const less = binary('Less');
export const neg = unary('Neg');
export const sqrt = unary('Sqrt');
export const exp = unary('Exp');
export const log = unary('Log');
export const relu = unary('Relu');
export const identity = unary('Identity');

/** Elements of `x` where the condition holds, of `y` elsewhere. */
export function where(condition: Value, x: Operand, y: Operand): Value {
	const like = typeof x === 'number' ? y : x;
	if (typeof like === 'number') throw new TypeError('where: expected x or y to be a value, got two numbers. Pass scalar(number) for one.');
	return node('Where', elementwise.Where, [condition, operand(x, like), operand(y, like)])[0]!;
}

/** The same numbers in another type. */
export function cast(x: Value, dtype: DType): Value {
	return x.dtype === dtype ? x : node('Cast', elementwise.Cast, [x], { to: dtypes[dtype].onnx })[0]!;
}
