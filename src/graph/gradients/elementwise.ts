// Gradients of elementwise operators; each under its formula.

import { scalar } from '../constant.js';
import { cast, div, type elementwise, less, log, mul, neg, pow, sub, where } from '../ops/elementwise.js';
import type { Gradient } from './rule.js';

export const elementwiseGradients = {
	Add: (dy) => [dy, dy],
	Sub: (dy) => [dy, neg(dy)],
	// d(ab) = b da + a db
	Mul: (dy, [a, b]) => [mul(dy, b!), mul(dy, a!)],
	// d(a/b) = da/b − (a/b) db/b
	Div: (dy, [, b], y) => [div(dy, b!), neg(div(mul(dy, y), b!))],
	// d(aᵇ) = b aᵇ⁻¹ da + aᵇ ln a db
	Pow: (dy, [a, b], y) => [mul(dy, mul(b!, pow(a!, sub(b!, 1)))), mul(dy, mul(y, log(a!)))],
	Neg: (dy) => [neg(dy)],
	// d√x = dx / 2√x
	Sqrt: (dy, _inputs, y) => [div(mul(dy, 0.5), y)],
	Exp: (dy, _inputs, y) => [mul(dy, y)],
	Log: (dy, [x]) => [div(dy, x!)],
	// 1 where the output is above 0: at 0 the gradient is 0, as PyTorch has it.
	Relu: (dy, _inputs, y) => [where(less(scalar(0, y.dtype), y), dy, 0)],
	Identity: (dy) => [dy],
	Equal: null,
	Less: null,
	Where: (dy, [condition]) => [undefined, where(condition!, dy, 0), where(condition!, scalar(0, dy.dtype), dy)],
	Cast: (dy, [x]) => [cast(dy, x!.dtype)],
} satisfies Record<keyof typeof elementwise, Gradient | null>;
