// Runs `textloom generate`: translations of texts, as JSON Lines to stdout or into a file.
import { openPredictor, type PredictorFlags } from '../own/predictor.js';
import { formOf, linesOf } from '../predict/forms.js';
import { expectInput, type OutputFlags, writeSaid } from '../predict/write-said.js';
import { UsageError } from '../usage-error.js';
import { type GenerationFlags, generationOf } from './generation.js';

/** What the command line says. */
interface Flags extends Omit<OutputFlags, 'as'>, GenerationFlags, PredictorFlags {
	readonly as: OutputFlags['as'] | 'lines';
}

/** Returns the exit code. */
export async function runGenerate(run: string, files: readonly string[], flags: Flags): Promise<number> {
	expectInput(files, flags);
	const { as, out } = flags;
	const isLines = out === undefined ? as === 'lines' : /\.txt(\.gz)?$/i.test(out);
	const form = isLines ? linesOf('translation') : formOf(out, as === 'lines' ? 'jsonl' : as, ['txt']);
	const isJson = out === undefined ? as === 'jsonl' : /\.(jsonl|ndjson|json)(\.gz)?$/i.test(out);
	const nested = flags.attention ? 'attention' : flags.alternatives !== undefined ? 'alternatives' : undefined;
	if (nested && !isJson) throw new UsageError(`expected --${nested} with JSON, got ${out ?? as}. Leave it out, or write JSON.`);
	const model = await openPredictor('generate', [run], { ...flags, generation: generationOf(flags) });
	try {
		if (model.task.name !== 'translation')
			throw new UsageError(`expected a RUN of translation, got one of ${model.task.name}. Use textloom predict ${run}.`);
		return await writeSaid(model, { run, files, flags: { ...flags, as: as === 'lines' ? 'jsonl' : as }, form, isLines });
	} finally {
		await model.close();
	}
}
