// What layers ask of their options and inputs, and the errors where it does not hold.
import { type Shape, ShapeError, showShape, type Value } from '../graph/index.js';

/** Fails unless `x` has as many axes as `expected`, and its sizes where they are numbers. Names stand for any size. */
export function expectShape(who: string, x: Value, expected: Shape, mend: string): void {
	const fits = x.shape.length === expected.length && expected.every((dim, axis) => typeof dim === 'string' || dim === x.shape[axis]);
	if (!fits) throw new ShapeError(`${who}: expected ${showShape(expected)}, got ${showShape(x.shape)}. ${mend}`);
}

/** Fails unless each number is whole and at least 1. */
export function expectCounts(who: string, counts: Readonly<Record<string, number | readonly number[]>>): void {
	for (const [name, value] of Object.entries(counts)) {
		const numbers = typeof value === 'number' ? [value] : value;
		if (numbers.length === 0 || numbers.some((number) => !Number.isInteger(number) || number < 1)) {
			throw new RangeError(`${who}: expected ${name} of whole numbers from 1, got ${numbers.join(', ') || 'none'}. Correct ${name}.`);
		}
	}
}
