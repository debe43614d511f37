// Several layers, in a list or by name: what layers made of layers have in common.
import { argumentOf, is, type Kinds } from '../base/index.js';
import { of } from './kinds.js';
import type { Layer, ParameterTree } from './layer.js';

/** Layers in order; those of a list are named by their places, as in PyTorch. */
export type Layers = readonly Layer[] | Readonly<Record<string, Layer>>;

/** How results are put side by side. */
export interface JoinOptions {
	/** The axis along which results stand side by side. Default 1, the channels. */
	readonly axis?: number;
}

export const joinKinds: Kinds<JoinOptions> = { axis: is.whole() };

/** The layers by name. Throws a RangeError for what is no layer. */
export function namedLayers(who: string, layers: Layers): (readonly [name: string, layer: Layer])[] {
	argumentOf(who, 'layers', layers, { ...is.either(layerList, is.object), next: 'Pass a list of layers, or layers by name.' });
	const named = Object.entries(layers);
	for (const [name, layer] of named) argumentOf(who, `layer ${name}`, layer, of.layer);
	return named;
}

const layerList = { expected: 'an array of layers', fits: Array.isArray };

/** The parameters of layers by their names. */
export function parametersOf(layers: readonly (readonly [name: string, layer: Layer])[]): ParameterTree {
	return Object.fromEntries(layers.map(([name, { parameters }]) => [name, parameters]));
}
