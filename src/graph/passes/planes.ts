// Convolutions over one axis as such over two, of which one has the size 1: ONNX Runtime's kernels for blocks of channels (NCHWc), which need no copies of
// windows, are for two.

import { relu } from '../ops/activation.js';
import { add } from '../ops/elementwise.js';
import { operatorOf } from '../ops/index.js';
import { squeeze, unsqueeze } from '../ops/movement.js';
import type { Program } from '../program.js';
import { type Attributes, type Node, node, scopeOf, type Value } from '../value.js';
import { pruned } from './prune.js';
import { type Place, rewrite } from './rewrite.js';

/** The axis of size 1, before that of time: `[batch, channels, 1, time]`. */
const axis = 2;

/** The same as a node, in two axes; undefined where it stays. */
type Rule = (
	node: Node,
	plane: { readonly of: (value: Value) => Value; readonly known: (value: Value) => Value | undefined },
) => Value | undefined;

const isLine = ({ shape }: Value) => shape.length === 3;

const rules: Readonly<Record<string, Rule>> = {
	Conv: ({ op, inputs: [x, filters, ...bias], attributes }, plane) =>
		isLine(x!) ? node(op, operatorOf(op)!, [plane.of(x!), unsqueeze(filters!, [axis]), ...bias], inPlane(attributes))[0] : undefined,
	MaxPool: ({ op, inputs: [x], attributes }, plane) =>
		isLine(x!) ? node(op, operatorOf(op)!, [plane.of(x!)], inPlane(attributes))[0] : undefined,
	// What stands between two of them: otherwise they would be taken apart.
	Relu: ({ inputs: [x] }, { known }) => {
		const plane = known(x!);
		return plane && relu(plane);
	},
	Add: ({ inputs: [a, b] }, { known }) => {
		const [left, right] = [known(a!), known(b!)];
		return left && right && add(left, right);
	},
};

/** What an attribute says of the new axis: in the lists of two numbers a size, pads have those of the beginning first. */
function inPlane({ pads, ...attributes }: Attributes): Attributes {
	const lists = ['kernel_shape', 'strides', 'dilations'] as const;
	const wider = lists.flatMap((name) => (attributes[name] ? [[name, [1, ...(attributes[name] as readonly number[])]] as const] : []));
	const [before, after] = (pads ?? []) as readonly number[];
	return { ...attributes, ...Object.fromEntries(wider), ...(pads !== undefined && { pads: [0, before!, 0, after!] }) };
}

/** A program with its convolutions over time, and the maximum pooling between them, over two axes; undefined where there are none. */
export function withPlanes(program: Program): Program | undefined {
	const { inputs, outputs, initializers = {} } = program;
	const given = [...Object.values(inputs), ...Object.values(initializers).map(({ value }) => value)];
	const planes = new Map<Value, Value>();
	const [names, values] = [Object.keys(outputs), Object.values(outputs)];
	const change = (node: Node, { within }: Place) => {
		const rule = within.length === 0 && Object.hasOwn(rules, node.op) ? rules[node.op] : undefined;
		const known = (value: Value) => planes.get(value);
		const plane = rule && scopeOf(node, () => rule(node, { known, of: (value) => known(value) ?? unsqueeze(value, [axis]) }));
		if (!plane) return undefined;
		const line = scopeOf(node, () => squeeze(plane, [axis]));
		planes.set(line, plane);
		return [line, ...node.outputs.slice(1)];
	};
	const made = rewrite(pruned(values, given), { given: new Map(given.map((value) => [value, value])), change });
	if (planes.size === 0) return undefined;
	return { ...program, outputs: Object.fromEntries(names.map((name, place) => [name, made[place]!])) };
}
