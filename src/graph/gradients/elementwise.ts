// Gradients of elementwise operators; each under its formula.

import { constantNumbers, scalar } from '../constant.js';
import { ShapeError } from '../errors.js';
import {
	abs,
	add,
	cast,
	cos,
	div,
	type operators as elementwise,
	floor,
	log,
	mul,
	neg,
	pow,
	sign,
	sin,
	sub,
	where,
} from '../ops/elementwise.js';
import { and, equal, greater, greaterOrEqual, less, lessOrEqual } from '../ops/logic.js';
import type { Gradient } from './rule.js';

/** Steps: the gradient is 0 wherever there is one, as PyTorch has it. */
const flat: Gradient = () => [undefined];

/** dy to what equals the result, in equal parts where several do (as torch.maximum). */
const winners: Gradient = (dy, inputs, y) => {
	const wins = inputs.map((value) => equal(value, y));
	const part = div(
		dy,
		wins.map((win) => cast(win, dy.dtype)).reduce((a, b) => add(a, b)),
	);
	return wins.map((win) => where(win, part, 0));
};

export const elementwiseGradients = {
	Add: (dy) => [dy, dy],
	Sub: (dy) => [dy, neg(dy)],
	// d(ab) = b da + a db
	Mul: (dy, [a, b]) => [mul(dy, b!), mul(dy, a!)],
	// d(a/b) = da/b − (a/b) db/b
	Div: (dy, [, b], y) => [div(dy, b!), neg(div(mul(dy, y), b!))],
	// d(aᵇ) = b aᵇ⁻¹ da + aᵇ ln a db; where b is 0, and where a is 0 and b is not below it, there is no slope, as PyTorch has it.
	Pow: (dy, [a, b], y) => {
		const exponent = cast(b!, a!.dtype);
		const da = mul(dy, mul(exponent, pow(a!, sub(exponent, 1))));
		const db = where(and(equal(a!, 0), greaterOrEqual(exponent, 0)), 0, mul(dy, mul(y, log(a!))));
		return [constantNumbers(b)?.every((number) => number !== 0) ? da : where(equal(exponent, 0), 0, da), cast(db, b!.dtype)];
	},
	// a mod b = a − b trunc(a/b)
	Mod: (dy, [a, b]) => {
		const quotient = div(a!, b!);
		return [dy, neg(mul(dy, mul(sign(quotient), floor(abs(quotient)))))];
	},
	Min: winners,
	Max: winners,
	Sum: (dy, inputs) => inputs.map(() => dy),
	Mean: (dy, inputs) => inputs.map(() => div(dy, inputs.length)),
	Neg: (dy) => [neg(dy)],
	Abs: (dy, [x]) => [mul(dy, sign(x!))],
	Sign: flat,
	Floor: flat,
	Ceil: flat,
	Round: flat,
	// d(1/x) = −dx / x²
	Reciprocal: (dy, _inputs, y) => [neg(mul(dy, mul(y, y)))],
	// 1 within the bounds and on them; beyond, the bound has it.
	Clip: (dy, [x, from, to]) => {
		const inside = [from && greaterOrEqual(x!, from), to && lessOrEqual(x!, to)].filter((bound) => bound !== undefined);
		return [
			inside.length === 0 ? dy : where(inside.reduce(and), dy, 0),
			from && where(less(x!, from), dy, 0),
			to && where(greater(x!, to), dy, 0),
		];
	},
	// d√x = dx / 2√x
	Sqrt: (dy, _inputs, y) => [div(mul(dy, 0.5), y)],
	Exp: (dy, _inputs, y) => [mul(dy, y)],
	Log: (dy, [x]) => [div(dy, x!)],
	Sin: (dy, [x]) => [mul(dy, cos(x!))],
	Cos: (dy, [x]) => [neg(mul(dy, sin(x!)))],
	Identity: (dy) => [dy],
	// Masks of ONNX Runtime are state of its session: no run could be repeated.
	Dropout: (dy, [, , training]) => {
		if (training && constantNumbers(training)?.[0] !== 0)
			throw new ShapeError('Dropout: expected training_mode false for the gradient. Multiply by a mask of nn.dropout in training.');
		return [dy];
	},
	Where: (dy, [condition]) => [undefined, where(condition!, dy, 0), where(condition!, scalar(0, dy.dtype), dy)],
	Cast: (dy, [x]) => [cast(dy, x!.dtype)],
} satisfies Record<keyof typeof elementwise, Gradient | null>;
