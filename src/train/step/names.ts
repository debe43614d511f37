// The names that a run's graphs give to what they take and make, by the names of parameters and layers.
import type { Value } from '../../graph/index.js';

/** The rows of a table that is outside, and their gradients. */
export const rowsName = (name: string) => `rows.${name}`;
export const gradientName = (name: string) => `gradient.${name}`;
/** A state after the step. */
export const nextName = (name: string) => `next.${name}`;
/** The sum of a parameter's gradients over the batches of a step. */
export const sumName = (name: string) => `sum.${name}`;
/** What a diagnosis finds. */
export const normName = (name: string) => `norm.${name}`;
export const deadName = (name: string) => `dead.${name}`;

/** Values by the names made of theirs. */
export function prefixed(values: ReadonlyMap<string, Value>, rename: (name: string) => string): Record<string, Value> {
	return Object.fromEntries([...values].map(([name, value]) => [rename(name), value]));
}
