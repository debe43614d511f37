// What the arguments of `textloom train` ask for: a recipe by name or for files, with its task, its model and its numbers changed.
import { OptionError } from '../../base/index.js';
import { type AnyTask, corpusOf, type Recipe, textClassification } from '../../train/recipes.js';
import { ownTasks } from '../../train/tasks/own-tasks.js';
import { loadRecipe } from '../catalog.js';
import { kebab } from '../flags/flag.js';
import { nameOf, ownCorpus } from '../own/corpus.js';
import { UsageError } from '../usage-error.js';
import type { TrainFlags } from './flags.js';
import { isGiven } from './given.js';
import { chooseModel } from './model.js';
import { chooseOptimizer } from './optimizer.js';
import { ownRecipe } from './own-recipe.js';
import { problemOf } from './problems.js';
import { pipelineOf } from './source.js';
import { areChinese } from './stages-for.js';

/** The recipe of a run. */
export interface Chosen {
	readonly recipe: Recipe;
	/** Whether its texts are mostly Chinese. */
	readonly isChinese: boolean;
	/** A name for the run's folder. */
	readonly title: string;
	/** To be called when done. */
	close(): Promise<void>;
}

/** The recipe that the arguments ask for. */
export async function chooseRecipe(source: readonly string[], flags: TrainFlags): Promise<Chosen> {
	const pipeline = pipelineOf(source);
	const name = pipeline ?? flags.recipe;
	const named = name === undefined ? undefined : await loadRecipe(name);
	if (named && pipeline !== undefined) {
		const isChinese = await areChinese(corpusOf(named.corpus).train(flags.sample ? null : flags.data));
		return { recipe: await changed(named, flags, isChinese), isChinese, title: pipeline, close: async () => {} };
	}
	const { corpus, close } = await ownCorpus(source, flags, taskOf(named?.task ?? textClassification(), flags));
	try {
		const isChinese = await areChinese(corpus.train(null));
		const recipe = await changed(named ?? (await ownRecipe(isChinese)), flags, isChinese);
		return { recipe: { ...recipe, corpus }, isChinese, title: titleOf(source), close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** A recipe with its task, its model and its numbers changed as the flags say. */
async function changed(named: Recipe, flags: TrainFlags, isChinese: boolean): Promise<Recipe> {
	const recipe = await chooseModel({ ...named, task: taskOf(named.task, flags) }, flags, isChinese);
	const { minLength, maxLength } = recipe.model;
	const training = { ...recipe.training, ...numbersOf(flags, minLength, maxLength) };
	if (recipe.model.solve) expectNoSteps(recipe.model.spec.model, flags);
	const { optimizer } = recipe;
	return { ...recipe, ...(optimizer && { optimizer: chooseOptimizer(optimizer, flags) }), training };
}

/** What is about steps: it says nothing to a model that is solved. */
const ofSteps = [
	...(['resume', 'epochs', 'steps', 'minSteps', 'stopAfter', 'patience', 'batchSize', 'accumulate', 'maxLength'] as const),
	...(['validation', 'validateEvery', 'checkpointEvery', 'optimizer', 'optimizerSet', 'rate', 'schedule', 'clip'] as const),
	...(['tables', 'replicas', 'trace', 'calibrate'] as const),
];

function expectNoSteps(model: string, flags: TrainFlags): void {
	const key = ofSteps.find((key) => isGiven(flags, key));
	if (key === undefined) return;
	throw new UsageError(`expected no --${kebab(key)} with ${model}, which is solved at once, got one. Leave it out.`);
}

/** The first file's name without its ending. */
function titleOf(source: readonly string[]): string {
	const name = nameOf(source.slice(0, 1));
	return name.replace(/(\.\w+)?(\.gz)?$/i, '').replace(/[*?[\]{}]/g, '') || 'own';
}

/** The recipe's task with what was said of it. */
function taskOf(task: AnyTask, { problem, weights, smoothing }: TrainFlags): AnyTask {
	const given = {
		...(problem && { problem: problemOf(problem) }),
		...(weights && { weights }),
		...(smoothing !== undefined && { smoothing }),
	};
	if (Object.keys(given).length === 0) return task;
	const target = task.target?.stages;
	try {
		return ownTasks[task.name]!({ ...(task.options as object), ...(target && { target }), ...given } as never);
	} catch (error) {
		throw error instanceof OptionError || error instanceof TypeError ? new UsageError(error.message) : error;
	}
}

/** The numbers of the training that were given. */
function numbersOf(flags: TrainFlags, least: number, longest: number | undefined): Recipe['training'] {
	const { epochs, steps, maxLength, ...rest } = flags;
	if (maxLength !== undefined && (maxLength < least || maxLength > (longest ?? Number.POSITIVE_INFINITY))) {
		const range = longest === undefined ? `from ${least}` : `from ${least} to ${longest}`;
		throw new UsageError(`expected a whole number ${range} for --max-length with this model, got ${maxLength}.`);
	}
	// Who says how many epochs or steps means it, however small the corpus, and whether they get better or not.
	const meant =
		epochs === undefined && steps === undefined
			? {}
			: { minSteps: 0, patience: Number.POSITIVE_INFINITY, ...(epochs === undefined && { epochs: Number.POSITIVE_INFINITY }) };
	const { batchSize, seed, minSteps, patience, validation, validateEvery, checkpointEvery } = rest;
	const said = { epochs, steps, maxLength, batchSize, seed, minSteps, patience, validation, validateEvery, checkpointEvery };
	return {
		...meant,
		...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
		...(flags.calibrate && { calibrate: true }),
	};
}
