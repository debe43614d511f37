// Walks over a graph: what a node depends on, and the nodes before a value.
import { absent } from './absent.js';
import type { Body, Node, Value } from './value.js';

/** The bodies that a node has as attributes: one for a loop, two for a choice. */
export function bodiesOf(node: Pick<Node, 'attributes'>): readonly Body[] {
	return Object.values(node.attributes).flatMap((value) => (typeof value === 'object' && 'body' in value ? [value.body] : []));
}

/** All values around a node that its results come from: its inputs, and what its bodies capture. */
export function dependencies(node: Node): readonly Value[] {
	node.recurrence?.settle();
	const bodies = bodiesOf(node);
	return bodies.length === 0 ? node.inputs : [...node.inputs, ...bodies.flatMap(({ captures }) => [...captures.values()])];
}

/** What is written in a node's place: for a function with a gradient of its own, the value that computes it. */
export function operands(node: Node): readonly Value[] {
	return node.custom ? [node.custom.result] : dependencies(node);
}

/** How a walk goes. */
export interface Walk {
	/** Values that the walk does not go beyond. */
	readonly stop?: (value: Value) => boolean;
	/** The values a node leads to; `dependencies` by default. */
	readonly next?: (node: Node) => readonly Value[];
}

/** The nodes that `values` need, inputs first. Without recursion: graphs are deep. */
export function nodesBefore(values: readonly Value[], { stop = () => false, next = dependencies }: Walk = {}): Node[] {
	const order: Node[] = [];
	const seen = new Set<Node>();
	const stack: { readonly node: Node; readonly before: readonly Value[]; place: number }[] = [];
	const visit = (value: Value) => {
		if (!value.node || seen.has(value.node) || stop(value)) return;
		seen.add(value.node);
		stack.push({ node: value.node, before: next(value.node), place: 0 });
	};
	for (const value of values) {
		visit(value);
		while (stack.length > 0) {
			const top = stack.at(-1)!;
			if (top.place < top.before.length) visit(top.before[top.place++]!);
			else order.push(stack.pop()!.node);
		}
	}
	return order;
}

/**
 * The body of a loop or a choice: what computes `outputs` from `inputs`. What does not depend on the inputs is computed once, around it, and
 * captured; but for `own` nodes, which stay inside.
 */
export function bodyOf(inputs: readonly Value[], outputs: readonly Value[], own: ReadonlySet<Node> = new Set()): Body {
	const inside = new Set(inputs);
	const captures = new Map<Value, Value>();
	const use = (value: Value) => {
		if (!inside.has(value) && !value.constant && value !== absent) captures.set(value, value);
	};
	for (const node of nodesBefore(outputs, { stop: (value) => inside.has(value), next: operands })) {
		const before = operands(node);
		if (!own.has(node) && !before.some((value) => inside.has(value))) continue;
		for (const value of before) use(value);
		for (const value of node.outputs) inside.add(value);
	}
	for (const value of outputs) use(value);
	return { inputs, outputs, captures };
}
