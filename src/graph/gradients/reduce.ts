// Gradients of reductions and normalizations.
import { constantNumbers, integers } from '../constant.js';
import { cast, div, exp, mul, sub, where } from '../ops/elementwise.js';
import { equal } from '../ops/logic.js';
import { expandTo, reshape, sizeAt } from '../ops/movement.js';
import { cumSum, type reduce, reducedAxes, reduceMean, reduceSum } from '../ops/reduce.js';
import type { Node, Value } from '../value.js';
import { axisAttribute, type Gradient, keepReduced } from './rule.js';

/** The number of elements that go into each result. */
function countOf(inputs: readonly Value[], like: Value): Value {
	const sizes = reducedAxes(inputs).map((axis) => sizeAt(inputs[0]!, axis));
	const count = sizes.reduce((product, size) => mul(product, size), integers([1]));
	return cast(reshape(count, []), like.dtype);
}

const alongAxis = (node: Node, y: Value) => ({ axes: [axisAttribute(node, y.shape.length, -1)], keep: true });

/** The gradient goes to the largest (or smallest) element, in equal parts where several are equal (as torch.amax). */
const extreme: Gradient = (dy, inputs, y, node) => {
	const [x] = inputs;
	const found = equal(x!, keepReduced(y, inputs, node));
	const ties = reduceSum(cast(found, x!.dtype), { axes: reducedAxes(inputs), keep: true });
	return [where(found, div(keepReduced(dy, inputs, node), ties), 0)];
};

export const reduceGradients = {
	ReduceSum: (dy, inputs, _y, node) => [expandTo(keepReduced(dy, inputs, node), inputs[0]!)],
	ReduceMean: (dy, inputs, _y, node) => [expandTo(keepReduced(div(dy, countOf(inputs, dy)), inputs, node), inputs[0]!)],
	ReduceMax: extreme,
	ReduceMin: extreme,
	// d ln Σ eˣ = eˣ⁻ʸ
	ReduceLogSumExp: (dy, inputs, y, node) => [mul(keepReduced(dy, inputs, node), exp(sub(inputs[0]!, keepReduced(y, inputs, node))))],
	// What an element adds to the sums after it comes back from there.
	CumSum: (dy, [, axis], _y, { attributes }) => {
		const options = { exclusive: attributes.exclusive === 1, reverse: attributes.reverse !== 1 };
		return [cumSum(dy, constantNumbers(axis)![0]!, options)];
	},
	// With x̂ = (x − μ)/σ and g = dy γ: dx = (g − mean g − x̂ mean(g x̂)) / σ, dγ = Σ dy x̂, dβ = Σ dy
	LayerNormalization: (dy, [x, scale], _y, node) => {
		const [mean, inverse] = node.outputs.slice(1).map((value) => cast(value, x!.dtype));
		const first = axisAttribute(node, x!.shape.length, -1);
		const means = { axes: x!.shape.flatMap((_, axis) => (axis < first ? [] : [axis])), keep: true };
		const normal = mul(sub(x!, mean!), inverse!);
		const g = mul(dy, scale!);
		const spread = sub(sub(g, reduceMean(g, means)), mul(normal, reduceMean(mul(g, normal), means)));
		return [mul(spread, inverse!), mul(dy, normal), dy];
	},
	ArgMax: null,
	// dx = y (dy − Σ dy y)
	Softmax: (dy, _inputs, y, node) => [mul(y, sub(dy, reduceSum(mul(dy, y), alongAxis(node, y))))],
	// dx = dy − softmax(x) Σ dy
	LogSoftmax: (dy, _inputs, y, node) => [sub(dy, mul(exp(y), reduceSum(dy, alongAxis(node, y))))],
} satisfies Record<keyof typeof reduce, Gradient | null>;
