// Scaling of a row of weights.

/** How a row is scaled: to a sum of 1 of its absolute values, to length 1, so that the largest is 1, or not. */
export type Norm = 'l1' | 'l2' | 'max' | false;

/** Scales in place; zeros stay. */
export function normalize(values: Float64Array, norm: Norm): void {
	if (norm === false) return;
	let size = 0;
	for (let i = 0; i < values.length; i++) {
		const value = values[i]!;
		size = norm === 'l2' ? size + value * value : norm === 'l1' ? size + Math.abs(value) : Math.max(size, Math.abs(value));
	}
	if (size === 0) return;
	if (norm === 'l2') size = Math.sqrt(size);
	for (let i = 0; i < values.length; i++) values[i]! /= size;
}
