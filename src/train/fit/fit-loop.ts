// The training loop: stretches of steps, validation, early stopping with the best weights kept, checkpoints, history.
import type { Optimizer } from '../../optim/index.js';
import { meanOf, meansOf } from '../step/loss-parts.js';
import { ReplicaLost } from '../step/replica-lost.js';
import type { TrainingGraph } from '../step/training-plan.js';
import type { Weights } from '../step/weights.js';
import { type Advice, advise } from './advice.js';
import { type Checkpoint, checkpointPath, factsOf, saveHistory } from './checkpoint.js';
import { type Feed, openFeed } from './feed.js';
import { isBetter, type Monitor } from './monitor.js';
import { Pace } from './pace.js';
import {
	beginning,
	type End,
	endOf,
	epochOf,
	type FilledOptions,
	type FitRecord,
	isOver,
	nextStop,
	type Position,
	recordIsDue,
} from './position.js';
import { remedyFor } from './remedy.js';
import { runSteps, type Stretch } from './run-steps.js';
import type { SampleStream, Samples } from './samples.js';
import { type Metrics, type Validation, validate } from './validate.js';

/** How far a run has come. */
export interface FitProgress {
	/** The epoch under way, from 1, and of how many at most. */
	readonly epoch: number;
	readonly epochs: number;
	readonly step: number;
	/** Samples of this epoch so far, and in all where that is known: a stream tells it at its end. */
	readonly samples: number;
	readonly ofSamples?: number | undefined;
	/** Mean loss of the last hundred batches or so. */
	readonly loss: number;
	readonly samplesPerSecond: number;
}

/** What a callback may answer to end the run, as if it were over. */
// biome-ignore lint/suspicious/noConfusingVoidType: a function that answers nothing is what most are.
export type Stop = 'stop' | undefined | void;

/** Functions that hear of a run. What they throw ends it. */
export interface FitCallback {
	/**
	 * Before the first step: whether a checkpoint was there to go on from, the epochs that it has done, whether these are all, and in how many parts
	 * batches are divided.
	 */
	readonly onStart?: (start: {
		readonly resumed: boolean;
		readonly epochs: number;
		readonly over: boolean;
		readonly replicas: number;
	}) => void;
	/** After steps. */
	readonly onSteps?: (progress: FitProgress) => Stop;
	/** After a record. The run waits for it. */
	readonly onRecord?: (record: FitRecord, progress: FitProgress) => Stop | Promise<Stop>;
}

/** What a loop is given beside its options. */
export interface FitTask extends Pick<Stretch, 'stepper'> {
	readonly graph: TrainingGraph;
	readonly optimizer: Optimizer;
	readonly train: Samples | SampleStream;
	readonly validation?: Samples | SampleStream | undefined;
	readonly metrics?: Metrics | undefined;
	/** Default: the lowest loss. */
	readonly monitor?: Monitor | undefined;
	/** Where checkpoints and the history go; none are written without it. */
	readonly folder?: string | undefined;
	readonly fingerprint: string;
	/** Options that change a step, for a checkpoint of another run to be told by. */
	readonly facts: Readonly<Record<string, unknown>>;
	readonly resume?: Checkpoint | undefined;
	readonly callbacks?: readonly FitCallback[];
	readonly signal?: AbortSignal | undefined;
}

/** What a run comes to. */
export interface FitResult {
	/** The best weights by validation; the last where there is none. */
	readonly weights: Weights;
	readonly history: readonly FitRecord[];
	readonly best?: FitRecord | undefined;
	/** What the history says of the model and the data, in a line. */
	readonly advice: Advice | undefined;
	/** Why it ended; nothing where a callback or the signal ended it. */
	readonly end: End | undefined;
	/** Whether the signal ended it; a checkpoint was written then. */
	readonly interrupted: boolean;
}

/** Trains until steps or epochs are over, patience is at its end, a callback or the signal says stop. */
export async function fitLoop(task: FitTask, options: FilledOptions): Promise<FitResult> {
	const { stepper, graph, train, validation, folder, fingerprint, facts, resume, signal, callbacks = [], monitor = ['-loss'] } = task;
	const { batchSize, seed } = options;
	let position: Position = resume?.position ?? beginning;
	let stopped = false;
	let pace = new Pace();
	let feed: Feed | undefined;
	// A run that was killed after its checkpoint had no time for the history.
	if (folder && resume) await saveHistory(folder, position.history);
	const progress = (): FitProgress => ({
		epoch: position.epoch + 1,
		epochs: epochsOf(options, graph, feed?.batches),
		step: position.step,
		samples: position.ofEpoch,
		ofSamples: feed?.samples,
		...pace.figures(),
	});
	const heard = (answers: readonly Stop[]) => {
		if (answers.includes('stop')) stopped = true;
	};
	const factsNow = () => factsOf({ position, fingerprint, facts, replicas: graph.replicas });
	/** What has come of the steps since the last record. */
	const recorded = async (last: FitProgress, layers: FitRecord['layers']): Promise<FitRecord> => ({
		epoch: epochOf(position),
		step: position.step,
		loss: meanOf(position.losses),
		...(graph.losses.length > 1 && { losses: meansOf(position.losses) }),
		...(validation && { validation: await validated(task, validation, position, options) }),
		...(layers && { layers }),
		seconds: pace.seconds(),
		samplesPerSecond: last.samplesPerSecond,
	});
	try {
		while (!isOver(position, options) && !stopped && !signal?.aborted) {
			const { epoch, batch } = position;
			// Carried states begin anew with an epoch; in the middle of one they are those of the checkpoint.
			if (!feed && batch === 0) await stepper.call('begin', 'epoch');
			feed ??= await openFeed(train, { graph, batchSize, seed, epoch, from: batch });
			const onSteps = (now: Position, mean: number) => {
				pace.add(mean, { samples: now.samples - position.samples, batches: now.batch - position.batch });
				position = now;
				heard(callbacks.map((callback) => callback.onSteps?.(progress())));
			};
			const isStopped = () => stopped || signal?.aborted === true;
			const { layers } = await runSteps({ ...task, feed, options, until: nextStop(position, options), onSteps, isStopped }, position);
			const atEnd = progress();
			if (await feed.isOver()) {
				if (position.batch === 0)
					throw new RangeError(
						`fit: expected samples in every epoch, got none in epoch ${epoch + 1}. Pass a source that can be read again.`,
					);
				position = { ...position, epoch: epoch + 1, batch: 0, ofEpoch: 0 };
				await feed.close();
				feed = undefined;
			}
			const due = recordIsDue(position, options) || (stopped && position.samples > 0);
			if (due) {
				const record = await recorded(atEnd, layers);
				const better = record.validation !== undefined && isBetter(record.validation, position.best?.validation, monitor);
				if (better) await stepper.call('keep', undefined);
				position = { ...position, losses: {}, samples: 0, history: [...position.history, record], ...(better && { best: record }) };
				pace = new Pace();
			}
			await pace.away(async () => {
				if (folder) {
					await stepper.call('save', { path: checkpointPath(folder), facts: factsNow() });
					await saveHistory(folder, position.history);
				}
				if (!due) return;
				const [record, last] = [position.history.at(-1)!, { ...atEnd, step: position.step }];
				heard(await Promise.all(callbacks.map((callback) => callback.onRecord?.(record, last))));
			});
		}
	} catch (error) {
		// The steps before are not lost.
		if (error instanceof ReplicaLost && folder) await stepper.call('save', { path: checkpointPath(folder), facts: factsNow() });
		throw error;
	} finally {
		await feed?.close();
	}
	const end = endOf(position, options);
	const advice = advise(position.history);
	return {
		weights: await stepper.call('weights', undefined),
		history: position.history,
		best: position.best,
		// Its loss may fall where patience goes by another figure.
		advice: end === 'patience' && advice?.finding === 'unfinished' ? undefined : advice,
		end,
		interrupted: !stopped && !isOver(position, options),
	};
}

/** The epochs that it takes at most. */
function epochsOf({ epochs, minSteps, steps }: FilledOptions, { accumulate }: TrainingGraph, batches: number | undefined): number {
	if (batches === undefined) return epochs;
	const perEpoch = Math.ceil(batches / accumulate);
	const most = steps === undefined ? Number.POSITIVE_INFINITY : Math.ceil(steps / perEpoch);
	return Math.min(Math.max(epochs, Math.ceil(minSteps / perEpoch)), most);
}

async function validated(
	{ stepper, graph, metrics, optimizer }: FitTask,
	validation: Samples | SampleStream,
	position: Position,
	{ batchSize, seed }: FilledOptions,
): Promise<Validation> {
	const result = await validate(stepper, validation, { batchSize, seed, outputs: graph.outputs, metrics });
	if (Number.isFinite(result.loss)) return result;
	throw new RangeError(
		`fit: expected a finite validation loss, got ${result.loss} at step ${position.step} (epoch ${epochOf(position)}). ${remedyFor({ optimizer, step: position.step + 1, rate: optimizer.rate })}`,
	);
}
