// Gradients of activation functions; each under its formula.
import { scalar } from '../constant.js';
import { type activation, erf, sigmoid, tanh } from '../ops/activation.js';
import { add, exp, mul, neg, sub, where } from '../ops/elementwise.js';
import { greater } from '../ops/logic.js';
import type { Node, Value } from '../value.js';
import type { Gradient } from './rule.js';

/** Whether x is above 0: at 0 the other side counts, as PyTorch has it. */
const positive = (x: Value) => greater(x, 0);

const alphaOf = ({ attributes: { alpha } }: Node, fallback: number) =>
	typeof alpha === 'object' && 'float' in alpha ? alpha.float : fallback;

/** d(x Φ(x)) = Φ(x) + x φ(x) */
function gelu(x: Value): Value {
	const distribution = mul(add(erf(mul(x, Math.SQRT1_2)), 1), 0.5);
	const density = mul(exp(mul(mul(x, x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
	return add(distribution, mul(x, density));
}

/** With u = √(2/π) (x + 0.044715 x³): d(x (1 + tanh u)/2) = (1 + tanh u)/2 + x (1 − tanh² u) u′/2 */
function tanhGelu(x: Value): Value {
	const [scale, cubic] = [Math.sqrt(2 / Math.PI), 0.044715];
	const square = mul(x, x);
	const t = tanh(mul(mul(x, add(mul(square, cubic), 1)), scale));
	const slope = mul(add(mul(square, 3 * cubic), 1), scale);
	return add(mul(add(t, 1), 0.5), mul(mul(mul(x, sub(scalar(1, x.dtype), mul(t, t))), slope), 0.5));
}

export const activationGradients = {
	Relu: (dy, _inputs, y) => [where(positive(y), dy, 0)],
	LeakyRelu: (dy, [x], _y, node) => [where(positive(x!), dy, mul(dy, alphaOf(node, 0.01)))],
	// Below 0: d(α (eˣ − 1)) = α eˣ = y + α
	Elu: (dy, [x], y, node) => [where(positive(x!), dy, mul(dy, add(y, alphaOf(node, 1))))],
	// dσ = σ (1 − σ)
	Sigmoid: (dy, _inputs, y) => [mul(dy, mul(y, sub(scalar(1, y.dtype), y)))],
	// d tanh = 1 − tanh²
	Tanh: (dy, _inputs, y) => [mul(dy, sub(scalar(1, y.dtype), mul(y, y)))],
	// d erf = 2/√π e^−x²
	Erf: (dy, [x]) => [mul(dy, mul(exp(neg(mul(x!, x!))), 2 / Math.sqrt(Math.PI)))],
	Gelu: (dy, [x], _y, { attributes }) => [mul(dy, attributes.approximate === 'tanh' ? tanhGelu(x!) : gelu(x!))],
	// d ln(1 + eˣ) = σ(x)
	Softplus: (dy, [x]) => [mul(dy, sigmoid(x!))],
	PRelu: (dy, [x, slope]) => [where(positive(x!), dy, mul(dy, slope!)), where(positive(x!), scalar(0, dy.dtype), mul(dy, x!))],
} satisfies Record<keyof typeof activation, Gradient | null>;
