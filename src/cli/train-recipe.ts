// What the arguments of `textloom train` ask for: a recipe by name or for a file, with its numbers changed.
import { existsSync } from 'node:fs';
import { withRate } from '../optim/index.js';
import type { Recipe } from '../train/classifier/index.js';
import { loadRecipe, pipelineNames } from './catalog.js';
import { text, UsageError, type Values, whole } from './command.js';
import { columnsOf, ownFile, titleOf } from './own-file.js';

/** The recipe of a run, a name for its folder, and whether it is for a file of the user's own. */
export interface Chosen {
	readonly recipe: Recipe;
	readonly title: string;
	readonly own: boolean;
}

/** The recipe that the arguments ask for. */
export async function chooseRecipe(name: string, values: Values): Promise<Chosen> {
	const names = pipelineNames();
	const own = !names.includes(name);
	const base = own ? (text(values, 'recipe') ?? 'ag-news') : name;
	if (!names.includes(base)) throw new UsageError(`expected --recipe to be one of ${names.join(', ')}, got ${base}.`);
	if (own && !existsSync(name)) {
		throw new Error(`expected a pipeline (${names.join(', ')}) or a file, got ${JSON.stringify(name)}, which is neither. Check the name.`);
	}
	if (!own && (values.text !== undefined || values.label !== undefined || values.recipe !== undefined)) {
		throw new UsageError(`expected --text, --label and --recipe with a file of your own, got the pipeline ${name}.`);
	}
	const recipe = await loadRecipe(base);
	return {
		recipe: {
			...recipe,
			...(own && { corpus: ownFile(name, columnsOf(values)) }),
			optimizer: text(values, 'rate') === undefined ? recipe.optimizer : withRate(recipe.optimizer, rateOf(values)),
			training: { ...recipe.training, ...numbersOf(values, recipe.model.minLength) },
		},
		title: own ? titleOf(name) : name,
		own,
	};
}

/** The numbers of the training that were given. */
function numbersOf(values: Values, minLength: number): Recipe['training'] {
	const numbers = {
		epochs: whole(values, 'epochs'),
		// Who says how many epochs means it, however small the corpus.
		minSteps: values.epochs === undefined ? undefined : 0,
		batchSize: whole(values, 'batch-size'),
		maxLength: whole(values, 'max-length', minLength),
		patience: whole(values, 'patience'),
		seed: whole(values, 'seed', 0),
	};
	return Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== undefined));
}

function rateOf(values: Values): number {
	const rate = Number(text(values, 'rate'));
	if (rate > 0 && Number.isFinite(rate)) return rate;
	throw new UsageError(`expected a number above 0 for --rate, got ${JSON.stringify(values.rate)}.`);
}
