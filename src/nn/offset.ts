// Places in a sequence that has begun before: with an offset of 7 the first step is at place 7.
import { ops, ShapeError, showShape, type Value } from '../graph/index.js';

/** How many steps there were before: a number, or an int32 or int64 scalar that is known when the graph runs. */
export type Offset = number | Value;

/** The int32 places of the steps of `x` along an axis: `offset`, `offset` + 1, … */
export function placesFrom(who: string, x: Value, axis: number, offset: Offset = 0): Value {
	const places = ops.places(x, axis);
	if (typeof offset === 'number') {
		if (!(Number.isSafeInteger(offset) && offset >= 0))
			throw new RangeError(`${who}: expected offset to be a whole number from 0, got ${offset}. Pass the number of steps before.`);
		return offset === 0 ? places : ops.add(places, offset);
	}
	if (offset.shape.length > 0 || (offset.dtype !== 'int32' && offset.dtype !== 'int64'))
		throw new ShapeError(
			`${who}: expected offset to be an int32 scalar, got ${offset.dtype} ${showShape(offset.shape)}. Pass one number for the whole batch.`,
		);
	return ops.add(places, ops.cast(offset, 'int32'));
}
