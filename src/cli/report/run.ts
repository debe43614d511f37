// Runs `textloom report`: a run as one HTML page, of what its folder has.
import { basename, join, resolve } from 'node:path';
import { writeAtomic } from '../../base/index.js';
import { version } from '../../base/version.js';
import { type ReportedRecord, type RunReportData, runReport } from '../../report/index.js';
import { load, type Model } from '../../train/recipes.js';
import { figure, worded } from '../evaluate/report.js';
import { print } from '../output.js';
import { type HeldOutFacts, heldOutFacts } from './documents.js';
import { attentionIn, exampleGroups, explained, lookedIn } from './examples.js';
import { type Fields, type RunFiles, runFiles } from './files.js';

/** What the command line says. */
interface Flags {
	readonly out: string | undefined;
	readonly data: string | undefined;
	readonly sample: boolean;
	readonly threads: number | undefined;
}

/** Returns the exit code. */
export async function runReportCommand({ run }: { run: string }, { out = join(run, 'report.html'), ...flags }: Flags): Promise<number> {
	const files = await runFiles(run);
	const { threads, sample, data } = flags;
	let model: Model | undefined;
	try {
		const isTranslation = files.config?.task === 'translation';
		model = await load(run, { ...(threads !== undefined && { threads }), ...(isTranslation && { generation: { attention: true } }) });
	} catch (error) {
		// A run that was stopped has a history: that is shown. A folder with nothing of a run is an error.
		if (files.history.length === 0 && !files.evaluation) throw error;
		await writeAtomic(out, runReport({ ...dataOf(run, files), missing: { ...missingOf(files), examples: reason(error) } }));
		await print(out);
		return 0;
	}
	try {
		const held = await heldOutFacts(run, model, sample ? null : data).catch((error: Error) => error);
		const { judged, reliability }: HeldOutFacts = held instanceof Error ? { judged: [] } : held;
		const { groups, method } = await explained(model, exampleGroups(judged, files.mistakes), threads);
		const attention = lookedIn(judged) ?? (await attentionIn(model, groups, threads));
		const missing = {
			...missingOf(files),
			...(held instanceof Error && { calibration: reason(held), examples: reason(held) }),
			attention: groups.length === 0 ? 'There are no documents to show.' : `The model, ${model.config.model.model}, has no attention.`,
		};
		const page = runReport({
			...{ ...dataOf(run, files), groups, missing },
			...(method !== undefined && { method }),
			...(reliability && { reliability }),
			...(attention && { attention }),
		});
		await writeAtomic(out, page);
		await print(out);
		return 0;
	} finally {
		await model.close();
	}
}

/** The reason of an error without its next step, which is for the command line. */
const reason = (error: unknown) => (error as Error).message.replace(/^\w+: /, '').replace(/^./, (first) => first.toUpperCase());

function missingOf({ evaluation, mistakes, history, config }: RunFiles): NonNullable<RunReportData['missing']> {
	const solved = config !== undefined && history.length === 0;
	return {
		...(solved && { training: 'The run has no history: its model was solved at once, without epochs.' }),
		...(!evaluation && { confusion: 'The run has no evaluation.json.', classes: 'The run has no evaluation.json.' }),
		...(mistakes.length === 0 && { examples: 'The run has no mistakes.jsonl, and its documents were not found.' }),
	};
}

/** What the files come to. */
function dataOf(run: string, { history, evaluation, settings, config }: RunFiles): RunReportData {
	const { labels, confusion, classes } = (evaluation ?? {}) as Pick<RunReportData, 'labels' | 'confusion' | 'classes'>;
	const records = history.filter(({ epoch, step, loss }) => [epoch, step, loss].every(Number.isFinite)) as unknown as ReportedRecord[];
	const { training, model, name } = (config ?? {}) as { training?: Fields; model?: { model: string; options: Fields }; name?: string };
	const best = training?.best as RunReportData['best'];
	const { documents, cut, ...measured } = (evaluation ?? {}) as Fields;
	// Counts come last, and that nothing was cut is no news.
	const numbers = Object.entries({ ...measured, documents, ...(cut !== 0 && { cut }) }).filter(
		(entry): entry is [string, number] => typeof entry[1] === 'number',
	);
	return {
		title: basename(resolve(run)),
		...((model || name) && { subtitle: [model?.model, name && `on ${name}`].filter(Boolean).join(' ') }),
		figures: numbers.map(([key, value]) => ({ name: worded(key), value: figure(key, value) })),
		history: records,
		...(best && { best }),
		...(labels && { labels }),
		...(confusion && { confusion }),
		...(classes && { classes }),
		facts: [
			{ title: 'Settings of the command line', rows: rowsOf(settings) },
			{ title: `Model${model ? `: ${model.model}` : ''}`, rows: rowsOf(model?.options) },
			{ title: 'Training', rows: rowsOf(training && { ...training, best: undefined }) },
		],
		by: `textloom ${version}`,
	};
}

/** Fields as rows; what is nested as JSON. */
function rowsOf(fields: Fields | undefined): [name: string, value: string][] {
	return Object.entries(fields ?? {})
		.filter(([, value]) => value !== undefined)
		.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
}
