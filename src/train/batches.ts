// Cuts samples into batches. Which samples an epoch's batches hold follows from the seed and the epoch alone.
import { permutation } from '../stream/index.js';
import type { Samples } from './samples.js';
import { streams } from './weights.js';

/** The samples of one batch, by number, and the length they are padded to. */
export interface BatchPlan {
	readonly samples: Uint32Array;
	readonly length: number;
}

/** How samples are cut. */
export interface CutOptions {
	readonly batchSize: number;
	/** Neighbouring batches that share one length, so that one run of the session can take them together. */
	readonly group?: number;
}

/** Samples are sorted by length within pools of this many batches: little padding, and still a new mix in each epoch. */
const pool = 64;

/** The batches of an epoch in random order, samples of similar length together. */
export function epochBatches(
	samples: Samples,
	{ batchSize, group = 1 }: CutOptions,
	{ seed, epoch }: { seed: number; epoch: number },
): BatchPlan[] {
	const order = permutation(samples.size, seed, streams.order + 2 * epoch);
	const groups: BatchPlan[][] = [];
	const perGroup = batchSize * group;
	const perPool = perGroup * Math.ceil(pool / group);
	for (let start = 0; start < order.length; start += perPool) {
		const sorted = sortByLength(samples, order.subarray(start, start + perPool));
		for (let at = 0; at < sorted.length; at += perGroup) groups.push(sameLength(samples, sorted.subarray(at, at + perGroup), batchSize));
	}
	return Array.from(permutation(groups.length, seed, streams.order + 2 * epoch + 1)).flatMap((place) => groups[place]!);
}

/** Batches of samples by length, for validation: the order does not matter there, and little is padded. */
export function byLength(samples: Samples, { batchSize }: CutOptions): BatchPlan[] {
	const sorted = sortByLength(
		samples,
		Uint32Array.from({ length: samples.size }, (_, sample) => sample),
	);
	const starts = Array.from({ length: Math.ceil(sorted.length / batchSize) }, (_, batch) => batch * batchSize);
	return starts.flatMap((at) => sameLength(samples, sorted.subarray(at, at + batchSize), batchSize));
}

/** The next batches that one call of the stepper takes: of one size and length, at most `most`. */
export function sameShape(plans: readonly BatchPlan[], from: number, most: number): BatchPlan[] {
	const first = plans[from]!;
	let to = from + 1;
	while (to < plans.length && to - from < most && plans[to]!.length === first.length && plans[to]!.samples.length === first.samples.length)
		to++;
	return plans.slice(from, to);
}

function sortByLength({ lengthOf }: Samples, numbers: Uint32Array): Uint32Array {
	return lengthOf ? numbers.sort((a, b) => lengthOf(a) - lengthOf(b)) : numbers;
}

function sameLength({ lengthOf }: Samples, numbers: Uint32Array, batchSize: number): BatchPlan[] {
	const length = lengthOf ? numbers.reduce((longest, sample) => Math.max(longest, lengthOf(sample)), 0) : 0;
	const plans: BatchPlan[] = [];
	for (let at = 0; at < numbers.length; at += batchSize) plans.push({ samples: numbers.slice(at, at + batchSize), length });
	return plans;
}
