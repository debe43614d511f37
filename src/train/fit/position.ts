// Where a run stands, how long it goes, and what comes next.
import { is, type Kinds, optionsOf } from '../../base/index.js';
import type { Diagnosis } from '../step/diagnosis.js';
import type { LossParts } from '../step/loss-parts.js';
import type { Validation } from './validate.js';

/** How long and how to train. */
export interface FitOptions {
	/** Passes over the samples, at most. Default 10, or no limit where `steps` says when to end. */
	readonly epochs?: number | undefined;
	/** Steps, at most. */
	readonly steps?: number | undefined;
	/** Steps at least, whatever `epochs` and `patience` say: few samples need more passes. Default 0. */
	readonly minSteps?: number | undefined;
	/** Samples in a batch. Default 64. */
	readonly batchSize?: number | undefined;
	/** Validations without a better result before training stops. Default: no limit. */
	readonly patience?: number | undefined;
	/** Steps between validations; default: one after each epoch. */
	readonly validateEvery?: number | undefined;
	/** Steps between checkpoints, beside those after each validation. */
	readonly checkpointEvery?: number | undefined;
	/** Fixes the first weights, the order of the samples, dropout and splits. Default 0. */
	readonly seed?: number | undefined;
	/** A loss above it ends the run. Default: a thousand times the first one, and of 1. */
	readonly maxLoss?: number | undefined;
}

/** What a run has come to since the last record: at the end of an epoch, or every `validateEvery` steps. */
export interface FitRecord {
	/** The epoch that has ended or is under way, from 1. */
	readonly epoch: number;
	/** Steps done. */
	readonly step: number;
	/** The mean training loss since the last record: by what counted in it (samples, tokens), not by batches. */
	readonly loss: number;
	/** The parts of the loss by name, where it has several. */
	readonly losses?: Readonly<Record<string, number>>;
	readonly validation?: Validation;
	/** A look into the last step, where it was asked for. */
	readonly layers?: Diagnosis;
	/** Since the last record, with validation. */
	readonly seconds: number;
	/** In training. */
	readonly samplesPerSecond: number;
}

/** Where a run stands. */
export interface Position {
	/** The epoch under way, from 0, and its batches already done. */
	readonly epoch: number;
	readonly batch: number;
	/** Steps done in all. */
	readonly step: number;
	/** Since the last record: the losses' sums and weights, and how many samples; and the first loss of all. */
	readonly losses: LossParts;
	readonly samples: number;
	/** Samples of this epoch so far. */
	readonly ofEpoch: number;
	readonly firstLoss?: number;
	/** The best record so far, if any. */
	readonly best?: FitRecord;
	readonly history: readonly FitRecord[];
}

/** Before the first step. */
export const beginning: Position = { epoch: 0, batch: 0, step: 0, losses: {}, samples: 0, ofEpoch: 0, history: [] };

/** `FitOptions` with its defaults filled in. */
export type FilledOptions = { readonly [K in 'steps' | 'validateEvery' | 'checkpointEvery' | 'maxLoss']: number | undefined } & {
	readonly [K in 'epochs' | 'minSteps' | 'batchSize' | 'patience' | 'seed']: number;
};

/** The kinds of these options. */
export const fitKinds: Kinds<FitOptions> = {
	epochs: is.limit(1),
	steps: is.whole(1),
	minSteps: is.whole(0),
	batchSize: is.whole(1),
	patience: is.limit(1),
	validateEvery: is.whole(1),
	checkpointEvery: is.whole(1),
	seed: is.whole(0),
	maxLoss: is.number(0),
};

/** The defaults filled in, and every option checked; `who` asks. */
export function fitOptions(options: FitOptions, who = 'fit'): FilledOptions {
	const { steps, validateEvery, checkpointEvery, maxLoss, ...rest } = optionsOf(who, options, fitKinds);
	const {
		epochs = steps ? Number.POSITIVE_INFINITY : 10,
		minSteps = 0,
		batchSize = 64,
		patience = Number.POSITIVE_INFINITY,
		seed = 0,
	} = rest;
	return { epochs, steps, minSteps, batchSize, patience, validateEvery, checkpointEvery, seed, maxLoss };
}

/** Why a run is at its end: `time` of one whose seconds are over. */
export type End = 'steps' | 'epochs' | 'patience' | 'time';

/** Why nothing is left to do: the steps, the epochs (and the least steps) are over, or patience is at its end; nothing where some is. */
export function endOf(position: Position, { epochs, steps, minSteps, patience }: FilledOptions): End | undefined {
	const { epoch, batch, step, history, best } = position;
	if (steps !== undefined && step >= steps) return 'steps';
	if (step < minSteps) return undefined;
	if (batch === 0 && epoch >= epochs) return 'epochs';
	const since = best ? history.length - 1 - history.findIndex((record) => record.step === best.step) : 0;
	return isRecorded(position) && since >= patience ? 'patience' : undefined;
}

/** Whether nothing is left to do. */
export const isOver = (position: Position, options: FilledOptions): boolean => endOf(position, options) !== undefined;

/** The step at which something beside training is to be done, within an epoch. */
export function nextStop({ step }: Position, { steps, validateEvery, checkpointEvery }: FilledOptions): number {
	const next = (every: number | undefined) => (every ? (Math.floor(step / every) + 1) * every : Number.POSITIVE_INFINITY);
	return Math.min(steps ?? Number.POSITIVE_INFINITY, next(validateEvery), next(checkpointEvery));
}

/** Whether a record is due where a run stands: between epochs or every so many steps, and at its end. */
export function recordIsDue(position: Position, options: FilledOptions): boolean {
	const { batch, step } = position;
	if (step === 0 || isRecorded(position)) return false;
	return (options.validateEvery ? step % options.validateEvery === 0 : batch === 0) || isOver(position, options);
}

/** The epoch that has ended or is under way, from 1. */
export const epochOf = ({ epoch, batch }: Position) => (batch === 0 ? epoch : epoch + 1);

const isRecorded = ({ step, history }: Position) => history.at(-1)?.step === step;
