// From values to an ONNX graph: orders the nodes, names everything, shares equal nodes and constants. What no output reaches never appears.

import { argumentOf, is, type Kinds, optionsOf } from '../stream/index.js';
import { absent } from './absent.js';
import { type Dim, sameShape, showShape, unknownNames } from './dim.js';
import { type Sizes, sizeOfDim } from './dim-size.js';
import { ShapeError } from './errors.js';
import { sizesKind, tensorKind, textsByName, valueKind } from './kinds.js';
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxValue } from './onnx/model.js';
import { factsOf } from './ops/facts.js';
import { fused } from './passes/fuse.js';
import { pruned } from './passes/prune.js';
import { simplified } from './passes/simplify.js';
import { handedOutOnce } from './passes/states.js';
import { unrolled } from './passes/unroll.js';
import type { Tensor } from './tensor.js';
import type { Attribute, Body, Node, Value } from './value.js';
import { bodiesOf, operands } from './walk.js';

/** The opset that graphs are made in; the writer takes a higher one where an operator is newer. */
export const opset = 21;

/**
 * What a graph takes, gives and holds, by name. An input may be a value in the middle of a graph: what computes it is then left out.
 * So is an input or initializer that nothing needs.
 */
export interface Program {
	readonly inputs: Readonly<Record<string, Value>>;
	readonly outputs: Readonly<Record<string, Value>>;
	/** Values that are stored in the file, such as trained weights. */
	readonly initializers?: Readonly<Record<string, { value: Value; data: Tensor }>>;
	/** The versions of other domains than ONNX's own, for operators of an imported model. */
	readonly domains?: Readonly<Record<string, number>>;
	/**
	 * The names of inputs and outputs in the order that the graph is to have, for names such as `10` and `9`, which JavaScript objects put into an
	 * order of their own. Names that are not listed come after those that are.
	 */
	readonly order?: readonly string[];
}

const programKinds: Kinds<Program> = {
	inputs: is.needed({ ...is.object, expected: 'an object of values by name' }),
	outputs: is.needed({ ...is.object, expected: 'an object of values by name' }),
	initializers: { ...is.object, expected: 'an object of { value, data } by name' },
	domains: { ...is.object, expected: 'an object of versions by domain' },
	order: is.texts,
};

/** How a model is made. */
export interface EmitOptions {
	readonly name?: string;
	readonly metadata?: Readonly<Record<string, string>>;
	/** False writes every node as it was built, loops and all that they hand out. Default true. */
	readonly simplify?: boolean;
	/** Writes loops out step by step: the numbers of steps, by the names of the sizes. The graph then fits these sizes only. */
	readonly unroll?: Sizes;
}

const optionKinds: Kinds<EmitOptions> = { name: is.text, metadata: textsByName, simplify: is.flag, unroll: sizesKind };

/**
 * Makes the ONNX model of a program.
 *
 * @throws {RangeError} for what is no program, and for a value that has two names as input or initializer.
 * @throws {TypeError} for an input or parameter that the outputs need and the program does not give.
 */
export function emit(program: Program, options: EmitOptions = {}): OnnxModel {
	return emitNamed(program, options).model;
}

/** The entries of a record, those that are listed first and in that order. */
function ordered<T>(record: Readonly<Record<string, T>>, order: readonly string[] = []): readonly (readonly [name: string, value: T])[] {
	if (order.length === 0) return Object.entries(record);
	const ranks = new Map(order.map((name, rank) => [name, rank]));
	const rankOf = (name: string) => ranks.get(name) ?? order.length;
	return Object.entries(record).sort(([a], [b]) => rankOf(a) - rankOf(b));
}

/** Refuses what is no program: before the work, so that the message names what is wrong. */
function checkProgram(who: string, program: Program) {
	optionsOf(who, program, programKinds);
	for (const kind of ['input', 'output'] as const)
		for (const [name, value] of Object.entries(program[`${kind}s`])) argumentOf(who, `${kind} ${name}`, value, valueKind);
	for (const [name, given] of Object.entries(program.initializers ?? {})) {
		argumentOf(who, `initializer ${name}`, given, { expected: 'an object { value, data }', fits: is.object.fits });
		argumentOf(who, `the value of initializer ${name}`, given.value, valueKind);
		argumentOf(who, `the data of initializer ${name}`, given.data, tensorKind);
		const { value, data } = given;
		if (data.dtype !== value.dtype || !sameShape(data.shape, value.shape)) {
			throw new ShapeError(
				`${who}: expected the data of initializer ${name} to be ${value.dtype} ${showShape(value.shape)}, as its value is, got ${data.dtype} ${showShape(data.shape)}. Pass the tensor of that parameter.`,
			);
		}
	}
}

/** The ONNX model of a program, and the value that each name in it stands for. */
export function emitNamed(program: Program, options: EmitOptions = {}): { model: OnnxModel; values: ReadonlyMap<string, Value> } {
	checkProgram('emit', program);
	const { name = 'textloom', metadata = {}, simplify = true, unroll } = optionsOf('emit', options, optionKinds);
	const emitter = new Emitter();
	for (const name of [program.inputs, program.initializers ?? {}, program.outputs].flatMap(Object.keys)) {
		if (emitter.taken.has(name)) {
			throw new TypeError(`emit: expected one name for each input, initializer and output, but ${name} is the name of two. Rename one.`);
		}
		emitter.taken.add(name);
	}
	const [given, wanted] = [ordered(program.inputs, program.order), ordered(program.outputs, program.order)];
	const stored = Object.entries(program.initializers ?? {});
	const begun = [
		...given.map(([name, value]) => ['input', name, value] as const),
		...stored.map(([name, { value }]) => ['initializer', name, value] as const),
	];
	for (const [kind, name, value] of begun) {
		const other = emitter.names.get(value);
		if (other !== undefined) {
			throw new RangeError(
				`emit: expected each value under one name, got ${kind} ${name}, which is ${other} already. Leave one of them out; an output may be the same value as another.`,
			);
		}
		emitter.give(value, name);
	}
	for (const [name, { data }] of stored) emitter.initializers.set(name, data);
	const sources = given.map(([, value]) => value);
	const starts = begun.map(([, , value]) => value);
	let results = pruned(
		wanted.map(([, value]) => value),
		starts,
	);
	if (unroll) results = unrolled(results, starts, unroll);
	if (simplify) results = simplified(fused(simplified(handedOutOnce(results, starts), starts, sources), starts), starts, sources);
	const outputs = wanted.map(([name], place) => emitter.output(results[place]!, name));
	const used = usedNames(emitter.nodes);
	const inputs = given
		.filter(([name]) => used.has(name))
		.map(([name, value]) => ({ name, dtype: value.dtype, shape: value.shape.map((dim) => sizeOfDim(dim, unroll ?? {}) ?? dim) }));
	for (const name of emitter.initializers.keys()) if (!used.has(name)) emitter.initializers.delete(name);
	const { domains = {} } = program;
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

	constructor(outer?: Emitter, prefix = '') {
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
				this.write(value, () => stack.findLast((other) => this.before(other).includes(value))?.node);
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

	/** Writes what a value is (its constant, or the node that computes it) and names it. `by` finds a node that needs it. */
	write(value: Value, by: () => Node | undefined) {
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
			throw missing(value, by());
		}
	}

	writeNode(node: Node) {
		const inputs = node.inputs.map((input) => this.find(input)!);
		const name = this.unique(`${this.prefix}${node.scope ? `${node.scope}/` : ''}${node.op}_${this.nodes.length}`);
		const attributes = Object.fromEntries(Object.entries(node.attributes).map(([key, value]) => [key, this.attribute(value, name)]));
		// An operator that the engine does not know may give another result each time.
		const kept = Object.values(node.attributes).some((value) => typeof value === 'object' && 'onnx' in value);
		const known = factsOf(node.op);
		const pure = known && !known.random && bodiesOf(node).length === 0 && !kept;
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
		const inner = new Emitter(this, `${place}/`);
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

/** Says which value a program lacks, by its name, or by its shape and the layer that needs it. */
function missing(value: Value, by: Node | undefined): TypeError {
	const what =
		value.name !== undefined
			? `${value.name} (${value.dtype} ${showShape(value.shape)})`
			: `a parameter of ${value.dtype} ${showShape(value.shape)}`;
	const who = by ? `${by.op}${by.scope ? ` in ${by.scope}` : ''}` : 'an output';
	const next =
		value.name !== undefined && !('initial' in value) ? 'Add it to inputs.' : 'Add it to initializers with its data, or to inputs.';
	return new TypeError(
		`emit: expected every input and parameter of the graph to be listed, got ${who} that needs ${what}, which is not. ${next}`,
	);
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
