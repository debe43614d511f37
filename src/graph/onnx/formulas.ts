// Operators written out in older ones, for opsets that do not have them. The forms are those of opset 21.
import type { OnnxNode } from './model.js';
import { type Around, floatOf, formula, intOf, list, type Rewrite, withAttributes } from './rewrite.js';

/** The axes from the attribute `axis` on, which is the last by default. */
function axesFrom(node: OnnxNode, around: Around): string {
	const axis = intOf(node, 'axis', -1);
	const end = axis < 0 ? 0 : (around.type(node.inputs[0]!)?.shape?.length ?? around.fail('its rank is not known'));
	const axes = Array.from({ length: end - axis }, (_, place) => axis + place);
	return list(around, axes);
}

/** x (1 + erf(x/√2)) / 2; x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2 */
export const gelu: Rewrite = (node, around) => {
	const { nodes, apply } = formula(node, around);
	const [x] = node.inputs as [string];
	const approximate = node.attributes.approximate;
	const tanh = approximate && 'string' in approximate && approximate.string === 'tanh';
	const cubic = () => apply('Mul', [apply('Mul', [apply('Mul', [x, x]), x]), 0.044715]);
	const bend = tanh
		? apply('Tanh', [apply('Mul', [apply('Add', [x, cubic()]), Math.sqrt(2 / Math.PI)])])
		: apply('Erf', [apply('Mul', [x, Math.SQRT1_2])]);
	apply('Mul', [apply('Mul', [x, 0.5]), apply('Add', [bend, 1])], {}, node.outputs[0]);
	return nodes;
};

/** (x − μ) / √(σ² + ε), times scale, plus bias; further outputs μ and 1 / √(σ² + ε) */
export const layerNormalization: Rewrite = (node, around) => {
	const { nodes, apply } = formula(node, around);
	const [x, scale, bias] = node.inputs as [string, string, string | undefined];
	const [y, mean, inverse] = node.outputs;
	const axes = axesFrom(node, around);
	const center = apply('Sub', [x, apply('ReduceMean', [x, axes], {}, mean || undefined)]);
	const variance = apply('ReduceMean', [apply('Mul', [center, center]), axes]);
	const spread = apply('Sqrt', [apply('Add', [variance, floatOf(node, 'epsilon', 1e-5)])]);
	const normal = apply('Mul', [center, apply('Reciprocal', [spread], {}, inverse || undefined)]);
	const scaled = apply('Mul', [normal, scale], {}, bias ? undefined : y);
	if (bias) apply('Add', [scaled, bias], {}, y);
	return nodes;
};

/** x / √(mean x² + ε), times scale */
export const rmsNormalization: Rewrite = (node, around) => {
	const { nodes, apply } = formula(node, around);
	const [x, scale] = node.inputs as [string, string];
	const axes = axesFrom(node, around);
	const square = apply('ReduceMean', [apply('Mul', [x, x]), axes]);
	const spread = apply('Sqrt', [apply('Add', [square, floatOf(node, 'epsilon', 1e-5)])]);
	apply('Mul', [apply('Div', [x, spread]), scale], {}, node.outputs[0]);
	return nodes;
};

/** eˣ / Σ eˣ along one axis, from the largest down; the logarithm where `log` is set */
export const softmax =
	(log: boolean): Rewrite =>
	(node, around) => {
		const { nodes, apply } = formula(node, around);
		const [x] = node.inputs as [string];
		const axes = list(around, [intOf(node, 'axis', -1)]);
		const below = apply('Sub', [x, apply('ReduceMax', [x, axes])]);
		const powers = apply('Exp', [below]);
		const sum = apply('ReduceSum', [powers, axes]);
		if (log) apply('Sub', [below, apply('Log', [sum])], {}, node.outputs[0]);
		else apply('Div', [powers, sum], {}, node.outputs[0]);
		return nodes;
	};

/** a ≥ b, a ≤ b: above (below) or equal */
export const orEqual =
	(op: 'Greater' | 'Less'): Rewrite =>
	(node, around) => {
		const { nodes, apply } = formula(node, around);
		apply('Or', [apply(op, node.inputs), apply('Equal', node.inputs)], {}, node.outputs[0]);
		return nodes;
	};

/** x σ(α x) */
export const swish: Rewrite = (node, around) => {
	const { nodes, apply } = formula(node, around);
	const [x] = node.inputs as [string];
	const alpha = floatOf(node, 'alpha', 1);
	apply('Mul', [x, apply('Sigmoid', [alpha === 1 ? x : apply('Mul', [x, alpha])])], {}, node.outputs[0]);
	return nodes;
};

/** x max(0, min(1, x/6 + 1/2)) */
export const hardSwish: Rewrite = (node, around) => {
	const { nodes, apply } = formula(node, around);
	const [x] = node.inputs as [string];
	apply('Mul', [x, apply('HardSigmoid', [x], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } })], {}, node.outputs[0]);
	return nodes;
};

/** Some of the sizes: a Slice of all of them */
export const shapePart: Rewrite = (node, around) => {
	const { nodes, apply } = formula(node, around);
	const all = apply('Shape', node.inputs);
	const [from, to] = [intOf(node, 'start', 0), intOf(node, 'end', 2 ** 31 - 1)];
	apply('Slice', [all, list(around, [from]), list(around, [to])], {}, node.outputs[0]);
	return nodes;
};

/** The operator over all axes from `axis` on as one, as Softmax was before opset 13: flattened to two dimensions and back */
export const flattened: Rewrite = (node, around) => {
	const { nodes, apply } = formula(node, around);
	const [x] = node.inputs as [string];
	const flat = apply('Flatten', [x], { axis: { int: intOf(node, 'axis', 1) } });
	const result = around.fresh();
	const inner = { ...withAttributes(node, { axis: { int: -1 } }), inputs: [flat], outputs: [result] };
	const back = formula(node, around);
	back.apply('Reshape', [result, back.apply('Shape', [x])], {}, node.outputs[0]);
	return [...nodes, inner, ...back.nodes];
};
