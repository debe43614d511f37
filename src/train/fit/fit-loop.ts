// The training loop: stretches of steps, validation, early stopping with the best weights kept, checkpoints, history.
import { averagedWeights } from '../../optim/index.js';
import type { State } from '../step/stepper.js';
import type { TrainingGraph } from '../step/training-graph.js';
import { type Advice, advise } from './advice.js';
import { epochBatches } from './batches.js';
import { type Checkpoint, saveCheckpoint, saveHistory } from './checkpoint.js';
import { isBetter, type Monitor } from './monitor.js';
import { Pace } from './pace.js';
import { beginning, epochOf, type FilledOptions, type FitRecord, isOver, nextStop, type Position, recordIsDue } from './position.js';
import { runSteps, type Stretch } from './run-steps.js';
import { type Samples, samplesOf } from './samples.js';
import { type Metrics, type Validation, validate } from './validate.js';

/** How far a run has come. */
export interface FitProgress {
	/** The epoch under way, from 1, and of how many at most. */
	readonly epoch: number;
	readonly epochs: number;
	readonly step: number;
	/** Samples of this epoch. */
	readonly samples: number;
	readonly ofSamples: number;
	/** Mean loss of the last hundred batches or so. */
	readonly loss: number;
	readonly samplesPerSecond: number;
}

/** What a callback may answer to end the run, as if it were over. */
// biome-ignore lint/suspicious/noConfusingVoidType: a function that answers nothing is what most are.
export type Stop = 'stop' | undefined | void;

/** Functions that hear of a run. What they throw ends it. */
export interface FitCallback {
	/** Before the first step: whether a checkpoint was there to go on from, the epochs that it has done, and whether these are all. */
	readonly onStart?: (start: { readonly resumed: boolean; readonly epochs: number; readonly over: boolean }) => void;
	/** After steps. */
	readonly onSteps?: (progress: FitProgress) => Stop;
	/** After a record. The run waits for it. */
	readonly onRecord?: (record: FitRecord, progress: FitProgress) => Stop | Promise<Stop>;
}

/** What a loop is given beside its options. */
export interface FitTask extends Pick<Stretch, 'stepper' | 'rateAt'> {
	readonly graph: TrainingGraph;
	readonly train: Samples;
	readonly validation?: Samples | undefined;
	readonly metrics?: Metrics | undefined;
	/** Default: the lowest loss. */
	readonly monitor?: Monitor | undefined;
	/** Where checkpoints and the history go; none are written without it. */
	readonly folder?: string | undefined;
	readonly fingerprint: string;
	readonly resume?: Checkpoint | undefined;
	readonly callbacks?: readonly FitCallback[];
	readonly signal?: AbortSignal | undefined;
}

/** What a run comes to. */
export interface FitResult {
	/** The best weights by validation; the last where there is none. */
	readonly weights: State;
	readonly history: readonly FitRecord[];
	readonly best?: FitRecord | undefined;
	/** What the history says of the model and the data, in a line. */
	readonly advice: Advice | undefined;
	/** Whether the signal ended it; a checkpoint was written then. */
	readonly interrupted: boolean;
}

/** Trains until steps or epochs are over, patience is at its end, a callback or the signal says stop. */
export async function fitLoop(task: FitTask, options: FilledOptions): Promise<FitResult> {
	const { stepper, graph, train, validation, folder, fingerprint, resume, signal, callbacks = [], monitor = ['-loss'] } = task;
	const { batchSize, seed } = options;
	let position: Position = resume?.position ?? beginning;
	let best: State | undefined = resume?.best;
	let stopped = false;
	const { stepsPerRun, accumulate } = graph;
	const cutAt = async (epoch: number) => {
		const samples = await samplesOf(train, epoch);
		return { epoch, samples, plans: epochBatches(samples, { batchSize, stepsPerRun, accumulate }, { seed, epoch }) };
	};
	let cut = await cutAt(position.epoch);
	let pace = new Pace();
	// A run that was killed after its checkpoint had no time for the history.
	if (folder && resume) await saveHistory(folder, position.history);
	const progress = (): FitProgress => ({
		epoch: position.epoch + 1,
		epochs: epochsOf(options, cut.plans.length, accumulate),
		step: position.step,
		samples: Math.min(position.batch * batchSize, train.size),
		ofSamples: train.size,
		...pace.figures(),
	});
	const heard = (answers: readonly Stop[]) => {
		if (answers.includes('stop')) stopped = true;
	};
	while (!isOver(position, options) && !stopped && !signal?.aborted) {
		if (cut.epoch !== position.epoch) cut = await cutAt(position.epoch);
		const { samples, plans } = cut;
		const stretch = { ...task, samples, plans, options, until: nextStop(position, options) };
		const onSteps = (now: Position) => {
			pace.add(now.lossSum - position.lossSum, { samples: now.samples - position.samples, batches: now.batch - position.batch });
			position = now;
			heard(callbacks.map((callback) => callback.onSteps?.(progress())));
		};
		const { layers } = await runSteps({ ...stretch, onSteps, isStopped: () => stopped || signal?.aborted === true }, position);
		const atEnd = progress();
		if (position.batch === plans.length) position = { ...position, epoch: position.epoch + 1, batch: 0 };
		const due = recordIsDue(position, options) || (stopped && position.samples > 0);
		if (due) {
			const record: FitRecord = {
				epoch: epochOf(position),
				step: position.step,
				loss: position.lossSum / position.samples,
				...(validation && { validation: await validated(task, validation, position, batchSize) }),
				...(layers && { layers }),
				seconds: pace.seconds(),
				samplesPerSecond: atEnd.samplesPerSecond,
			};
			const better = record.validation !== undefined && isBetter(record.validation, position.best?.validation, monitor);
			if (better) best = averagedWeights(await stepper.call('state', undefined));
			position = { ...position, lossSum: 0, samples: 0, history: [...position.history, record], ...(better && { best: record }) };
			pace = new Pace();
		}
		if (folder) {
			await saveCheckpoint(folder, { state: await stepper.call('state', undefined), best, position, fingerprint });
			await saveHistory(folder, position.history);
		}
		if (due)
			heard(
				await Promise.all(callbacks.map((callback) => callback.onRecord?.(position.history.at(-1)!, { ...atEnd, step: position.step }))),
			);
	}
	return {
		weights: best ?? averagedWeights(await stepper.call('state', undefined)),
		history: position.history,
		best: position.best,
		advice: advise(position.history),
		interrupted: !stopped && !isOver(position, options),
	};
}

/** The epochs that it takes at most. */
function epochsOf({ epochs, minSteps, steps }: FilledOptions, batches: number, accumulate: number): number {
	const perEpoch = Math.ceil(batches / accumulate);
	const most = steps === undefined ? Number.POSITIVE_INFINITY : Math.ceil(steps / perEpoch);
	return Math.min(Math.max(epochs, Math.ceil(minSteps / perEpoch)), most);
}

async function validated(
	{ stepper, graph, metrics }: FitTask,
	validation: Samples,
	position: Position,
	batchSize: number,
): Promise<Validation> {
	const result = await validate(stepper, validation, { batchSize, outputs: graph.outputs, metrics });
	if (Number.isFinite(result.loss)) return result;
	throw new RangeError(
		`fit: expected a finite validation loss, got ${result.loss} at step ${position.step} (epoch ${epochOf(position)}). Lower the rate, or look for damaged samples.`,
	);
}
