// A model from its folder.
import { is, type Kinds, optionsOf } from '../../base/index.js';
import { overridden } from '../../decode/options.js';
import { sessionKinds } from '../../graph/index.js';
import { type Revivers, reviveStages } from '../../stages/index.js';
import type { AnyStage } from '../../stream/index.js';
import { createModel, type Model } from '../task/model.js';
import type { ModelConfig } from '../task/model-config.js';
import { damaged, programPath, readModelFolder } from '../task/model-folder.js';
import type { SessionsOptions } from '../task/sessions.js';
import type { AnyTask } from '../task/task.js';
import { ownTasks } from './own-tasks.js';
import type { ThresholdClassification } from './text-classification.js';
import type { TranslationGeneration } from './translation.js';

/** How a model is loaded. */
export interface LoadOptions<T extends AnyTask = AnyTask> extends SessionsOptions {
	/** Your own stages of the saved pipeline, by name. */
	readonly stages?: Revivers;
	/** What makes the model's task of its options: one of textloom's, for the types of what it says, or your own. Default: textloom's of that name. */
	readonly task?: (options: never) => T;
	/** Of text classification with one label: with a probability below this the answer is none. Default: as the model was trained, else it always answers. */
	readonly threshold?: number | undefined;
	/** Of translation: how texts are generated, beside and in place of the model's own options. */
	readonly generation?: TranslationGeneration | undefined;
}

const kinds: Kinds<LoadOptions> = {
	stages: is.object,
	task: is.function,
	threshold: is.share,
	generation: is.object,
	replicas: is.either(is.whole(1), is.one('auto')),
	precision: is.one('float32', 'int8'),
	...sessionKinds,
};

/**
 * Loads a model from the folder it was saved in.
 *
 * @example
 * const model = await load('runs/ag-news', { task: textClassification });
 * console.log(await model.predict(['Oil prices rise again']));
 * await model.close();
 */
export async function load(folder: string, given: LoadOptions & { readonly threshold: number }): Promise<Model<ThresholdClassification>>;
export async function load<T extends AnyTask = AnyTask>(folder: string, given?: LoadOptions<T>): Promise<Model<T>>;
export async function load(folder: string, given: LoadOptions = {}): Promise<Model> {
	const { stages: custom, task: make, threshold, generation, ...options } = optionsOf<LoadOptions>('load', given, kinds);
	const files = await readModelFolder(folder);
	const { name, options: taskOptions } = files.config.task;
	const own = Object.hasOwn(ownTasks, name) ? ownTasks[name] : undefined;
	const found = make ?? own;
	if (!found) {
		throw new TypeError(`load: expected a task of textloom, got "${name}", one of yours. Supply it: load(folder, { task: … }).`);
	}
	const task = (found as (options: unknown) => AnyTask)(changed(files.config, { threshold, generation }) ?? taskOptions);
	if (task.name !== name) {
		throw new TypeError(`load: expected the task of the model, ${name}, got ${task.name}. Supply that one, or leave task out.`);
	}
	const stages = reviveStages(files.stages, custom) as AnyStage;
	const target = files.target ? (reviveStages(files.target, custom) as AnyStage) : task.target && stages;
	checkHead(folder, files.config, task.head(files.config.task.learned, target && { source: stages, target }).config);
	return createModel(files, { stages, target, task }, options).catch((error: Error) => {
		// The bytes are those of the checksum, but no model that can run, or one that looks for numbers elsewhere.
		if (/^(session|openPrograms): /.test(error.message))
			throw damaged(folder, Object.keys(files.programs).map(programPath).join(' or '), error.message.replace(/\.$/, ''));
		throw error;
	});
}

/** The options of the task with others in their place; undefined where none are asked for: those of a task of the user's own may be anything. */
function changed(
	{ task: { name, options }, head }: ModelConfig,
	{ threshold, generation }: Pick<LoadOptions, 'threshold' | 'generation'>,
): object | undefined {
	if (threshold !== undefined && head.problem_type !== 'single_label_classification') {
		const got = name === 'text-classification' ? head.problem_type : name;
		throw new TypeError(`load: expected a threshold for a model of one label for each text, got one for ${got}. Leave it out.`);
	}
	if (generation !== undefined && name !== 'translation')
		throw new TypeError(`load: expected generation for a model of translation, got it for one of ${name}. Leave it out.`);
	if (threshold !== undefined) return { ...(options as object), threshold };
	if (!generation) return undefined;
	const { generation: own = {}, ...rest } = options as { generation?: TranslationGeneration };
	return { ...rest, generation: overridden(own, generation) };
}

/** Other programs read the labels in config.json; the model goes by what its task learned. They must be the same. */
function checkHead(folder: string, { head }: ModelConfig, expected: Readonly<Record<string, unknown>>): void {
	const text = (facts: object) => JSON.stringify(facts);
	// Fields that were added are nobody's.
	const found = Object.fromEntries(Object.keys(expected).map((name) => [name, head[name]]));
	if (text(found) === text(expected)) return;
	throw damaged(
		folder,
		'config.json',
		`expected ${text(expected).slice(0, 200)}, which follows from what it learned, got ${text(found).slice(0, 200)}`,
	);
}
