// Cuts samples into batches. Which samples an epoch's batches hold follows from the seed and the epoch alone.
import { permutation } from '../../base/index.js';
import { streams } from '../step/weights.js';
import type { Lengths, Samples } from './samples.js';

/** The samples of one batch, by number, and the lengths they are padded to. */
export interface BatchPlan {
	readonly samples: Uint32Array;
	readonly lengths: Lengths;
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

/** The batches of an epoch: in the samples' own order, or in random order, samples of similar length together. */
export function epochBatches(
	samples: Samples,
	{ batchSize, stepsPerRun = 1, accumulate = 1 }: CutOptions,
	{ seed, epoch }: { seed: number; epoch: number },
): BatchPlan[] {
	const together = stepsPerRun * accumulate;
	if (samples.order) return inOrder(samples, samples.order(epoch, { batchSize, seed }), together);
	const order = permutation(samples.size, seed, streams.order + 2 * epoch);
	const groups: BatchPlan[][] = [];
	const oneLength = batchSize * stepsPerRun;
	const perGroup = batchSize * together;
	const perPool = perGroup * Math.ceil(pool / stepsPerRun);
	for (let start = 0; start < order.length; start += perPool) {
		const sorted = sortByLength(samples, order.subarray(start, start + perPool));
		for (let at = 0; at < sorted.length; at += perGroup) {
			groups.push(cut(samples, sorted.subarray(at, at + perGroup), { batchSize, oneLength, group: groups.length }));
		}
	}
	return Array.from(permutation(groups.length, seed, streams.order + 2 * epoch + 1)).flatMap((place) => groups[place]!);
}

/** Batches for validation: in the samples' own order, or by length, so that little is padded. */
export function validationBatches(samples: Samples, { batchSize, seed }: { batchSize: number; seed: number }): BatchPlan[] {
	if (samples.order) return inOrder(samples, samples.order(0, { batchSize, seed }), 1);
	const all = Uint32Array.from({ length: samples.size }, (_, sample) => sample);
	return cut(samples, sortByLength(samples, all), { batchSize, oneLength: batchSize, group: 0 });
}

/** Batches that the samples gave. */
function inOrder(samples: Samples, batches: readonly Uint32Array[], together: number): BatchPlan[] {
	return batches.map((numbers, place) => {
		const outside = numbers.find((sample) => sample >= samples.size);
		if (numbers.length === 0 || outside !== undefined)
			throw new RangeError(
				`fit: expected batches of samples below ${samples.size} from order, got ${outside ?? 'an empty one'} in batch ${place + 1}. Correct the order.`,
			);
		return { samples: numbers, lengths: longest(samples, numbers), group: Math.floor(place / together) };
	});
}

/** Sorted by the first length, equal ones by the next; in place. */
function sortByLength({ lengths }: Samples, numbers: Uint32Array): Uint32Array {
	const columns = Object.values(lengths ?? {});
	if (columns.length === 0) return numbers;
	return numbers.sort((a, b) => {
		for (const column of columns) if (column[a] !== column[b]) return column[a]! - column[b]!;
		return 0;
	});
}

/** The longest of each length. */
function longest({ lengths = {} }: Samples, numbers: Uint32Array): Lengths {
	return Object.fromEntries(
		Object.entries(lengths).map(([name, column]) => [name, numbers.reduce((most, sample) => Math.max(most, column[sample]!), 0)]),
	);
}

/** Cuts sorted samples into batches; each `oneLength` samples are padded to the same lengths. */
function cut(
	samples: Samples,
	sorted: Uint32Array,
	{ batchSize, oneLength, group }: { batchSize: number; oneLength: number; group: number },
): BatchPlan[] {
	const plans: BatchPlan[] = [];
	for (let from = 0; from < sorted.length; from += oneLength) {
		const shared = sorted.subarray(from, from + oneLength);
		const lengths = longest(samples, shared);
		for (let at = 0; at < shared.length; at += batchSize) plans.push({ samples: shared.slice(at, at + batchSize), lengths, group });
	}
	return plans;
}
