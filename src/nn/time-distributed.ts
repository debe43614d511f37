// A layer applied at each step of a sequence by itself.

import { argumentOf } from '../base/index.js';
import { ops, productDims, ShapeError, scope, showShape } from '../graph/index.js';
import { of } from './kinds.js';
import type { Layer } from './layer.js';

/** Applies a layer of `[batch, …]` to each step of `[batch, time, …]`: to batch × time of them at once. */
export function timeDistributed(layer: Layer): Layer {
	argumentOf('timeDistributed', 'layer', layer, of.layer);
	return {
		parameters: layer.parameters,
		apply: (x, mode) =>
			scope('timeDistributed', () => {
				const [batch, time, ...rest] = x.shape;
				if (batch === undefined || time === undefined)
					throw new ShapeError(`timeDistributed: expected batch×time and more, got ${showShape(x.shape)}. Apply the layer itself.`);
				const each = layer.apply(ops.reshape(x, [productDims([batch, time]), ...rest], [x]), mode);
				return ops.reshape(each, [batch, time, ...each.shape.slice(1)], [x]);
			}),
	};
}
