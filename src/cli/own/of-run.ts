// What a run was trained on: its settings.json says it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFormat } from '../../stream/index.js';
import { corpusOf, type Predictor, type RecipeDocuments } from '../../train/recipes.js';
import { besideModel } from '../../train/task/model-folder.js';
import { loadCorpora, loadRecipe, pipelineNames } from '../catalog.js';
import { readSettings } from '../flags/settings.js';
import { type TrainFlags, trainFlags, trainParameters } from '../train/flags.js';
import { UsageError } from '../usage-error.js';
import type { Columns } from './answers.js';
import { ownCorpus } from './corpus.js';
import { haveColumns, haveDelimiters } from './format.js';
import { type LabelledInput, labelled } from './labelled.js';
import type { Input } from './rows.js';

/** What `train` was called with. */
interface RunSettings extends Partial<TrainFlags> {
	/** The pipeline by its name, or the files. */
	readonly source: readonly string[];
}

/** The settings of a run; nothing of one that was not trained by the command line. */
async function settingsOf(run: string): Promise<RunSettings | undefined> {
	const path = join(run, besideModel.settings);
	if (!existsSync(path)) return undefined;
	const { flags, parameters } = await readSettings(path, trainFlags, trainParameters);
	return { ...flags, source: [parameters.source as string | readonly string[] | undefined].flat().filter((one) => one !== undefined) };
}

const pipelineIn = ({ source }: RunSettings) => (source.length === 1 && pipelineNames().includes(source[0]!) ? source[0] : undefined);

/** How files are read where the command line does not say it: as those that the run was trained on, so far as they have columns, too. */
export async function readingOf(
	run: string,
	files: readonly string[],
	given: Input & Columns,
	format?: SourceFormat,
): Promise<LabelledInput> {
	if (files.length === 0) return given;
	const trained = await settingsOf(run);
	const known = format ?? given.format;
	const columns = (await haveColumns(files, known)) === true ? trained : undefined;
	const delimiters = (await haveDelimiters(files, known)) === true ? trained : undefined;
	return {
		...given,
		text: given.text ?? columns?.text,
		label: given.label ?? columns?.label,
		delimiter: given.delimiter ?? delimiters?.delimiter,
		encoding: given.encoding ?? trained?.encoding,
	};
}

/** Whether a run was trained on a corpus, so that a data folder says something; if not, on what. */
export async function hasCorpus(run: string): Promise<true | string> {
	const settings = await settingsOf(run);
	return !settings || pipelineIn(settings) !== undefined || `a run that was trained on ${settings.source.join(' ')}`;
}

/** Documents that were held out, to be closed when done. */
export interface HeldOut {
	readonly docs: RecipeDocuments;
	close(): Promise<void>;
}

/** The documents that a run did not train on: those of its corpus, or of its files. */
export async function heldOutOf(run: string, { config, task, labels }: Predictor, data: string | null | undefined): Promise<HeldOut> {
	const settings = await settingsOf(run);
	const open = (docs: RecipeDocuments): HeldOut => ({ docs, close: async () => {} });
	if (!settings) return open(await testOf(config.name, data));
	const pipeline = pipelineIn(settings);
	if (pipeline !== undefined) {
		const { corpus } = await loadRecipe(pipeline);
		return open(corpusOf(corpus).test(data === undefined ? (settings.sample ? null : settings.data) : data));
	}
	const { source, format, delimiter, encoding, text, label, test = [] } = settings;
	const input = { format, delimiter, encoding, text, label };
	const [what, files] = test.length > 0 ? ['tested', test] : ['trained', source];
	const missing = files.find((path) => path === '-' || (!/[*?[\]{}]/.test(path) && !existsSync(path)));
	if (missing !== undefined) {
		const where = missing === '-' ? 'stdin' : `${missing}, which is not there`;
		throw new UsageError(`expected a FILE to evaluate on, got none, and ${run} was ${what} on ${where}.`);
	}
	if (test.length > 0) return open(Object.assign(await labelled(test, input, task, labels), { origin: test.join(' '), sample: false }));
	const { corpus, close } = await ownCorpus(source, { ...input, test }, task);
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
