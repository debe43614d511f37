// A pretrained encoder as the parts of a recipe: stages that end in its ids, and an architecture that begins with its weights.
import { argumentOf, is, type Json, type Kinds, optionsOf } from '../base/index.js';
import type { Optimizer } from '../optim/index.js';
import { type SubwordStage, subwords } from '../text/index.js';
import type { Architecture } from '../train/index.js';
import type { RunLength } from '../train/recipes.js';
import { type EncoderOptions, encoder } from './encoder.js';
import { type FineTuningOptions, fineTuning } from './fine-tuning.js';
import { readPretrained } from './read-folder.js';

/** Where the parts of a folder are. */
export interface PretrainedOptions {
	/** The ONNX file in the folder. Default `onnx/model.onnx`, else `model.onnx`. */
	readonly file?: string;
}

/** How texts are cut for it. */
export interface EncodingOptions {
	/** The most tokens of a text, special ones included. Default: as many as the model takes. */
	readonly maxLength?: number;
	/** The field with the second text of a pair. */
	readonly pair?: string;
	/** Whether documents get `offsets`. Default false. */
	readonly offsets?: boolean;
}

/** A pretrained encoder. */
export interface Pretrained {
	/** What its folder is called. */
	readonly name: string;
	/** Its config.json. */
	readonly config: Readonly<Record<string, Json>>;
	/** Texts to its ids. */
	stages(options?: EncodingOptions): SubwordStage;
	/** Its graph with its weights, and a new map to what the recipe's task asks for. */
	model(options?: EncoderOptions): Architecture;
	/** AdamW with warm-up and decay over the whole run, as fine-tuning needs it: the recipe's `optimizer`. */
	optimizer(options?: FineTuningOptions): (run: RunLength) => Optimizer;
}

const kinds: Kinds<PretrainedOptions> = { file: is.name };

/**
 * Reads the folder of an encoder as Optimum exports it and transformers.js takes it: BERT, DistilBERT, RoBERTa, ALBERT, MiniLM.
 *
 * @example
 * const minilm = await pretrained('models/all-MiniLM-L6-v2');
 * const recipe = { task: textClassification(), corpus: agNews, stages: minilm.stages({ maxLength: 128 }), model: minilm.model(), optimizer: minilm.optimizer({ rate: 1e-4 }) };
 * @throws {DataError} that names the part of the folder which is missing or damaged.
 */
export async function pretrained(folder: string, options: PretrainedOptions = {}): Promise<Pretrained> {
	const { file } = optionsOf('pretrained', options, kinds);
	const found = await readPretrained(argumentOf('pretrained', 'the folder', folder, is.name), file);
	return {
		...{ name: found.name, config: found.config },
		stages(options = {}) {
			const longest = encoder(found).maxLength!;
			const { maxLength = longest } = options;
			if (maxLength > longest)
				throw new RangeError(
					`pretrained.stages: expected maxLength to be at most ${longest}, which ${found.name} takes, got ${maxLength}. Lower it.`,
				);
			return subwords(found.tokenizer as never, { ...options, maxLength });
		},
		model: (options) => encoder(found, options),
		optimizer: (options) => fineTuning(found.onnx, options),
	};
}
