// Trains a recipe: documents become numbers, the graph is built, the weights are learned, the folder is saved.
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { is, type Kinds, optionsOf } from '../../base/index.js';
import { sizeOf } from '../../graph/index.js';
import { savedStages } from '../../stages/index.js';
import { replayable } from '../../stream/index.js';
import type { Advice } from '../fit/advice.js';
import { exportModel } from '../fit/export-model.js';
import { fit, replicasKind } from '../fit/fit.js';
import type { FitCallback, FitProgress } from '../fit/fit-loop.js';
import type { End, FitRecord } from '../fit/position.js';
import { type Existing, takeFolder } from '../fit/run-folder.js';
import { type Samples, subset } from '../fit/samples.js';
import { parameterPlan } from '../step/parameter-plan.js';
import { graphKinds, type TrainingGraphOptions } from '../step/training-plan.js';
import { type Calibration, calibrate, expectCalibratable, withTemperature } from './calibrate.js';
import { corpusOf } from './corpus-of.js';
import { divided } from './divide.js';
import { createModel, type Model } from './model.js';
import { timeless } from './model-config.js';
import { forgetEarlier, type ModelFiles, markUnfinished, saveModelFolder } from './model-folder.js';
import { modelOf, shownModel } from './network.js';
import { identityOf, type Pass, prepare } from './prepare.js';
import { checkRecipe, optimizerOf, type Recipe, trainingOf } from './recipe.js';
import { samplesIn } from './samples.js';
import { solved } from './solve.js';
import type { AnyTask, DocOf } from './task.js';

/** How a recipe is run. */
export interface TrainOptions extends Omit<TrainingGraphOptions, 'replicas'> {
	/** The folder with the data sets; TEXTLOOM_DATA, else the sample, without one; null for the sample. */
	readonly data?: string | null | undefined;
	/** Where the model and its checkpoints go; nothing is written without it. */
	readonly out?: string | undefined;
	/** An `out` that is there already: refuse (default), start anew, or go on from its checkpoint (from the beginning without one). */
	readonly existing?: Existing | undefined;
	/** Threads of ONNX Runtime; all cores by default. */
	readonly threads?: number | undefined;
	/** Parts that each batch is divided into, each in a thread of its own; `auto` measures whether that is faster. Default 1. */
	readonly replicas?: number | 'auto' | undefined;
	/** An execution provider of ONNX Runtime, such as `cuda`; the CPU by default. */
	readonly device?: string | undefined;
	/**
	 * Seconds from the call, after which the training ends as if it were over: the best epoch so far is kept, and a checkpoint to go on from. The time of
	 * the last validation comes on top. Default: no limit.
	 */
	readonly stopAfter?: number | undefined;
	/** Looks at the results of each step, and names the node that made the first NaN or infinity (see `findNonFinite`). Default off. */
	readonly trace?: boolean | undefined;
	readonly onProgress?: ((progress: TrainProgress) => void) | undefined;
	/** Ends the run: with a checkpoint once the training has begun; before that the promise is rejected with the signal's reason. */
	readonly signal?: AbortSignal | undefined;
}

/** What a run is doing. */
export type TrainProgress =
	| { readonly phase: Pass; readonly documents: number }
	| {
			readonly phase: 'start';
			readonly documents: number;
			readonly validation: number;
			/** How many documents of each class it trains on, where each is of one. */
			readonly classes?: Readonly<Record<string, number>>;
			readonly vocabulary: number;
			readonly parameters: number;
			/** Texts cut, and the length they were cut at, in tokens. */
			readonly cut: number;
			readonly maxLength: number;
			/** Texts without a token. */
			readonly empty: number;
			/** Invalid UTF-8 sequences replaced. */
			readonly replaced: number;
			/** Whether a checkpoint is there to go on from, the epochs it has done, and whether these are all. */
			readonly resumed: boolean;
			readonly epochsDone: number;
			readonly finished: boolean;
			/** Parts that each batch is divided into. */
			readonly replicas: number;
	  }
	| ({ readonly phase: 'fit'; readonly record?: FitRecord } & FitProgress);

/** How a run went. */
interface Course {
	readonly history: readonly FitRecord[];
	readonly best?: FitRecord | undefined;
	/** What the history says of model and data, where it says something. */
	readonly advice: Advice | undefined;
	/** Why it ended: its epochs or steps were over, or no epoch was better for as long as `patience` says. */
	readonly end: End | 'solved' | undefined;
	/** In words, where the documents come from, and whether they are a sample that came with the package. */
	readonly origin: string;
	readonly sample: boolean;
	/** Training documents, in all. */
	readonly documents: number;
}

/** A run that went to its end: the model, to be closed when done. */
export interface Trained<T extends AnyTask = AnyTask> extends Course {
	readonly interrupted: false;
	/** How its probabilities were calibrated, where the recipe says so. */
	readonly calibration?: Calibration;
	readonly model: Model<T>;
}

/** A run that the signal ended. */
export interface Interrupted extends Course {
	readonly interrupted: true;
	readonly model?: undefined;
}

const kinds: Kinds<TrainOptions> = {
	data: is.either(is.text, is.one(null)),
	out: is.name,
	existing: is.one('refuse', 'overwrite', 'resume'),
	threads: is.whole(1),
	device: is.name,
	stopAfter: is.positive,
	trace: is.flag,
	onProgress: is.function,
	signal: is.signal,
	...graphKinds,
	replicas: replicasKind,
};

/** Trains a recipe. The same recipe, data and seed give the same weights, bit for bit. */
export async function train<T extends AnyTask, D extends DocOf<T>>(
	recipe: Recipe<T, D>,
	options?: TrainOptions & { readonly signal?: undefined },
): Promise<Trained<T>>;
export async function train<T extends AnyTask, D extends DocOf<T>>(
	recipe: Recipe<T, D>,
	options: TrainOptions,
): Promise<Trained<T> | Interrupted>;
export async function train(given: Recipe, options: TrainOptions = {}): Promise<Trained | Interrupted> {
	const start = performance.now();
	const recipe = checkRecipe(given);
	const {
		data,
		out,
		existing = 'refuse',
		threads = availableParallelism(),
		trace = false,
		device,
		stopAfter,
		onProgress,
		signal,
	} = optionsOf('train', options, kinds);
	const { tables, update, stepsPerRun, accumulate, replicas, diagnose, precision } = options;
	if (recipe.model.solve) expectNoSteps(recipe.model.spec.model, options);
	// The model goes there whatever becomes of the working directory during the run.
	const place = out === undefined ? undefined : resolve(out);
	signal?.throwIfAborted();
	const { maxLength, validation: share, calibrate: calibrates, ...fitting } = trainingOf(recipe);
	const corpus = corpusOf(recipe.corpus);
	const source = corpus.train(data);
	// Who asks for the sample by null knows it.
	if (source.sample && data === undefined) process.emitWarning(`train: no data set of ${corpus.name} was found: this is ${source.origin}.`);
	const docs = replayable(source, 'train');
	if (out !== undefined) await takeFolder(out, existing);

	const heard = (phase: Pass, documents: number) => {
		signal?.throwIfAborted();
		onProgress?.({ phase, documents });
	};
	const prepared = await prepare(recipe, docs, heard, data);
	const { dataset, stages, target, head, inputs, sizes, learned, inEpoch } = prepared;
	const { validation, training, classes } = divided(dataset, head, share, fitting.seed);
	if (calibrates) expectCalibratable(recipe.task, head, validation.length);
	const optimizer = optimizerOf(recipe, fitting, { documents: training.length, accumulate });
	const built = { outputs: head.outputs, shared: target === stages, ...sizes };
	const network = recipe.model.build(built);
	if ('generation' in head && !network.programs) {
		const { model } = recipe.model.spec;
		throw new TypeError(
			`train: expected the programs encode and step of ${model}, which answers by sequences, got none. Add them to its network.`,
		);
	}
	const model = modelOf(network, inputs, head);
	const padding = { least: { time: recipe.model.minLength }, ...(head.padding && { padding: head.padding }) };
	const samples: Samples = {
		...samplesIn(dataset, model.inputs, padding),
		...(inEpoch && { inEpoch: async (epoch) => samplesIn(await inEpoch(epoch), model.inputs, padding) }),
	};
	const report: FitCallback = {
		onStart: ({ resumed, epochs, over, replicas }) => {
			if (place !== undefined && !over) {
				markUnfinished(place);
				forgetEarlier(place, { resumed });
			}
			onProgress?.({
				phase: 'start',
				documents: training.length,
				validation: validation.length,
				...(classes && { classes }),
				vocabulary: sizes.vocabulary || (sizes.fields.features ?? 0),
				parameters: parameterPlan(model.parameters).reduce((sum, { value }) => sum + sizeOf(value.shape), 0),
				...{ cut: prepared.cut, maxLength, empty: prepared.empty },
				replaced: source.counts?.replaced ?? 0,
				...{ resumed, epochsDone: epochs, finished: over, replicas },
			});
		},
		onSteps: (progress) => onProgress?.({ phase: 'fit', ...progress }),
		onRecord: (record, progress) => onProgress?.({ phase: 'fit', ...progress, record }),
	};
	const solve = () => {
		report.onStart?.({ resumed: false, epochs: 0, over: false, replicas: 1 });
		const weights = solved(recipe.model, { model, head, dataset, sizes: built, seed: fitting.seed });
		return { weights, interrupted: false as const, history: [], best: undefined, advice: undefined, end: 'solved' as const };
	};
	const fitted = () =>
		fit(model, subset(samples, training), {
			...fitting,
			...{ tables, update, stepsPerRun, accumulate, replicas, diagnose, precision },
			...{ threads, trace, signal, existing },
			...(device !== undefined && { device }),
			...(stopAfter !== undefined && { stopAfter: Math.max(stopAfter - (performance.now() - start) / 1000, 1e-3) }),
			...(optimizer && { optimizer }),
			validation: subset(samples, validation),
			metrics: head.metrics,
			monitor: [...head.monitor],
			callbacks: [report],
			folder: out,
			identity: identityOf(recipe, prepared),
		});
	const { weights, interrupted, ...course } = recipe.model.solve ? solve() : await fitted();
	const { origin, sample } = source;
	const result = { ...course, documents: dataset.size, origin, sample };
	if (interrupted) return { ...result, interrupted };
	const { batchSize, seed } = fitting;
	const calibrating = { model, weights, head, samples: subset(samples, validation), batchSize, seed, threads };
	const calibration = calibrates ? await calibrate(calibrating) : undefined;

	const files: ModelFiles = {
		config: {
			task: { name: recipe.task.name, options: recipe.task.options, learned: learned as never },
			name: corpus.name,
			model: recipe.model.spec,
			inputs,
			head: { ...network.published?.config, ...head.config },
			maxLength,
			minLength: recipe.model.minLength,
			training: {
				...(optimizer && { optimizer: optimizer.spec }),
				seed: fitting.seed,
				documents: dataset.size,
				best: result.best && timeless(result.best),
				...(calibration && { calibration }),
			},
		},
		stages: savedStages(stages.spec, 'train'),
		...(target && target !== stages && { target: savedStages(target.spec, 'train') }),
		programs: network.programs
			? Object.fromEntries(Object.keys(network.programs).map((name) => [name, exportModel(model, weights, name)]))
			: { model: exportModel(withTemperature(shownModel(model, network), calibration?.temperature), weights) },
		...(network.published && { beside: network.published.files }),
	};
	if (place !== undefined) await saveModelFolder(place, files);
	return {
		...result,
		interrupted,
		...(calibration && { calibration }),
		model: await createModel(files, { stages, target, task: recipe.task }, { threads, ...(device !== undefined && { device }) }),
	};
}

/** How steps are taken says nothing of a model that is solved. */
function expectNoSteps(model: string, { existing, trace, stopAfter, ...options }: TrainOptions): void {
	const { tables, update, stepsPerRun, accumulate, replicas, diagnose, precision } = options;
	const given = { tables, update, stepsPerRun, accumulate, replicas, diagnose, precision, trace, stopAfter };
	const [name] = Object.entries(given).find(([, value]) => value !== undefined) ?? (existing === 'resume' ? ["existing: 'resume'"] : []);
	if (name === undefined) return;
	throw new TypeError(`train: expected no ${name} with ${model}, which is solved at once, got one. Leave it out.`);
}
