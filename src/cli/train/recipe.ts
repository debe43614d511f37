// What the arguments of `textloom train` ask for: a recipe by name or for files, with its numbers changed.
import { withRate } from '../../optim/index.js';
import type { Recipe, TextClassification } from '../../train/recipes.js';
import { loadRecipe } from '../catalog.js';
import { nameOf, ownCorpus } from '../own/corpus.js';
import { UsageError } from '../usage-error.js';
import type { TrainFlags } from './flags.js';
import { pipelineOf } from './source.js';

/** The recipe of a run. */
export interface Chosen {
	readonly recipe: Recipe<TextClassification>;
	/** A name for the run's folder. */
	readonly title: string;
	/** Whether it is for files of the user's own. */
	readonly own: boolean;
	/** To be called when done. */
	close(): Promise<void>;
}

/** The recipe that the arguments ask for. */
export async function chooseRecipe(source: readonly string[], flags: TrainFlags): Promise<Chosen> {
	const pipeline = pipelineOf(source);
	const recipe = await loadRecipe(pipeline ?? flags.recipe);
	const training = { ...recipe.training, ...numbersOf(flags, recipe.model.minLength) };
	const optimizer = flags.rate === undefined ? recipe.optimizer : withRate(recipe.optimizer, flags.rate);
	const changed = { ...recipe, optimizer, training };
	if (pipeline !== undefined) return { recipe: changed, title: pipeline, own: false, close: async () => {} };
	const { corpus, close } = await ownCorpus(source, flags);
	return { recipe: { ...changed, corpus }, title: titleOf(source), own: true, close };
}

/** The first file's name without its ending. */
function titleOf(source: readonly string[]): string {
	const name = nameOf(source.slice(0, 1));
	return name.replace(/(\.\w+)?(\.gz)?$/i, '').replace(/[*?[\]{}]/g, '') || 'own';
}

/** The numbers of the training that were given. */
function numbersOf({ epochs, batchSize, maxLength, patience, seed }: TrainFlags, minLength: number): Recipe['training'] {
	if (maxLength !== undefined && maxLength < minLength) {
		throw new UsageError(`expected a whole number from ${minLength} for --max-length with this recipe, got ${maxLength}.`);
	}
	// Who says how many epochs means it, however small the corpus.
	const numbers = { epochs, minSteps: epochs === undefined ? undefined : 0, batchSize, maxLength, patience, seed };
	return Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== undefined));
}
