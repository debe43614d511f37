// Runs `textloom evaluate`.
import { evaluate, load } from '../../train/recipes.js';
import { count, openOutput, ProgressLine } from '../output.js';
import { type LabelledInput, labelled } from '../own/labelled.js';
import { columnsOf, type HeldOut, heldOutOf } from '../own/of-run.js';
import { report, summary } from './report.js';

/** What the command line says. */
interface Flags extends Omit<LabelledInput, 'text' | 'label'> {
	readonly text: string | undefined;
	readonly label: string | undefined;
	readonly data: string | undefined;
	readonly sample: boolean;
	readonly out: string | undefined;
	readonly json: boolean;
	readonly threads: number | undefined;
}

/** Returns the exit code. */
export async function runEvaluate({ run, files }: { run: string; files: readonly string[] }, flags: Flags): Promise<number> {
	const { threads, sample, data, json } = flags;
	const model = await load(run, threads === undefined ? {} : { threads });
	if (model.notice !== undefined) process.stderr.write(`textloom evaluate: ${model.notice}\n`);
	let held: HeldOut | undefined;
	try {
		const { task, labels, config } = model;
		const own = files.length > 0 && (await labelled(files, { ...flags, ...(await columnsOf(run, flags)) }, task, labels));
		held = own ? undefined : await heldOutOf(run, { name: config.name, task }, sample ? null : data);
		const docs = own || held!.docs;
		const origin = held?.docs.origin ?? files.join(' ').replace(/^-$/, 'stdin');
		const line = new ProgressLine();
		const start = performance.now();
		const result = await evaluate(model, docs, { onProgress: (documents) => line.show(() => `${count(documents)} documents`) });
		line.clear();
		const course = { replaced: docs.counts?.replaced ?? 0, seconds: (performance.now() - start) / 1000, origin };
		const { print, done } = openOutput(flags.out);
		if (json) await print(JSON.stringify({ ...result, ...course }));
		else await print(report(result) + summary({ ...result, ...course }));
		await done();
		return 0;
	} finally {
		await held?.close();
		await model.close();
	}
}
