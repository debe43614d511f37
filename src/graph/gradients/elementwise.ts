// Gradients of elementwise operators; each under its formula.

import { scalar } from '../constant.js';
import { abs, cast, div, type elementwise, floor, log, mul, neg, pow, sign, sub, where } from '../ops/elementwise.js';
import { and, equal, greaterOrEqual, less, lessOrEqual } from '../ops/logic.js';
import type { Value } from '../value.js';
import type { Gradient } from './rule.js';

/** Steps: the gradient is 0 wherever there is one, as PyTorch has it. */
const flat: Gradient = () => [undefined];

/** dy where `a` wins, half of it where both are equal (as torch.maximum), 0 elsewhere. */
function share(dy: Value, wins: Value, tie: Value): Value {
	return where(wins, dy, where(tie, mul(dy, 0.5), 0));
}

export const elementwiseGradients = {
	Add: (dy) => [dy, dy],
	Sub: (dy) => [dy, neg(dy)],
	// d(ab) = b da + a db
	Mul: (dy, [a, b]) => [mul(dy, b!), mul(dy, a!)],
	// d(a/b) = da/b − (a/b) db/b
	Div: (dy, [, b], y) => [div(dy, b!), neg(div(mul(dy, y), b!))],
	// d(aᵇ) = b aᵇ⁻¹ da + aᵇ ln a db
	Pow: (dy, [a, b], y) => [mul(dy, mul(b!, pow(a!, sub(b!, 1)))), mul(dy, mul(y, log(a!)))],
	// a mod b = a − b trunc(a/b)
	Mod: (dy, [a, b]) => {
		const quotient = div(a!, b!);
		return [dy, neg(mul(dy, mul(sign(quotient), floor(abs(quotient)))))];
	},
	Min: (dy, [a, b]) => [share(dy, less(a!, b!), equal(a!, b!)), share(dy, less(b!, a!), equal(a!, b!))],
	Max: (dy, [a, b]) => [share(dy, less(b!, a!), equal(a!, b!)), share(dy, less(a!, b!), equal(a!, b!))],
	Neg: (dy) => [neg(dy)],
	Abs: (dy, [x]) => [mul(dy, sign(x!))],
	Sign: flat,
	Floor: flat,
	Round: flat,
	// d(1/x) = −dx / x²
	Reciprocal: (dy, _inputs, y) => [neg(mul(dy, mul(y, y)))],
	// 1 within the bounds and on them.
	Clip: (dy, [x, from, to]) => [where(and(greaterOrEqual(x!, from!), lessOrEqual(x!, to!)), dy, 0)],
	// d√x = dx / 2√x
	Sqrt: (dy, _inputs, y) => [div(mul(dy, 0.5), y)],
	Exp: (dy, _inputs, y) => [mul(dy, y)],
	Log: (dy, [x]) => [div(dy, x!)],
	Identity: (dy) => [dy],
	Where: (dy, [condition]) => [undefined, where(condition!, dy, 0), where(condition!, scalar(0, dy.dtype), dy)],
	Cast: (dy, [x]) => [cast(dy, x!.dtype)],
} satisfies Record<keyof typeof elementwise, Gradient | null>;
