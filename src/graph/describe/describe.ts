// A graph as a table for people: what each layer computes, and what it costs.

import { showShape } from '../dim.js';
import type { Sizes } from '../dim-size.js';
import type { Program } from '../emit.js';
import { costOf, type GraphCost, type NodeCost } from './cost.js';
import { bytes, count, table, units } from './table.js';

/** How a graph is described. */
export interface DescribeOptions {
	/** Numbers for the names in shapes: floating-point operations and memory need them. */
	readonly sizes?: Sizes;
	/** A row for every node, not for every layer. Default false. */
	readonly nodes?: boolean;
}

/**
 * A table of a program as `emit` writes it: layers in the order in which they run, their operators, the shape that each gives, its
 * parameters, floating-point operations (a multiply-add is two) and bytes of results; then the totals. `costOf` has the same as data.
 *
 * @example
 * console.log(describe({ inputs: { ids, lengths }, outputs: { logits } }, { sizes: { batch: 64, time: 100 } }));
 */
export function describe(program: Program, { sizes = {}, nodes = false }: DescribeOptions = {}): string {
	const cost = costOf(program, sizes);
	const groups = nodes ? cost.nodes.map((node) => [node]) : byLayer(cost.nodes);
	const rows = groups.map((group) => row(group, nodes ? group[0]!.name : group[0]!.layer || '(no layer)', cost));
	const { weights, inputs, activations } = cost.memory;
	const all = ['total', `${cost.nodes.length} nodes`, '', count(cost.parameters), units(cost.flops), '', ''];
	const lines = [
		...table(
			[[nodes ? 'node' : 'layer', nodes ? 'operator' : 'operators', 'output', 'parameters', 'flops', 'share', 'memory'], ...rows, all],
			3,
		),
		'',
		`Operators: ${operatorsOf(cost.operators)}.`,
		`Memory: parameters ${bytes(weights)}, inputs ${bytes(inputs)}, results ${bytes(activations)} at most at one time.`,
	];
	if (cost.missing.length > 0)
		lines.push(`For flops and memory, give sizes: { ${cost.missing.map((name) => `${key(name)}: …`).join(', ')} }.`);
	return lines.join('\n');
}

/** Nodes of one layer, wherever they come, at the place of the first. */
function byLayer(nodes: readonly NodeCost[]): NodeCost[][] {
	const layers = new Map<string, NodeCost[]>();
	for (const node of nodes) layers.set(node.layer, [...(layers.get(node.layer) ?? []), node]);
	return [...layers.values()];
}

function row(group: readonly NodeCost[], name: string, { flops: all }: GraphCost): string[] {
	const sum = (numbers: readonly (number | undefined)[]) =>
		numbers.every((number) => number !== undefined) ? numbers.reduce((a, b) => a + b, 0) : undefined;
	const operators = new Map<string, number>();
	for (const { op } of group) operators.set(op, (operators.get(op) ?? 0) + 1);
	const [parameters, flops, memory] = [
		group.reduce((total, node) => total + node.parameters, 0),
		sum(group.map((node) => node.flops)),
		sum(group.map((node) => node.bytes)),
	];
	const share = flops === undefined || !all ? '' : `${Math.round((100 * flops) / all)}%`;
	const { shape } = group.at(-1)!;
	return [
		name,
		shorten(operatorsOf(Object.fromEntries(operators))),
		showShape(shape),
		parameters ? count(parameters) : '',
		units(flops),
		share,
		bytes(memory),
	];
}

/** `3 Gemm, Add`: the most frequent first. */
const operatorsOf = (operators: Readonly<Record<string, number>>) =>
	Object.entries(operators)
		.sort(([, a], [, b]) => b - a)
		.map(([op, count]) => (count === 1 ? op : `${count} ${op}`))
		.join(', ');

/** A cell no wider than a terminal can bear. */
const shorten = (text: string) => (text.length <= 40 ? text : `${text.slice(0, 39)}…`);
const key = (name: string) => (/^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`);
