// Runs `textloom evaluate`.
import { evaluate, load } from '../../train/recipes.js';
import { count, openOutput, ProgressLine } from '../output.js';
import { fingerprinted, fingerprintOf } from '../own/fingerprint.js';
import { type LabelledInput, labelled } from '../own/labelled.js';
import { type HeldOut, heldOutOf, readingOf } from '../own/of-run.js';
import { report, summary } from './report.js';

/** What the command line says. */
interface Flags extends LabelledInput {
	readonly data: string | undefined;
	readonly sample: boolean;
	readonly out: string | undefined;
	readonly json: boolean;
	readonly threads: number | undefined;
	readonly replicas: number | 'auto';
}

const changed =
	'textloom evaluate: these are not the documents that were held out in the training: the files have changed, and it may have seen some of them. Name files that it has not.\n';

/** Returns the exit code. */
export async function runEvaluate({ run, files }: { run: string; files: readonly string[] }, flags: Flags): Promise<number> {
	const { threads, sample, data, json } = flags;
	const model = await load(run, { replicas: flags.replicas, ...(threads !== undefined && { threads }) });
	if (model.notice !== undefined) process.stderr.write(`textloom evaluate: ${model.notice}\n`);
	let held: HeldOut | undefined;
	try {
		const { task, labels } = model;
		const reading = await readingOf(run, files, flags);
		const own = files.length > 0 && (await labelled(files, reading, task, labels));
		held = own ? undefined : await heldOutOf(run, model, sample ? null : data);
		const docs = own || held!.docs;
		const origin = held?.docs.origin ?? files.join(' ').replace(/^-$/, 'stdin');
		const line = new ProgressLine();
		const start = performance.now();
		const { docs: seen, fingerprint } = fingerprinted(docs);
		const result = await evaluate(model, seen, { onProgress: (documents) => line.show(() => `${count(documents)} documents`) });
		line.clear();
		const known = held && (await fingerprintOf(run));
		if (known !== undefined && known !== fingerprint()) process.stderr.write(changed);
		const course = { replaced: docs.counts?.replaced ?? 0, seconds: (performance.now() - start) / 1000, origin };
		const { print, done } = openOutput(flags.out);
		if (json) await print(JSON.stringify({ ...result, ...course }));
		else await print(report(result) + summary({ ...result, ...course }, reading.encoding));
		await done();
		return 0;
	} finally {
		await held?.close();
		await model.close();
	}
}
