// Dense connections (Huang et al. 2017): each layer sees what all before it have made.
import { ops, scope } from '../graph/index.js';
import { type Chain, type Layers, parametersOf } from './sequential.js';

/** Applies each layer to the input and all results before it, side by side along `axis` (channels, by default); gives all of them. */
export function dense(layers: Layers, { axis = 1 } = {}): Chain {
	return {
		parameters: parametersOf(layers),
		apply: (x, mode) =>
			scope('dense', () =>
				Object.entries(layers).reduce((seen, [name, layer]) => ops.concat([seen, scope(name, () => layer.apply(seen, mode))], axis), x),
			),
	};
}
