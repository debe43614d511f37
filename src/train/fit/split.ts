// Numbers of samples divided at random: training, validation, test.
import { permutation, randomFloat } from '../../base/index.js';
import { apportioned, dealt, expectShares, sizesOf } from '../../selection/splits/shares.js';
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

/**
 * The same by class: the share `part` of all samples, to within one, each class with its share of them, and never a class whole. `classes` has the
 * number of each sample's class. The same classes and seed give the same parts.
 */
export function splitOffByClass(classes: ArrayLike<number>, part: number, seed: number): [Uint32Array, Uint32Array] {
	const counts = new Uint32Array(Array.from(classes).reduce((most, number) => Math.max(most, number + 1), 0));
	for (let sample = 0; sample < classes.length; sample++) counts[classes[sample]!]!++;
	// Of classes with equal remainders those to have one more are drawn: else of many small classes only the first would be held out.
	const drawn = permutation(counts.length, seed, streams.split);
	const sizes = apportioned(
		drawn.map((number) => counts[number]!),
		Math.round(part * classes.length),
	);
	const left = new Uint32Array(counts.length);
	for (const [place, number] of drawn.entries()) left[number] = Math.min(sizes[place]!, Math.max(counts[number]! - 1, 0));
	const chosen = new Uint8Array(classes.length);
	for (const sample of permutation(classes.length, seed, streams.split)) {
		const number = classes[sample]!;
		if (left[number] === 0) continue;
		left[number]!--;
		chosen[sample] = 1;
	}
	const all = Uint32Array.from({ length: classes.length }, (_, sample) => sample);
	return [all.filter((sample) => chosen[sample] === 1), all.filter((sample) => chosen[sample] === 0)];
}
