// Runs `textloom train`: trains, tells how it goes, evaluates, or says how to go on.
import { join } from 'node:path';
import { corpusOf, type Recipe, type RecipeDocuments, type TrainProgress, train } from '../../train/recipes.js';
import { secondsOf } from '../flags/duration.js';
import { interruptible } from '../interrupt.js';
import { shellWord } from '../output.js';
import { chooseDevice } from './device.js';
import type { TrainArguments, TrainFlags } from './flags.js';
import { chooseRecipe } from './recipe.js';
import { TrainReport } from './report.js';
import { saveSettings } from './saved-settings.js';
import { summarize } from './summary.js';
import { tokensOf } from './tokens.js';

/** Returns the exit code. `words` are the command line as it was typed, from the command on. */
export async function runTrain(parameters: TrainArguments, flags: TrainFlags, words: readonly string[]): Promise<number> {
	const { recipe, isChinese, title, close } = await chooseRecipe(parameters.source, flags);
	const { json, tables, threads, replicas, accumulate, trace } = flags;
	const device = await chooseDevice(flags.device);
	const existing = flags.resume ? 'resume' : flags.overwrite ? 'overwrite' : 'refuse';
	const out = flags.out ?? join('runs', title);
	try {
		const corpus = corpusOf(recipe.corpus);
		const asked = flags.sample ? null : flags.data;
		// Where there is no data it is the sample, and the report says so.
		const data = corpus.train(asked).sample ? null : asked;
		await expectTestRows(recipe, corpus.test(data), corpus.train(data));
		const start = performance.now();
		const { controller, done } = interruptible('\nstopping: writing a checkpoint (Ctrl-C again to leave at once)');
		const onFailure = (error: Error) => controller.abort(error);
		const docs = corpus.train(data);
		const limit = flags.stopAfter === undefined ? undefined : secondsOf(flags.stopAfter);
		const report = new TrainReport(recipe, { docs, tokens: tokensOf(recipe, isChinese), flags, device, limit, onFailure });
		let saved: Promise<void> | undefined;
		const onProgress = (progress: TrainProgress) => {
			// The folder is the run's from then on.
			if (progress.phase === 'start') {
				saved = saveSettings(out, parameters, flags);
				saved.catch(onFailure);
			}
			report.progress(progress);
		};
		const steps = recipe.model.solve ? {} : { tables, replicas, accumulate, trace, stopAfter: limit };
		const options = { data, out, existing, ...steps, threads, device, signal: controller.signal, onProgress } as const;
		const result = await train(recipe, options)
			.catch((error) => {
				// Stopped before there was anything to keep.
				if (controller.signal.aborted && error === controller.signal.reason) return undefined;
				throw error;
			})
			.finally(async () => {
				done();
				await saved;
				await report.done();
			});
		const command = ['npx textloom', ...goingOn(words).map(shellWord), '--resume'].join(' ');
		if (!result?.model) {
			if (result) report.say(`Stopped after epoch ${result.history.length}. Go on with: ${command}`, { event: 'stopped', command });
			else report.say('Stopped before the training began.', { event: 'stopped' });
			await report.done();
			return 130;
		}
		try {
			await summarize({ recipe, result, data, out, seconds: (performance.now() - start) / 1000, json, command });
		} finally {
			await result.model.close();
		}
		return 0;
	} finally {
		await close();
	}
}

/** Before the training, not after it: there must be something to test on. What the task cannot learn from is its own error. */
async function expectTestRows({ task }: Recipe, test: RecipeDocuments, train: RecipeDocuments): Promise<void> {
	for await (const _ of test) return;
	const state = task.learn.start();
	let rows = 0;
	for await (const doc of train) {
		task.learn.add(state, doc);
		rows++;
	}
	if (rows > 0) task.learn.finish(state);
	throw new RangeError(`expected rows to test the model on, got none (${test.origin}). Add rows, or name files by --test.`);
}

/** The words of the command that goes on. */
function goingOn(words: readonly string[]): string[] {
	return words.filter((word) => word !== '--overwrite' && word !== '--resume');
}
