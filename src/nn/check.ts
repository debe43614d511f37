// What layers ask of the shapes of their inputs.
import { type Shape, ShapeError, showShape, type Value } from '../graph/index.js';

/** Fails unless `x` has as many axes as `expected`, and its sizes where they are numbers. Names stand for any size. */
export function expectShape(who: string, x: Value, expected: Shape, mend: string): void {
	const fits = x.shape.length === expected.length && expected.every((dim, axis) => typeof dim === 'string' || dim === x.shape[axis]);
	if (!fits) throw new ShapeError(`${who}: expected ${showShape(expected)}, got ${showShape(x.shape)}. ${mend}`);
}
