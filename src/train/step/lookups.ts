// Which embedding tables can stay outside a graph.
import { dependencies, type Node, nodesBefore, type Value } from '../../graph/index.js';
import type { Named } from './model.js';
import type { PlannedParameter } from './parameter-plan.js';

/** Tables of fewer numbers than this stay inside: there is nothing to save. */
const largeTable = 50_000;

/** A table that stays outside: the rows that were looked up, and the input with their ids. */
export interface Lookup {
	readonly rows: Value;
	readonly ids: string;
	/** Whether the ids were looked up with their two axes exchanged. */
	readonly turned: boolean;
}

/** Large tables that learn and whose only use on the way to `results` is one lookup of an input's ids, by the table's name. */
export function lookups(results: readonly Value[], plan: readonly PlannedParameter[], inputs: Named): Map<string, Lookup> {
	const uses = new Map<Value, Node[]>();
	const before = (node: Node) => (node.custom ? [...node.inputs, node.custom.result] : dependencies(node));
	for (const node of nodesBefore(results, { next: before })) {
		for (const used of before(node)) uses.set(used, [...(uses.get(used) ?? []), node]);
	}
	const inputNames = new Map(Object.entries(inputs).map(([name, value]) => [value, name]));
	const found = new Map<string, Lookup>();
	for (const { name, value: parameter, learns } of plan) {
		const [use, ...more] = uses.get(parameter) ?? [];
		const large =
			learns && parameter.dtype === 'float32' && parameter.shape.length === 2 && parameter.shape[0]! * parameter.shape[1]! >= largeTable;
		if (!large || more.length > 0 || use?.op !== 'Gather' || use.attributes.axis !== 0) continue;
		const [, looked] = use.inputs as [Value, Value];
		const turned = looked.node?.op === 'Transpose' && looked.shape.length === 2 && !inputNames.has(looked);
		const ids = inputNames.get(turned ? looked.node!.inputs[0]! : looked);
		if (ids !== undefined && inputs[ids]!.dtype === 'int32') found.set(name, { rows: use.outputs[0]!, ids, turned });
	}
	return found;
}
