// Dropout (Srivastava et al. 2014): in training, elements are set to 0 at random and the others scaled up.
import { ops, scope, type Value } from '../graph/index.js';
import type { Layer, Mode } from './layer.js';

/**
 * Drops each element with probability `rate` while training; does nothing at prediction.
 * With `whole` axes from the back, everything along them is dropped together: 1 drops whole vectors of `[batch, time, width]`.
 */
export function dropout(rate: number, { whole = 0 }: { whole?: number } = {}): Layer<[x: Value, mode: Mode]> {
	if (!(rate >= 0 && rate < 1)) {
		throw new RangeError(`dropout: expected a rate in [0, 1), got ${rate}. Pass the share of elements to drop, such as 0.5.`);
	}
	return {
		parameters: {},
		apply: (x, mode) => {
			if (!mode.training || rate === 0) return x;
			const shape = x.shape.map((dim, axis) => (axis >= x.shape.length - whole ? 1 : dim));
			return scope('dropout', () => ops.mul(x, mode.mask(rate, shape)));
		},
	};
}
