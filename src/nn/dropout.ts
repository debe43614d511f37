// Dropout (Srivastava et al. 2014): in training, elements are set to 0 at random and the others scaled up.

import { argumentOf, is, type Kinds, optionsOf } from '../base/index.js';
import { ops, scope, type Value } from '../graph/index.js';
import { of } from './kinds.js';
import type { Layer, Mode } from './layer.js';

/** What is dropped together. */
export interface DropoutOptions {
	/** How many axes, from the last, are dropped as a whole: 1 drops whole vectors of `[batch, time, width]`. Default 0, single elements. */
	readonly whole?: number;
}

const kinds: Kinds<DropoutOptions> = { whole: is.whole(0) };

/** In training, `x` times a mask: 0 for the share `rate` of elements, 1 / (1 − rate) for the others. Else `x`. */
export function dropped(x: Value, rate: number, mode: Mode, shape = x.shape): Value {
	return mode.training && rate > 0 ? ops.mul(x, ops.cast(mode.mask(rate, shape), x.dtype)) : x;
}

/** Drops each element with probability `rate` while training; does nothing at prediction. */
export function dropout(rate: number, options: DropoutOptions = {}): Layer<[x: Value, mode: Mode]> {
	argumentOf('dropout', 'rate', rate, of.rate);
	const { whole = 0 } = optionsOf('dropout', options, kinds);
	return {
		parameters: {},
		apply: (x, mode) => {
			if (!mode.training || rate === 0) return x;
			const shape = x.shape.map((dim, axis) => (axis >= x.shape.length - whole ? 1 : dim));
			return scope('dropout', () => dropped(x, rate, mode, shape));
		},
	};
}
