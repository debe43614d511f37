// The names that a run's graphs give to what they take and make, by the names of parameters, losses and layers.
import type { Value } from '../../graph/index.js';

/** The rows of a table that is outside, and their gradients. */
export const rowsName = (name: string) => `rows.${name}`;
export const gradientName = (name: string) => `gradient.${name}`;
/** A slot of the optimizer beside a parameter. */
export const slotName = (slot: string, name: string) => `slot.${slot}.${name}`;
/** A weight, slot or state after the step. */
export const nextName = (name: string) => `next.${name}`;
/** The sum of a parameter's gradients over the batches of a step. */
export const sumName = (name: string) => `sum.${name}`;
/** A loss: its sum and weight over a batch, and what a batch's sum counts in a step of several batches: 1 / the step's weight. */
export const lossName = (name: string) => `loss.${name}`;
export const weightName = (name: string) => `weight.${name}`;
export const scaleName = (name: string) => `scale.${name}`;
/** What a diagnosis finds. */
export const normName = (name: string) => `norm.${name}`;
export const deadName = (name: string) => `dead.${name}`;

/** Values by the names made of theirs. */
export function prefixed(values: Iterable<readonly [string, Value]>, rename: (name: string) => string): Record<string, Value> {
	return Object.fromEntries([...values].map(([name, value]) => [rename(name), value]));
}
