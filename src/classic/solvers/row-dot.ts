// The product of a row's entries with weights: where solvers spend their time.
import type { Compact } from './compact.js';

/** Σ weights[column] · value over the entries from one place up to another: four sums at a time, so that no addition waits for the one before. */
export function rowDot(weights: Float64Array, { indices, values }: Compact, from: number, to: number): number {
	let a = 0;
	let b = 0;
	let c = 0;
	let d = 0;
	let at = from;
	for (const end = to - 3; at < end; at += 4) {
		a += weights[indices[at]!]! * values[at]!;
		b += weights[indices[at + 1]!]! * values[at + 1]!;
		c += weights[indices[at + 2]!]! * values[at + 2]!;
		d += weights[indices[at + 3]!]! * values[at + 3]!;
	}
	for (; at < to; at++) a += weights[indices[at]!]! * values[at]!;
	return a + b + c + d;
}

/** weights[column] += factor · value over these entries. */
export function rowAdd(weights: Float64Array, { indices, values }: Compact, from: number, to: number, factor: number): void {
	for (let at = from; at < to; at++) weights[indices[at]!]! += factor * values[at]!;
}
