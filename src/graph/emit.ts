// From values to an ONNX graph: orders the nodes, names everything, shares equal nodes and constants. What no output reaches never appears.
import { is, optionsOf } from '../base/index.js';
import { texts } from '../tensors/given.js';
import type { Tensor } from '../tensors/tensor.js';
import { absent } from './absent.js';
import { type Dim, unknownNames } from './dim.js';
import { type Sizes, sizeOfDim } from './dim-size.js';
import { numbers } from './given.js';
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxValue } from './onnx/model.js';
import { operatorOf } from './ops/index.js';
import { fused } from './passes/fuse.js';
import { pruned } from './passes/prune.js';
import { simplified } from './passes/simplify.js';
import { handedOutOnce } from './passes/states.js';
import { unrolled } from './passes/unroll.js';
import { missingValue, ordered, type Program, programOf } from './program.js';
import type { Attribute, Body, Node, Value } from './value.js';
import { bodiesOf, operands } from './walk.js';

/** The opset that graphs are made in; the writer takes a higher one where an operator is newer. */
export const opset = 21;

export type { Program };

/** How a model is made. */
export interface EmitOptions {
	readonly name?: string;
	readonly metadata?: Readonly<Record<string, string>>;
	/** False writes every node as it was built, each by itself: equal ones apart, and loops with all that they hand out. Default true. */
	readonly simplify?: boolean;
	/** Writes loops out step by step: the numbers of steps, by the names of the sizes. The graph then fits these sizes only. */
	readonly unroll?: Sizes;
}

const kinds = { name: is.text, metadata: texts, simplify: is.flag, unroll: numbers };

/**
 * Makes the ONNX model of a program.
 *
 * @throws {RangeError} for what is no program.
 * @throws {TypeError} for one name of two values, for two names of one value that the graph is given, and for a value that nothing gives.
 */
export function emit(program: Program, options: EmitOptions = {}): OnnxModel {
	return emitNamed(program, options).model;
}

/** The ONNX model of a program, and the value that each name in it stands for. */
export function emitNamed(program: Program, options: EmitOptions = {}): { model: OnnxModel; values: ReadonlyMap<string, Value> } {
	const { name = 'textloom', metadata = {}, simplify = true, unroll } = optionsOf('emit', options, kinds);
	const emitter = new Emitter({ share: simplify });
	const { initializers: held = {}, domains = {}, order } = programOf('emit', program);
	const [taken, wanted] = [ordered(program.inputs, order), ordered(program.outputs, order)];
	for (const [name] of [...taken, ...wanted, ...Object.entries(held)]) emitter.taken.add(name);
	for (const [name, value] of taken) emitter.give(value, name);
	for (const [name, { value, data }] of Object.entries(held)) {
		emitter.give(value, name);
		emitter.initializers.set(name, data);
	}
	const sources = taken.map(([, value]) => value);
	const given = [...sources, ...Object.values(held).map(({ value }) => value)];
	let results = pruned(
		wanted.map(([, value]) => value),
		given,
		{ whole: !simplify },
	);
	if (unroll) results = unrolled(results, given, unroll);
	if (simplify) results = simplified(fused(simplified(handedOutOnce(results, given), given, sources), given), given, sources);
	const outputs = wanted.map(([name], place) => emitter.output(results[place]!, name));
	const used = usedNames(emitter.nodes);
	const inputs = taken
		.filter(([name]) => used.has(name))
		.map(([name, value]) => ({ name, dtype: value.dtype, shape: value.shape.map((dim) => sizeOfDim(dim, unroll ?? {}) ?? dim) }));
	for (const name of emitter.initializers.keys()) if (!used.has(name)) emitter.initializers.delete(name);
	const model: OnnxModel = {
		opset,
		...(Object.keys(domains).length > 0 && { domains }),
		producer: 'textloom',
		metadata,
		graph: emitter.graph(name, inputs, outputs),
	};
	return { model, values: emitter.values };
}

/** Writes the nodes of one graph; a body's emitter looks outward for values of the graph around it. */
class Emitter {
	readonly nodes: OnnxNode[] = [];
	readonly initializers = new Map<string, Tensor>();
	/** The Identity nodes that only give an output its name. */
	readonly namings = new Set<OnnxNode>();
	readonly names = new Map<Value, string>([[absent, '']]);
	/** Names in use in the whole model: bodies see the names around them. */
	readonly taken: Set<string>;
	/** The value that each name in the whole model stands for. */
	readonly values: Map<string, Value>;
	/** Nodes and constants already written, by what they compute. */
	readonly written = new Map<string, readonly string[]>();
	/** How sizes are called in the file. */
	readonly dims: (dim: Dim) => Dim;
	readonly outer: Emitter | undefined;
	readonly prefix: string;
	/** Whether equal nodes are written once. */
	readonly share: boolean;

	constructor({ share, outer, prefix = '' }: { readonly share: boolean; readonly outer?: Emitter; readonly prefix?: string }) {
		this.share = share;
		this.outer = outer;
		this.prefix = prefix;
		this.taken = outer?.taken ?? new Set();
		this.values = outer?.values ?? new Map();
		this.dims = outer?.dims ?? unknownNames();
	}

	/** The name, or with a number after it where it is in use. */
	unique(name: string): string {
		let free = name;
		for (let i = 1; this.taken.has(free); i++) free = `${name}.${i}`;
		this.taken.add(free);
		return free;
	}

	/** Names a value that is there when the graph begins: nothing is written for it. */
	give(value: Value, name: string) {
		this.names.set(value, name);
		this.values.set(name, value);
	}

	/** Names a value that the graph gives back. ONNX wants outputs computed by a node, each under one name. */
	output(value: Value, name: string): OnnxValue {
		const naming = { op: 'Identity', name: `${this.prefix}give_${name}`, inputs: [this.nameOf(value)], outputs: [name], attributes: {} };
		this.nodes.push(naming);
		this.namings.add(naming);
		this.values.set(name, value);
		return { name, dtype: value.dtype, shape: value.shape.map(this.dims) };
	}

	graph(name: string, inputs: readonly OnnxValue[], outputs: readonly OnnxValue[]): OnnxGraph {
		return { name, inputs, outputs, initializers: this.initializers, nodes: nameOutputsDirectly(this.nodes, this.namings) };
	}

	/** The name of a value; writes the nodes that compute it, inputs first, without recursion (graphs are deep). */
	nameOf(wanted: Value): string {
		const stack = [wanted];
		while (stack.length > 0) {
			const value = stack.at(-1)!;
			if (this.find(value) !== undefined) {
				stack.pop();
				continue;
			}
			const before = this.before(value).filter((input) => this.find(input) === undefined);
			if (before.length > 0) stack.push(...before.reverse());
			else {
				stack.pop();
				this.write(value, wanted);
			}
		}
		return this.find(wanted)!;
	}

	/** The name of a value that has one, here or in a graph around. */
	find(value: Value): string | undefined {
		return this.names.get(value) ?? this.outer?.find(value);
	}

	/** The values that must have names before this one is written. */
	before(value: Value): readonly Value[] {
		const { node } = value;
		if (!node) return [];
		return operands(node);
	}

	/** Writes what a value is (its constant, or the node that computes it) and names it; `wanted` is what it is for. */
	write(value: Value, wanted: Value) {
		const { node, constant } = value;
		if (constant) {
			const numbers = constant.data.length <= 64 ? Array.from(constant.data as ArrayLike<number | bigint>, exactly) : undefined;
			const key = numbers && `constant ${constant.dtype} ${constant.shape.join()} ${numbers.join()}`;
			const known = key && this.lookup(key)?.[0];
			const name = known || this.unique(`${this.prefix}c${this.initializers.size}`);
			this.names.set(value, name);
			if (known) return;
			this.values.set(name, value);
			this.initializers.set(name, constant);
			if (key) this.written.set(key, [name]);
		} else if (node) {
			this.writeNode(node);
		} else {
			throw missingValue(value, wanted, (other) => this.find(other) !== undefined);
		}
	}

	writeNode(node: Node) {
		const inputs = node.inputs.map((input) => this.find(input)!);
		const name = this.unique(`${this.prefix}${node.scope ? `${node.scope}/` : ''}${node.op}_${this.nodes.length}`);
		const attributes = Object.fromEntries(Object.entries(node.attributes).map(([key, value]) => [key, this.attribute(value, name)]));
		// An operator that the engine does not know may give another result each time.
		const kept = Object.values(node.attributes).some((value) => typeof value === 'object' && 'onnx' in value);
		const operator = operatorOf(node.op);
		const pure = this.share && operator && !operator.random && bodiesOf(node).length === 0 && !kept;
		const key = pure ? `${node.op} ${JSON.stringify([inputs, attributes, node.outputs[0]!.shape], (_, part) => exactly(part))}` : undefined;
		const before = key && this.lookup(key);
		const outputs = before || node.outputs.map((_, place) => (place === 0 ? name : this.unique(`${name}:${place}`)));
		for (const [place, value] of node.outputs.entries()) this.names.set(value, outputs[place]!);
		if (before) return;
		for (const [place, value] of node.outputs.entries()) this.values.set(outputs[place]!, value);
		if (key) this.written.set(key, outputs);
		this.nodes.push({ op: node.op, name, inputs, outputs, attributes });
	}

	lookup(key: string): readonly string[] | undefined {
		return this.written.get(key) ?? this.outer?.lookup(key);
	}

	attribute(value: Attribute, place: string): OnnxAttribute {
		if (typeof value === 'number') return { int: value };
		if (typeof value === 'string') return { string: value };
		if ('float' in value) return { float: value.float };
		if ('onnx' in value) return value.onnx;
		if ('body' in value) return { graph: this.body(value.body, place) };
		return { ints: value };
	}

	body(body: Body, place: string): OnnxGraph {
		const inner = new Emitter({ share: this.share, outer: this, prefix: `${place}/` });
		for (const [inside, outside] of body.captures) inner.give(inside, this.find(outside)!);
		const inputs = body.inputs.map((value, at) => {
			const name = this.unique(`${place}/${value.name ?? at}`);
			inner.give(value, name);
			return { name, dtype: value.dtype, shape: value.shape.map(this.dims) };
		});
		const outputs = body.outputs.map((value, at) => inner.output(value, this.unique(`${place}/out${at}`)));
		return inner.graph(place, inputs, outputs);
	}
}

/** A number as text that tells it from every other: 0 and −0 are two, and JSON knows no infinity. Anything else as it is. */
function exactly(part: unknown): unknown {
	return typeof part !== 'number' || Number.isInteger(part) ? (Object.is(part, -0) ? '-0' : part) : String(part);
}

/** The names that nodes read, those in bodies included. */
function usedNames(nodes: readonly OnnxNode[]): Set<string> {
	const inner = nodes.flatMap((node) =>
		Object.values(node.attributes).flatMap((value) => ('graph' in value ? [...usedNames(value.graph.nodes)] : [])),
	);
	return new Set([...nodes.flatMap((node) => node.inputs), ...inner]);
}

/** Lets a node write an output under its final name, where nothing else stands between: one copy less for each output. */
function nameOutputsDirectly(nodes: readonly OnnxNode[], namings: ReadonlySet<OnnxNode>): OnnxNode[] {
	const local = new Set(nodes.flatMap((node) => node.outputs));
	const renamed = new Map<string, string>();
	const kept = nodes.filter((node) => {
		const [[from], [to]] = [node.inputs, node.outputs];
		const direct = namings.has(node) && local.has(from!) && !renamed.has(from!);
		if (direct) renamed.set(from!, to!);
		return !direct;
	});
	const rename = (names: readonly string[]) => names.map((name) => renamed.get(name) ?? name);
	// Bodies use names of the graph around them.
	const renameNode = (node: OnnxNode): OnnxNode => ({
		...node,
		inputs: rename(node.inputs),
		outputs: rename(node.outputs),
		attributes: Object.fromEntries(
			Object.entries(node.attributes).map(([key, value]) => [
				key,
				'graph' in value ? { graph: { ...value.graph, nodes: value.graph.nodes.map(renameNode) } } : value,
			]),
		),
	});
	return kept.map(renameNode);
}
