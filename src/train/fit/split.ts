// Numbers of samples divided at random: training, validation, test.
import { permutation, randomFloat } from '../../base/index.js';
import { dealt, expectShares, sizesOf } from '../../selection/splits/shares.js';
import { streams } from '../step/weights.js';

/**
 * Divides `size` samples at random by shares that sum to 1, such as `{ train: 0.6, validation: 0.2, test: 0.2 }`: each part has its share to
 * within one sample. The same seed gives the same parts.
 */
export function splitSamples<Part extends string>(
	size: number,
	shares: Readonly<Record<Part, number>>,
	seed = 0,
): Record<Part, Uint32Array> {
	if (!Number.isSafeInteger(size) || size < 0)
		throw new RangeError(`splitSamples: expected a whole number of samples, got ${size}. Pass their size.`);
	const parts = Object.entries(shares) as [Part, number][];
	const values = parts.map(([, share]) => share);
	expectShares('splitSamples', values);
	const dealing = dealt(permutation(size, seed, streams.split), sizesOf(size, values));
	return Object.fromEntries(parts.map(([part], place) => [part, dealing[place]!])) as Record<Part, Uint32Array>;
}

/** Divides samples at random: about the share `part` of them first, then the rest. Each keeps its side when others are added. */
export function splitOff(size: number, part: number, seed: number): [Uint32Array, Uint32Array] {
	const all = Uint32Array.from({ length: size }, (_, sample) => sample);
	const first = (sample: number) => randomFloat(seed, streams.split, sample) < part;
	return [all.filter(first), all.filter((sample) => !first(sample))];
}
