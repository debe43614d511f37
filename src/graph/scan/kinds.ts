// What each value inside a loop's body depends on: nothing that changes, sequences, states.
import type { Node, Value } from '../value.js';
import { bodiesOf, nodesBefore, operands } from '../walk.js';

/** A value that the body does not compute: the same at every step, or an element of a sequence. */
export type Leaf =
	| { readonly outside: Value }
	/** Elements in the order of the sequence's first axis, or from its end. The sequence is asked for only where it is used. */
	| { readonly reversed: boolean; readonly sequence: () => Value };

/** What a value depends on. Directions are those of the sequences, as bits; none and not carried: the same at every step. */
export interface Kind {
	readonly carried: boolean;
	readonly directions: number;
	/** Whether it depends on sizes of values inside the step, which are read outside. */
	readonly sized: boolean;
}

/** The bits of `Kind.directions`. */
export const direction = { forward: 1, reversed: 2 } as const;

const same: Kind = { carried: false, directions: 0, sized: false };

/** Whether a node is more than one use of an operator. */
export const isWhole = (node: Node): boolean => node.custom !== undefined || bodiesOf(node).length > 0;

/** A state inside a step, and what it is after the step. */
export interface Transition {
	readonly inner: Value;
	readonly next: Value;
}

/** Tells kinds. `isOutside` says of a node that its results can be had outside although its inputs cannot. */
export class Kinds {
	readonly #states: ReadonlyMap<Value, number>;
	readonly #leaf: (value: Value) => Leaf | undefined;
	readonly #isOutside: (node: Node) => boolean;
	readonly #directions: number[];
	#known = new Map<Value, Kind>();

	constructor(states: readonly Transition[], leaf: (value: Value) => Leaf | undefined, isOutside: (node: Node) => boolean = () => false) {
		this.#states = new Map(states.map(({ inner }, place) => [inner, place]));
		this.#leaf = leaf;
		this.#isOutside = isOutside;
		this.#directions = states.map(() => 0);
		// A state has the directions of all that it depends on, through other states, too.
		for (let grown = true; grown; ) {
			this.#known = new Map();
			const now = states.map(({ next }) => this.of(next).directions);
			grown = now.some((bits, place) => bits !== this.#directions[place]);
			for (const [place, bits] of now.entries()) this.#directions[place]! |= bits;
		}
	}

	isState(value: Value): boolean {
		return this.#states.has(value);
	}

	/** Whether a value is the same at every step. */
	isSame(value: Value): boolean {
		const { carried, directions } = this.of(value);
		return !carried && directions === 0;
	}

	of(wanted: Value): Kind {
		const stop = (value: Value) => this.#leafKind(value) !== undefined;
		for (const node of nodesBefore([wanted], { stop, next: operands })) {
			const outside = this.#isOutside(node);
			const kinds = outside ? [] : operands(node).map((value) => this.#leafKind(value)!);
			const sized = outside || kinds.some(({ sized }) => sized);
			const kind = {
				// Loops, and functions with a gradient of their own, are not made anew with sizes from outside: they stay inside.
				carried: (sized && isWhole(node)) || kinds.some(({ carried }) => carried),
				directions: kinds.reduce((bits, { directions }) => bits | directions, 0),
				sized,
			};
			for (const value of node.outputs) this.#known.set(value, kind);
		}
		return this.#leafKind(wanted)!;
	}

	/** The kind of a value that is known or does not come from a node of the body. */
	#leafKind(value: Value): Kind | undefined {
		let kind = this.#known.get(value);
		if (kind) return kind;
		const state = this.#states.get(value);
		const leaf = this.#leaf(value);
		if (state !== undefined) kind = { ...same, carried: true, directions: this.#directions[state]! };
		else if (leaf) kind = 'outside' in leaf ? same : { ...same, directions: leaf.reversed ? direction.reversed : direction.forward };
		else if (!value.node) kind = same;
		if (kind) this.#known.set(value, kind);
		return kind;
	}
}
