// Which steps belong to a text, for models that move windows beyond its end.
import { ops, type Value } from 'textloom/graph';

const { less, places, unsqueeze } = ops;

/** Bool `[batch, time, 1]`, or `[batch, 1, time]` where time is axis 2 of `x`: whether a step is within the `lengths` `[batch]`. */
export const withinText = (x: Value, lengths: Value, axis: 1 | 2): Value =>
	unsqueeze(less(unsqueeze(places(x, axis), [0]), unsqueeze(lengths, [1])), [3 - axis]);
