// Elementwise arithmetic: broadcast as NumPy does.

import { type DType, dtypes, isFloat } from '../../tensors/tensor.js';
import { type Operand, operand, operands, scalar } from '../constant.js';
import { node, type Value } from '../value.js';
import { none, type Operator, operator } from './operator.js';
import { broadcast, floats } from './shared-rules.js';

export const operators = {
	Add: operator(broadcast(), { inputs: 2, kind: 'elementwise' }),
	Sub: operator(broadcast(), { inputs: 2, kind: 'elementwise' }),
	Mul: operator(broadcast(), { inputs: 2, kind: 'elementwise' }),
	Div: operator(broadcast(), { inputs: 2, kind: 'elementwise' }),
	// The exponent may be whole numbers.
	Pow: operator(
		([x, exponent], attributes, fail) => {
			const dtype = isFloat(exponent!.dtype) ? exponent!.dtype : x!.dtype;
			return broadcast()([x!, { ...exponent!, dtype }], attributes, fail);
		},
		{ inputs: 2, kind: 'elementwise' },
	),
	Mod: operator(broadcast(), { inputs: 2, kind: 'elementwise' }),
	Min: operator(broadcast(), { inputs: [1, Infinity], kind: 'elementwise' }),
	Max: operator(broadcast(), { inputs: [1, Infinity], kind: 'elementwise' }),
	Sum: operator(broadcast(), { inputs: [1, Infinity], kind: 'elementwise' }),
	Mean: operator(broadcast(), { inputs: [1, Infinity], kind: 'elementwise' }),
	Neg: operator(([x]) => [x!], { inputs: 1, kind: 'elementwise' }),
	Abs: operator(([x]) => [x!], { inputs: 1, kind: 'elementwise' }),
	Sign: operator(([x]) => [x!], { inputs: 1, kind: 'elementwise' }),
	Reciprocal: operator(floats, { inputs: 1, kind: 'elementwise' }),
	Floor: operator(floats, { inputs: 1, kind: 'elementwise' }),
	Ceil: operator(floats, { inputs: 1, kind: 'elementwise' }),
	Round: operator(floats, { inputs: 1, kind: 'elementwise' }),
	Sqrt: operator(floats, { inputs: 1, kind: 'elementwise' }),
	Exp: operator(floats, { inputs: 1, kind: 'elementwise' }),
	Log: operator(floats, { inputs: 1, kind: 'elementwise' }),
	Sin: operator(floats, { inputs: 1, kind: 'elementwise' }),
	Cos: operator(floats, { inputs: 1, kind: 'elementwise' }),
	Clip: operator(
		(inputs, _attributes, fail) => {
			const [x, ...bounds] = inputs;
			for (const bound of bounds)
				if (bound && (bound.dtype !== x!.dtype || bound.shape.length > 0)) fail('expected bounds to be scalars of the same type');
			return [x!];
		},
		{ inputs: [1, 3] },
	),
	Identity: operator(([x]) => [x!], { inputs: 1, kind: 'view' }),
	/** Outputs: the result, and which elements were kept. */
	Dropout: operator(([x]) => [x!, { dtype: 'bool', shape: x!.shape }], { inputs: [1, 3], kind: 'elementwise', flops: none, random: true }),
	Where: operator(
		(inputs, attributes, fail) => {
			const [condition, x, y] = inputs;
			if (condition!.dtype !== 'bool') fail('expected a bool condition. Compare first');
			return broadcast(x!.dtype)([{ ...condition!, dtype: x!.dtype }, x!, y!], attributes, fail);
		},
		{ inputs: 3, kind: 'elementwise' },
	),
	Cast: operator(
		([x], { to }, fail) => {
			const dtype = (Object.keys(dtypes) as DType[]).find((name) => dtypes[name].onnx === to);
			return [{ dtype: dtype ?? fail(`unknown element type ${to}`), shape: x!.shape }];
		},
		{ inputs: 1, kind: 'elementwise', flops: none },
	),
} satisfies Record<string, Operator>;

const unary = (op: keyof typeof operators) => (x: Value) => node(op, operators[op], [x])[0]!;
const binary = (op: keyof typeof operators) => (a: Operand, b: Operand) => node(op, operators[op], operands(op, a, b))[0]!;

export const add = binary('Add');
export const sub = binary('Sub');
export const mul = binary('Mul');
export const div = binary('Div');
export const pow = binary('Pow');
export const min = binary('Min');
export const max = binary('Max');
export const neg = unary('Neg');
export const abs = unary('Abs');
export const sign = unary('Sign');
export const reciprocal = unary('Reciprocal');
export const floor = unary('Floor');
export const ceil = unary('Ceil');
/** To the nearest whole number, halves to the even one. */
export const round = unary('Round');
export const sqrt = unary('Sqrt');
export const exp = unary('Exp');
export const log = unary('Log');
export const sin = unary('Sin');
export const cos = unary('Cos');
export const identity = unary('Identity');

/** The sum of several values, broadcast. */
export function sum(values: readonly Value[]): Value {
	return node('Sum', operators.Sum, values)[0]!;
}

/** The mean of several values, broadcast. */
export function mean(values: readonly Value[]): Value {
	return node('Mean', operators.Mean, values)[0]!;
}

/** The rest of a division, with the sign of `a` (as C's fmod). */
export function mod(a: Operand, b: Operand): Value {
	return node('Mod', operators.Mod, operands('Mod', a, b), { fmod: 1 })[0]!;
}

/** Each element brought between two bounds. */
export function clip(x: Value, from: number, to: number): Value {
	if (!(from <= to)) throw new RangeError(`clip: expected the lower bound first, got ${from} and ${to}. Exchange them.`);
	return node('Clip', operators.Clip, [x, operand(from, x), operand(to, x)])[0]!;
}

/** Elements of `x` where the condition holds, of `y` elsewhere. */
export function where(condition: Value, x: Operand, y: Operand): Value {
	return node('Where', operators.Where, [condition, ...operands('where', x, y)])[0]!;
}

/** The same numbers in another type. */
export function cast(x: Value, dtype: DType): Value {
	return x.dtype === dtype ? x : node('Cast', operators.Cast, [x], { to: dtypes[dtype].onnx })[0]!;
}

/** Dropout as imported graphs have it. Outside of training it is `x` itself; what is trained here has masks as inputs (see nn). */
export function dropout(x: Value, { rate = 0.5, training = false } = {}): Value {
	return node('Dropout', operators.Dropout, [x, scalar(rate), scalar(training ? 1 : 0, 'bool')])[0]!;
}
