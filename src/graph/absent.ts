// An optional input that is left out.
import type { Value } from './value.js';

/** Stands in a node's inputs for one that is left out while a later one is there. Written as an empty name. */
export const absent: Value = { name: '', dtype: 'float32', shape: [] };

/** The inputs as rules see them: what is left out is undefined. */
export const present = (inputs: readonly Value[]) => inputs.map((value) => (value === absent ? undefined : value)) as readonly Value[];
