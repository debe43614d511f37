// The batches of an epoch one after the other, whether samples are in memory or a stream: what a run takes its steps from.
import { type InputPlan, type Minibatch, sizesOf } from '../step/model.js';
import type { TrainingGraph } from '../step/training-plan.js';
import { type BatchPlan, epochBatches } from './batches.js';
import { isStream, type SampleStream, type Samples, samplesOf } from './samples.js';

/** One batch to come. */
export interface Fed {
	/** How many samples it has, and which, where they have numbers. */
	readonly size: number;
	readonly samples?: Uint32Array;
	/** The number of its group: batches of one step, or of one run, are of one group. */
	readonly group: number;
	/** Equal for batches of one shape. */
	readonly shape: string;
	make(): Minibatch;
}

/** The batches of an epoch from some place on. */
export interface Feed {
	/** Samples and batches of the whole epoch, where that is known before its end. */
	readonly samples?: number;
	readonly batches?: number;
	/** The next batches of one group, at most `most`; with `oneShape` only those of the first one's shape. None at the end. */
	next(most: number, oneShape: boolean): Promise<Fed[]>;
	/** Whether there is none after those that were taken. */
	isOver(): Promise<boolean>;
	close(): Promise<void>;
}

/** How an epoch is cut. */
export interface FeedOptions {
	readonly graph: Pick<TrainingGraph, 'stepsPerRun' | 'accumulate' | 'inputs'>;
	readonly batchSize: number;
	readonly seed: number;
	readonly epoch: number;
	/** Batches that are passed over: those done before the run was stopped. */
	readonly from: number;
}

/** Opens the batches of an epoch. */
export async function openFeed(samples: Samples | SampleStream, options: FeedOptions): Promise<Feed> {
	const { graph, batchSize, seed, epoch, from } = options;
	const { stepsPerRun, accumulate } = graph;
	if (isStream(samples)) {
		return feedOf(fromStream(samples.batches(epoch, { batchSize, seed }), graph, from), {});
	}
	const ofEpoch = await samplesOf(samples, epoch);
	const plans = epochBatches(ofEpoch, { batchSize, stepsPerRun, accumulate }, { seed, epoch });
	const all = plans.slice(from).map((plan) => fedOf(ofEpoch, plan));
	const count = plans.reduce((sum, { samples }) => sum + samples.length, 0);
	return feedOf(each(all), { samples: count, batches: plans.length });
}

const fedOf = (samples: Samples, { samples: numbers, lengths, group }: BatchPlan): Fed => ({
	size: numbers.length,
	samples: numbers,
	group,
	shape: JSON.stringify([numbers.length, lengths]),
	make: () => samples.batch(numbers, lengths),
});

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
	yield* items;
}

async function* fromStream(
	batches: AsyncIterable<Minibatch>,
	{ inputs, stepsPerRun, accumulate }: FeedOptions['graph'],
	from: number,
): AsyncGenerator<Fed> {
	let place = 0;
	for await (const batch of batches) {
		const number = place++;
		if (number < from) continue;
		const group = Math.floor(number / (stepsPerRun * accumulate));
		const shape = JSON.stringify(Object.values(batch).map(({ shape }) => shape));
		yield { size: samplesIn(inputs, batch), group, shape, make: () => batch };
	}
}

/** How many samples a batch has: its size called `batch`. */
export const samplesIn = (inputs: Readonly<Record<string, InputPlan>>, batch: Minibatch): number => sizesOf(inputs, batch).batch ?? 1;

function feedOf(source: AsyncGenerator<Fed>, known: Pick<Feed, 'samples' | 'batches'>): Feed {
	let ahead: Fed | undefined;
	let over = false;
	const peek = async (): Promise<Fed | undefined> => {
		if (ahead || over) return ahead;
		const { value, done } = await source.next();
		over = done === true;
		ahead = over ? undefined : (value as Fed);
		return ahead;
	};
	return {
		...known,
		async next(most, oneShape) {
			const taken: Fed[] = [];
			while (taken.length < most) {
				const fed = await peek();
				const [first = fed] = taken;
				if (!fed || fed.group !== first!.group || (oneShape && fed.shape !== first!.shape)) break;
				taken.push(fed);
				ahead = undefined;
			}
			return taken;
		},
		isOver: async () => (await peek()) === undefined,
		async close() {
			await source.return(undefined);
		},
	};
}
