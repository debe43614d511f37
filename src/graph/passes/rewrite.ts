// Makes a graph anew, node by node: the one walk of every pass that changes a graph before it is written.
import { type Attributes, type Body, type Node, remake, type Value } from '../value.js';
import { bodiesOf, nodesBefore, operands } from '../walk.js';

/** How a graph is made anew. */
export interface Rewriting {
	/** What stands for values from the start: the walk does not go beyond them. */
	readonly given?: ReadonlyMap<Value, Value>;
	/** The part of a node to go on with, where not all of it is needed. */
	readonly part?: (node: Node) => Node;
	/** What stands for a node's outputs; undefined leaves it as it is. The node has its operands in the new graph already. */
	readonly change?: (node: Node, place: Place) => readonly Value[] | undefined;
}

/** Where a node is. */
export interface Place {
	/** The node with its operands in the old graph. */
	readonly before: Node;
	/** The operators in whose bodies it is, the outermost first. */
	readonly within: readonly string[];
	/** The node that computes a value, if it is a use of this operator and in the same graph. */
	readonly madeBy: (value: Value, op: string) => Node | undefined;
}

/** The values that stand for `outputs` in the new graph. Bodies are made anew, too; a function with its own gradient becomes what computes it. */
export function rewrite(outputs: readonly Value[], rewriting: Rewriting, within: readonly string[] = []): readonly Value[] {
	const { given = new Map(), part = (node) => node, change = () => undefined } = rewriting;
	const made = new Map(given);
	const now = (value: Value) => made.get(value) ?? value;
	const ends = new Set(given.values());
	const madeBy = (value: Value, op: string) => (value.node?.op === op && !ends.has(value) ? value.node : undefined);
	for (const whole of nodesBefore(outputs, { stop: (value) => made.has(value), next: (node) => operands(part(node)) })) {
		if (whole.custom) {
			made.set(whole.outputs[0]!, now(whole.custom.result));
			continue;
		}
		const node = part(whole);
		const anew = again(node, now, rewriting, within);
		const results = (anew[0]?.node && change(anew[0].node, { before: node, within, madeBy })) ?? anew;
		for (const [place, value] of node.outputs.entries()) if (!given.has(value)) made.set(value, results[place]!);
	}
	return outputs.map(now);
}

/** The outputs of the same node over its new inputs and bodies. */
function again(node: Node, now: (value: Value) => Value, rewriting: Rewriting, within: readonly string[]): readonly Value[] {
	const inputs = node.inputs.map(now);
	if (bodiesOf(node).length > 0) {
		const attributes: Attributes = Object.fromEntries(
			Object.entries(node.attributes).map(([name, value]) => [
				name,
				typeof value === 'object' && 'body' in value ? { body: bodyAnew(value.body, now, rewriting, [...within, node.op]) } : value,
			]),
		);
		return remake({ ...node, attributes }, inputs);
	}
	return inputs.every((value, place) => value === node.inputs[place]) ? node.outputs : remake(node, inputs);
}

function bodyAnew(
	{ inputs, outputs, captures }: Body,
	now: (value: Value) => Value,
	rewriting: Rewriting,
	within: readonly string[],
): Body {
	const ends = new Set([...inputs, ...captures.keys()]);
	const results = rewrite(outputs, { ...rewriting, given: new Map([...ends].map((value) => [value, value])) }, within);
	const order = nodesBefore(results, { stop: (value) => ends.has(value), next: operands });
	const used = new Set([...results, ...order.flatMap(operands)]);
	const kept = [...captures].filter(([value]) => used.has(value));
	return { inputs, outputs: results, captures: new Map(kept.map(([value, outside]) => [value, now(outside)])) };
}
