// Gradients of activation functions; each under its formula.
import { scalar } from '../constant.js';
import { type operators as activation, erf, sigmoid, softplus, tanh } from '../ops/activation.js';
import { abs, add, cast, div, exp, mul, neg, sub, where } from '../ops/elementwise.js';
import { and, greater, less } from '../ops/logic.js';
import type { Node, Value } from '../value.js';
import { floatAttribute, type Gradient } from './rule.js';

/** Whether x is above 0: at 0 the other side counts, as PyTorch has it. */
const positive = (x: Value) => greater(x, 0);

const alphaOf = (node: Node, fallback: number) => floatAttribute(node, 'alpha', fallback);

/** The constants of Selu. */
const [seluAlpha, seluScale] = [1.6732632423543772, 1.0507009873554805];

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
	return add(mul(add(t, 1), 0.5), mul(mul(mul(x, sub(1, mul(t, t))), slope), 0.5));
}

export const activationGradients = {
	Relu: (dy, _inputs, y) => [where(positive(y), dy, 0)],
	LeakyRelu: (dy, [x], _y, node) => [where(positive(x!), dy, mul(dy, alphaOf(node, 0.01)))],
	// Below 0: d(α (eˣ − 1)) = α eˣ = y + α
	Elu: (dy, [x], y, node) => [where(positive(x!), dy, mul(dy, add(y, alphaOf(node, 1))))],
	// dσ = σ (1 − σ)
	Sigmoid: (dy, _inputs, y) => [mul(dy, mul(y, sub(1, y)))],
	// d tanh = 1 − tanh²
	Tanh: (dy, _inputs, y) => [mul(dy, sub(1, mul(y, y)))],
	// d erf = 2/√π e^−x²
	Erf: (dy, [x]) => [mul(dy, mul(exp(neg(mul(x!, x!))), 2 / Math.sqrt(Math.PI)))],
	Gelu: (dy, [x], _y, { attributes }) => [mul(dy, attributes.approximate === 'tanh' ? tanhGelu(x!) : gelu(x!))],
	// d ln(1 + eˣ) = σ(x)
	Softplus: (dy, [x]) => [mul(dy, sigmoid(x!))],
	// d(x / (1 + |x|)) = 1 / (1 + |x|)²
	Softsign: (dy, [x]) => {
		const below = add(abs(x!), 1);
		return [div(dy, mul(below, below))];
	},
	// Below 0: d(γ α (eˣ − 1)) = y + γ α
	Selu: (dy, [x], y, node) => {
		const [alpha, scale] = [alphaOf(node, seluAlpha), floatAttribute(node, 'gamma', seluScale)];
		return [mul(dy, where(positive(x!), scale, add(y, alpha * scale)))];
	},
	// Below 0: d(α (e^(x/α) − 1)) = y/α + 1
	Celu: (dy, [x], y, node) => [where(positive(x!), dy, mul(dy, add(div(y, alphaOf(node, 1)), 1)))],
	// With t = tanh(softplus x): d(x t) = t + x (1 − t²) σ(x)
	Mish: (dy, [x]) => {
		const t = tanh(softplus(x!));
		return [mul(dy, add(t, mul(mul(x!, sigmoid(x!)), sub(1, mul(t, t)))))];
	},
	HardSigmoid: (dy, _inputs, y, node) => [where(and(greater(y, 0), less(y, 1)), mul(dy, alphaOf(node, 0.2)), 0)],
	// 0 up to −3, 1 from 3 on, x/3 + 1/2 between
	HardSwish: (dy, [x]) => [mul(dy, where(less(abs(x!), 3), add(div(x!, 3), 0.5), cast(positive(x!), x!.dtype)))],
	ThresholdedRelu: (dy, [x], _y, node) => [where(greater(x!, alphaOf(node, 1)), dy, 0)],
	PRelu: (dy, [x, slope]) => [where(positive(x!), dy, mul(dy, slope!)), where(positive(x!), scalar(0, dy.dtype), mul(dy, x!))],
} satisfies Record<keyof typeof activation, Gradient | null>;
