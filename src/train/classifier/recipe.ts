// A recipe: everything a training run is made of, as one declared object.
import type { Vocabulary } from '../../features/index.js';
import type { Optimizer } from '../../optim/index.js';
import type { Counts, Documents, LearnerOf, Stage } from '../../stream/index.js';
import { type FilledOptions, type FitOptions, fitOptions } from '../fit/position.js';
import type { Architecture } from './architecture.js';

/** Documents of a corpus, and where they come from. */
export interface RecipeDocuments extends Documents<{ text: string; label: string }> {
	/** In words, for a summary. */
	readonly origin: string;
	/** Whether these are a sample that came with the package. */
	readonly sample: boolean;
	/** What the last pass counted: invalid UTF-8, rows left out. */
	readonly counts?: Counts;
}

/** What to train on. `train` and `test` read a data folder, else that of TEXTLOOM_DATA, else the cache, else the sample; null asks for the sample. */
export interface RecipeCorpus {
	readonly name: string;
	train(folder?: string | null): RecipeDocuments;
	test(folder?: string | null): RecipeDocuments;
}

/** A text classifier to be trained. */
export interface Recipe {
	readonly corpus: RecipeCorpus;
	/** From text to tokens. */
	readonly stages: Stage<{ text: string }, { tokens: string[] }>;
	readonly vocabulary: LearnerOf<{ tokens: string[] }, Vocabulary>;
	readonly model: Architecture;
	readonly optimizer: Optimizer;
	readonly training?: RecipeTraining;
}

/** How a recipe trains. Defaults: 10 epochs, at least 300 steps, batches of 64, patience 3, seed 0. */
export interface RecipeTraining extends FitOptions {
	/** Texts are cut at this many tokens. Default 400. */
	readonly maxLength?: number;
	/** The share of the training documents that is held out to choose the best epoch. Default 0.1. */
	readonly validation?: number;
}

const defaults = { epochs: 10, minSteps: 300, batchSize: 64, patience: 3, maxLength: 400, validation: 0.1 };

/** How a recipe trains, defaults filled in. Throws a RangeError for a number that cannot be meant. */
export function trainingOf({ training, model }: Recipe): FilledOptions & Required<Pick<RecipeTraining, 'maxLength' | 'validation'>> {
	const { maxLength, validation, ...options } = { ...defaults, ...training };
	if (!Number.isSafeInteger(maxLength) || maxLength < model.minLength) {
		throw new RangeError(`train: expected maxLength to be a whole number from ${model.minLength}, got ${maxLength}. Correct it.`);
	}
	if (!(validation >= 0 && validation < 1)) {
		throw new RangeError(`train: expected validation to be a share from 0 to below 1, got ${validation}. Correct it.`);
	}
	return { ...fitOptions(options, 'train'), maxLength, validation };
}
