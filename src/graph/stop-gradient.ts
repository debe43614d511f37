// A value as a constant for gradients.
import { type Value, withGradient } from './value.js';

/** Equal to `x`, but `backward` stops at it. No node of the file. */
export function stopGradient(x: Value): Value {
	return withGradient([x], x, () => [undefined]);
}
