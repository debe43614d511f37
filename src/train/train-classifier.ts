// Trains a classifier from a recipe: stages are fitted, texts become ids, the graph is built, the weights are learned, the folder is saved.
import { createHash } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { type Labels, labels, type Vocabulary } from '../features/index.js';
import { emit, input, type Tensor, writeOnnx } from '../graph/index.js';
import { namedParameters, prediction } from '../nn/index.js';
import {
	type AnyStage,
	chain,
	chainParts,
	type Documents,
	pipe,
	progress,
	type Source,
	startWorker,
	writeAtomic,
} from '../stream/index.js';
import type { Network } from './architecture.js';
import { type EpochRecord, loadCheckpoint } from './checkpoint.js';
import { createClassifier, type TextClassifier } from './classifier.js';
import { type Dataset, pack, splitNumbers } from './dataset.js';
import { type FitOptions, type FitProgress, type FitResult, type FitTask, fit } from './fit.js';
import { type ModelFiles, saveModelFolder } from './model-folder.js';
import type { Recipe, RecipeDocuments } from './recipe.js';
import type { State } from './stepper.js';
import type { StepperHandlers } from './stepper-worker.js';
import { type TrainingGraph, type TrainingGraphOptions, trainingGraph } from './training-graph.js';
import { initialWeights } from './weights.js';

/** How a recipe is run. */
export interface TrainOptions extends TrainingGraphOptions {
	/** The folder with the data sets; TEXTLOOM_DATA, else the sample, without one; null for the sample. */
	readonly data?: string | null | undefined;
	/** Where the model and its checkpoints go; nothing is written without it. */
	readonly out?: string | undefined;
	/** An `out` that is there already: refuse (default), start anew, or go on from its checkpoint. */
	readonly existing?: 'refuse' | 'overwrite' | 'resume' | undefined;
	/** Threads of ONNX Runtime; all cores by default. */
	readonly threads?: number | undefined;
	readonly onProgress?: ((progress: TrainProgress) => void) | undefined;
	/** Ends the run with a checkpoint. */
	readonly signal?: AbortSignal | undefined;
}

/** What a run is doing. */
export type TrainProgress =
	| { readonly phase: 'vocabulary' | 'encode'; readonly documents: number }
	| {
			readonly phase: 'start';
			readonly documents: number;
			readonly validation: number;
			readonly vocabulary: number;
			readonly parameters: number;
			readonly cut: number;
			readonly resumed: boolean;
	  }
	| ({ readonly phase: 'fit' } & FitProgress);

/** A trained classifier and how it got there. */
export interface TrainResult {
	/** The classifier; undefined where the signal ended the run. `close` it when done. */
	readonly model?: TextClassifier;
	readonly history: readonly EpochRecord[];
	readonly best?: EpochRecord | undefined;
	readonly interrupted: boolean;
	/** Training documents, in all. */
	readonly documents: number;
}

/** A step that documents pass unchanged. */
type Passing = <D>(docs: Source<D>) => Documents<D>;

/** Trains a recipe. The same recipe, data and seed give the same weights, bit for bit. */
export async function trainClassifier(recipe: Recipe, options: TrainOptions = {}): Promise<TrainResult> {
	const { data, out, existing = 'refuse', threads = availableParallelism(), onProgress, signal } = options;
	const { maxLength = 400, validation: share = 0.1, ...fitOptions } = recipe.training;
	if (out !== undefined) await claim(out, existing);
	const resume = out !== undefined && existing === 'resume' ? await loadCheckpoint(out) : undefined;

	const source = recipe.corpus.train(data);
	const passing = (phase: 'vocabulary' | 'encode'): Passing =>
		progress(
			({ documents }) => {
				signal?.throwIfAborted();
				onProgress?.({ phase, documents });
			},
			{ every: 500 },
		);
	const { stages, vocabulary, classes } = await fitStages(recipe, source, passing('vocabulary'));
	const dataset = await pack(pipe(source, passing('encode'), stages, classes), { maxLength });
	const { seed = 0 } = fitOptions;
	const [validation, train] = splitNumbers(dataset.size, share, seed);
	if (train.length === 0)
		throw new RangeError(`train: expected documents to train on, got ${dataset.size} and a validation share of ${share}. Lower the share.`);

	const network = recipe.model.build({ vocabulary: vocabulary.size, classes: classes.size });
	const graph = trainingGraph(network, recipe.optimizer, options);
	const fingerprint = fingerprintOf(recipe, graph, dataset, stages, classes);
	if (resume && resume.fingerprint !== fingerprint) {
		throw new RangeError(
			`train: expected the checkpoint in ${out} to be of this recipe and data, got another's. Run the command it was made with, or start anew with --overwrite.`,
		);
	}
	const parameters = [...namedParameters(network.parameters).values()].reduce(
		(sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1),
		0,
	);
	onProgress?.({
		phase: 'start',
		documents: train.length,
		validation: validation.length,
		vocabulary: vocabulary.size,
		parameters,
		cut: dataset.cut,
		resumed: resume !== undefined,
	});

	const result = await fitInWorker(
		{ recipe, network, graph, dataset, train, validation, threads, folder: out, fingerprint, resume, onProgress, signal },
		fitOptions,
	);
	const { history, best, interrupted } = result;
	if (interrupted) return { history, best, interrupted, documents: dataset.size };

	const files: ModelFiles = {
		config: {
			task: 'text-classification',
			name: recipe.corpus.name,
			model: recipe.model.spec,
			labels: classes.names,
			maxLength,
			minLength: recipe.model.minLength,
			training: { optimizer: recipe.optimizer.spec, seed, documents: dataset.size, best },
		},
		stages: chainParts(stages).map((stage) => stage.spec),
		onnx: exportModel(network, result.weights),
	};
	if (out !== undefined) {
		await saveModelFolder(out, files);
		await writeAtomic(join(out, 'history.jsonl'), history.map((record) => `${JSON.stringify(record)}\n`).join(''));
	}
	return { model: await createClassifier(files, stages, { threads }), history, best, interrupted, documents: dataset.size };
}

/** Takes the output folder, or says why not. */
async function claim(out: string, existing: 'refuse' | 'overwrite' | 'resume'): Promise<void> {
	const there = await readdir(out).catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return [];
		throw new RangeError(`train: expected a folder to write to, got ${out} (${error.message}). Choose another --out.`);
	});
	if (there.length > 0 && existing === 'refuse') {
		throw new RangeError(
			`train: expected a new folder, got ${out}, which is not empty. Choose another --out, go on with --resume, or start anew with --overwrite.`,
		);
	}
	try {
		await mkdir(out, { recursive: true });
		// Written and renamed as everything that follows: better to fail now than after the training.
		await writeAtomic(join(out, 'run.json'), `${JSON.stringify({ started: new Date().toISOString() })}\n`);
	} catch (error) {
		throw new RangeError(`train: expected a folder to write to, got ${out} (${(error as Error).message}). Choose another --out.`, {
			cause: error,
		});
	}
}

/** Fits what learns: the classes, the stages and the vocabulary. */
async function fitStages(recipe: Recipe, source: RecipeDocuments, passing: Passing) {
	const classes = await labels().fit(source);
	const stages = await chain(recipe.stages, recipe.vocabulary).fit(pipe(source, passing));
	return { stages, classes, vocabulary: chainParts(stages).at(-1) as Vocabulary };
}

/** What a run is made of, in one number: a checkpoint of another run is refused. Epochs and patience may differ. */
function fingerprintOf(recipe: Recipe, graph: TrainingGraph, dataset: Dataset, stages: AnyStage, classes: Labels): string {
	const { epochs: _epochs, patience: _patience, ...training } = recipe.training;
	const facts = { stages: stages.spec, labels: classes.names, model: recipe.model.spec, optimizer: recipe.optimizer.spec, training };
	const hash = createHash('sha256').update(JSON.stringify(facts)).update(graph.step);
	for (const { buffer, byteOffset, byteLength } of [dataset.ids, dataset.starts, dataset.targets])
		hash.update(new Uint8Array(buffer, byteOffset, byteLength));
	return hash.digest('hex');
}

/** Starts the worker, trains in it, and lets it end. */
async function fitInWorker(
	{
		recipe,
		network,
		threads,
		...task
	}: Omit<FitTask, 'stepper' | 'minLength' | 'rate' | 'onProgress'> & {
		recipe: Recipe;
		network: Network;
		threads: number;
		onProgress: TrainOptions['onProgress'];
	},
	options: FitOptions,
): Promise<FitResult> {
	const { graph, resume, onProgress } = task;
	const stepper = startWorker<StepperHandlers>(new URL('./stepper-worker.js', import.meta.url));
	try {
		const weights = resume?.state ?? initialWeights(network, options.seed ?? 0);
		await stepper.call('create', { graph, optimizer: recipe.optimizer.spec, weights, options: { threads } });
		const result = await fit(
			{
				...task,
				stepper,
				minLength: recipe.model.minLength,
				rate: recipe.optimizer.rate,
				onProgress: (progress) => onProgress?.({ phase: 'fit', ...progress }),
			},
			options,
		);
		await stepper.call('release', undefined);
		return result;
	} finally {
		await stepper.close();
	}
}

/** The network with its weights inside, as an ONNX file: `ids` and `lengths` to `logits`. */
export function exportModel(network: Network, weights: State): Uint8Array {
	const inputs = { ids: input('ids', 'int32', ['batch', 'time']), lengths: input('lengths', 'int32', ['batch']) };
	const logits = network.apply(inputs, prediction);
	const initializers = Object.fromEntries(
		[...namedParameters(network.parameters)].map(([name, value]) => {
			const data: Tensor = { dtype: 'float32', shape: value.shape, data: weights[name]! };
			return [name, { value, data }];
		}),
	);
	return writeOnnx(emit({ inputs, outputs: { logits }, initializers }));
}
