// Reverse-mode differentiation: adds the nodes that compute gradients.
import { scalar } from './constant.js';
import { sameShape, showShape } from './dim.js';
import { ShapeError } from './errors.js';
import { gradients } from './gradients/index.js';
import { zerosLike } from './gradients/rule.js';
import { add } from './ops/elementwise.js';
import type { OpName } from './ops/index.js';
import { reshape } from './ops/movement.js';
import { reduceSum } from './ops/reduce.js';
import { isFloat } from './tensor.js';
import { type Node, scope, type Value } from './value.js';

/** The nodes that `loss` needs, inputs first. */
function nodesBefore(loss: Value): Node[] {
	const order: Node[] = [];
	const seen = new Set<Node>();
	const stack: { node: Node; next: number }[] = [];
	const visit = (value: Value) => {
		if (value.node && !seen.has(value.node)) {
			seen.add(value.node);
			stack.push({ node: value.node, next: 0 });
		}
	};
	visit(loss);
	while (stack.length > 0) {
		const top = stack.at(-1)!;
		const value = top.node.inputs[top.next++];
		if (value) visit(value);
		else order.push(stack.pop()!.node);
	}
	return order;
}

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
export function backward(loss: Value, values: readonly Value[]): (Value | undefined)[] {
	if (loss.shape.length > 0 || !isFloat(loss.dtype)) {
		throw new ShapeError(
			`backward: expected a scalar loss, got ${loss.dtype} ${showShape(loss.shape)}. Reduce it, for example with reduceMean.`,
		);
	}
	const wanted = new Set(values);
	const order = nodesBefore(loss);
	// A node carries gradient when a wanted value lies before it, on a way of floating-point numbers.
	const carries = new Set<Node>();
	const needed = (value: Value) => isFloat(value.dtype) && (wanted.has(value) || (value.node !== undefined && carries.has(value.node)));
	for (const node of order) if (node.inputs.some(needed)) carries.add(node);

	const found = new Map<Value, Value>([[loss, scalar(1, loss.dtype)]]);
	for (const node of order.reverse()) {
		if (!carries.has(node)) continue;
		for (const [value, gradient] of scope(node.scope ? `${node.scope}.backward` : 'backward', () => gradientsOf(node, found))) {
			if (!needed(value)) continue;
			const before = found.get(value);
			found.set(value, before ? add(before, gradient) : gradient);
		}
	}
	return values.map((value) => found.get(value));
}

/** What one node hands back: pairs of input and gradient, in the input's own shape. */
function gradientsOf(node: Node, found: ReadonlyMap<Value, Value>): [Value, Value][] {
	if (!node.outputs.some((value) => found.has(value))) return [];
	const rule = node.custom ? (dy: Value) => node.custom!.gradient(dy) : gradients[node.op as OpName];
	if (!rule) {
		throw new ShapeError(
			`backward: ${node.op}${node.scope ? ` in ${node.scope}` : ''} is not differentiable, and the loss depends on a parameter through it.`,
		);
	}
	const all = node.outputs.map((value) => found.get(value) ?? zerosLike(value));
	const results = rule(all[0]!, node.inputs, node.outputs[0]!, node, all);
	return node.inputs.flatMap((value, place) => {
		const gradient = results[place];
		return gradient ? [[value, undoBroadcast(gradient, value)] satisfies [Value, Value]] : [];
	});
}
