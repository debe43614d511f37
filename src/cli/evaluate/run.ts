// Runs `textloom evaluate`.
import { evaluate, load, type RecipeDocuments, textClassification } from '../../train/recipes.js';
import { type Labelled, loadTestCorpora } from '../catalog.js';
import { count, openOutput, ProgressLine } from '../output.js';
import { type LabelledInput, labelled } from '../own/labelled.js';
import { UsageError } from '../usage-error.js';
import { summary, table } from './report.js';

/** What the command line says. */
interface Flags extends LabelledInput {
	readonly data: string | undefined;
	readonly sample: boolean;
	readonly out: string | undefined;
	readonly json: boolean;
	readonly threads: number | undefined;
}

/** Returns the exit code. */
export async function runEvaluate({ run, files }: { run: string; files: readonly string[] }, flags: Flags): Promise<number> {
	const { threads, sample, data, json } = flags;
	const model = await load(run, { task: textClassification, ...(threads !== undefined && { threads }) });
	if (model.notice !== undefined) process.stderr.write(`textloom evaluate: ${model.notice}\n`);
	try {
		const own = files.length > 0;
		const docs = own ? await labelled(files, flags, model.labels) : await testDocuments(model.config.name, sample ? null : data);
		const origin = 'origin' in docs ? docs.origin : files.join(' ').replace(/^-$/, 'stdin');
		const line = new ProgressLine();
		const start = performance.now();
		const result = await evaluate(model, docs, { onProgress: (documents) => line.show(() => `${count(documents)} documents`) });
		line.clear();
		const course = { replaced: docs.counts?.replaced ?? 0, seconds: (performance.now() - start) / 1000, origin };
		const { print, done } = openOutput(flags.out);
		if (json) await print(JSON.stringify({ ...result, ...course }));
		else await print(table(result.labels, result.confusion) + summary({ ...result, ...course }));
		await done();
		return 0;
	} finally {
		await model.close();
	}
}

/** The test documents of the corpus that a run was trained on. */
async function testDocuments(name: string, data: string | null | undefined): Promise<RecipeDocuments<Labelled>> {
	const corpora = await loadTestCorpora();
	if (Object.hasOwn(corpora, name)) return corpora[name]!.test(data);
	const names = Object.keys(corpora).join(', ');
	throw new UsageError(`expected a FILE to evaluate on, got none, and the run's corpus ${JSON.stringify(name)} is not one of ${names}.`);
}
