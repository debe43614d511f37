// The graph itself: values, and the nodes that compute them. Purely functional: a graph is whatever its outputs reach.

import type { DType, Tensor } from '../tensors/tensor.js';
import { canonicalShape, type Shape, showShape } from './dim.js';
import { ShapeError } from './errors.js';
import { expectSync } from './expect-sync.js';
import type { OnnxAttribute } from './onnx/model.js';

/** Something a graph computes with, known by type and shape before it runs. */
export interface Value {
	readonly dtype: DType;
	readonly shape: Shape;
	/** The node that computes it; none for inputs, parameters and constants. */
	readonly node?: Node;
	/** The numbers of a constant. */
	readonly constant?: Tensor;
	/** The name of an input. */
	readonly name?: string;
}

/** Fills a parameter's first values: a function of the element's place, so that it needs no state. `draw(i)` is uniform in [0, 1). */
export type Initializer<Numbers extends Float32Array | Float64Array = Float32Array> = (
	shape: readonly number[],
	draw: (index: number) => number,
) => Numbers;

/** A parameter: a value that training changes. Its name comes from its place in the model. */
export interface Parameter extends Value {
	readonly shape: readonly number[];
	readonly initial: Initializer<Float32Array | Float64Array>;
	/** A row that never changes, as the padding row of an embedding. */
	readonly frozenRow?: number;
	/** Whether no optimizer changes it: vectors that are given, or a running mean, which its layer moves. */
	readonly frozen?: boolean;
}

/** A graph used as an attribute: the body of a loop. Any value may be an input: what computes it is then not part of the body. */
export interface Body {
	readonly inputs: readonly Value[];
	readonly outputs: readonly Value[];
	/** What the body uses of the graph around it: the value that stands for it inside (mostly itself), and the value outside. */
	readonly captures: ReadonlyMap<Value, Value>;
}

/** What a node's attribute can be. Plain numbers are ONNX integers; floats are marked; `onnx` is one kept as a file has it. */
export type Attribute =
	| (number | string | readonly number[] | { readonly float: number })
	| ({ readonly body: Body } | { readonly onnx: OnnxAttribute });

/** Attributes by their ONNX names. */
export type Attributes = { readonly [name: string]: Attribute };

/** A loop whose inner values may be handed out later, too: its node's inputs and outputs grow at their end (see scan/recurrence.ts). */
export interface Growing {
	readonly states: readonly unknown[];
	/** For each sequence, and for each stacked output, whether it goes from the last step to the first. */
	readonly inputReversed: readonly boolean[];
	readonly outputReversed: readonly boolean[];
	/** Takes in what loops inside this one have come to need. */
	settle(): void;
}

/** From the gradient of a result to those of the inputs; `needed` says for which of them anybody asks. */
export type OwnGradient = (gradient: Value, needed: readonly boolean[]) => readonly (Value | undefined)[];

/** One use of an operator. */
export interface Node {
	/** The operator's ONNX name. */
	readonly op: string;
	readonly inputs: readonly Value[];
	readonly attributes: Attributes;
	readonly outputs: readonly Value[];
	/** The layer that asked for it, as in `convs.0`. */
	readonly scope: string;
	/** Set for a function with a gradient of its own (see `withGradient`): the value that computes it, and the rule. */
	readonly custom?: { readonly result: Value; readonly gradient: OwnGradient };
	/** Set for a Scan that `scan` made. */
	readonly recurrence?: Growing;
}

/** The type and shape of one output. */
export interface Type {
	readonly dtype: DType;
	readonly shape: Shape;
}

/** An operator's shape rule: input types (and constants) and attributes to output types. Throws through `fail` where they do not fit. */
export type ShapeRule = (inputs: readonly Value[], attributes: Attributes, fail: (reason: string) => never) => readonly Type[];

let scopes: readonly string[] = [];

/** One use of a scope: what was built in it. */
export interface ScopeUse {
	readonly name: string;
	/** What it gave. */
	result?: unknown;
	/** The nodes made in it, but not in a scope inside. */
	readonly nodes: Node[];
	readonly inner: ScopeUse[];
}

let use: ScopeUse | undefined;

/** Runs `build`; gives the scopes that it used as a tree, each use by itself. */
export function scopesIn(build: () => unknown): ScopeUse {
	return useOf('', build);
}

function useOf(name: string, build: () => unknown): ScopeUse {
	const outer = use;
	const own: ScopeUse = { name, nodes: [], inner: [] };
	use = own;
	try {
		own.result = expectSync('scopesIn', build());
	} finally {
		use = outer;
	}
	outer?.inner.push(own);
	return own;
}

/**
 * Runs `build` inside a named scope: errors and node names then tell which layer asked.
 *
 * @throws {TypeError} for an async function.
 */
export function scope<T>(name: string, build: () => T): T {
	const outer = scopes;
	scopes = [...outer, name];
	try {
		return expectSync(`scope ${name}`, use ? (useOf(name, build).result as T) : build());
	} finally {
		scopes = outer;
	}
}

let recordings: readonly Set<Node>[] = [];

/** Runs `build`; `nodes` are those that it made. */
export function recorded<T>(build: () => T): { readonly result: T; readonly nodes: ReadonlySet<Node> } {
	const outer = recordings;
	const nodes = new Set<Node>();
	recordings = [...outer, nodes];
	try {
		return { result: expectSync('recorded', build()), nodes };
	} finally {
		recordings = outer;
	}
}

/** The values that a new node gives: one for each type. A rule may return an input as the type: only dtype and shape are taken over. */
function outputsOf(parts: Omit<Node, 'outputs'>, types: readonly Type[]): readonly Value[] {
	const outputs: Value[] = [];
	const made: Node = { ...parts, outputs };
	for (const nodes of recordings) nodes.add(made);
	use?.nodes.push(made);
	for (const { dtype, shape } of types) outputs.push({ dtype, shape, node: made });
	return outputs;
}

/** The scope in which a node would be made now. */
export const currentScope = (): string => scopes.join('.');

/** Adds a node: computes its output types by the rule, and returns its outputs. */
export function node(op: string, rule: ShapeRule, inputs: readonly Value[], attributes: Attributes = {}): readonly Value[] {
	const place = currentScope();
	const fail = (reason: string): never => {
		const shapes = inputs.map((value) => `${value.dtype} ${showShape(value.shape)}`).join(', ');
		throw new ShapeError(`${op}${place ? ` in ${place}` : ''}: ${reason} (inputs: ${shapes}).`);
	};
	return outputsOf({ op, inputs, attributes, scope: place }, rule(inputs, attributes, fail));
}

/** The same use of an operator, with other inputs of the same types. */
export function remake({ outputs, custom: _, recurrence: __, ...rest }: Node, inputs: readonly Value[]): readonly Value[] {
	return outputsOf({ ...rest, inputs }, outputs);
}

/** Runs `build` as if the layer of a node asked for it. */
export function scopeOf<T>({ scope: place }: Node, build: () => T): T {
	const outer = scopes;
	scopes = place ? [place] : [];
	try {
		return expectSync(`scope ${place}`, build());
	} finally {
		scopes = outer;
	}
}

/** A function with a gradient of its own: `result` computes it from `inputs`; `gradient` maps the result's gradient to theirs. */
export function withGradient(inputs: readonly Value[], result: Value, gradient: OwnGradient): Value {
	return outputsOf({ op: 'Function', inputs, attributes: {}, scope: currentScope(), custom: { result, gradient } }, [result])[0]!;
}

/** An input of the graph, fed at each run. */
export function input(name: string, dtype: DType, shape: Shape): Value {
	return { name, dtype, shape: canonicalShape(shape) };
}

/** A parameter of a layer. */
export function parameter(
	shape: readonly number[],
	initial: Initializer<Float32Array | Float64Array>,
	options: { readonly frozenRow?: number; readonly frozen?: boolean; readonly dtype?: DType } = {},
): Parameter {
	return { dtype: 'float32', shape, initial, ...options };
}
