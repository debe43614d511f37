// Layers one after the other.
import { scope, type Value } from '../graph/index.js';
import type { Layer, Mode, ParameterTree } from './layer.js';

/** Layers in order; those of a list are named by their places, as in PyTorch. */
export type Layers = readonly Layer[] | Readonly<Record<string, Layer>>;

/** A layer made of layers. */
export type Chain = Layer<[x: Value, mode: Mode]>;

/** The parameters of layers by their names. */
export function parametersOf(layers: Layers): ParameterTree {
	return Object.fromEntries(Object.entries(layers).map(([name, { parameters }]) => [name, parameters]));
}

/** Applies each layer to the result of the one before. Their parameters are named `0.weight`, or by the names given. */
export function sequential(layers: Layers): Chain {
	return {
		parameters: parametersOf(layers),
		apply: (x, mode) => Object.entries(layers).reduce((value, [name, layer]) => scope(name, () => layer.apply(value, mode)), x),
	};
}
