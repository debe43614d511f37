// Runs `textloom predict`: what a model says of texts, as JSON Lines to stdout or into a file.
import type { Predictor } from '../../train/recipes.js';
import { openPredictor, type PredictorFlags } from '../own/predictor.js';
import type { RunsAndFiles } from '../own/runs.js';
import { UsageError } from '../usage-error.js';
import { formOf } from './forms.js';
import { expectInput, type OutputFlags, writeSaid } from './write-said.js';

/** What the command line says. */
interface Flags extends OutputFlags, PredictorFlags {
	readonly probabilities: boolean;
	readonly top: number | undefined;
}

/** Returns the exit code. */
export async function runPredict({ runs, files }: RunsAndFiles, flags: Flags): Promise<number> {
	const { out, probabilities } = flags;
	expectInput(files, flags);
	const form = formOf(out, flags.as);
	const model = await openPredictor('predict', runs, flags);
	try {
		const asked = { labels: model.labels, probabilities, top: flags.top ?? 0 };
		if ((probabilities || asked.top > 0) && !hasProbabilities(model)) {
			const flag = probabilities ? '--probabilities' : '--top';
			throw new UsageError(`expected ${flag} with a model of labels of texts, got one of ${model.task.name}.`);
		}
		return await writeSaid(model, { run: runs[0]!, files, flags, form, asked });
	} finally {
		await model.close();
	}
}

/** Whether a model says how likely each of its labels is. */
const hasProbabilities = ({ config, task }: Predictor) => task.name === 'text-classification' && config.head.problem_type !== 'regression';
