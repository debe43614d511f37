// A recipe by a pretrained encoder: its stages, its weights, and the optimizer that such a model wants, in the place of the recipe's.
import { pretrained } from '../../pretrained/index.js';
import type { Recipe } from '../../train/recipes.js';
import { UsageError } from '../usage-error.js';
import type { TrainFlags } from './flags.js';
import { optionsIn } from './set.js';

/** Where nobody says how long texts are: attention takes the square of it. */
const usualLength = 256;

/** The recipe's task and corpus, by the encoder of a folder. */
export async function fineTuned(
	{ task, corpus }: Recipe,
	{ folder, set, maxLength }: { readonly folder: string } & Pick<TrainFlags, 'set' | 'maxLength'>,
): Promise<Recipe> {
	const found = await pretrained(folder);
	try {
		const model = found.model(optionsIn('set', set));
		const longest = Math.min(maxLength ?? usualLength, model.maxLength!);
		return {
			...{ task, corpus, model },
			stages: found.stages({ maxLength: longest }),
			optimizer: found.optimizer(),
			training: { epochs: 3, batchSize: 32, validation: 0.1, seed: 17, maxLength: longest },
		};
	} catch (error) {
		throw error instanceof RangeError && set.length > 0 ? new UsageError(`--set: ${error.message}`) : error;
	}
}
