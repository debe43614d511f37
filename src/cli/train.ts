// textloom train: from documents to a saved model.
import { join } from 'node:path';
import { type RecipeDocuments, type TrainProgress, trainClassifier } from '../train/classifier/index.js';
import { pipelineNames } from './catalog.js';
import { type Command, text, UsageError, type Values, whole } from './command.js';
import { interruptible } from './interrupt.js';
import { chooseRecipe } from './train-recipe.js';
import { TrainReport } from './train-report.js';
import { summarize } from './train-summary.js';

export const train: Command = {
	summary: 'train a model: a pipeline by name, or your own file',
	parameters: ['PIPELINE|FILE'],
	usage: `  PIPELINE               ${pipelineNames().join(' or ')}: a recipe that comes with textloom
  FILE                   your own .csv, .tsv (with a header), .jsonl or .ndjson, or these with .gz
  --text COLUMN          the column of FILE with the text (default: text)
  --label COLUMN         the column of FILE with the label (default: label)
  --recipe PIPELINE      the recipe that FILE is trained by (default: ag-news)
  --data DIR             where the data sets are (default: TEXTLOOM_DATA, else the cache, else the sample corpus)
  --sample               the sample corpus, whatever data there is
  --out DIR              where the model goes (default: runs/NAME)
  --resume               go on from the checkpoint in --out
  --overwrite            start anew in an --out that is there already
  --epochs N  --batch-size N  --max-length N  --patience N  --seed N  --rate R
                         instead of the recipe's own
  --tables host|graph    large embedding tables outside the graph, touched rows updated (default), or inside
  --threads N            threads (default: all cores)
  --json                 one JSON object a line`,
	flags: {
		text: { type: 'string' },
		label: { type: 'string' },
		recipe: { type: 'string' },
		data: { type: 'string' },
		sample: { type: 'boolean' },
		out: { type: 'string' },
		resume: { type: 'boolean' },
		overwrite: { type: 'boolean' },
		epochs: { type: 'string' },
		'batch-size': { type: 'string' },
		'max-length': { type: 'string' },
		patience: { type: 'string' },
		seed: { type: 'string' },
		rate: { type: 'string' },
		tables: { type: 'string' },
		threads: { type: 'string' },
		json: { type: 'boolean' },
	},
	async run([name], values) {
		const { recipe, title, own } = await chooseRecipe(name!, values);
		const options = { ...optionsOf(values), out: text(values, 'out') ?? join('runs', title) };
		const { data, out } = options;
		const json = values.json === true;
		await expectTestRows(recipe.corpus.test(data));
		const start = performance.now();
		const { controller, done } = interruptible('\nstopping: writing a checkpoint (Ctrl-C again to leave at once)');
		const onFailure = (error: Error) => controller.abort(error);
		const report = new TrainReport(recipe, recipe.corpus.train(data), { json, onFailure });
		const onProgress = (progress: TrainProgress) => report.progress(progress);
		const result = await trainClassifier(recipe, { ...options, signal: controller.signal, onProgress })
			.catch((error) => {
				// Stopped before there was anything to keep.
				if (controller.signal.aborted && error === controller.signal.reason) return undefined;
				throw error;
			})
			.finally(() => {
				done();
				return report.done();
			});
		if (!result?.model) {
			const command = `textloom train ${[name!, ...shownFlags(values)].map(shellWord).join(' ')} --resume`;
			if (result) report.say(`Stopped after epoch ${result.history.length}. Go on with: ${command}`, { event: 'stopped', command });
			else report.say('Stopped before the training began.', { event: 'stopped' });
			await report.done();
			return 130;
		}
		const { model } = result;
		try {
			await summarize({ recipe, result, model, data, out, own, seconds: (performance.now() - start) / 1000, json });
		} finally {
			await model.close();
		}
		return 0;
	},
};

/** The options of a run that are not the recipe's. */
function optionsOf(values: Values) {
	if (values.resume && values.overwrite) throw new UsageError('expected --resume or --overwrite, got both.');
	if (values.sample && values.data !== undefined) throw new UsageError('expected --sample or --data, got both.');
	const tables = text(values, 'tables') ?? 'host';
	if (tables !== 'host' && tables !== 'graph') throw new UsageError(`expected --tables host or graph, got ${tables}.`);
	const existing = values.resume ? 'resume' : values.overwrite ? 'overwrite' : 'refuse';
	return { data: values.sample ? null : text(values, 'data'), existing, tables, threads: whole(values, 'threads') } as const;
}

/** Before the training, not after it: there must be something to test on. */
async function expectTestRows(test: RecipeDocuments): Promise<void> {
	for await (const _ of test) return;
	throw new RangeError(`expected rows to test the model on, got none in ${test.origin}. Add rows.`);
}

/** The flags as they were given, for the command that goes on. */
function shownFlags(values: Values): string[] {
	const shown = Object.entries(values).filter(([name]) => name !== 'overwrite' && name !== 'resume');
	return shown.flatMap(([name, value]) => (value === true ? [`--${name}`] : [`--${name}`, String(value)]));
}

/** An argument as a shell takes it. */
function shellWord(word: string): string {
	return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
