// The models that a command line names, as one that predicts.
import { type EnsembleOptions, ensemble, type LoadOptions, load, type Predictor } from '../../train/recipes.js';
import { UsageError } from '../usage-error.js';

/** How models are opened. */
export interface PredictorFlags {
	readonly threads: number | undefined;
	readonly replicas: number | 'auto';
	readonly precision: NonNullable<LoadOptions['precision']>;
	readonly vote?: EnsembleOptions['vote'];
	readonly threshold?: number | undefined;
	/** Of translation: how texts are generated, in place of the run's own options. */
	readonly generation?: LoadOptions['generation'];
}

/** One run's model, or an ensemble of several; `command` is named where a folder holds a later run. */
export async function openPredictor(
	command: string,
	runs: readonly string[],
	{ threads, replicas, precision, vote, threshold, generation }: PredictorFlags,
): Promise<Predictor> {
	const alone = runs.length === 1;
	const options: LoadOptions = { replicas, precision, ...(threads !== undefined && { threads }), ...(alone && { threshold }), generation };
	const models: Predictor[] = [];
	try {
		for (const run of runs) models.push(await load(run, options));
		const model = alone ? models[0]! : ensemble(models, { ...(vote && { vote }), threshold });
		if (model.notice !== undefined) process.stderr.write(`textloom ${command}: ${model.notice}\n`);
		return model;
	} catch (error) {
		await Promise.all(models.map((model) => model.close()));
		const isRefused = !alone && (error as Error).message.startsWith('ensemble: ');
		throw isRefused ? new UsageError(`${runs.join(' ')}: ${(error as Error).message.slice('ensemble: '.length)}`) : error;
	}
}
