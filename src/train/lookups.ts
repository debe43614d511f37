// Which embedding tables can stay outside a graph.
import type { Parameter, Value } from '../graph/index.js';

/** Tables smaller than this stay inside: there is nothing to save. In numbers. */
const largeTable = 50_000;

/** Large tables whose only use is one lookup of the batch's ids: the value that holds the rows looked up, by the table's name. */
export function lookups(loss: Value, named: ReadonlyMap<string, Parameter>, ids: Value): Map<string, Value> {
	const uses = new Map<Value, Value[]>();
	const seen = new Set<Value>();
	const stack = [loss];
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
		if (large && use && more.length === 0 && use.node!.op === 'Gather' && use.node!.inputs[1] === ids) found.set(name, use);
	}
	return found;
}
