// Pretraining of an encoder on texts alone, to a folder in the layout of Hugging Face.
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { is, type Kinds, makeFolder, optionsOf, replaceFiles } from '../base/index.js';
import { writeSafetensors } from '../graph/index.js';
import { accuracy } from '../metrics/index.js';
import { adamw, type Optimizer, schedules, transformed, transforms } from '../optim/index.js';
import { type Documents, documents, isLearner, type LearnerOf, replayable, type Source } from '../stream/index.js';
import type { SubwordStage } from '../text/index.js';
import {
	exportModel,
	type FitOptions,
	type FitProgress,
	type FitRecord,
	fit,
	parameterPlan,
	type Trainable,
	type Weights,
} from '../train/index.js';
import type { RunLength } from '../train/recipes.js';
import type { EncoderModel } from './encoder-model.js';
import { ignored, maskedModel, programs } from './masked-model.js';
import { type Masking, masker } from './masking.js';
import { cutIntoPieces, samplesOf, tokensOf } from './pieces.js';

/** What is pretrained, on what. */
export interface PretrainingRecipe {
	/** Texts that can be read twice. */
	readonly corpus: Source<{ text: string }>;
	/** What cuts them: `wordpiece({ size: 8000 })`, which learns of them, or a tokenizer. */
	readonly tokenizer: SubwordStage | LearnerOf<{ text: string }, SubwordStage>;
	readonly model: EncoderModel;
	/** Default: AdamW with warm-up and decay over the run. */
	readonly optimizer?: Optimizer | ((run: RunLength) => Optimizer);
	readonly masking?: Masking;
	/**
	 * As `fit` has them; `maxLength` is that of a piece of text, in tokens (default 128), `validation` the share of pieces that is held out (default 0.02), `rate` the highest
	 * learning rate of the default optimizer (5e-4).
	 */
	readonly training?: FitOptions & { readonly maxLength?: number; readonly validation?: number; readonly rate?: number };
}

/** How it is run. */
export interface PretrainingOptions {
	/** The folder that is written. */
	readonly out: string;
	/** An `out` that is there already: refuse (default), start anew, or go on from its checkpoint. */
	readonly existing?: 'refuse' | 'overwrite' | 'resume' | undefined;
	readonly threads?: number | undefined;
	/** Seconds, after which the training ends as if it were over. */
	readonly stopAfter?: number | undefined;
	readonly signal?: AbortSignal | undefined;
	readonly onProgress?: ((progress: PretrainProgress) => void) | undefined;
}

/** What a run is doing. */
export type PretrainProgress =
	| { readonly phase: 'tokenizer' | 'pieces'; readonly documents: number }
	| { readonly phase: 'start'; readonly pieces: number; readonly tokens: number; readonly vocabulary: number; readonly parameters: number }
	| ({ readonly phase: 'fit'; readonly record?: FitRecord } & FitProgress);

/** How a run went. */
export interface Pretraining {
	readonly history: readonly FitRecord[];
	readonly best: FitRecord | undefined;
	/** Whether the signal ended it: the folder has a checkpoint then, and no model. */
	readonly interrupted: boolean;
}

const kinds: Kinds<PretrainingRecipe> = {
	corpus: is.needed(is.source),
	tokenizer: is.needed({
		expected: 'a tokenizer or what learns one',
		fits: (value) => is.spec.fits((value as { spec?: unknown } | null)?.spec),
		next: 'Pass wordpiece({ size: 8000 }).',
	}),
	model: is.needed(is.object),
	optimizer: is.either(is.object, is.function),
	masking: is.object,
	training: is.object,
};
const optionKinds: Kinds<PretrainingOptions> = {
	out: is.needed(is.name),
	existing: is.one('refuse', 'overwrite', 'resume'),
	threads: is.whole(1),
	stopAfter: is.positive,
	signal: is.signal,
	onProgress: is.function,
};

/**
 * Pretrains an encoder to tell hidden tokens from the others, and writes a folder that `pretrained` and transformers.js read: config.json, tokenizer.json, model.safetensors, and
 * onnx/model.onnx (vectors) and onnx/model_masked_lm.onnx (tokens).
 *
 * @example
 * await pretrain({ corpus: lines('news.txt'), tokenizer: wordpiece({ size: 8000 }), model: bertEncoder({ layers: 4 }) }, { out: 'runs/bert' });
 */
export async function pretrain(given: PretrainingRecipe, options: PretrainingOptions): Promise<Pretraining> {
	const { corpus, tokenizer, model: encoder, optimizer, masking = {}, training = {} } = optionsOf('pretrain', given, kinds);
	const { out, existing, threads = availableParallelism(), stopAfter, signal, onProgress } = optionsOf('pretrain', options, optionKinds);
	const {
		maxLength = Math.min(128, encoder.positions),
		validation = 0.02,
		epochs = 10,
		batchSize = 64,
		seed = 0,
		rate = 5e-4,
		...rest
	} = training;
	if (maxLength < 8 || maxLength > encoder.positions)
		throw new RangeError(
			`pretrain: expected maxLength from 8 to ${encoder.positions}, got ${maxLength}. Correct it, or choose another model.`,
		);
	const place = resolve(out);
	const docs = replayable(documents(corpus, 'pretrain'), 'pretrain') as Documents<{ text: string }>;
	const heard = (phase: 'tokenizer' | 'pieces') => (documents: number) => {
		signal?.throwIfAborted();
		onProgress?.({ phase, documents });
	};
	const stage = (isLearner(tokenizer)
		? await tokenizer.fit(docs, { onProgress: ({ documents }) => heard('tokenizer')(documents) })
		: tokenizer) as unknown as SubwordStage;
	const tokens = tokensOf(stage);
	const pieces = await cutIntoPieces(docs, stage, { maxLength, onDocuments: heard('pieces') });
	const samples = samplesOf(pieces, masker(masking, tokens), seed);
	if (samples.size < 2) throw new RangeError(`pretrain: expected texts of some tokens, got ${samples.size} pieces. Pass more.`);
	const { model, config } = maskedModel(encoder, stage.size);
	const kept = Math.ceil(samples.size * (1 - validation));
	const stepsPerEpoch = Math.ceil(kept / batchSize);
	const steps = Math.min(epochs * stepsPerEpoch, rest.steps ?? Number.POSITIVE_INFINITY);
	const chosen = optimizer ?? usual(rate);
	onProgress?.({
		phase: 'start',
		...{ pieces: samples.size, tokens: pieces.ids.length, vocabulary: stage.size },
		parameters: parameterPlan(model.parameters).reduce(
			(sum, { value }) => sum + value.shape.reduce<number>((a, b) => a * (b as number), 1),
			0,
		),
	});
	const { weights, history, best, interrupted } = await fit(model, samples, {
		...{ ...rest, epochs, batchSize, seed, validation, threads, stopAfter, signal },
		optimizer: typeof chosen === 'function' ? chosen({ epochs, steps, stepsPerEpoch }) : chosen,
		metrics: { accuracy: accuracy({ ignore: ignored }) },
		folder: place,
		existing,
		// The words' vectors tell tokens, too: they are no table that is looked up alone.
		tables: 'graph',
		identity: JSON.stringify({ model: encoder.spec, masking, tokenizer: stage.size }),
		callbacks: [
			{
				onSteps: (progress) => onProgress?.({ phase: 'fit', ...progress }),
				onRecord: (record, progress) => onProgress?.({ phase: 'fit', ...progress, record }),
			},
		],
	});
	if (!interrupted) await save(place, { model, weights, stage, config, maxLength: encoder.positions });
	return { history, best, interrupted };
}

const usual =
	(rate: number) =>
	({ steps }: RunLength): Optimizer =>
		transformed(
			adamw({ rate, weightDecay: 0.01 }),
			transforms.groups({ rules: [{ match: '(bias|LayerNorm\\.weight)$', decay: false }] }),
			transforms.scheduled(schedules.warmup({ warmup: Math.round(0.1 * steps), length: steps })),
			transforms.clipByNorm({ norm: 1 }),
		);

interface Result {
	readonly model: Trainable;
	readonly weights: Weights;
	readonly stage: SubwordStage;
	readonly config: object;
	readonly maxLength: number;
}

async function save(folder: string, { model, weights, stage, config, maxLength }: Result): Promise<void> {
	const json = (value: object) => `${JSON.stringify(value, undefined, 2)}\n`;
	const named = { unk_token: '[UNK]', sep_token: '[SEP]', pad_token: '[PAD]', cls_token: '[CLS]', mask_token: '[MASK]' };
	const special = Object.fromEntries(Object.entries(named).filter(([, token]) => stage.idOf(token) !== undefined));
	await makeFolder(folder);
	await replaceFiles(folder, {
		'config.json': json({ architectures: ['BertForMaskedLM'], ...config }),
		'tokenizer.json': JSON.stringify(stage.json),
		'tokenizer_config.json': json({ tokenizer_class: 'PreTrainedTokenizerFast', model_max_length: maxLength, ...special }),
		'special_tokens_map.json': json(special),
		'model.safetensors': writeSafetensors({ tensors: weights, metadata: { format: 'pt' } }),
		...Object.fromEntries(Object.values(programs).map((name) => [`onnx/${name}.onnx`, exportModel(model, weights, name)])),
	});
}
