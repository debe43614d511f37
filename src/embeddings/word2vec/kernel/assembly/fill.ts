// First numbers of rows: even between −bound and bound, a function of the seed and of the row alone.
import { random, seedRandom } from './random';

/** Fills rows `from` … `to` of a table with `width` numbers each; what a row has beyond stays 0. */
export function fill(table: usize, from: u32, to: u32, width: u32, stride: usize, bound: f32, seed: u32): void {
	for (let row = from; row < to; row++) {
		seedRandom(row, seed);
		const start = table + <usize>row * stride;
		for (let i: u32 = 0; i < width; i++) {
			const share = <f32>(<u32>(random() >> 40)) * <f32>5.9604644775390625e-8;
			store<f32>(start + (<usize>i << 2), (2 * share - 1) * bound);
		}
	}
}
