// Runs `textloom predict`: what a model says of texts, as JSON Lines to stdout or into a file.
import { documentsFrom, toCsv, toTsv, write } from '../../stream/index.js';
import type { Predictor } from '../../train/recipes.js';
import { interruptible } from '../interrupt.js';
import { count, print, printed, replacedNote, some } from '../output.js';
import { formatOfTexts } from '../own/format.js';
import { readingOf } from '../own/of-run.js';
import { openPredictor, type PredictorFlags } from '../own/predictor.js';
import type { Input as Files } from '../own/rows.js';
import type { RunsAndFiles } from '../own/runs.js';
import { UsageError } from '../usage-error.js';
import { formOf, type Input, type OutputFormat, type Said } from './forms.js';
import { inputsOf } from './texts.js';

/** What the command line says. */
interface Flags extends Files, PredictorFlags {
	readonly text: readonly string[];
	readonly column: string | undefined;
	readonly probabilities: boolean;
	readonly top: number | undefined;
	readonly keep: readonly string[];
	readonly out: string | undefined;
	readonly as: OutputFormat;
}

/** Returns the exit code. */
export async function runPredict({ runs, files }: RunsAndFiles, flags: Flags): Promise<number> {
	const { out, probabilities, text: texts } = flags;
	if (files.length === 0 && texts.length === 0) throw new UsageError('expected a FILE or --text TEXT, got neither.');
	const form = formOf(out, flags.as);
	if (out !== undefined && files.includes(out))
		throw new UsageError(`expected --out to be another file than the FILE that is read, got ${out} twice.`);
	// What was printed stays printed, a file is written whole or not at all: only that needs time to stop.
	const interrupt = out === undefined ? undefined : interruptible('\nstopping: nothing is written (Ctrl-C again to leave at once)');
	const signal = interrupt && { signal: interrupt.controller.signal };
	const model = await openPredictor('predict', runs, flags);
	try {
		const wanted = { labels: model.labels, probabilities, top: flags.top ?? 0 };
		if ((probabilities || wanted.top > 0) && !hasProbabilities(model)) {
			const flag = probabilities ? '--probabilities' : '--top';
			throw new UsageError(`expected ${flag} with a model of labels of texts, got one of ${model.task.name}.`);
		}
		const { format, delimiter, encoding, column } = flags;
		const asked = { format, delimiter, encoding, text: column };
		const reading = await readingOf(runs[0]!, files, asked, formatOfTexts(files, format));
		const inputs = await inputsOf({ files, texts, keep: flags.keep, ...reading, ...signal }, model.task);
		const start = performance.now();
		const seen = { warned: 0, cut: 0 };
		const labelled = documentsFrom(async function* () {
			for await (const chunk of model(inputs).chunks()) {
				const said = chunk as readonly (Input & Said)[];
				for (const doc of said) {
					if (doc.warning !== undefined) seen.warned++;
					if (doc.cut) seen.cut++;
				}
				yield said.map((doc) => form(doc, wanted));
			}
		}, inputs.replayable);
		if (out !== undefined) await write(out, { ...signal })(labelled);
		else if (flags.as !== 'jsonl') await (flags.as === 'csv' ? toCsv : toTsv)(printed())(labelled);
		else for await (const chunk of labelled.chunks()) await print(chunk.map((doc) => JSON.stringify(doc)).join('\n'));
		const { read, replaced } = inputs.counts;
		const notes = [
			`${some(read, 'text')} in ${((performance.now() - start) / 1000).toFixed(1)} s`,
			seen.warned > 0 && `${count(seen.warned)} with a warning`,
			seen.cut > 0 && `${count(seen.cut)} cut at the model's length`,
			replacedNote(replaced, reading.encoding),
		];
		process.stderr.write(`${notes.filter(Boolean).join(', ')}\n`);
		return 0;
	} catch (error) {
		if (signal?.signal.aborted) return 130;
		throw error;
	} finally {
		interrupt?.done();
		await model.close();
	}
}

/** Whether a model says how likely each of its labels is. */
const hasProbabilities = ({ config, task }: Predictor) => task.name === 'text-classification' && config.head.problem_type !== 'regression';
