// The Scan node, and the pass `lift`: only what the states need step by step stays in the loop; the rest is computed for all steps at once,
// before it or after it.

import { absent } from '../absent.js';
import { integers } from '../constant.js';
import type { Dim } from '../dim.js';
import { places } from '../ops/generators.js';
import { operatorOf } from '../ops/index.js';
import { expand } from '../ops/movement.js';
import { concat } from '../ops/parts.js';
import { sizeAt } from '../ops/sizes.js';
import { type Body, type Growing, input, type Node, remake, scopeOf, type Value } from '../value.js';
import { nodesBefore, operands } from '../walk.js';
import { atOnce, type Operand } from './at-once.js';
import { direction, Kinds, type Leaf, type Transition } from './kinds.js';

/** Whether an operator's result is its input's numbers: handed out once, in one shape. */
const isView = (op: string) => operatorOf(op)?.kind === 'view';

/** A state: its value before the first step, inside a step, and after it. */
export interface State extends Transition {
	readonly first: Value;
}

/** A loop to be made. */
export interface RecurrenceParts {
	readonly states: readonly State[];
	/** What the values are that the body does not compute. */
	readonly leaf: (value: Value) => Leaf | undefined;
	/** Values around the loop that have its named sizes; the first axis of the first one is that of the steps. */
	readonly sources: readonly [Value, ...Value[]];
	readonly scope: string;
	/** False leaves in the loop what could be computed outside. Default true. */
	readonly lift?: boolean;
}

/** A loop over the first axis of sequences. Any value of a step can be had for all steps, at any time: the node grows by what is asked for. */
export class Recurrence implements Growing {
	/** The Scan. Inputs: the first states, then sequences. Outputs: the last states, then values of every step, stacked. */
	readonly node: Node;
	/** For each sequence, and for each stacked output, whether it goes from the last step to the first. */
	readonly inputReversed: boolean[] = [];
	readonly outputReversed: boolean[] = [];
	readonly states: readonly State[];
	/** The number of steps. */
	readonly steps: Dim;
	readonly sources: RecurrenceParts['sources'];
	readonly lift: boolean;
	readonly #leaf: RecurrenceParts['leaf'];
	readonly #kinds: Kinds;
	readonly #inputs: Value[];
	readonly #outputs: Value[];
	readonly #body: Body & { readonly inputs: Value[]; readonly outputs: Value[]; readonly captures: Map<Value, Value> };
	/** The nodes that stay in the loop, and the values at which it begins: states, sequences, what it captures. */
	readonly #core = new Set<Node>();
	readonly #begins = new Set<Value>();
	/** Values of all steps, as far as they are known: of what can be had before the loop (or cannot: undefined), and of all. */
	readonly #before = { forward: new Map<Value, Value | undefined>(), reversed: new Map<Value, Value | undefined>() };
	readonly #all = { forward: new Map<Value, Value>(), reversed: new Map<Value, Value>() };
	readonly #outside = new Map<Value, Value>();

	constructor({ states, sources, scope, leaf, lift = true }: RecurrenceParts) {
		this.#leaf = leaf;
		this.sources = sources;
		this.lift = lift;
		this.states = states;
		this.steps = sources[0].shape[0]!;
		this.#kinds = new Kinds(states, leaf, (node) => this.#sizes(node) !== undefined);
		this.#inputs = states.map(({ first }) => first);
		this.#outputs = [];
		this.#body = { inputs: states.map(({ inner }) => inner), outputs: states.map(({ next }) => next), captures: new Map() };
		const attributes = { body: { body: this.#body } };
		this.node = { op: 'Scan', inputs: this.#inputs, outputs: this.#outputs, attributes, scope, recurrence: this };
		for (const { first } of states) this.#outputs.push({ dtype: first.dtype, shape: first.shape, node: this.node });
		for (const { next } of states) this.#begin(next);
	}

	/** A state after the last step. */
	last(place: number): Value {
		return this.#outputs[place]!;
	}

	/** Whether a value is the same at every step. */
	isConstant(value: Value): boolean {
		return this.#kinds.isSame(value);
	}

	/** Whether the sequences that a value depends on all go from the last step to the first: so it is best had for all steps. */
	isReversed(value: Value): boolean {
		return this.#kinds.of(value).directions === direction.reversed;
	}

	/** A value that is the same at every step, in terms of the graph around the loop. */
	outside(wanted: Value): Value {
		const known = this.#outside;
		const end = (value: Value): Value | undefined => {
			const leaf = known.has(value) ? undefined : this.#leaf(value);
			if (leaf && 'outside' in leaf) known.set(value, leaf.outside);
			return known.get(value);
		};
		for (const node of nodesBefore([wanted], { stop: (value) => end(value) !== undefined })) {
			const sizes = this.#sizes(node);
			const before = sizes ? [] : node.inputs.map((value) => end(value) ?? value);
			const same = !sizes && before.every((value, place) => value === node.inputs[place]);
			const results = sizes ? [sizes()] : same ? node.outputs : remake(node, before);
			for (const [place, result] of results.entries()) known.set(node.outputs[place]!, result);
		}
		return end(wanted) ?? wanted;
	}

	/** The values of all steps, along a new first axis, in the order of the steps or from the last to the first. */
	all(value: Value, reversed = this.isReversed(value)): Value {
		if (this.isConstant(value)) {
			const outside = this.outside(value);
			return expand(outside, [this.steps, ...outside.shape], this.sources);
		}
		const known = this.#all[reversed ? 'reversed' : 'forward'];
		const carried = () => this.#kinds.of(value).carried;
		const movable = () => this.lift && value.node && (!this.#core.has(value.node) || isView(value.node.op)) && !this.#leaf(value);
		let found = known.get(value) ?? (carried() ? undefined : this.#lifted(value, reversed));
		if (!found && movable()) found = this.#compute(value, known, (input) => this.all(input, reversed));
		found ??= this.#stacked(value, reversed);
		known.set(value, found);
		return found;
	}

	/** Takes in what other loops inside this one have come to need. A loop needs a sequence to have a length: if there is none, the steps' numbers. */
	settle() {
		if (this.#inputs.length === this.states.length) this.#take(input('step', 'int32', []), places(this.sources[0], 0), false);
		for (const node of this.#core) for (const value of operands(node)) this.#begin(value);
	}

	/** The values of all steps of what depends on sequences alone; undefined where one goes the other way, or an operator cannot. */
	#lifted(value: Value, reversed: boolean): Value | undefined {
		const known = this.#before[reversed ? 'reversed' : 'forward'];
		if (known.has(value)) return known.get(value);
		const leaf = this.#leaf(value);
		let found: Value | undefined;
		if (leaf) found = 'sequence' in leaf && leaf.reversed === reversed ? leaf.sequence() : undefined;
		else if (this.lift) found = this.#compute(value, known, (input) => this.#lifted(input, reversed));
		known.set(value, found);
		return found;
	}

	/** The values of all steps from the operands of all steps; notes all outputs of the node. */
	#compute(value: Value, known: { set(value: Value, found: Value): unknown }, all: (input: Value) => Value | undefined): Value | undefined {
		const { node } = value;
		const rule = node && !node.custom && atOnce(node.op);
		if (!rule) return undefined;
		const given: Operand[] = [];
		for (const inner of node.inputs) {
			const stacked = !this.isConstant(inner);
			const operand = stacked ? all(inner) : this.outside(inner);
			if (!operand) return undefined;
			given.push({ inner, stacked, value: operand });
		}
		const results = scopeOf(node, () => rule(given, node, { steps: this.steps, sources: this.sources }));
		for (const [place, result] of (results ?? []).entries()) known.set(node.outputs[place]!, result);
		return results?.[node.outputs.indexOf(value)];
	}

	/** A value of each step, handed out by the loop. */
	#stacked(value: Value, reversed: boolean): Value {
		this.#begin(value);
		const stacked: Value = { dtype: value.dtype, shape: [this.steps, ...value.shape], node: this.node };
		this.#body.outputs.push(value);
		this.#outputs.push(stacked);
		this.outputReversed.push(reversed);
		return stacked;
	}

	/** Takes the nodes that a value needs into the loop, back to the values at which it begins. */
	#begin(wanted: Value) {
		const pending = [wanted];
		for (let value = pending.pop(); value; value = pending.pop()) {
			const known = this.#begins.has(value) || (value.node && this.#core.has(value.node));
			if (value.constant || value === absent || known) continue;
			if (this.#kinds.isState(value)) this.#begins.add(value);
			else if (this.isConstant(value)) {
				this.#body.captures.set(value, this.outside(value));
				this.#begins.add(value);
			} else if (!this.#beginsWithSequence(value)) pending.push(...this.#enter(value.node!));
		}
	}

	/** Takes a node into the loop, a function with a gradient of its own whole: its gradient asks for its inputs. Gives what comes before. */
	#enter(node: Node): readonly Value[] {
		const ends = new Set(node.custom && node.inputs);
		const stop = (value: Value) => ends.has(value) || this.isConstant(value);
		const nodes = node.custom ? [...nodesBefore([node.custom.result], { stop, next: operands }), node] : [node];
		for (const each of nodes) this.#core.add(each);
		return [...ends, ...nodes.flatMap(operands)];
	}

	/** Whether a value comes in as the element of a sequence; adds the sequence. */
	#beginsWithSequence(value: Value): boolean {
		if (this.#kinds.of(value).carried) return false;
		const reversed = this.isReversed(value);
		const sequence = this.#lifted(value, reversed);
		if (!sequence) return false;
		this.#take(value, sequence, reversed);
		return true;
	}

	/** Adds a sequence; `element` stands for its element of a step. */
	#take(element: Value, sequence: Value, reversed: boolean) {
		this.#begins.add(element);
		this.#body.inputs.push(element);
		this.#inputs.push(sequence);
		this.inputReversed.push(reversed);
	}

	/** For a node that reads sizes: how to have them outside, once. Equal names are equal sizes. */
	#sizes({ op, inputs, attributes }: Node): (() => Value) | undefined {
		if (op !== 'Shape') return undefined;
		const { start = 0, end } = attributes as { start?: number; end?: number };
		const parts = inputs[0]!.shape.slice(start, end).map((dim) => {
			if (typeof dim === 'number') return () => integers([dim]);
			const source = this.sources.find(({ shape }) => shape.includes(dim));
			return source && (() => sizeAt(source, source.shape.indexOf(dim)));
		});
		return parts.every((part) => part !== undefined)
			? () =>
					concat(
						parts.map((part) => part!()),
						0,
					)
			: undefined;
	}
}
