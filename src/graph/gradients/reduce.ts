// Gradients of reductions; each under its formula.
import { constantNumbers } from '../constant.js';
import { reducedAxes } from '../ops/axes.js';
import { cast, div, exp, mul, neg, sign, sub, where } from '../ops/elementwise.js';
import { equal } from '../ops/logic.js';
import { expandTo } from '../ops/movement.js';
import { cumSum, type operators as reduce, reduceProd, reduceSum } from '../ops/reduce.js';
import { countAlong, type Gradient, keepReduced } from './rule.js';

/** The gradient goes to the largest (or smallest) element, in equal parts where several are equal (as torch.amax). */
const extreme: Gradient = (dy, inputs, y, node) => {
	const [x] = inputs;
	const found = equal(x!, keepReduced(y, inputs, node));
	const ties = reduceSum(cast(found, x!.dtype), { axes: reducedAxes(inputs), keep: true });
	return [where(found, div(keepReduced(dy, inputs, node), ties), 0)];
};

export const reduceGradients = {
	ReduceSum: (dy, inputs, _y, node) => [expandTo(keepReduced(dy, inputs, node), inputs[0]!)],
	ReduceMean: (dy, inputs, _y, node) => [
		expandTo(keepReduced(div(dy, countAlong(inputs[0]!, reducedAxes(inputs))), inputs, node), inputs[0]!),
	],
	ReduceMax: extreme,
	ReduceMin: extreme,
	// d ln Σ eˣ = eˣ⁻ʸ
	ReduceLogSumExp: (dy, inputs, y, node) => [mul(keepReduced(dy, inputs, node), exp(sub(inputs[0]!, keepReduced(y, inputs, node))))],
	// The product of the others: y/x, and where an element is 0 the product of the rest, unless that has a 0, too.
	ReduceProd: (dy, inputs, _y, node) => {
		const over = { axes: reducedAxes(inputs), keep: true };
		const zero = equal(inputs[0]!, 0);
		const zeros = reduceSum(cast(zero, dy.dtype), over);
		const filled = where(zero, 1, inputs[0]!);
		const counts = equal(zeros, cast(zero, dy.dtype));
		return [mul(keepReduced(dy, inputs, node), where(counts, div(reduceProd(filled, over), filled), 0))];
	},
	ReduceL1: (dy, inputs, _y, node) => [mul(keepReduced(dy, inputs, node), sign(inputs[0]!))],
	// d√Σx² = x / y, and 0 at 0, as PyTorch has it
	ReduceL2: (dy, inputs, y, node) => [mul(inputs[0]!, keepReduced(where(equal(y, 0), 0, div(dy, y)), inputs, node))],
	ReduceSumSquare: (dy, inputs, _y, node) => [mul(inputs[0]!, keepReduced(mul(dy, 2), inputs, node))],
	// d ln Σ x = 1 / Σ x = e⁻ʸ
	ReduceLogSum: (dy, inputs, y, node) => [expandTo(keepReduced(mul(dy, exp(neg(y))), inputs, node), inputs[0]!)],
	// What an element adds to the sums after it comes back from there.
	CumSum: (dy, [, axis], _y, { attributes }) => {
		const options = { exclusive: attributes.exclusive === 1, reverse: attributes.reverse !== 1 };
		return [cumSum(dy, constantNumbers(axis)![0]!, options)];
	},
	ArgMax: null,
} satisfies Record<keyof typeof reduce, Gradient | null>;
