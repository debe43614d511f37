// A dense block (Huang et al. 2017): each layer sees what all before it have made.

import { optionsOf } from '../base/index.js';
import { ops, scope } from '../graph/index.js';
import type { Layer } from './layer.js';
import { type JoinOptions, joinKinds, type Layers, namedLayers, parametersOf } from './layers.js';

/** Applies each layer to the input and all results before it, side by side; gives all of them side by side. */
export function denseBlock(layers: Layers, options: JoinOptions = {}): Layer {
	const { axis = 1 } = optionsOf('denseBlock', options, joinKinds);
	const all = namedLayers('denseBlock', layers);
	return {
		parameters: parametersOf(all),
		apply: (x, mode) =>
			scope('denseBlock', () =>
				all.reduce((seen, [name, layer]) => ops.concat([seen, scope(name, () => layer.apply(seen, mode))], axis), x),
			),
	};
}
