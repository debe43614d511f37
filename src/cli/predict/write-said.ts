// Texts through a model to stdout or into a file, and how it went to stderr.
import { documentsFrom, toCsv, toTsv, write } from '../../stream/index.js';
import type { Predictor } from '../../train/recipes.js';
import { interruptible } from '../interrupt.js';
import { count, print, printed, replacedNote, some } from '../output.js';
import { formatOfTexts } from '../own/format.js';
import { readingOf } from '../own/of-run.js';
import type { Input as Files } from '../own/rows.js';
import { UsageError } from '../usage-error.js';
import type { Asked, Form, Input, OutputFormat, Said } from './forms.js';
import { inputsOf } from './texts.js';

/** What the command line says of texts and of where they go. */
export interface OutputFlags extends Files {
	readonly text: readonly string[];
	readonly column: string | undefined;
	readonly keep: readonly string[];
	readonly out: string | undefined;
	readonly as: OutputFormat;
}

/** There must be something to read, and another place to write to. */
export function expectInput(files: readonly string[], { text, out }: Pick<OutputFlags, 'text' | 'out'>): void {
	if (files.length === 0 && text.length === 0) throw new UsageError('expected a FILE or --text TEXT, got neither.');
	if (out !== undefined && files.includes(out))
		throw new UsageError(`expected --out to be another file than the FILE that is read, got ${out} twice.`);
}

/** What is to be written, and how. */
export interface Saying {
	/** What tells how files are read where the command line does not. */
	readonly run: string;
	readonly files: readonly string[];
	readonly flags: OutputFlags;
	readonly form: Form;
	readonly asked?: Asked;
	/** Whether the form gives texts, for lines. */
	readonly isLines?: boolean;
}

const nothing: Asked = { labels: [], probabilities: false, top: 0 };

/** Writes what the model says of texts. Returns the exit code. */
export async function writeSaid(model: Predictor, { run, files, flags, form, asked = nothing, isLines = false }: Saying): Promise<number> {
	const { out, text: texts, format, delimiter, encoding, column } = flags;
	// What was printed stays printed, a file is written whole or not at all: only that needs time to stop.
	const interrupt = out === undefined ? undefined : interruptible('\nstopping: nothing is written (Ctrl-C again to leave at once)');
	const signal = interrupt && { signal: interrupt.controller.signal };
	try {
		const reading = await readingOf(run, files, { format, delimiter, encoding, text: column }, formatOfTexts(files, format));
		const inputs = await inputsOf({ files, texts, keep: flags.keep, ...reading, ...signal }, model.task);
		const start = performance.now();
		const seen = { warned: 0, cut: 0 };
		const said = documentsFrom(async function* () {
			for await (const chunk of model(inputs).chunks()) {
				const docs = chunk as readonly (Input & Said)[];
				for (const doc of docs) {
					if (doc.warning !== undefined) seen.warned++;
					if (doc.cut) seen.cut++;
				}
				yield docs.map((doc) => form(doc, asked));
			}
		}, inputs.replayable);
		if (out !== undefined) await write(out, { ...signal })(said);
		else if (flags.as !== 'jsonl') await (flags.as === 'csv' ? toCsv : toTsv)(printed())(said);
		else for await (const chunk of said.chunks()) await print(chunk.map(isLines ? lineOf : jsonOf).join('\n'));
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
	}
}

const lineOf = (doc: object) => (doc as { text: string }).text;
const jsonOf = (doc: object) => JSON.stringify(doc);
