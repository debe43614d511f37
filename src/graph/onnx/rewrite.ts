// Rewriting a node into another form that computes the same: what a rewrite is given, and how it makes nodes.
import { type Tensor, tensor } from '../../tensors/tensor.js';
import type { Type } from '../value.js';
import type { OnnxAttribute, OnnxNode } from './model.js';

/** What a rewrite may know and ask of the graph around a node. */
export interface Around {
	/** The numbers of a constant. */
	readonly numbers: (name: string) => readonly number[] | undefined;
	/** The element type of a value, and its shape where it is known. */
	readonly type: (name: string) => (Pick<Type, 'dtype'> & Partial<Type>) | undefined;
	/** Adds a constant and gives its name. */
	readonly constant: (value: Tensor) => string;
	/** A name that nothing has. */
	readonly fresh: () => string;
	/** Says that the node has no such form. */
	readonly fail: (reason: string) => never;
}

/** The nodes that compute what a node computes, in another form. */
export type Rewrite = (node: OnnxNode, around: Around) => readonly OnnxNode[];

/** The node with attributes set, or left out where undefined. */
export function withAttributes(node: OnnxNode, changes: Readonly<Record<string, OnnxAttribute | undefined>>): OnnxNode {
	const all = Object.entries({ ...node.attributes, ...changes });
	return { ...node, attributes: Object.fromEntries(all.filter((entry): entry is [string, OnnxAttribute] => entry[1] !== undefined)) };
}

/** The node with other inputs; optional ones left out at the end are dropped. */
export function withInputs(node: OnnxNode, inputs: readonly (string | undefined)[]): OnnxNode {
	const last = inputs.findLastIndex((name) => name);
	return { ...node, inputs: inputs.slice(0, last + 1).map((name) => name ?? '') };
}

/** Whether an attribute has a value: the one it has by default, mostly. */
export function holds(attribute: OnnxAttribute | undefined, value: number | string): boolean {
	if (!attribute) return true;
	if ('ints' in attribute) return attribute.ints.every((item) => item === value);
	return ('int' in attribute ? attribute.int : 'string' in attribute ? attribute.string : undefined) === value;
}

/** The number of an integer attribute. */
export function intOf({ attributes }: OnnxNode, name: string, fallback: number): number {
	const value = attributes[name];
	return value && 'int' in value ? value.int : fallback;
}

/** The number of a float attribute. */
export function floatOf({ attributes }: OnnxNode, name: string, fallback: number): number {
	const value = attributes[name];
	return value && 'float' in value ? value.float : fallback;
}

/** A constant list of 64-bit integers. */
export const list = (around: Around, values: readonly number[]) => around.constant(tensor('int64', [values.length], values));

/** A part of a formula: the name of a value, or a number of the element type that the node works in. */
export type Term = string | number;

/** Writes a formula as nodes. */
export interface Formula {
	readonly nodes: readonly OnnxNode[];
	/** Adds a node; gives the name of its output, which is a new one unless it is stated. */
	readonly apply: (op: string, inputs: readonly Term[], attributes?: OnnxNode['attributes'], output?: string) => string;
}

/** Begins the formula that a node stands for. */
export function formula(node: OnnxNode, around: Around): Formula {
	const nodes: OnnxNode[] = [];
	const number = (value: number) => {
		const { dtype } = around.type(node.inputs[0]!) ?? around.fail('the element type of its input is not known');
		return around.constant(tensor(dtype, [], [value]));
	};
	return {
		nodes,
		apply(op, inputs, attributes = {}, output = around.fresh()) {
			const names = inputs.map((term) => (typeof term === 'string' ? term : number(term)));
			nodes.push({ op, name: `${node.name}/${op}_${nodes.length}`, inputs: names, outputs: [output], attributes });
			return output;
		},
	};
}
