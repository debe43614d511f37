// Which embedding tables can stay outside a graph.
import { dependencies, type Node, nodesBefore, type Parameter, type Value } from '../graph/index.js';

/** Tables of fewer numbers than this stay inside: there is nothing to save. */
const largeTable = 50_000;

/** Large tables whose only use on the way to `result` is one lookup of the batch's ids: the value of the rows looked up, by the table's name. */
export function lookups(result: Value, named: ReadonlyMap<string, Parameter>, ids: Value): Map<string, Value> {
	const uses = new Map<Value, Node[]>();
	const before = (node: Node) => (node.custom ? [...node.inputs, node.custom.result] : dependencies(node));
	for (const node of nodesBefore([result], { next: before })) {
		for (const used of before(node)) uses.set(used, [...(uses.get(used) ?? []), node]);
	}
	const found = new Map<string, Value>();
	for (const [name, parameter] of named) {
		const [use, ...more] = uses.get(parameter) ?? [];
		const large = parameter.shape.length === 2 && parameter.shape[0]! * parameter.shape[1]! >= largeTable;
		if (large && use && more.length === 0 && isLookup(use, ids)) found.set(name, use.outputs[0]!);
	}
	return found;
}

/** Whether a node looks up one row for each id. */
function isLookup({ op, inputs, attributes }: Node, ids: Value): boolean {
	return op === 'Gather' && inputs[1] === ids && attributes.axis === 0;
}
