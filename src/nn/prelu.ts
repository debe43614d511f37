// PReLU (He et al. 2015): a rectifier whose slope below 0 is learned.

import { type Kinds, optionsOf } from '../base/index.js';
import { ops, type Parameter, parameter, ShapeError, scope, showShape, type Value } from '../graph/index.js';
import { constantly } from './initializers.js';
import { of } from './kinds.js';
import type { Layer } from './layer.js';

/** How many slopes there are, and how they begin. */
export interface PreluOptions {
	/** One for each channel, or 1 for all (default). */
	readonly channels?: number;
	/** Default 0.25. */
	readonly slope?: number;
}

const kinds: Kinds<PreluOptions> = { channels: of.count, slope: of.number };

/** x where it is positive, a learned slope times x elsewhere: one slope, or one for each of the channels of `[batch, channels, …]`. */
export function prelu(options: PreluOptions = {}): Layer<[x: Value]> & { readonly parameters: { readonly weight: Parameter } } {
	const { channels = 1, slope = 0.25 } = optionsOf('prelu', options, kinds);
	const weight = parameter([channels], constantly(slope));
	return {
		parameters: { weight },
		apply: (x) =>
			scope('prelu', () => {
				if (channels > 1 && x.shape[1] !== channels) {
					throw new ShapeError(
						`prelu: expected ${channels} channels on axis 1, got ${showShape(x.shape)}. Set channels: ${x.shape[1]}, or leave it out for one slope.`,
					);
				}
				const after = channels > 1 ? x.shape.slice(2).map((_, axis) => axis + 1) : [];
				return ops.prelu(x, ops.unsqueeze(weight, after));
			}),
	};
}
