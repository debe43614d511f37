// Layers one after the other.
import { scope } from '../graph/index.js';
import type { Layer } from './layer.js';
import { type Layers, namedLayers, parametersOf } from './layers.js';

/** Applies each layer to the result of the one before. Their parameters are named `0.weight`, or by the names given. */
export function sequential(layers: Layers): Layer {
	const all = namedLayers('sequential', layers);
	return {
		parameters: parametersOf(all),
		apply: (x, mode) => all.reduce((value, [name, layer]) => scope(name, () => layer.apply(value, mode)), x),
	};
}
