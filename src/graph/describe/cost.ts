// What a graph costs: parameters, memory and floating-point operations, node by node.

import { dtypes, isFloat, sizeOf } from '../../tensors/tensor.js';
import type { Shape } from '../dim.js';
import { type Sizes, sizeOfDim } from '../dim-size.js';
import { emitNamed, type Program } from '../emit.js';
import { keptOf } from '../import/kept.js';
import type { OnnxAttribute, OnnxGraph, OnnxNode } from '../onnx/model.js';
import { operatorOf } from '../ops/index.js';
import { flopsOf } from '../ops/operator.js';
import type { Attribute, Attributes, Value } from '../value.js';

/** What one node costs. Where a size is not known, flops and bytes are undefined. */
export interface NodeCost {
	readonly name: string;
	readonly op: string;
	/** The layer that asked for it. */
	readonly layer: string;
	readonly dtype: string;
	/** The shape of its first output. */
	readonly shape: Shape;
	/** Numbers of the parameters that it is the first to use. */
	readonly parameters: number;
	/** Floating-point operations; in a loop, of all its steps. */
	readonly flops: number | undefined;
	/** Bytes of its outputs; in a loop, of one step. */
	readonly bytes: number | undefined;
}

/** What a graph costs. All of it is plain data. */
export interface GraphCost {
	/** In the order in which they run; the nodes of a loop's body come after the loop. */
	readonly nodes: readonly NodeCost[];
	/** How many nodes there are of each operator, the most frequent first. */
	readonly operators: Readonly<Record<string, number>>;
	/** Numbers that are trained or stored: parameters among the inputs, and initializers of floats. */
	readonly parameters: number;
	readonly flops: number | undefined;
	readonly memory: {
		/** Bytes of the parameters. */
		readonly weights: number;
		/** Bytes of all that is fed beside them. */
		readonly inputs: number | undefined;
		/** The most bytes of results that live at one time, each from its node to its last use: ONNX Runtime needs about that or less. */
		readonly activations: number | undefined;
	};
	/** Names in shapes that `sizes` lacks. */
	readonly missing: readonly string[];
}

/** Whether an operator's result is the memory of its first input. */
const isView = (op: string) => operatorOf(op)?.kind === 'view';

/** What a graph costs as `emit` writes it, with these numbers for its named sizes. */
export function costOf(program: Program, sizes: Sizes = {}): GraphCost {
	const { model, values } = emitNamed(program);
	const missing = new Set<string>();
	const { nodes, peak } = new Costs(program, { values, sizes, missing }).graph(model.graph, 1);
	const total = (numbers: readonly (number | undefined)[]) =>
		numbers.reduce<number | undefined>((sum, number) => (sum === undefined || number === undefined ? undefined : sum + number), 0);
	const operators = new Map<string, number>();
	for (const { op } of nodes) operators.set(op, (operators.get(op) ?? 0) + 1);
	const stored = Object.values(program.initializers ?? {}).map(({ value }) => value);
	const fed = model.graph.inputs.map(({ name }) => program.inputs[name]!);
	const weights = [...stored, ...fed].filter((value) => isWeight(value, stored));
	const bytes = (value: Value) => bytesOf(value, sizes, missing);
	return {
		nodes,
		operators: Object.fromEntries([...operators].sort(([, a], [, b]) => b - a)),
		parameters: weights.reduce((sum, { shape }) => sum + sizeOf(shape as number[]), 0),
		flops: total(nodes.map(({ flops }) => flops)),
		memory: {
			weights: total(weights.map(bytes))!,
			inputs: total(fed.filter((value) => !weights.includes(value)).map(bytes)),
			activations: peak,
		},
		missing: [...missing],
	};
}

/** A parameter of a layer, or floats that are stored in the file. */
const isWeight = (value: Value, stored: readonly Value[]) => isFloat(value.dtype) && ('initial' in value || stored.includes(value));

function bytesOf({ dtype, shape }: Value, sizes: Sizes, missing: Set<string>): number | undefined {
	const numbers = shape.map((dim) => sizeOfDim(dim, sizes, missing));
	return numbers.every((size) => size !== undefined) ? sizeOf(numbers) * dtypes[dtype].array.BYTES_PER_ELEMENT : undefined;
}

/** Costs of a graph and of the bodies in it. */
class Costs {
	readonly #stored: readonly Value[];
	readonly #used = new Set<Value>();
	readonly #given: { values: ReadonlyMap<string, Value>; sizes: Sizes; missing: Set<string> };

	constructor(program: Program, given: { values: ReadonlyMap<string, Value>; sizes: Sizes; missing: Set<string> }) {
		this.#stored = Object.values(program.initializers ?? {}).map(({ value }) => value);
		this.#given = given;
	}

	/** The nodes of a graph that runs `times`, those of its bodies included, and the most bytes that live at one time. */
	graph({ nodes, outputs }: OnnxGraph, times: number | undefined): { nodes: NodeCost[]; peak: number | undefined } {
		const ends = lastUses(nodes);
		const costs: NodeCost[] = [];
		const living = new Map<string, number>();
		let [now, peak]: [number | undefined, number | undefined] = [0, 0];
		for (const [place, node] of nodes.entries()) {
			const bodies = bodiesOf(node).map((body) =>
				this.graph(body, times === undefined ? undefined : this.#product(times, this.#trips(node))),
			);
			const bytes = isView(node.op) ? 0 : this.#bytes(node);
			costs.push(this.#node(node, times, bytes), ...bodies.flatMap(({ nodes }) => nodes));
			now = now === undefined || bytes === undefined ? undefined : now + bytes;
			living.set(node.name, bytes ?? 0);
			const inner = bodies.reduce<number | undefined>(
				(most, { peak }) => (peak === undefined || most === undefined ? undefined : Math.max(most, peak)),
				0,
			);
			peak = peak === undefined || now === undefined || inner === undefined ? undefined : Math.max(peak, now + inner);
			for (const [at, end] of ends.get(place) ?? []) {
				if (outputs.some(({ name }) => end.includes(name))) continue;
				if (now !== undefined) now -= living.get(nodes[at]!.name)!;
			}
		}
		return { nodes: costs, peak };
	}

	#product(a: number, b: number | undefined): number | undefined {
		return b === undefined ? undefined : a * b;
	}

	#value(name: string): Value | undefined {
		return this.#given.values.get(name);
	}

	#shape(name: string): number[] | undefined {
		const numbers = this.#value(name)?.shape.map((dim) => sizeOfDim(dim, this.#given.sizes, this.#given.missing));
		return numbers?.every((size) => size !== undefined) ? numbers : undefined;
	}

	#bytes({ outputs }: OnnxNode): number | undefined {
		let sum = 0;
		for (const value of outputs.flatMap((name) => this.#value(name) ?? [])) {
			const bytes = bytesOf(value, this.#given.sizes, this.#given.missing);
			if (bytes === undefined) return undefined;
			sum += bytes;
		}
		return sum;
	}

	#node(node: OnnxNode, times: number | undefined, bytes: number | undefined): NodeCost {
		const { op, name } = node;
		const first = this.#value(node.outputs[0]!)!;
		const parameters = node.inputs
			.flatMap((input) => this.#value(input) ?? [])
			.filter((value) => isWeight(value, this.#stored) && !this.#used.has(value));
		for (const value of parameters) this.#used.add(value);
		return {
			name,
			op,
			layer: first.node?.scope ?? '',
			dtype: first.dtype,
			shape: first.shape,
			parameters: parameters.reduce((sum, { shape }) => sum + sizeOf(shape as number[]), 0),
			flops: times === undefined ? undefined : this.#product(times, this.#flops(node)),
			bytes,
		};
	}

	#flops({ op, inputs, outputs, attributes }: OnnxNode): number | undefined {
		const [before, after] = [inputs, outputs].map((names) => names.filter((name) => name !== '').map((name) => this.#shape(name)));
		if (![...before!, ...after!].every((shape) => shape !== undefined)) return undefined;
		return flopsOf(operatorOf(op) ?? keptOf(op), {
			inputs: before as number[][],
			outputs: after as number[][],
			attributes: plain(attributes),
		});
	}

	/** How often a body runs: the length of what goes in or comes out step by step. */
	#trips({ op, inputs, outputs, attributes }: OnnxNode): number | undefined {
		const scanned = attributes.num_scan_inputs;
		if (scanned && 'int' in scanned) return this.#shape(inputs.at(-scanned.int)!)?.[0];
		if (op !== 'Loop') return 1;
		const count = this.#value(inputs[0]!)?.constant?.data[0];
		const stacked = outputs[inputs.length - 2];
		return count !== undefined ? Number(count) : stacked === undefined ? undefined : this.#shape(stacked)?.[0];
	}
}

const bodiesOf = ({ attributes }: OnnxNode) => Object.values(attributes).flatMap((value) => ('graph' in value ? [value.graph] : []));

/** The names that a node reads, in its bodies, too. */
const readsOf = (node: OnnxNode): string[] => [...node.inputs, ...bodiesOf(node).flatMap(({ nodes }) => nodes.flatMap(readsOf))];

/** For each place in the order, the nodes whose results are used there last, with the names of these. A view lengthens the life of what it shows. */
function lastUses(nodes: readonly OnnxNode[]): Map<number, (readonly [maker: number, names: readonly string[]])[]> {
	const makers = new Map<string, number>();
	const names = nodes.map(({ outputs }) => [...outputs]);
	for (const [place, { op, inputs, outputs }] of nodes.entries()) {
		const shown = isView(op) ? makers.get(inputs[0]!) : undefined;
		for (const name of outputs) makers.set(name, shown ?? place);
		if (shown !== undefined) names[shown]!.push(...outputs);
	}
	const last = new Map<number, number>();
	for (const [place, node] of nodes.entries()) {
		for (const name of node.outputs) last.set(makers.get(name)!, place);
		for (const name of readsOf(node)) if (makers.has(name)) last.set(makers.get(name)!, place);
	}
	const ends = new Map<number, (readonly [number, readonly string[]])[]>();
	for (const [maker, place] of last) ends.set(place, [...(ends.get(place) ?? []), [maker, names[maker]!]]);
	return ends;
}

/** Attributes as shape rules have them. */
function plain(attributes: Readonly<Record<string, OnnxAttribute>>): Attributes {
	return Object.fromEntries(
		Object.entries(attributes).flatMap(([key, value]): [string, Attribute][] => {
			if ('int' in value) return [[key, value.int]];
			if ('ints' in value) return [[key, value.ints]];
			return 'string' in value ? [[key, value.string]] : [];
		}),
	);
}
