// What a run was trained on: its settings.json says it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type AnyTask, corpusOf, type RecipeDocuments } from '../../train/recipes.js';
import { loadCorpora, loadRecipe } from '../catalog.js';
import { readSettings } from '../flags/settings.js';
import { type TrainFlags, trainFlags, trainParameters } from '../train/flags.js';
import { pipelineOf } from '../train/source.js';
import { UsageError } from '../usage-error.js';
import { ownCorpus } from './corpus.js';

/** What `train` was called with. */
export interface RunSettings extends Partial<TrainFlags> {
	/** The pipeline by its name, or the files. */
	readonly source: readonly string[];
}

/** The settings of a run; nothing of one that was not trained by the command line. */
export async function settingsOf(run: string): Promise<RunSettings | undefined> {
	const path = join(run, 'settings.json');
	if (!existsSync(path)) return undefined;
	const { flags, parameters } = await readSettings(path, trainFlags, trainParameters);
	return { ...flags, source: [parameters.source as string | readonly string[] | undefined].flat().filter((one) => one !== undefined) };
}

/** The columns of a run's files: those that were given, else those that it was trained on. */
export async function columnsOf(run: string, { text, label }: { readonly text?: string | undefined; readonly label?: string | undefined }) {
	const settings = text === undefined || label === undefined ? await settingsOf(run) : undefined;
	return { text: text ?? settings?.text ?? 'text', label: label ?? settings?.label ?? 'label' };
}

/** Whether a run was trained on a corpus, so that a data folder says something; if not, on what. */
export async function hasCorpus(run: string): Promise<true | string> {
	const settings = await settingsOf(run);
	return !settings || pipelineOf(settings.source) !== undefined || `a run that was trained on ${settings.source.join(' ')}`;
}

/** Documents that were held out, to be closed when done. */
export interface HeldOut {
	readonly docs: RecipeDocuments;
	close(): Promise<void>;
}

/** The documents that a run did not train on: those of its corpus, or of its files. */
export async function heldOutOf(
	run: string,
	{ name, task }: { readonly name: string; readonly task: AnyTask },
	data: string | null | undefined,
): Promise<HeldOut> {
	const settings = await settingsOf(run);
	if (!settings) return { docs: await testOf(name, data), close: async () => {} };
	const { source, sample, format, delimiter, encoding, text = 'text', label = 'label', test = [] } = settings;
	if (source.includes('-')) throw new UsageError(`expected a FILE to evaluate on, got none, and ${run} was trained on stdin.`);
	const pipeline = pipelineOf(source);
	if (pipeline !== undefined) {
		const { corpus } = await loadRecipe(pipeline);
		return { docs: corpusOf(corpus).test(data === undefined && sample ? null : (data ?? settings.data)), close: async () => {} };
	}
	const { corpus, close } = await ownCorpus(source, { format, delimiter, encoding, text, label, test }, task);
	return { docs: corpus.test(), close };
}

/** The test documents of a corpus by its name. */
async function testOf(name: string, data: string | null | undefined): Promise<RecipeDocuments> {
	const all = await loadCorpora();
	const corpus = Object.hasOwn(all, name) ? all[name] : undefined;
	if (corpus) return corpusOf(corpus as never).test(data);
	throw new UsageError(
		`expected a FILE to evaluate on, got none, and the run's corpus ${JSON.stringify(name)} is not one of ${Object.keys(all).join(', ')}.`,
	);
}
