// What a layer is: parameters by name, and a function that builds its nodes. Names and layouts of weights follow PyTorch's.
import { input, type Parameter, type Shape, type Value } from '../graph/index.js';

/** Parameters by name; layers inside layers nest. */
export interface ParameterTree {
	readonly [name: string]: Parameter | ParameterTree;
}

/** A layer: what it learns, and how it is applied. */
export interface Layer<Inputs extends readonly unknown[] = [x: Value, mode: Mode], Output = Value> {
	readonly parameters: ParameterTree;
	apply(...inputs: Inputs): Output;
}

/** The mask of one dropout: an input of the training graph, filled anew for each step. */
export interface Mask {
	readonly input: Value;
	/** The share of elements that are dropped. */
	readonly rate: number;
}

/** How a network is applied: in training, dropout takes its masks from inputs, which are noted here. */
export interface Mode {
	readonly training: boolean;
	readonly masks: Mask[];
}

/** The mode for prediction: nothing is dropped. */
export function prediction(): Mode {
	return { training: false, masks: [] };
}

/** The mode for training. */
export function training(): Mode {
	return { training: true, masks: [] };
}

/** Asks for a dropout mask of a shape: an input that holds 0 for dropped elements and 1/(1 − rate) for the others. */
export function maskInput(mode: Mode, rate: number, shape: Shape): Value {
	const mask = input(`mask.${mode.masks.length}`, 'float32', shape);
	mode.masks.push({ input: mask, rate });
	return mask;
}

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
