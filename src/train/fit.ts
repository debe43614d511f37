// The training loop: epochs of batches, validation, early stopping with the best weights kept, checkpoints.
import { averagedWeights, type Optimizer } from '../optim/index.js';
import type { Remote } from '../stream/index.js';
import { type BatchPlan, collate, dropoutMasks, epochBatches } from './batches.js';
import { type Checkpoint, type EpochRecord, type Position, saveCheckpoint } from './checkpoint.js';
import type { Dataset } from './dataset.js';
import { evaluateBatches } from './evaluate-batches.js';
import type { State } from './stepper.js';
import type { StepperHandlers } from './stepper-worker.js';
import type { TrainingGraph } from './training-graph.js';

/** How long and how to train. */
export interface FitOptions {
	/** Passes over the training documents, at most. */
	readonly epochs: number;
	/** Steps at least, whatever `epochs` and `patience` say: a small corpus needs more passes. */
	readonly minSteps: number;
	/** Documents in a batch. */
	readonly batchSize: number;
	/** Epochs without a better validation accuracy before training stops. */
	readonly patience: number;
	/** Fixes the first weights, the order of the documents, the dropout and the validation split. */
	readonly seed: number;
}

/** How far a run has come. */
export interface FitProgress {
	/** The epoch under way, from 1. */
	readonly epoch: number;
	readonly epochs: number;
	readonly documents: number;
	readonly ofDocuments: number;
	/** Mean loss of the last hundred steps or so. */
	readonly loss: number;
	readonly documentsPerSecond: number;
	/** Set when an epoch has ended. */
	readonly record?: EpochRecord;
}

/** What a run is given beside its options. */
export interface FitTask {
	readonly stepper: Remote<StepperHandlers>;
	readonly graph: TrainingGraph;
	readonly dataset: Dataset;
	readonly train: Uint32Array;
	readonly validation: Uint32Array;
	readonly minLength: number;
	readonly rateAt: Optimizer['rateAt'];
	/** Where checkpoints go; none are written without it. */
	readonly folder?: string | undefined;
	readonly fingerprint: string;
	readonly resume?: Checkpoint | undefined;
	readonly onProgress?: ((progress: FitProgress) => void) | undefined;
	readonly signal?: AbortSignal | undefined;
}

/** What a run comes to. */
export interface FitResult {
	/** The best weights by validation; the last where there is none. */
	readonly weights: State;
	readonly history: readonly EpochRecord[];
	readonly best?: EpochRecord | undefined;
	/** Whether the signal ended it; a checkpoint was written then. */
	readonly interrupted: boolean;
}

/** Runs that may wait in the worker, so that it never waits for the next batch. */
const ahead = 2;

/** Trains until the epochs are over, patience is at its end, or the signal says stop. */
export async function fit(task: FitTask, options: FitOptions): Promise<FitResult> {
	const { stepper, graph, dataset, train, validation, minLength, folder, fingerprint, resume, signal, onProgress } = task;
	const { batchSize, seed } = options;
	let position: Position = resume?.position ?? { epoch: 0, batch: 0, step: 0, lossSum: 0, history: [] };
	let best: State | undefined = resume?.best;
	const save = async () => {
		if (folder) await saveCheckpoint(folder, { state: await stepper.call('state', undefined), best, position, fingerprint });
	};

	while (!isOver(position, options) && !signal?.aborted) {
		const plans = epochBatches(dataset, train, { batchSize, minLength, group: graph.stepsPerRun }, { seed, epoch: position.epoch });
		const start = performance.now();
		const from = position.batch;
		position = await runEpoch(task, position, plans, options);
		if (position.batch < plans.length) {
			await save();
			break;
		}
		const seconds = (performance.now() - start) / 1000;
		const record: EpochRecord = {
			epoch: position.epoch + 1,
			loss: position.lossSum / plans.length,
			...(validation.length > 0 && { validation: await validate(task, position, batchSize) }),
			seconds,
			documentsPerSecond: ((plans.length - from) * batchSize) / seconds,
		};
		const better = record.validation !== undefined && isBetter(record, position.best);
		if (better) best = averagedWeights(await stepper.call('state', undefined));
		const history = [...position.history, record];
		position = { ...position, epoch: position.epoch + 1, batch: 0, lossSum: 0, history, ...(better && { best: record }) };
		await save();
		const { epoch, loss, documentsPerSecond } = record;
		onProgress?.({
			epoch,
			epochs: epochsOf(options, plans.length),
			documents: train.length,
			ofDocuments: train.length,
			loss,
			documentsPerSecond,
			record,
		});
	}
	return {
		weights: best ?? averagedWeights(await stepper.call('state', undefined)),
		history: position.history,
		best: position.best,
		interrupted: !isOver(position, options),
	};
}

/** Whether nothing is left to do: after an epoch's end and enough steps, the epochs are over or patience is at its end. */
export function isOver({ epoch, batch, step, best }: Position, { epochs, minSteps, patience }: FitOptions): boolean {
	if (batch > 0 || step < minSteps) return false;
	return epoch >= epochs || (best !== undefined && epoch - best.epoch >= patience);
}

/** The epochs that it takes at most. */
function epochsOf({ epochs, minSteps }: FitOptions, batches: number): number {
	return Math.max(epochs, Math.ceil(minSteps / batches));
}

/** Loss and accuracy on the documents held out. */
async function validate({ stepper, dataset, validation, minLength }: FitTask, { epoch, step }: Position, batchSize: number) {
	const { loss, accuracy } = await evaluateBatches(stepper, dataset, validation, { batchSize, minLength });
	checkFinite(loss, 'validation loss', { epoch, step });
	return { loss, accuracy };
}

function checkFinite(loss: number, what: string, { epoch, step }: Pick<Position, 'epoch' | 'step'>): void {
	if (Number.isFinite(loss)) return;
	throw new RangeError(
		`fit: expected a finite ${what}, got ${loss} at step ${step} (epoch ${epoch + 1}). Lower the rate, or look for damaged texts.`,
	);
}

/** The batches of one epoch from where the position stands; ends early when the signal says stop. */
async function runEpoch(
	{ stepper, graph, dataset, train, rateAt, onProgress, signal }: FitTask,
	position: Position,
	plans: readonly BatchPlan[],
	options: FitOptions,
): Promise<Position> {
	const { batchSize, seed } = options;
	const moment = { epoch: position.epoch, results: resultsOf(position) };
	const start = performance.now();
	const running: Promise<void>[] = [];
	let { batch, step, lossSum } = position;
	let sent = batch;
	let sentSteps = step;
	let recent = Number.NaN;
	const finished = (losses: readonly number[]) => {
		for (const loss of losses) {
			batch++;
			step++;
			checkFinite(loss, 'loss', { epoch: position.epoch, step });
			lossSum += loss;
			recent = Number.isNaN(recent) ? loss : 0.98 * recent + 0.02 * loss;
		}
		const seconds = (performance.now() - start) / 1000;
		onProgress?.({
			epoch: position.epoch + 1,
			epochs: epochsOf(options, plans.length),
			documents: Math.min(batch * batchSize, train.length),
			ofDocuments: train.length,
			loss: recent,
			documentsPerSecond: ((batch - position.batch) * batchSize) / seconds,
		});
	};
	try {
		while (sent < plans.length && !signal?.aborted) {
			const together = sameShape(plans, sent, graph.stepsPerRun);
			const data = collate(dataset, together);
			const masks = dropoutMasks(graph.masks, { ...data, step: sentSteps + 1, seed });
			const rates = Array.from({ length: together.length }, (_, place) => rateAt({ ...moment, step: sentSteps + place }));
			const request = { ...data, masks, rates, step: sentSteps + 1 };
			const buffers = [data.ids, data.lengths, data.targets, ...masks].map((array) => array.buffer as ArrayBuffer);
			running.push(stepper.call('step', request, buffers).then(finished, failedAt(sentSteps + 1)));
			sent += together.length;
			sentSteps += together.length;
			if (running.length >= ahead) await running.shift();
		}
	} finally {
		// What is under way is waited for even after an error, which then is the one thrown.
		await Promise.allSettled(running);
	}
	await Promise.all(running);
	return { ...position, batch, step, lossSum };
}

/** What schedules see of the epochs done: the validation, or the training loss where there is none. */
function resultsOf({ history }: Position): Readonly<Record<string, number>>[] {
	return history.map(({ loss, validation }) => validation ?? { loss });
}

/** What ONNX Runtime says of numbers beyond all bounds (an index out of them, say) tells nobody what to do. */
function failedAt(step: number): (error: Error) => never {
	return (error) => {
		const reason = error.message.replace(/\.$/, '');
		throw new Error(`fit: expected step ${step} to run, got: ${reason}. If the loss has grown, lower the rate.`, { cause: error });
	};
}

/** The next batches that one run can take: of one size and length, at most `most`. */
function sameShape(plans: readonly BatchPlan[], from: number, most: number): BatchPlan[] {
	const first = plans[from]!;
	let to = from + 1;
	while (to < plans.length && to - from < most && plans[to]!.time === first.time && plans[to]!.docs.length === first.docs.length) to++;
	return plans.slice(from, to);
}

function isBetter(record: EpochRecord, best: EpochRecord | undefined): boolean {
	if (!best?.validation || !record.validation) return true;
	const { accuracy, loss } = best.validation;
	return record.validation.accuracy > accuracy || (record.validation.accuracy === accuracy && record.validation.loss < loss);
}
