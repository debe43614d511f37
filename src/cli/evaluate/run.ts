// Runs `textloom evaluate`.
import { evaluate } from '../../train/recipes.js';
import { type BeamFlags, generationOf } from '../generate/generation.js';
import { count, openOutput, ProgressLine } from '../output.js';
import { fingerprinted, fingerprintOf } from '../own/fingerprint.js';
import { type LabelledInput, labelled } from '../own/labelled.js';
import { type HeldOut, heldOutOf, readingOf } from '../own/of-run.js';
import { openPredictor, type PredictorFlags } from '../own/predictor.js';
import type { RunsAndFiles } from '../own/runs.js';
import { type Evaluation, report, summary } from './report.js';
import { drawn, samplesReport } from './samples.js';

/** What the command line says. */
interface Flags extends LabelledInput, PredictorFlags, BeamFlags {
	readonly data: string | undefined;
	readonly sample: boolean;
	readonly samples: number | undefined;
	readonly seed: number | undefined;
	readonly out: string | undefined;
	readonly json: boolean;
}

/** That documents are not those that the run, or one of several, held out. */
const changed = (run: string | undefined) =>
	run === undefined
		? 'textloom evaluate: these are not the documents that were held out in the training: the files have changed, and it may have seen some of them. Name files that it has not.\n'
		: `textloom evaluate: these are not the documents that ${run} held out: it may have seen some of them in its training. Name files that it has not.\n`;

/** Returns the exit code. */
export async function runEvaluate({ runs, files }: RunsAndFiles, flags: Flags): Promise<number> {
	const { sample, data, json, beams, lengthPenalty } = flags;
	const run = runs[0]!;
	const model = await openPredictor('evaluate', runs, { ...flags, generation: generationOf({ beams, lengthPenalty }) });
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
		const drawing = drawn(flags.samples ?? 0, flags.seed ?? 0);
		const result: Evaluation = await evaluate(model, seen, {
			onProgress: (documents) => line.show(() => `${count(documents)} documents`),
			onDocument: drawing.add,
		});
		line.clear();
		const found = fingerprint();
		for (const one of held ? runs : []) {
			const known = await fingerprintOf(one);
			if (known !== undefined && known !== found) process.stderr.write(changed(runs.length > 1 ? one : undefined));
		}
		const course = { replaced: docs.counts?.replaced ?? 0, seconds: (performance.now() - start) / 1000, origin };
		const { print, done } = openOutput(flags.out);
		const { samples } = drawing;
		const members = runs.length > 1 ? { runs } : {};
		if (json) await print(JSON.stringify({ ...result, ...members, ...(flags.samples && { samples }), ...course }));
		else await print(report({ ...result, ...members }) + samplesReport(samples) + summary({ ...result, ...course }, reading.encoding));
		await done();
		return 0;
	} finally {
		await held?.close();
		await model.close();
	}
}
