// Runs `textloom predict`: texts to labels, as JSON Lines to stdout or into a file.
import { documentsFrom, write } from '../../stream/index.js';
import { load, textClassification } from '../../train/recipes.js';
import { interruptible } from '../interrupt.js';
import { count, print } from '../output.js';
import type { Input } from '../own/rows.js';
import { formOf } from './forms.js';
import { textsOf } from './texts.js';

/** What the command line says. */
interface Flags extends Input {
	readonly text: string;
	readonly probabilities: boolean;
	readonly out: string | undefined;
	readonly threads: number | undefined;
}

/** Returns the exit code. */
export async function runPredict({ run, files }: { run: string; files: readonly string[] }, flags: Flags): Promise<number> {
	const { threads, out, probabilities } = flags;
	const form = formOf(out);
	// What was printed stays printed, a file is written whole or not at all: only that needs time to stop.
	const interrupt = out === undefined ? undefined : interruptible('\nstopping: nothing is written (Ctrl-C again to leave at once)');
	const signal = interrupt && { signal: interrupt.controller.signal };
	const texts = await textsOf(files, { ...flags, ...signal });
	const model = await load(run, { task: textClassification, ...(threads !== undefined && { threads }) });
	if (model.notice !== undefined) process.stderr.write(`textloom predict: ${model.notice}\n`);
	try {
		const start = performance.now();
		const seen = { warned: 0, cut: 0 };
		const labelled = documentsFrom(async function* () {
			for await (const chunk of model(texts).chunks()) {
				for (const doc of chunk) {
					if (doc.warning !== undefined) seen.warned++;
					if (doc.cut) seen.cut++;
				}
				yield chunk.map((doc) => form(doc, probabilities ? model.labels : []));
			}
		}, texts.replayable);
		if (out !== undefined) await write(out, { ...signal })(labelled);
		else for await (const chunk of labelled.chunks()) await print(chunk.map((doc) => JSON.stringify(doc)).join('\n'));
		const { read, replaced } = texts.counts;
		const notes = [
			`${count(read)} texts in ${((performance.now() - start) / 1000).toFixed(1)} s`,
			seen.warned > 0 && `${count(seen.warned)} with a warning`,
			seen.cut > 0 && `${count(seen.cut)} cut at the model's length`,
			replaced > 0 && `${count(replaced)} invalid UTF-8 sequences replaced`,
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
