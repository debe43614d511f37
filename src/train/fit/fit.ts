// Trains a model on samples, in a worker thread.
import { availableParallelism } from 'node:os';
import { adam, type Optimizer } from '../../optim/index.js';
import { startWorker } from '../../stream/index.js';
import type { StepperHandlers } from '../step/stepper-worker.js';
import type { Trainable } from '../step/trainable.js';
import { type TrainingGraphOptions, trainingGraph } from '../step/training-graph.js';
import { initialWeights, type Weights } from '../step/weights.js';
import { type Checkpoint, loadCheckpoint } from './checkpoint.js';
import { type FitCallback, type FitResult, fitLoop } from './fit-loop.js';
import type { Monitor } from './monitor.js';
import { type FilledOptions, type FitOptions, fitOptions, isOver } from './position.js';
import { type Existing, takeFolder } from './run-folder.js';
import { hashOf, type Samples, subset } from './samples.js';
import { splitOff } from './split.js';
import type { Metrics } from './validate.js';

/** How a model is trained. */
export interface FitSettings extends FitOptions, TrainingGraphOptions {
	/** Default: `adam()`. */
	readonly optimizer?: Optimizer;
	/** Samples to choose the best weights by, or the share of the samples that is held out for it. Default: none. */
	readonly validation?: Samples | number | undefined;
	/** What is measured at validations beside the loss. */
	readonly metrics?: Metrics | undefined;
	/** What is better: the metrics that decide, first to last; `-` before a name means that less is more. Default: `['-loss']`. */
	readonly monitor?: Monitor | undefined;
	readonly callbacks?: readonly FitCallback[];
	/** The weights to begin with; the model's initializers and the seed by default. */
	readonly weights?: Weights | undefined;
	/** A folder for checkpoints and the history (`history.jsonl`). Nothing is written without it. */
	readonly folder?: string | undefined;
	/** A folder that is there already: refuse (default), start anew, or go on from its checkpoint (from the beginning without one). */
	readonly existing?: Existing | undefined;
	/** What else a checkpoint belongs to, beside model, optimizer, samples and options. */
	readonly identity?: string;
	/** Threads of ONNX Runtime; all cores by default. */
	readonly threads?: number | undefined;
	/** Looks at the results of each step, and names the node that made the first NaN or infinity. Default off. */
	readonly trace?: boolean | undefined;
	/** Ends the run; with a folder a checkpoint is written. */
	readonly signal?: AbortSignal | undefined;
}

/**
 * Trains a model. The same model, samples, options and seed give the same weights, bit for bit, however often the run was killed and resumed.
 *
 * @example
 * const dense = nn.linear({ in: 1, out: 1 });
 * const line: Trainable<'x' | 'y'> = {
 *   parameters: dense.parameters,
 *   inputs: { x: { dtype: 'float32', shape: ['batch', 1] }, y: { dtype: 'float32', shape: ['batch', 1] } },
 *   apply: ({ x }) => ({ guess: dense.apply(x) }),
 *   loss: ({ guess }, { y }) => nn.mseLoss(guess!, y),
 * };
 * const { weights } = await fit(line, rows({ x, y }), { optimizer: sgd({ rate: 0.1 }), epochs: 50 });
 */
export async function fit(model: Trainable, samples: Samples, settings: FitSettings = {}): Promise<FitResult> {
	const { optimizer = adam(), folder, existing = 'refuse', signal } = settings;
	const { threads = availableParallelism(), trace = false, callbacks = [], identity = '' } = settings;
	signal?.throwIfAborted();
	const options = fitOptions(settings);
	const { train, validation } = divided(samples, settings.validation, options);
	const graph = trainingGraph(model, optimizer, settings);
	if (folder !== undefined) await takeFolder(folder, existing);
	const resume = folder !== undefined && existing === 'resume' ? await loadCheckpoint(folder) : undefined;
	// What says how long a run goes and when it is saved may change from one start to the next.
	const { batchSize, validateEvery, seed } = options;
	const { accumulate, stepsPerRun } = graph;
	const facts = JSON.stringify({
		...{ optimizer: optimizer.spec, monitor: settings.monitor },
		...{ batchSize, validateEvery, seed, accumulate, stepsPerRun },
	});
	const fingerprint = hashOf(facts, identity, graph.step, train.fingerprint(), validation?.fingerprint() ?? '');
	if (resume) checkIsOwn(resume, fingerprint, folder!);
	for (const callback of callbacks) {
		callback.onStart?.({
			resumed: resume !== undefined,
			epochs: resume?.position.epoch ?? 0,
			over: resume ? isOver(resume.position, options) : false,
		});
	}
	const stepper = startWorker<StepperHandlers>(new URL('../step/stepper-worker.js', import.meta.url));
	try {
		const weights = resume?.state ?? settings.weights ?? initialWeights(model, options.seed);
		await stepper.call('create', { graph, optimizer: optimizer.spec, weights, options: { threads, trace, seed: options.seed } });
		const { metrics, monitor } = settings;
		return await fitLoop(
			{
				...{ stepper, graph, train, validation, metrics, monitor, callbacks, folder, fingerprint, resume, signal },
				rateAt: optimizer.rateAt,
			},
			options,
		);
	} finally {
		// After an error, too: a worker must not end with its sessions open. Where the worker itself failed there are none.
		await stepper.call('release', undefined).catch(() => {});
		await stepper.close();
	}
}

/** The samples to train on, and those held out. */
function divided(
	samples: Samples,
	validation: Samples | number | undefined,
	{ seed }: FilledOptions,
): { train: Samples; validation?: Samples } {
	const share = typeof validation === 'number' ? validation : 0;
	if (!(share >= 0 && share < 1))
		throw new RangeError(`fit: expected validation to be a share from 0 to below 1, got ${share}. Correct it.`);
	const [held, kept] = share > 0 ? splitOff(samples.size, share, seed) : [undefined, undefined];
	const train = kept ? subset(samples, kept) : samples;
	if (train.size === 0) {
		throw new RangeError(`fit: expected samples to train on, got ${samples.size} and a validation share of ${share}. Lower the share.`);
	}
	if (typeof validation === 'object') return validation.size > 0 ? { train, validation } : { train };
	return held && held.length > 0 ? { train, validation: subset(samples, held) } : { train };
}

function checkIsOwn(resume: Checkpoint, fingerprint: string, folder: string): void {
	if (resume.fingerprint === fingerprint) return;
	throw new RangeError(
		`fit: expected the checkpoint in ${folder} to be of this model, data and options, got another's. Run what it was made with, or start anew (existing: 'overwrite', --overwrite).`,
	);
}
