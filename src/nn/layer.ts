// What a layer is: parameters by name, and a function that builds its nodes. Names and layouts of weights follow PyTorch's.
import type { Parameter, Shape, Value } from '../graph/index.js';

/** Parameters by name; layers inside layers nest. */
export interface ParameterTree {
	readonly [name: string]: Parameter | ParameterTree;
}

/** A layer: what it learns, and how it is applied. */
export interface Layer<Inputs extends readonly unknown[] = [x: Value, mode: Mode], Output = Value> {
	readonly parameters: ParameterTree;
	apply(...inputs: Inputs): Output;
}

/** How a network is applied: in training, dropout asks `mask` for its masks, and batch normalization moves its statistics. */
export interface Mode {
	readonly training: boolean;
	/** A value of this shape that holds, drawn anew for each step, 0 for the share `rate` of elements and 1/(1 − rate) for the others. */
	mask(rate: number, shape: Shape): Value;
	/** In training: the number of the step, from 1: an int32 without axes. */
	step(): Value;
	/** In training: what a frozen parameter is after this step, from what it is now, as a running mean moves. Without a gradient. */
	move(state: Parameter, next: (now: Value) => Value): void;
}

/** The mode for prediction: nothing is dropped, nothing moves. */
export const prediction: Mode = {
	training: false,
	mask: () => {
		throw new TypeError('internal: a mask was asked for at prediction');
	},
	step: () => {
		throw new TypeError('internal: the number of the step was asked for at prediction');
	},
	move: () => {
		throw new TypeError('internal: a state was moved at prediction');
	},
};

function isParameter(entry: Parameter | ParameterTree): entry is Parameter {
	return 'initial' in entry && typeof entry.initial === 'function';
}

/** All parameters of a tree by their full names, such as `convs.0.weight`. */
export function namedParameters(tree: ParameterTree, prefix = ''): Map<string, Parameter> {
	const named = new Map<string, Parameter>();
	for (const [name, entry] of Object.entries(tree)) {
		if (isParameter(entry)) named.set(prefix + name, entry);
		else for (const [inner, parameter] of namedParameters(entry, `${prefix}${name}.`)) named.set(inner, parameter);
	}
	return named;
}
