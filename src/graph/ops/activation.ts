// Activation functions.
import { type Operand, operand } from '../constant.js';
import { broadcastShapes, sameShape } from '../dim.js';
import { node, type Value } from '../value.js';
import { type Operator, operator } from './operator.js';
import { floats } from './shared-rules.js';

export const operators = {
	Relu: operator(floats, { inputs: 1, kind: 'elementwise' }),
	LeakyRelu: operator(floats, { inputs: 1, kind: 'elementwise' }),
	Elu: operator(floats, { inputs: 1, kind: 'elementwise' }),
	Sigmoid: operator(floats, { inputs: 1, kind: 'elementwise' }),
	Tanh: operator(floats, { inputs: 1, kind: 'elementwise' }),
	Erf: operator(floats, { inputs: 1, kind: 'elementwise' }),
	Gelu: operator(floats, { inputs: 1, kind: 'elementwise', since: 20 }),
	Softplus: operator(floats, { inputs: 1, kind: 'elementwise' }),
	Softsign: operator(floats, { inputs: 1, kind: 'elementwise' }),
	Selu: operator(floats, { inputs: 1, kind: 'elementwise' }),
	Celu: operator(floats, { inputs: 1, kind: 'elementwise', since: 12 }),
	Mish: operator(floats, { inputs: 1, kind: 'elementwise', since: 18 }),
	HardSigmoid: operator(floats, { inputs: 1, kind: 'elementwise' }),
	HardSwish: operator(floats, { inputs: 1, kind: 'elementwise', since: 14 }),
	ThresholdedRelu: operator(floats, { inputs: 1, kind: 'elementwise' }),
	PRelu: operator(
		(inputs, attributes, fail) => {
			const [x, slope] = inputs;
			if (slope!.dtype !== x!.dtype) fail('expected a slope of the same type');
			const both = broadcastShapes(x!.shape, slope!.shape);
			if (!both || !sameShape(both, x!.shape)) fail('expected a slope that broadcasts to the input. Sizes must be equal or 1');
			return floats(inputs, attributes, fail);
		},
		{ inputs: 2 },
	),
} satisfies Record<string, Operator>;

const unary = (op: keyof typeof operators) => (x: Value) => node(op, operators[op], [x])[0]!;

/** max(x, 0). */
export const relu = unary('Relu');
/** 1 / (1 + e⁻ˣ). */
export const sigmoid = unary('Sigmoid');
export const tanh = unary('Tanh');
/** The error function, 2/√π ∫₀ˣ e^−t² dt. */
export const erf = unary('Erf');
/** ln(1 + eˣ). */
export const softplus = unary('Softplus');
/** x / (1 + |x|). */
export const softsign = unary('Softsign');
/** An elu scaled so that layers keep mean 0 and variance 1 (Klambauer et al. 2017). */
export const selu = unary('Selu');
/** x tanh(softplus x) (Misra 2019). */
export const mish = unary('Mish');
/** x min(max(x/6 + 1/2, 0), 1) (Howard et al. 2019). */
export const hardSwish = unary('HardSwish');

/** x where it is positive, `slope` x elsewhere (Maas et al. 2013). */
export function leakyRelu(x: Value, slope = 0.01): Value {
	return node('LeakyRelu', operators.LeakyRelu, [x], { alpha: { float: slope } })[0]!;
}

/** x where it is positive, `alpha` (eˣ − 1) elsewhere (Clevert et al. 2016). */
export function elu(x: Value, alpha = 1): Value {
	return node('Elu', operators.Elu, [x], { alpha: { float: alpha } })[0]!;
}

/** x where it is positive, a learned `slope` times x elsewhere (He et al. 2015). */
export function prelu(x: Value, slope: Operand): Value {
	return node('PRelu', operators.PRelu, [x, operand(slope, x)])[0]!;
}

/** x Φ(x), Φ being the normal distribution (Hendrycks and Gimpel 2016); `tanh` for its approximation, as GPT-2 has it. */
export function gelu(x: Value, { approximate = 'none' }: { approximate?: 'none' | 'tanh' } = {}): Value {
	return node('Gelu', operators.Gelu, [x], { approximate })[0]!;
}

/** x where it is positive, `alpha` (e^(x/alpha) − 1) elsewhere (Barron 2017). */
export function celu(x: Value, alpha = 1): Value {
	return node('Celu', operators.Celu, [x], { alpha: { float: alpha } })[0]!;
}

/** `slope` x + `offset`, not below 0 nor above 1. PyTorch has slope 1/6. */
export function hardSigmoid(x: Value, { slope = 0.2, offset = 0.5 } = {}): Value {
	return node('HardSigmoid', operators.HardSigmoid, [x], { alpha: { float: slope }, beta: { float: offset } })[0]!;
}

/** x where it is larger than `threshold`, 0 elsewhere. */
export function thresholdedRelu(x: Value, threshold = 1): Value {
	return node('ThresholdedRelu', operators.ThresholdedRelu, [x], { alpha: { float: threshold } })[0]!;
}
