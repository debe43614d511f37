// Cuts samples into batches. Which samples an epoch's batches hold follows from the seed and the epoch alone.
import { permutation } from '../../stream/index.js';
import { streams } from '../step/weights.js';
import type { Samples } from './samples.js';

/** The samples of one batch, by number, and the length they are padded to. */
export interface BatchPlan {
	readonly samples: Uint32Array;
	readonly length: number;
	/** The number of its group in the epoch: batches of one step, or of one run, are of one group. */
	readonly group: number;
}

/** How samples are cut. */
export interface CutOptions {
	readonly batchSize: number;
	/** Neighbouring batches that share one length, so that one run of the session can take them together. Default 1. */
	readonly stepsPerRun?: number;
	/** Batches that one step takes together. Default 1. A step's samples are those of one batch that is so many times as large. */
	readonly accumulate?: number;
}

/** Samples are sorted by length within pools of this many batches: little padding, and still a new mix in each epoch. */
const pool = 64;

/** The batches of an epoch in random order, samples of similar length together. */
export function epochBatches(
	samples: Samples,
	{ batchSize, stepsPerRun = 1, accumulate = 1 }: CutOptions,
	{ seed, epoch }: { seed: number; epoch: number },
): BatchPlan[] {
	const order = permutation(samples.size, seed, streams.order + 2 * epoch);
	const groups: BatchPlan[][] = [];
	const oneLength = batchSize * stepsPerRun;
	const perGroup = oneLength * accumulate;
	const perPool = perGroup * Math.ceil(pool / stepsPerRun);
	for (let start = 0; start < order.length; start += perPool) {
		const sorted = sortByLength(samples, order.subarray(start, start + perPool));
		for (let at = 0; at < sorted.length; at += perGroup) {
			groups.push(cut(samples, sorted.subarray(at, at + perGroup), { batchSize, oneLength, group: groups.length }));
		}
	}
	return Array.from(permutation(groups.length, seed, streams.order + 2 * epoch + 1)).flatMap((place) => groups[place]!);
}

/** Batches of samples by length, for validation: the order does not matter there, and little is padded. */
export function byLength(samples: Samples, { batchSize }: { batchSize: number }): BatchPlan[] {
	const all = Uint32Array.from({ length: samples.size }, (_, sample) => sample);
	return cut(samples, sortByLength(samples, all), { batchSize, oneLength: batchSize, group: 0 });
}

/** The next batches of one group, at most `most`; with `oneShape` only those of the first one's size and length. */
export function nextOfGroup(
	plans: readonly BatchPlan[],
	from: number,
	{ most, oneShape }: { most: number; oneShape: boolean },
): BatchPlan[] {
	const first = plans[from]!;
	const fits = ({ group, length, samples }: BatchPlan) =>
		group === first.group && (!oneShape || (length === first.length && samples.length === first.samples.length));
	let to = from + 1;
	while (to < plans.length && to - from < most && fits(plans[to]!)) to++;
	return plans.slice(from, to);
}

function sortByLength(samples: Samples, numbers: Uint32Array): Uint32Array {
	return samples.lengthOf ? numbers.sort((a, b) => samples.lengthOf!(a) - samples.lengthOf!(b)) : numbers;
}

/** Cuts sorted samples into batches; each `oneLength` of them are padded to the same length. */
function cut(
	samples: Samples,
	sorted: Uint32Array,
	{ batchSize, oneLength, group }: { batchSize: number; oneLength: number; group: number },
): BatchPlan[] {
	const plans: BatchPlan[] = [];
	for (let at = 0; at < sorted.length; at += batchSize) {
		const last = Math.min(at - (at % oneLength) + oneLength, sorted.length) - 1;
		const length = samples.lengthOf?.(sorted[last]!) ?? 0;
		plans.push({ samples: sorted.slice(at, at + batchSize), length, group });
	}
	return plans;
}
