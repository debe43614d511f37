// Refusals that several operators share, and the values they are made of.
import { input, type Value } from 'textloom/graph';
import type { Refusals } from './row.js';

type Sizes = (number | string)[];

export const f = (...shape: Sizes) => input('f', 'float32', shape);
export const d = (...shape: Sizes) => input('d', 'float64', shape);
export const i = (...shape: Sizes) => input('i', 'int32', shape);
export const flag = (...shape: Sizes) => input('flag', 'bool', shape);

/** Of two operands that broadcast. */
export const clashes = (op: (a: Value, b: Value) => Value): Refusals => ({
	'sizes clash': [() => op(f(2, 3), f(4)), 'cannot broadcast 2×3 with 4', 'float32 2×3, float32 4'],
	'names clash': [() => op(f('batch', 3), f('time', 3)), 'cannot broadcast batch×3 with time×3', 'Sizes must be equal or 1'],
	'a name and a size clash': [() => op(f('batch', 3), f(2, 3)), 'cannot broadcast batch×3 with 2×3'],
	'types clash': [() => op(f(2), d(2)), 'expected operands of one type. Cast one of them', 'float32 2, float64 2'],
});

/** Of a function of floating-point numbers. */
export const floatsOnly = (op: (x: Value) => Value): Refusals => ({
	integers: [() => op(i('batch', 3)), 'expected floating-point numbers. Cast first', 'int32 batch×3'],
});

/** Of an axis that is not there. */
export const axes = (op: (x: Value, axis: number) => Value): Refusals => ({
	'an axis too far': [() => op(f('batch', 3), 2), 'expected an axis of 2 dimensions, got 2', 'float32 batch×3'],
	'an axis too far back': [() => op(f('batch', 3), -3), 'expected an axis of 2 dimensions, got -3'],
	'an axis of a scalar': [() => op(f(), 0), 'float32 scalar'],
});
