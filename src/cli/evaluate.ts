// textloom evaluate: how good a saved model is on labelled documents.

import { type Evaluation, evaluate as evaluateModel, load } from '../train/classifier/index.js';
import { loadTestCorpora } from './catalog.js';
import { type Command, text, UsageError, whole } from './command.js';
import { count, ProgressLine, percent, print } from './output.js';
import { columnsOf, ownDocuments } from './own-file.js';

export const evaluate: Command = {
	summary: 'the accuracy of a saved model on test documents',
	parameters: ['RUN', '[FILE]'],
	usage: `  RUN                    the folder that train wrote
  FILE                   your own labelled .csv, .tsv, .jsonl or .ndjson (default: the test documents of the run's corpus)
  --text COLUMN          the column of FILE with the text (default: text)
  --label COLUMN         the column of FILE with the label (default: label)
  --data DIR             where the data sets are (default: TEXTLOOM_DATA, else the cache, else the sample corpus)
  --sample               the sample corpus, whatever data there is
  --threads N            threads (default: all cores)
  --json                 one JSON object`,
	flags: {
		text: { type: 'string' },
		label: { type: 'string' },
		data: { type: 'string' },
		sample: { type: 'boolean' },
		threads: { type: 'string' },
		json: { type: 'boolean' },
	},
	async run([run, file], values) {
		if (values.sample && values.data !== undefined) throw new UsageError('expected --sample or --data, got both.');
		const threads = whole(values, 'threads');
		const model = await load(run!, { ...(threads !== undefined && { threads }) });
		if (model.notice !== undefined) process.stderr.write(`textloom evaluate: ${model.notice}\n`);
		try {
			const docs =
				file === undefined
					? await testDocuments(model.config.name, values.sample ? null : text(values, 'data'))
					: ownDocuments(file, columnsOf(values), model.labels.names);
			const origin = 'origin' in docs ? String(docs.origin) : file!;
			const line = new ProgressLine();
			const start = performance.now();
			const result = await evaluateModel(model, docs, { onProgress: (documents) => line.show(() => `${count(documents)} documents`) });
			line.clear();
			const seconds = (performance.now() - start) / 1000;
			const replaced = docs.counts?.replaced ?? 0;
			if (values.json) await print(JSON.stringify({ ...result, replaced, seconds, origin }));
			else await print(table(result.labels, result.confusion) + summary({ ...result, replaced, origin, seconds }));
			return 0;
		} finally {
			await model.close();
		}
	},
};

async function testDocuments(name: string, data: string | null | undefined) {
	const corpora = await loadTestCorpora();
	if (!Object.hasOwn(corpora, name)) {
		throw new UsageError(
			`expected a FILE to evaluate on, got none, and the run's corpus ${JSON.stringify(name)} is not one of ${Object.keys(corpora).join(', ')}.`,
		);
	}
	return corpora[name]!.test(data);
}

function summary({
	accuracy,
	loss,
	documents,
	cut,
	replaced,
	origin,
	seconds,
}: Evaluation & { replaced: number; origin: string; seconds: number }): string {
	const notes = [
		cut > 0 && `; ${count(cut)} texts were cut at the model's length`,
		replaced > 0 && `; ${count(replaced)} invalid UTF-8 sequences replaced`,
	];
	const figures = `Accuracy ${percent(accuracy)}, loss ${loss.toFixed(4)}: ${count(documents)} documents in ${seconds.toFixed(1)} s (${origin})`;
	return figures + notes.filter(Boolean).join('');
}

/** The confusion matrix, with recall at the end of each row. */
function table(labels: readonly string[], confusion: readonly (readonly number[])[]): string {
	if (labels.length > 20) return '';
	const width = Math.max(8, ...labels.map((label) => label.length)) + 2;
	const row = (cells: readonly string[]) => `${cells.map((cell) => cell.padStart(width)).join('')}\n`;
	const rows = confusion.map((counts, place) => {
		const all = counts.reduce((a, b) => a + b, 0);
		return row([labels[place]!, ...counts.map(count), all > 0 ? percent(counts[place]! / all) : '–']);
	});
	return `Rows are true labels, columns predictions; the last column is the share found.\n${row(['', ...labels, ''])}${rows.join('')}\n`;
}
