// textloom predict: texts, one a line, to JSON Lines of text, label and score.
import { type Counts, lines } from '../stream/index.js';
import { load } from '../train/classifier/index.js';
import { type Command, whole } from './command.js';
import { count, print } from './output.js';

export const predict: Command = {
	summary: 'label texts, one a line, as JSON Lines',
	parameters: ['RUN', 'FILE|-'],
	usage: `  RUN                    the folder that train wrote
  FILE                   texts, one a line (.gz too); - for standard input
  --probabilities        the probability of each label, too
  --threads N            threads (default: all cores)
  --json                 no change: the output is JSON Lines`,
	flags: { probabilities: { type: 'boolean' }, threads: { type: 'string' }, json: { type: 'boolean' } },
	async run([run, file], values) {
		const threads = whole(values, 'threads');
		const model = await load(run!, { ...(threads !== undefined && { threads }) });
		if (model.notice !== undefined) process.stderr.write(`textloom predict: ${model.notice}\n`);
		try {
			const counts: Counts = { read: 0, skipped: 0, replaced: 0 };
			const start = performance.now();
			let warned = 0;
			let cut = 0;
			for await (const chunk of model.classify(lines(file!, { counts })).chunks()) {
				const out = chunk.map((doc) => {
					const { text, label, score, probabilities, warning } = doc;
					if (warning !== undefined) warned++;
					if (doc.cut) cut++;
					const each = values.probabilities && Object.fromEntries(probabilities.map((share, place) => [model.labels.nameOf(place), share]));
					return JSON.stringify({ text, label, score, ...(each && { probabilities: each }), ...(warning !== undefined && { warning }) });
				});
				await print(out.join('\n'));
			}
			const seconds = (performance.now() - start) / 1000;
			const notes = [
				warned > 0 && `${count(warned)} with a warning`,
				cut > 0 && `${count(cut)} cut at the model's length`,
				counts.replaced > 0 && `${count(counts.replaced)} invalid UTF-8 sequences replaced`,
			].filter(Boolean);
			process.stderr.write(`${[`${count(counts.read)} texts in ${seconds.toFixed(1)} s`, ...notes].join(', ')}\n`);
			return 0;
		} finally {
			await model.close();
		}
	},
};
