// Runs `textloom explain`: texts with their words in colour on a terminal, with the weights of words below elsewhere, or as JSON.
import { documents } from '../../stream/index.js';
import { createExplainer, type ExplainOptions, type Explanation, load } from '../../train/recipes.js';
import { print, sayRead } from '../output.js';
import { formatOfTexts } from '../own/format.js';
import { readingOf } from '../own/of-run.js';
import type { Input } from '../own/rows.js';
import { textsOf } from '../own/texts.js';
import { UsageError } from '../usage-error.js';
import { coloured, heading, weightsBelow } from './show.js';

/** What the command line says. */
interface Flags extends Input {
	readonly text: readonly string[];
	readonly column: string | undefined;
	readonly method: NonNullable<ExplainOptions['method']>;
	readonly label: string | undefined;
	readonly span: number | undefined;
	readonly by: ExplainOptions['by'] | undefined;
	readonly json: boolean;
	readonly threads: number | undefined;
}

/** Texts that are explained together. */
const together = 32;

/** Returns the exit code. */
export async function runExplain({ run, files }: { run: string; files: readonly string[] }, flags: Flags): Promise<number> {
	const { text: texts, method, label, span, by, json, threads } = flags;
	if (files.length === 0 && texts.length === 0) throw new UsageError('expected a FILE or --text TEXT, got neither.');
	const model = await load(run, { ...(threads !== undefined && { threads }) });
	if (model.notice !== undefined) process.stderr.write(`textloom explain: ${model.notice}\n`);
	try {
		const explainer = await createExplainer(model, {
			...{ method, ...(label !== undefined && { label }), ...(threads !== undefined && { threads }) },
			...{ ...(span !== undefined && { span }), ...(by !== undefined && { by }) },
		});
		try {
			const start = performance.now();
			const { format, delimiter, encoding, column } = flags;
			const reading = await readingOf(run, files, { format, delimiter, encoding, text: column }, formatOfTexts(files, format));
			const rows = files.length > 0 ? await textsOf(files, { ...reading, column: reading.text }) : undefined;
			let count = 0;
			for await (const chunk of (rows ?? documents(texts.map((text) => ({ text })))).chunks()) {
				for (let first = 0; first < chunk.length; first += together) {
					const some = chunk.slice(first, first + together).map(({ text }) => ({ text }));
					for (const one of await explainer.explain(some)) await show(one, json, count++);
				}
			}
			if (rows) sayRead(rows.counts, { texts: count, start, encoding });
			return 0;
		} finally {
			await explainer.close();
		}
	} finally {
		await model.close();
	}
}

async function show(one: Explanation, json: boolean, count: number): Promise<void> {
	if (json) return print(JSON.stringify(one));
	const inColour = process.stdout.isTTY && process.env.NO_COLOR === undefined;
	await print(`${count > 0 ? '\n' : ''}${heading(one)}`);
	await print(inColour ? coloured(one) : one.text);
	await print(weightsBelow(one));
}
