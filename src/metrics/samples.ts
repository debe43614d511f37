// Samples as arrays have them: two labels of each, and how much it counts.
import { argumentOf, type Kind, type Kinds } from '../base/index.js';
import type { ClassCounts } from './averages.js';
import { type Label, labelsIn, labelsKind, numbersOf } from './labels.js';

/** What functions over arrays are told of classes and samples. */
export interface SampleOptions {
	/** The classes in their order, those that no sample has, too. Default: those of the samples, numbers by size, texts by code point. */
	readonly labels?: readonly Label[] | undefined;
	/** How much each sample counts, 0 or more. Default: 1 each. */
	readonly sampleWeights?: ArrayLike<number> | undefined;
}

const isArray = (value: unknown) => Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
const samples: Kind = { expected: 'an array with an entry for each sample', fits: isArray };

/** The kinds of these options. */
export const sampleKinds: Kinds<SampleOptions> = {
	labels: labelsKind,
	sampleWeights: { expected: 'an array of numbers', fits: isArray },
};

/** Two labels of each sample, as places among `labels`: −1 for one that is not there. */
export interface Pair {
	readonly labels: readonly Label[];
	readonly truth: Int32Array;
	readonly predicted: Int32Array;
	readonly weights: Float64Array | undefined;
}

/** Reads the labels of samples, `names` being what they are called in errors. Throws where there are none or not as many of both, and for what is no label. */
export function pairOf(
	who: string,
	truth: ArrayLike<Label>,
	predicted: ArrayLike<Label>,
	options: SampleOptions,
	names: readonly [string, string] = ['truth', 'predicted'],
): Pair {
	const arrays = { [names[0]]: truth, [names[1]]: predicted };
	const count = sampleCount(who, arrays);
	const found = labelsIn(who, arrays);
	const labels = options.labels ?? found;
	const numbers = { truth: numbersOf(truth, labels), predicted: numbersOf(predicted, labels) };
	return { labels, ...numbers, weights: weightsOf(who, options.sampleWeights, count) };
}

/** The number of samples that arrays, by their names, are all of. Throws a RangeError where they differ, and where there are none. */
export function sampleCount(who: string, arrays: Readonly<Record<string, ArrayLike<unknown>>>): number {
	for (const [name, array] of Object.entries(arrays)) argumentOf(who, name, array, samples);
	const [[first, { length }], ...others] = Object.entries(arrays) as [[string, ArrayLike<unknown>]];
	for (const [name, array] of others as [string, ArrayLike<unknown>][]) {
		if (array.length !== length)
			throw new RangeError(`${who}: expected ${name} of ${length} samples as ${first}, got ${array.length}. Pass one for each.`);
	}
	if (length === 0) throw new RangeError(`${who}: expected at least one sample, got none. Is what they are read from empty?`);
	return length;
}

/** The weights of samples. Throws a RangeError where there are not as many, where one is below 0 or no number, and where all are 0. */
export function weightsOf(who: string, given: ArrayLike<number> | undefined, count: number): Float64Array | undefined {
	if (given === undefined) return undefined;
	if (given.length !== count)
		throw new RangeError(`${who}: expected sampleWeights of ${count} samples, got ${given.length}. Pass one for each.`);
	const weights = Float64Array.from(given);
	const wrong = weights.findIndex((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY));
	if (wrong >= 0) throw new RangeError(`${who}: expected sampleWeights from 0, got ${given[wrong]} at place ${wrong}. Correct it.`);
	if (weights.every((weight) => weight === 0)) throw new RangeError(`${who}: expected a sample weight above 0, got none. Correct them.`);
	return weights;
}

/** How often each class was predicted, was true, and both, in the order of the classes. */
export function countsOf({ labels, truth, predicted, weights }: Pair): ClassCounts {
	const hits = new Float64Array(labels.length);
	const said = new Float64Array(labels.length);
	const actual = new Float64Array(labels.length);
	for (let at = 0; at < truth.length; at++) {
		const weight = weights ? weights[at]! : 1;
		const own = truth[at]!;
		const other = predicted[at]!;
		if (own >= 0) actual[own]! += weight;
		if (other >= 0) said[other]! += weight;
		if (own >= 0 && own === other) hits[own]! += weight;
	}
	return new Map(labels.map((label, at) => [label, { hits: hits[at]!, predicted: said[at]!, actual: actual[at]! }]));
}
