// Pooling over time: what is left of a text of any length is one vector. Padding does not count.

import { type Kinds, optionsOf } from '../base/index.js';
import { ops, ShapeError, scalar, scope, showShape, type Value } from '../graph/index.js';
import { expectShape } from './check.js';
import type { Layer } from './layer.js';
import { lowest } from './lowest.js';

const { cast, div, less, max, places, reduceMax, reduceSum, unsqueeze, where } = ops;

/** Where the time axis is: 1 in `[batch, time, features]` (default), 2 in `[batch, channels, time]`, as convolutions have it. */
export interface OverTimeOptions {
	readonly axis?: 1 | 2;
}

const kinds: Kinds<OverTimeOptions> = {
	axis: { expected: '1 or 2', fits: (value) => value === 1 || value === 2, next: 'Transpose the value where time is elsewhere.' },
};

/** A layer of a value and lengths `[batch]` (int32, at least 1); `within` says which steps count, and broadcasts to the value. */
function overTime(who: string, axis: 1 | 2, pool: (x: Value, within: Value, lengths: Value) => Value): Layer<[x: Value, lengths: Value]> {
	return {
		parameters: {},
		apply: (x, lengths) =>
			scope(who, () => {
				const expected = axis === 1 ? ['batch', 'time', 'features'] : ['batch', 'channels', 'time'];
				expectShape(who, x, expected, 'Name the time axis by axis: 1 or 2, or reshape it.');
				if (showShape(lengths.shape) !== showShape([x.shape[0]!])) {
					throw new ShapeError(
						`${who}: expected lengths ${showShape([x.shape[0]!])}, got ${showShape(lengths.shape)}. Pass one length for each text.`,
					);
				}
				const within = less(unsqueeze(places(x, axis), [0]), unsqueeze(lengths, [1]));
				return pool(x, unsqueeze(within, [3 - axis]), lengths);
			}),
	};
}

/**
 * The largest of each feature among a text's steps (Collobert et al. 2011, section 3.3.2): `[batch, time, features]` and lengths to
 * `[batch, features]`.
 */
export function maxOverTime(options: OverTimeOptions = {}): Layer<[x: Value, lengths: Value]> {
	const { axis = 1 } = optionsOf('maxOverTime', options, kinds);
	return overTime('maxOverTime', axis, (x, within) => reduceMax(where(within, x, scalar(lowest(x.dtype), x.dtype)), { axes: [axis] }));
}

/** The mean of each feature over a text's steps: `[batch, time, features]` and lengths to `[batch, features]`. */
export function meanOverTime(options: OverTimeOptions = {}): Layer<[x: Value, lengths: Value]> {
	const { axis = 1 } = optionsOf('meanOverTime', options, kinds);
	return overTime('meanOverTime', axis, (x, within, lengths) => {
		const sum = reduceSum(where(within, x, scalar(0, x.dtype)), { axes: [axis] });
		return div(sum, unsqueeze(cast(max(lengths, 1), x.dtype), [1]));
	});
}
