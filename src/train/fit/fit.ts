// Trains a model on samples, in a worker thread.
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { argumentOf, is, type Kinds, optionsOf } from '../../base/index.js';
import { adam, type Optimizer } from '../../optim/index.js';
import { checkModel, type Trainable } from '../step/model.js';
import { trainingGraph } from '../step/training-graph.js';
import { graphKinds, type TrainingGraphOptions } from '../step/training-plan.js';
import { initialWeights, type Weights, weightsFor } from '../step/weights.js';
import { type Checkpoint, loadCheckpoint, makeCheckpointFolder } from './checkpoint.js';
import { fastest } from './choose-replicas.js';
import { startEngine } from './engine.js';
import { type FitCallback, type FitResult, fitLoop } from './fit-loop.js';
import type { Monitor } from './monitor.js';
import { type FilledOptions, type FitOptions, fitKinds, fitOptions, isOver } from './position.js';
import { type Existing, takeFolder } from './run-folder.js';
import { hashOf, isStream, type SampleStream, type Samples, subset } from './samples.js';
import { splitOff } from './split.js';
import { timeLimit } from './time-limit.js';
import type { Metrics } from './validate.js';

/** How a model is trained. */
export interface FitSettings extends FitOptions, Omit<TrainingGraphOptions, 'replicas'> {
	/** Default: `adam()`. */
	readonly optimizer?: Optimizer | undefined;
	/** Samples to choose the best weights by, or the share of the samples that is held out for it. Default: none. */
	readonly validation?: Samples | SampleStream | number | undefined;
	/** What is measured at validations beside the loss, by name. */
	readonly metrics?: Metrics | undefined;
	/** What is better: the metrics that decide, first to last; `-` before a name means that less is more. Default: `['-loss']`. */
	readonly monitor?: Monitor | undefined;
	readonly callbacks?: readonly FitCallback[] | undefined;
	/** The weights to begin with, by any of their names; the model's initializers and the seed by default. */
	readonly weights?: Weights | undefined;
	/** A folder for checkpoints and the history (`history.jsonl`). Nothing is written without it. */
	readonly folder?: string | undefined;
	/** A folder that is there already: refuse (default), start anew, or go on from its checkpoint (from the beginning without one). */
	readonly existing?: Existing | undefined;
	/** What else a checkpoint belongs to, beside model, optimizer, samples and options. */
	readonly identity?: string | undefined;
	/** Threads of ONNX Runtime; all cores by default. */
	readonly threads?: number | undefined;
	/**
	 * Parts that each batch is divided into, each in a thread of its own with its share of `threads`; `auto` does the first steps with one and with
	 * as many as there are threads, and takes what is faster. Equal numbers give equal bits. Default 1.
	 */
	readonly replicas?: number | 'auto' | undefined;
	/** An execution provider of ONNX Runtime, such as `cuda`; the CPU by default. */
	readonly device?: string | undefined;
	/** Seconds from the call, after which the run ends as if it were over, within a step; the time of the last validation comes on top. Default: no limit. */
	readonly stopAfter?: number | undefined;
	/** Looks at the results of each step, and names the node that made the first NaN or infinity. Default off. */
	readonly trace?: boolean | undefined;
	/** Ends the run; with a folder a checkpoint is written. */
	readonly signal?: AbortSignal | undefined;
}

/** A number of replicas, or that it is to be measured. */
export const replicasKind = is.either(is.whole(1), is.one('auto'));

const kinds: Kinds<FitSettings> = {
	...fitKinds,
	...graphKinds,
	replicas: replicasKind,
	optimizer: is.object,
	validation: is.either(is.object, is.share),
	metrics: is.object,
	monitor: is.texts,
	callbacks: { expected: 'an array of callbacks', fits: Array.isArray },
	weights: is.object,
	folder: is.name,
	existing: is.one('refuse', 'overwrite', 'resume'),
	identity: is.text,
	threads: is.whole(1),
	device: is.name,
	stopAfter: is.positive,
	trace: is.flag,
	signal: is.signal,
};

/**
 * Trains a model. The same model, samples, options and seed give the same weights, bit for bit, however often the run was killed and resumed.
 *
 * @example
 * const layer = nn.linear({ in: 1, out: 1 });
 * const line: Trainable<'x' | 'y'> = {
 *   parameters: layer.parameters,
 *   inputs: { x: { dtype: 'float32', shape: ['batch', 1] }, y: { dtype: 'float32', shape: ['batch', 1] } },
 *   apply: ({ x }) => ({ guess: layer.apply(x) }),
 *   loss: ({ guess }, { y }) => nn.mseLoss(guess!, y),
 * };
 * const { weights } = await fit(line, tensorSamples({ x, y }), { optimizer: sgd({ rate: 0.1 }), epochs: 50 });
 */
export async function fit(model: Trainable, samples: Samples | SampleStream, settings: FitSettings = {}): Promise<FitResult> {
	checkModel('fit', model);
	argumentOf('fit', 'samples', samples, is.object);
	const { optimizer = adam(), existing = 'refuse', signal } = optionsOf('fit', settings, kinds);
	const { threads = availableParallelism(), trace = false, identity = '', metrics, monitor, device, stopAfter } = settings;
	const limit = timeLimit(stopAfter);
	const callbacks = [limit.callback, ...(settings.callbacks ?? [])];
	const { folder: given } = settings;
	// What is written later goes there whatever becomes of the working directory during the run.
	const folder = given === undefined ? undefined : resolve(given);
	signal?.throwIfAborted();
	const options = fitOptions(only(settings, fitKinds));
	const { train, validation } = divided(samples, settings.validation, options);
	const graphOf = (replicas: number) =>
		trainingGraph(model, optimizer, { ...only(settings, graphKinds), replicas } as TrainingGraphOptions);
	const { replicas = 1 } = settings;
	// What cannot be trained is refused before anything is written.
	const one = replicas === 'auto' ? graphOf(1) : undefined;
	const wanted = one ?? graphOf(replicas as number);
	if (given !== undefined) await takeFolder(given, existing);
	const resume = given !== undefined && existing === 'resume' ? await loadCheckpoint(given) : undefined;
	const weights = settings.weights && weightsFor(model, settings.weights, 'fit');
	const begin = resume ? { checkpoint: resume.path } : { weights: weights ?? initialWeights(model, options.seed) };
	const stepping = { threads, trace, seed: options.seed, ...(device !== undefined && { device }) };
	const chosen = async () => {
		if (resume) return resume.replicas === 1 ? wanted : graphOf(resume.replicas);
		const several = tried(() => graphOf(threads));
		if (threads === 1 || !several) return wanted;
		return fastest([wanted, several], { optimizer, train, begin, stepping, options, signal });
	};
	const graph = one ? await chosen() : wanted;
	// What says how long a run goes and when it is saved may change from one start to the next.
	const { batchSize, validateEvery, seed } = options;
	const { accumulate, stepsPerRun } = graph;
	const facts = {
		...{ optimizer: optimizer.spec, monitor, metrics: Object.keys(metrics ?? {}) },
		...{ batchSize, validateEvery, seed, accumulate, stepsPerRun, replicas: graph.replicas },
	};
	const graphs = [graph.step, graph.gradients, graph.update].flatMap((bytes) => (bytes ? [bytes] : []));
	const fingerprint = hashOf(JSON.stringify(facts), identity, ...graphs, train.fingerprint(), validation?.fingerprint() ?? '');
	if (resume) checkIsOwn(resume, { fingerprint, facts }, given!);
	if (folder !== undefined) await makeCheckpointFolder(folder);
	const { stepper, close } = await startEngine(graph, begin, stepping);
	try {
		for (const callback of callbacks) {
			callback.onStart?.({
				resumed: resume !== undefined,
				epochs: resume?.position.epoch ?? 0,
				over: resume ? isOver(resume.position, options) : false,
				replicas: graph.replicas,
			});
		}
		const result = await fitLoop(
			{ stepper, graph, optimizer, train, validation, metrics, monitor, callbacks, folder, fingerprint, facts, resume, signal },
			options,
		);
		const isLate = result.end === undefined && !result.interrupted && limit.isOver();
		return isLate ? { ...result, end: 'time' } : result;
	} finally {
		await close();
	}
}

/** What is made, or nothing where that is refused: layers that look at the whole batch have no replicas. */
function tried<R>(make: () => R): R | undefined {
	try {
		return make();
	} catch (error) {
		if (error instanceof TypeError) return undefined;
		throw error;
	}
}

/** The settings that a table of kinds has. */
function only<K extends keyof FitSettings>(settings: FitSettings, kinds: Readonly<Record<K, unknown>>): Pick<FitSettings, K> {
	return Object.fromEntries(Object.entries(settings).filter(([name]) => Object.hasOwn(kinds, name))) as Pick<FitSettings, K>;
}

/** The samples to train on, and those held out. */
function divided(
	samples: Samples | SampleStream,
	validation: FitSettings['validation'],
	{ seed }: FilledOptions,
): { train: Samples | SampleStream; validation?: Samples | SampleStream } {
	if (typeof validation === 'object')
		return isStream(validation) || validation.size > 0 ? { train: samples, validation } : { train: samples };
	const share = validation ?? 0;
	if (share >= 1) throw new RangeError(`fit: expected validation to be a share from 0 to below 1, got ${share}. Correct it.`);
	if (isStream(samples)) {
		if (share === 0) return { train: samples };
		throw new TypeError(
			`fit: expected samples in memory to hold out a share of them, got a stream and ${share}. Pass samples as validation.`,
		);
	}
	const [held, kept] = share > 0 ? splitOff(samples.size, share, seed) : [undefined, undefined];
	const train = kept ? subset(samples, kept) : samples;
	if (train.size === 0) {
		throw new RangeError(`fit: expected samples to train on, got ${samples.size} and a validation share of ${share}. Lower the share.`);
	}
	return held && held.length > 0 ? { train, validation: subset(samples, held) } : { train };
}

function checkIsOwn(resume: Checkpoint, { fingerprint, facts }: Pick<Checkpoint, 'fingerprint' | 'facts'>, folder: string): void {
	if (resume.fingerprint === fingerprint) return;
	const text = (value: unknown) => JSON.stringify(value) ?? 'none';
	const shown = (value: unknown) => (text(value).length > 80 ? `${text(value).slice(0, 79)}…` : text(value));
	const other = Object.keys(facts).find((name) => text(facts[name]) !== text(resume.facts[name]));
	const what =
		other === undefined
			? 'of another model, or of other data'
			: `whose ${other} is ${shown(resume.facts[other])}, not ${shown(facts[other])}`;
	throw new RangeError(
		`fit: expected the checkpoint in ${folder} to be of this model, data and options, got one ${what}. Run what it was made with, or start anew (existing: 'overwrite', --overwrite).`,
	);
}
