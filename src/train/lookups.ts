// Which embedding tables can stay outside a graph.
import type { Node, Parameter, Value } from '../graph/index.js';

/** Tables of fewer numbers than this stay inside: there is nothing to save. */
const largeTable = 50_000;

/** Large tables whose only use on the way to `result` is one lookup of the batch's ids: the value of the rows looked up, by the table's name. */
export function lookups(result: Value, named: ReadonlyMap<string, Parameter>, ids: Value): Map<string, Value> {
	const uses = new Map<Value, Value[]>();
	const seen = new Set<Value>();
	const stack = [result];
	for (let value = stack.pop(); value; value = stack.pop()) {
		if (!value.node || seen.has(value)) continue;
		seen.add(value);
		const before = value.node.custom ? [...value.node.inputs, value.node.custom.result] : value.node.inputs;
		for (const used of before) {
			uses.set(used, [...(uses.get(used) ?? []), value]);
			stack.push(used);
		}
	}
	const found = new Map<string, Value>();
	for (const [name, parameter] of named) {
		const [use, ...more] = uses.get(parameter) ?? [];
		const large = parameter.shape.length === 2 && parameter.shape[0]! * parameter.shape[1]! >= largeTable;
		if (large && use && more.length === 0 && isLookup(use.node!, ids)) found.set(name, use);
	}
	return found;
}

/** Whether a node looks up one row for each id. */
function isLookup({ op, inputs, attributes }: Node, ids: Value): boolean {
	return op === 'Gather' && inputs[1] === ids && attributes.axis === 0;
}
