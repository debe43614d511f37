// The recipe for texts of any kind, where none is named.
import { vocabulary } from '../../features/index.js';
import { adam } from '../../optim/index.js';
import { chain } from '../../stream/index.js';
import { clean, words } from '../../text/index.js';
import { type Recipe, textClassification } from '../../train/recipes.js';
import { loadArchitectures } from '../catalog.js';

/** A word CNN; its corpus is to be given. Each Han character is a word to it, so Chinese is read by characters, and windows of them. */
export async function ownRecipe(): Promise<Recipe> {
	const { 'word-cnn': wordCnn } = await loadArchitectures();
	return {
		task: textClassification(),
		corpus: [],
		stages: chain(clean(), words(), vocabulary({ minCount: 2, size: 30_000 })),
		model: wordCnn!({ width: 100, filters: 100, kernels: [1, 2, 3], dropout: 0.5, wordDropout: 0.4 }),
		optimizer: adam({ rate: 1e-3 }),
		training: { epochs: 20, minSteps: 300, batchSize: 32, maxLength: 400, validation: 0.05, patience: 3, seed: 17 },
	};
}
