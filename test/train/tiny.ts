// A small recipe for the tests of training: twenty or more texts of three classes, a word CNN that learns them in a second.
import {
	chain,
	clean,
	documents,
	type Recipe,
	type RecipeCorpus,
	type RecipeTraining,
	type TextClassification,
	textClassification,
	vocabulary,
	words,
} from 'textloom';
import { wordCnn } from 'textloom/models/word-cnn';
import { adam } from 'textloom/optim';
import { labelled } from '../cli/run.js';

type Labelled = { text: string; label: string };

/** A corpus of documents in memory. */
export function corpusOf(docs: Iterable<Labelled>, test: typeof docs = docs): RecipeCorpus<Labelled> {
	const own = (docs: Iterable<Labelled>) => () => Object.assign(documents(docs), { origin: 'texts of a test', sample: false });
	return { name: 'tiny', train: own(docs), test: own(test) };
}

/** The recipe, with other parts where a test wants them. */
export function tiny({
	training,
	...parts
}: Partial<Omit<Recipe<TextClassification>, 'training'>> & { training?: RecipeTraining } = {}): Recipe<TextClassification> {
	return {
		task: textClassification(),
		corpus: corpusOf(labelled(20)),
		stages: chain(clean(), words(), vocabulary()),
		model: wordCnn({ width: 16, filters: 16, kernels: [1, 2, 3], dropout: 0.2 }),
		optimizer: adam({ rate: 0.01 }),
		...parts,
		training: { epochs: 30, batchSize: 4, validation: 0, seed: 3, maxLength: 40, ...training },
	};
}
