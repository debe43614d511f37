// The maximum over time (Collobert et al. 2011, section 3.3.2): what a text shows most of each feature.
import { ops, scalar, scope, type Value } from '../graph/index.js';

const { less, places, reduceMax, unsqueeze, where } = ops;

/** Below any feature, so that no maximum is there. */
const outside = -3e38;

/** `[batch, time, features]` to `[batch, features]`: the largest of each feature among the first `counts[i]` steps (int32, at least 1) of text i. */
export function maxOverTime(x: Value, counts: Value): Value {
	return scope('maxOverTime', () => {
		const within = less(unsqueeze(places(x, 1), [0]), unsqueeze(counts, [1]));
		return reduceMax(where(unsqueeze(within, [2]), x, scalar(outside, x.dtype)), { axes: [1] });
	});
}
