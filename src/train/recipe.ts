// A recipe: everything a training run is made of, as one declared object.
import type { Vocabulary } from '../features/index.js';
import type { Optimizer } from '../optim/index.js';
import type { Documents, Learner, Stage } from '../stream/index.js';
import type { Architecture } from './architecture.js';
import type { FitOptions } from './fit.js';

/** Documents of a corpus, and where they come from. */
export interface RecipeDocuments extends Documents<{ text: string; label: string }> {
	/** In words, for a summary. */
	readonly origin: string;
	/** Whether these are a sample that came with the package. */
	readonly sample: boolean;
}

/** What to train on. `train` and `test` read a data folder, else the one of TEXTLOOM_DATA, else the sample; null asks for the sample. */
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
	readonly vocabulary: Learner<{ tokens: string[] }, { ids: Int32Array }, Vocabulary>;
	readonly model: Architecture;
	readonly optimizer: Optimizer;
	readonly training: RecipeTraining;
}

/** How a recipe trains. */
export interface RecipeTraining extends FitOptions {
	/** Texts are cut at this many tokens. */
	readonly maxLength?: number;
	/** The share of the training documents that is held out to choose the best epoch. */
	readonly validation?: number;
}
