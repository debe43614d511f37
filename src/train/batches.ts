// Cuts a data set into padded batches. Which documents an epoch's batches hold follows from the seed and the epoch alone.

import { sizeOf, sizeOfDim } from '../graph/index.js';
import { permutation, randomFloat } from '../stream/index.js';
import { type Dataset, lengthOf } from './dataset.js';
import type { MaskPlan } from './training-graph.js';
import { streams } from './weights.js';

/** The documents of one batch, by number, and the length they are padded to. */
export interface BatchPlan {
	readonly docs: Uint32Array;
	readonly time: number;
}

/** How an epoch is cut. */
export interface EpochOptions {
	readonly batchSize: number;
	/** The shortest a batch is padded to. */
	readonly minLength: number;
	/** Neighbouring batches that share one length, so that one run of the session can take them together. */
	readonly group?: number;
}

/** Documents are sorted by length within pools of this many batches: little padding, and still a new mix in each epoch. */
const pool = 64;

/** The batches of an epoch in random order, documents of similar length together. */
export function epochBatches(
	dataset: Dataset,
	docs: Uint32Array,
	{ batchSize, minLength, group = 1 }: EpochOptions,
	{ seed, epoch }: { seed: number; epoch: number },
): BatchPlan[] {
	const order = permutation(docs.length, seed, streams.order + 2 * epoch).map((place) => docs[place]!);
	const groups: BatchPlan[][] = [];
	const perGroup = batchSize * group;
	for (let start = 0; start < order.length; start += perGroup * Math.ceil(pool / group)) {
		const sorted = order
			.subarray(start, start + perGroup * Math.ceil(pool / group))
			.sort((a, b) => lengthOf(dataset, a) - lengthOf(dataset, b));
		for (let at = 0; at < sorted.length; at += perGroup)
			groups.push(sameLength(dataset, sorted.subarray(at, at + perGroup), batchSize, minLength));
	}
	return Array.from(permutation(groups.length, seed, streams.order + 2 * epoch + 1)).flatMap((place) => groups[place]!);
}

/** Batches of documents by length, for validation: the order does not matter there, and little is padded. */
export function byLength(dataset: Dataset, docs: Uint32Array, { batchSize, minLength }: EpochOptions): BatchPlan[] {
	const sorted = docs.slice().sort((a, b) => lengthOf(dataset, a) - lengthOf(dataset, b));
	const starts = Array.from({ length: Math.ceil(sorted.length / batchSize) }, (_, batch) => batch * batchSize);
	return starts.flatMap((at) => sameLength(dataset, sorted.subarray(at, at + batchSize), batchSize, minLength));
}

function sameLength(dataset: Dataset, docs: Uint32Array, batchSize: number, minLength: number): BatchPlan[] {
	const time = docs.reduce((longest, doc) => Math.max(longest, lengthOf(dataset, doc)), minLength);
	const plans: BatchPlan[] = [];
	for (let at = 0; at < docs.length; at += batchSize) plans.push({ docs: docs.slice(at, at + batchSize), time });
	return plans;
}

/** Ids padded with 0, lengths and targets of batches of one size and length, one after the other. */
export function collate(dataset: Dataset, plans: readonly BatchPlan[]) {
	const [{ docs, time }] = plans as [BatchPlan];
	const rows = plans.length * docs.length;
	const ids = new Int32Array(rows * time);
	const lengths = new Int32Array(rows);
	const targets = new Int32Array(rows);
	let row = 0;
	for (const plan of plans) {
		for (const doc of plan.docs) {
			ids.set(dataset.ids.subarray(dataset.starts[doc], dataset.starts[doc + 1]), row * time);
			lengths[row] = lengthOf(dataset, doc);
			targets[row] = dataset.targets[doc]!;
			row++;
		}
	}
	return { ids, lengths, targets, size: docs.length, time, steps: plans.length };
}

/** The dropout masks of some steps: functions of the seed, the step and the mask, whatever was drawn before. */
export function dropoutMasks(
	plans: readonly MaskPlan[],
	{ size, time, steps, step, seed }: { size: number; time: number; steps: number; step: number; seed: number },
): Float32Array[] {
	return plans.map(({ rate, shape }, place) => {
		const perStep = sizeOf(shape.map((dim) => sizeOfDim(dim, { batch: size, time })!));
		const mask = new Float32Array(steps * perStep);
		const kept = 1 / (1 - rate);
		for (let s = 0, at = 0; s < steps; s++) {
			const stream = streams.masks + (step + s) * plans.length + place;
			for (let i = 0; i < perStep; i++, at++) mask[at] = randomFloat(seed, stream, i) < rate ? 0 : kept;
		}
		return mask;
	});
}
