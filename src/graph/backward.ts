// Reverse-mode differentiation: adds the nodes that compute gradients.
import { argumentOf } from '../base/index.js';
import { isFloat, isHalf } from '../tensors/tensor.js';
import { present } from './absent.js';
import { scalar } from './constant.js';
import { sameShape, showShape } from './dim.js';
import { ShapeError } from './errors.js';
import { aValue, listOfValues } from './given.js';
import { gradients } from './gradients/index.js';
import { type Pullback, zerosLike } from './gradients/rule.js';
import { add } from './ops/elementwise.js';
import type { OpName } from './ops/index.js';
import { reshape } from './ops/movement.js';
import { reduceSum } from './ops/reduce.js';
import { type Node, scope, scopeOf, type Value } from './value.js';
import { dependencies, nodesBefore } from './walk.js';

/** Sums a gradient over the axes along which its value was broadcast. */
function undoBroadcast(gradient: Value, value: Value): Value {
	if (sameShape(gradient.shape, value.shape)) return gradient;
	const extra = gradient.shape.length - value.shape.length;
	const stretched = value.shape.flatMap((dim, axis) => (dim === 1 && gradient.shape[axis + extra] !== 1 ? [axis + extra] : []));
	const axes = [...Array.from({ length: extra }, (_, axis) => axis), ...stretched];
	const summed = axes.length > 0 ? reduceSum(gradient, { axes, keep: true }) : gradient;
	return reshape(summed, value.shape, [value]);
}

/**
 * The gradient of a scalar `loss` with respect to each of `values` (parameters, inputs, or values in between).
 * A value that the loss does not depend on has none: undefined.
 */
export function backward(loss: Value, values: readonly Value[]): readonly (Value | undefined)[] {
	argumentOf('backward', 'loss', loss, aValue);
	argumentOf('backward', 'values', values, listOfValues);
	if (loss.shape.length > 0 || !isFloat(loss.dtype)) {
		throw new ShapeError(
			`backward: expected a scalar loss, got ${loss.dtype} ${showShape(loss.shape)}${loss.node ? ` (${loss.node.op}${loss.node.scope && ` in ${loss.node.scope}`})` : ''}. Reduce it, for example with reduceMean.`,
		);
	}
	return pullback([[loss, scalar(1, loss.dtype)]], values);
}

/**
 * The gradient of each of `values`, from the gradients of values that come after them (a vector-Jacobian product); not beyond values for which
 * `stop` holds.
 */
export const pullback: Pullback = (outputs, values, stop = () => false) => {
	const wanted = new Set(values);
	const order = nodesBefore(
		outputs.map(([value]) => value),
		{ stop: (value) => stop(value) },
	);
	// A node carries gradient when a wanted value lies before it, on a way of floating-point numbers.
	const carries = new Set<Node>();
	const needed = (value: Value) =>
		(isFloat(value.dtype) || isHalf(value.dtype)) &&
		(wanted.has(value) || (value.node !== undefined && carries.has(value.node) && !stop(value)));
	for (const node of order) if (dependencies(node).some(needed)) carries.add(node);

	const found = new Map<Value, Value>();
	const give = (value: Value, gradient: Value) => {
		const before = found.get(value);
		found.set(value, before ? add(before, gradient) : gradient);
	};
	for (const [value, gradient] of outputs) give(value, gradient);
	for (const node of order.reverse()) {
		if (!carries.has(node)) continue;
		const own = node.outputs.map((value) => (stop(value) ? undefined : found.get(value)));
		scopeOf(node, () => scope('backward', () => gradientsOf(node, own, needed, give)));
	}
	return values.map((value) => found.get(value));
};

/** What one node hands back of the gradients `found` of its outputs: to each of its dependencies a gradient, in the value's own shape. */
function gradientsOf(
	node: Node,
	found: readonly (Value | undefined)[],
	needed: (value: Value) => boolean,
	give: (value: Value, gradient: Value) => void,
) {
	if (found.every((gradient) => gradient === undefined)) return;
	const known = Object.hasOwn(gradients, node.op) ? gradients[node.op as OpName] : 'Write it in operators that have gradients';
	const rule = node.custom ? (dy: Value) => node.custom!.gradient(dy, node.inputs.map(needed)) : known;
	if (typeof rule !== 'function') {
		throw new ShapeError(
			`backward: ${node.op}${node.scope ? ` in ${node.scope}` : ''} is not differentiable, and the loss depends on a parameter through it. ${rule ?? 'Leave it out of the loss'}, or stop the gradient before it with stopGradient.`,
		);
	}
	const all = found.map((gradient, place) => gradient ?? zerosLike(node.outputs[place]!));
	// Taken now: a loop takes in more while its rule asks for values of every step.
	const before = dependencies(node);
	const half = before.find((value) => isHalf(value.dtype) && needed(value));
	if (half) {
		throw new ShapeError(
			`backward: expected float32 or float64 on the way to a parameter, got ${half.dtype} in ${node.op}${node.scope ? ` in ${node.scope}` : ''}. Convert the model to float32.`,
		);
	}
	const results = rule(all[0]!, present(node.inputs), node.outputs[0]!, node, all, { found, needed, pullback });
	for (const [place, value] of before.entries()) {
		const gradient = results[place];
		if (gradient && needed(value)) give(value, undoBroadcast(gradient, value));
	}
}
