// textloom train: from documents to a saved model.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { tfidf } from '../features/index.js';
import { keywords } from '../keywords/index.js';
import { adam } from '../optim/index.js';
import { collect, pipe } from '../stream/index.js';
import { clean, englishStopwords, words } from '../text/index.js';
import { evaluate, type Recipe, type TextClassifier, type TrainProgress, type TrainResult, trainClassifier } from '../train/index.js';
import { loadRecipe, pipelineNames } from './catalog.js';
import { type Command, text, UsageError, type Values, whole } from './command.js';
import { bar, count, excerpt, ProgressLine, percent, print } from './output.js';
import { ownFile } from './own-file.js';

export const train: Command = {
	summary: 'train a model: a pipeline by name, or your own file',
	parameters: ['PIPELINE|FILE'],
	usage: `  PIPELINE               ag-news or imdb: a recipe that comes with textloom
  FILE                   your own .csv, .tsv (with a header), .jsonl or .ndjson, or these with .gz
  --text COLUMN          the column of FILE with the text (default: text)
  --label COLUMN         the column of FILE with the label (default: label)
  --recipe PIPELINE      the recipe that FILE is trained by (default: ag-news)
  --data DIR             where the data sets are (default: TEXTLOOM_DATA, else the sample corpus)
  --sample               the sample corpus, whatever data there is
  --out DIR              where the model goes (default: runs/NAME)
  --resume               go on from the checkpoint in --out
  --overwrite            start anew in an --out that is there already
  --epochs N  --batch-size N  --max-length N  --patience N  --seed N  --rate R
                         instead of the recipe's own
  --tables host|dense    large embedding tables outside the graph, touched rows updated (default), or inside
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
		const { recipe, title } = await chooseRecipe(name!, values);
		if (values.resume && values.overwrite) throw new UsageError('expected --resume or --overwrite, got both.');
		if (values.sample && values.data !== undefined) throw new UsageError('expected --sample or --data, got both.');
		const tables = text(values, 'tables') ?? 'host';
		if (tables !== 'host' && tables !== 'dense') throw new UsageError(`expected --tables host or dense, got ${tables}.`);
		const data = values.sample ? null : text(values, 'data');
		const out = text(values, 'out') ?? join('runs', title);
		const existing = values.resume ? 'resume' : values.overwrite ? 'overwrite' : 'refuse';
		const controller = stopOnInterrupt();
		const report = new Report(recipe, values.json === true);
		await report.source(recipe.corpus.train(data));
		const start = performance.now();
		const result = await trainClassifier(recipe, {
			data,
			out,
			existing,
			tables,
			threads: whole(values, 'threads'),
			signal: controller.signal,
			onProgress: (progress) => report.progress(progress),
		}).catch((error) => {
			// Stopped before there was anything to keep.
			if (controller.signal.aborted) return undefined;
			throw error;
		});
		await report.done();
		if (!result || result.interrupted || !result.model) {
			await print(
				result
					? `Stopped after epoch ${result.history.length}. Go on with: textloom train ${[name, ...shownFlags(values)].join(' ')} --resume`
					: 'Stopped before the training began.',
			);
			return 130;
		}
		try {
			await summarize({
				recipe,
				result,
				model: result.model,
				data,
				out,
				seconds: (performance.now() - start) / 1000,
				json: values.json === true,
			});
		} finally {
			await result.model.close();
		}
		return 0;
	},
};

/** The recipe that the arguments ask for, and a name for its folder. */
async function chooseRecipe(name: string, values: Values): Promise<{ recipe: Recipe; title: string }> {
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
	const rate = text(values, 'rate');
	if (rate !== undefined && !(Number(rate) > 0)) throw new UsageError(`expected a number above 0 for --rate, got ${JSON.stringify(rate)}.`);
	const changed = {
		epochs: whole(values, 'epochs'),
		batchSize: whole(values, 'batch-size'),
		maxLength: whole(values, 'max-length', recipe.model.minLength),
		patience: whole(values, 'patience'),
		seed: whole(values, 'seed', 0),
	};
	const given = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined));
	return {
		recipe: {
			...recipe,
			...(own && { corpus: ownFile(name, { text: text(values, 'text') ?? 'text', label: text(values, 'label') ?? 'label' }) }),
			...(rate !== undefined && { optimizer: adam({ rate: Number(rate) }) }),
			training: { ...recipe.training, ...given },
		},
		title: own ? name.replace(/^.*[/\\]/, '').replace(/\..*$/, '') : name,
	};
}

/** The flags as they were given, for the command that goes on. */
function shownFlags(values: Values): string[] {
	return Object.entries(values).flatMap(([name, value]) =>
		name === 'overwrite' || name === 'resume'
			? []
			: value === true
				? [`--${name}`]
				: typeof value === 'string'
					? [`--${name} ${value}`]
					: [],
	);
}

/** The first Ctrl-C asks the run to stop; a second one ends the process. */
function stopOnInterrupt(): AbortController {
	const controller = new AbortController();
	const stop = () => {
		if (controller.signal.aborted) process.exit(130);
		process.stderr.write('\nstopping: writing a checkpoint (Ctrl-C again to leave at once)\n');
		controller.abort();
	};
	process.on('SIGINT', stop);
	process.on('SIGTERM', stop);
	return controller;
}

/** Tells what a run is doing: a bar on a terminal, a line for each epoch. */
class Report {
	readonly #line = new ProgressLine();
	readonly #json: boolean;
	readonly #recipe: Recipe;
	#printed: Promise<void> = Promise.resolve();

	constructor(recipe: Recipe, json: boolean) {
		this.#recipe = recipe;
		this.#json = json;
	}

	#say(line: string, object: object): void {
		this.#line.clear();
		this.#printed = this.#printed.then(() => print(this.#json ? JSON.stringify(object) : line));
	}

	async source({ origin, sample }: { origin: string; sample: boolean }): Promise<void> {
		const hint = sample ? '; for the real data, give --data DIR' : '';
		this.#say(`Training documents: ${origin}${hint}`, { event: 'source', origin, sample });
	}

	progress(progress: TrainProgress): void {
		if (progress.phase === 'start') {
			const { documents, validation, vocabulary, parameters, cut, resumed } = progress;
			const model = this.#recipe.model.spec.model;
			const start = resumed ? 'Going on' : 'Training';
			this.#say(
				`${start}: ${model}, ${count(parameters)} parameters, ${count(vocabulary)} words; ${count(documents)} documents, ${count(validation)} more to choose the best epoch` +
					(cut > 0 ? `; ${count(cut)} texts cut at ${this.#recipe.training.maxLength} tokens` : ''),
				{ event: 'start', model, parameters, vocabulary, documents, validation, cut, resumed },
			);
		} else if (progress.phase === 'fit') {
			const { epoch, epochs, documents, ofDocuments, loss, documentsPerSecond, record } = progress;
			if (record) {
				const { validation } = record;
				this.#say(
					`epoch ${String(record.epoch).padStart(2)}/${epochs}  loss ${record.loss.toFixed(4)}` +
						(validation ? `  validation loss ${validation.loss.toFixed(4)}, accuracy ${percent(validation.accuracy)}` : '') +
						`  ${count(record.documentsPerSecond)} documents/s`,
					{ event: 'epoch', ...record },
				);
			} else {
				this.#line.show(
					() =>
						`epoch ${epoch}/${epochs} ${bar(documents / ofDocuments)} ${percent(documents / ofDocuments)}  loss ${loss.toFixed(4)}  ${count(documentsPerSecond)} documents/s`,
				);
			}
		} else {
			const doing = progress.phase === 'vocabulary' ? 'counting words' : 'texts to ids';
			this.#line.show(() => `${doing}: ${count(progress.documents)} documents`);
		}
	}

	async done(): Promise<void> {
		this.#line.clear();
		await this.#printed;
	}
}

interface Finished {
	readonly recipe: Recipe;
	readonly result: TrainResult;
	readonly model: TextClassifier;
	readonly data: string | null | undefined;
	readonly out: string;
	readonly seconds: number;
	readonly json: boolean;
}

/** How the run ended: test accuracy, three predictions, keywords, where the model is, what to do next. */
async function summarize({ recipe, result, model, data, out, seconds, json }: Finished): Promise<void> {
	const test = recipe.corpus.test(data);
	const evaluation = await evaluate(model, test);
	const { accuracy, documents } = evaluation;
	if (json) return print(JSON.stringify({ event: 'end', accuracy, documents, loss: evaluation.loss, best: result.best, seconds, out }));
	await print(`\nTest accuracy: ${percent(accuracy)} on ${count(documents)} held-out documents (${test.origin})`);

	const samples: { text: string; label: string }[] = [];
	for await (const doc of test) if (samples.push(doc) === 3) break;
	await print('\nThree of them:');
	for (const [place, prediction] of (await model.predict(samples.map(({ text }) => text))).entries()) {
		const chances = prediction.probabilities.map((share, label) => `${model.labels.nameOf(label)} ${percent(share)}`).join(', ');
		await print(`  ${prediction.label === samples[place]!.label ? 'right' : 'wrong'}  ${excerpt(prediction.text)}\n         ${chances}`);
	}
	const [first] = samples;
	if (first) await print(`\nKeywords of the first (TF-IDF): ${(await topKeywords(recipe, data, first.text)).join(', ')}`);
	await print(`\nSaved in ${out} after ${seconds.toFixed(1)} s. Try:
  textloom predict ${out} -          one text a line, Ctrl-D to end
  textloom evaluate ${out}
  textloom info`);
}

/** Documents that keyword weights are learned from: more add little. */
const keywordDocuments = 5000;

async function topKeywords(recipe: Recipe, data: string | null | undefined, document: string): Promise<string[]> {
	const tokens = chainTokens();
	const docs: { text: string }[] = [];
	for await (const doc of recipe.corpus.train(data)) if (docs.push({ text: doc.text }) === keywordDocuments) break;
	const fitted = await tfidf({ minCount: 2 }).fit(pipe(docs, ...tokens));
	const [doc] = await collect(pipe([{ text: document }], ...tokens));
	return keywords(fitted, doc!.tokens, { top: 5, stopwords: englishStopwords }).map(({ keyword }) => keyword);
}

const chainTokens = () => [clean(), words()] as const;
