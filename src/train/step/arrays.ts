// Arrays of numbers put together.
import type { TensorData } from '../../graph/index.js';

/** Arrays of one type, one after the other; a single one as it is. */
export function joined<A extends TensorData>(arrays: readonly A[]): A {
	if (arrays.length === 1) return arrays[0]!;
	const all = new (arrays[0]!.constructor as new (length: number) => A)(arrays.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const array of arrays) {
		(all as Float32Array).set(array as Float32Array, at);
		at += array.length;
	}
	return all;
}
