// Attributes that count a node's inputs or outputs. ONNX Runtime believes them: one that is too large stops it for minutes, or for ever.
import type { OnnxNode } from './model.js';

/** A node as it is counted: how many inputs and outputs it has, and its attributes that are whole numbers. */
export interface Counted {
	readonly op: string;
	readonly name: string;
	readonly inputs: number;
	readonly outputs: number;
	readonly numbers: Readonly<Record<string, number>>;
}

/** What each such attribute may be at least and at most. */
const limits: Readonly<Record<string, (node: Counted) => readonly [attribute: string, least: number, most: number]>> = {
	Scan: ({ inputs }) => ['num_scan_inputs', 1, inputs],
	Split: ({ outputs }) => ['num_outputs', outputs, outputs],
};

/** What is wrong with the counts of a node of ONNX's own operators; undefined where its inputs and outputs bear them out. */
export function miscount(node: Counted): string | undefined {
	if (!Object.hasOwn(limits, node.op)) return undefined;
	const [attribute, least, most] = limits[node.op]!(node);
	const count = node.numbers[attribute];
	if (count === undefined || (count >= least && count <= most)) return undefined;
	return `${attribute} ${count} beside ${node.inputs} inputs and ${node.outputs} outputs`;
}

/** The same of a node that is read. */
export function miscountOf({ op, name, inputs, outputs, attributes }: OnnxNode): string | undefined {
	const numbers = Object.fromEntries(Object.entries(attributes).flatMap(([key, value]) => ('int' in value ? [[key, value.int]] : [])));
	return miscount({ op, name, inputs: inputs.length, outputs: outputs.length, numbers });
}

/** `Add (node add_1)`, for messages. */
export const called = ({ op, name }: Pick<OnnxNode, 'op' | 'name'>) => (name ? `${op} (node ${name})` : `an unnamed ${op}`);
