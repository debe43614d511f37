// Runs `textloom segment` and `textloom pinyin`: what a stage makes of each text, a line for each.
import type { Documents } from '../../stream/index.js';
import { ProgressLine, print, sayRead, some } from '../output.js';
import type { Input } from '../own/rows.js';
import { textsOf } from '../own/texts.js';

/** What these commands have in common. */
export interface TextFlags extends Input {
	readonly column: string | undefined;
	readonly json: boolean;
}

/** A stage from texts, and what is printed of a document. */
export interface Printing<D extends { readonly text: string }> {
	readonly stage: (docs: Documents<{ text: string }>) => Documents<D>;
	readonly line: (doc: D) => string;
	readonly object: (doc: D) => object;
}

/** Prints each text as the stage has it; streams, whatever the size of the files. Returns the exit code. */
export async function runTexts<D extends { readonly text: string }>(
	files: readonly string[],
	flags: TextFlags,
	{ stage, line, object }: Printing<D>,
): Promise<number> {
	const start = performance.now();
	const docs = await textsOf(files, flags);
	const progress = new ProgressLine();
	let texts = 0;
	for await (const doc of stage(docs as Documents<{ text: string }>)) {
		await print(flags.json ? JSON.stringify(object(doc)) : line(doc));
		texts++;
		progress.show(() => `reading: ${some(texts, 'text')}`);
	}
	progress.clear();
	sayRead(docs.counts, { texts, start, encoding: flags.encoding });
	return 0;
}
