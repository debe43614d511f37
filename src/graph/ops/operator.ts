// What is known of an operator beside its shape rule. One place: importing, costs, passes and loops read it from here.
import type { Attributes, ShapeRule } from '../value.js';

/** A use of an operator with its sizes known. */
export interface Sized {
	readonly inputs: readonly (readonly number[])[];
	readonly outputs: readonly (readonly number[])[];
	readonly attributes: Attributes;
}

/** The facts of an operator. */
export interface Facts {
	/** How many inputs it has; or how many it needs at least, the first ones, and has at most. */
	readonly inputs: number | readonly [least: number, most: number];
	/**
	 * `elementwise`: an element of the result comes of those at its place, broadcast. `view`: the result is the memory of the first input.
	 * `moving`: elements are moved or picked, none is computed. Otherwise none of these.
	 */
	readonly kind?: 'elementwise' | 'view' | 'moving';
	/** Floating-point operations, two for a multiply-add. By default none for views and what moves, else one for each element of the result. */
	readonly flops?: (node: Sized) => number;
	/** The opset that it came with, if that is after 11. */
	readonly since?: number;
	/** Whether it may give another result each time it runs. */
	readonly random?: true;
}

/** A shape rule with the facts of its operator. */
export interface Operator extends Facts {
	(...call: Parameters<ShapeRule>): ReturnType<ShapeRule>;
}

/** An operator of a shape rule. */
export function operator(rule: ShapeRule, facts: Facts): Operator {
	return Object.assign((...call: Parameters<ShapeRule>) => rule(...call), facts);
}

/** The number of elements of a shape. */
export const countOf = (shape: readonly number[] | undefined): number => (shape ?? []).reduce((product, size) => product * size, 1);

/** Costs that several operators have: none, one operation for each element of the first input, and five: maximum, difference, eˣ, sum, quotient. */
export const none = () => 0;
export const each = ({ inputs }: Sized) => countOf(inputs[0]);
export const fiveEach = (node: Sized) => 5 * each(node);

/** The floating-point operations of a use of an operator; one for each element of the result where nothing is known of it. */
export function flopsOf(facts: Facts | undefined, node: Sized): number {
	const free = facts?.kind === 'view' || facts?.kind === 'moving';
	return (facts?.flops ?? (free ? none : ({ outputs }: Sized) => countOf(outputs[0])))(node);
}
