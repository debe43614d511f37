// From documents to numbers: what learns is fitted (classes, stages, vocabulary), then every text becomes ids.
import { type Labels, labels, type Vocabulary } from '../../features/index.js';
import { type AnyStage, chain, chainParts, type Documents, pipe, progress } from '../../stream/index.js';
import { type Dataset, pack } from './dataset.js';
import { type Recipe, trainingOf } from './recipe.js';

/** The passes over the documents before the training. */
export type Pass = 'labels' | 'vocabulary' | 'encode';

/** Documents as numbers, and what made them so. */
export interface Prepared {
	/** From text to ids. */
	readonly stages: AnyStage;
	readonly classes: Labels;
	readonly vocabulary: Vocabulary;
	readonly dataset: Dataset;
}

/** Reads the documents three times. `onDocuments` hears of every five hundred, and may throw to end it. */
export async function prepare(
	recipe: Recipe,
	docs: Documents<{ text: string; label: string }>,
	onDocuments: (pass: Pass, documents: number) => void,
): Promise<Prepared> {
	if (recipe.stages.training) {
		throw new TypeError('train: expected stages that do the same in every epoch, got augment. Texts are encoded once here: leave it out.');
	}
	const read = (pass: Pass) =>
		pipe(
			docs,
			progress(({ documents }) => onDocuments(pass, documents), { every: 500 }),
		);
	const classes = await labels().fit(read('labels'));
	const stages = await chain(recipe.stages, recipe.vocabulary).fit(read('vocabulary'));
	const dataset = await pack(pipe(read('encode'), stages, classes), trainingOf(recipe));
	return { stages, classes, vocabulary: chainParts(stages).at(-1) as Vocabulary, dataset };
}

/** What makes documents into samples: a checkpoint of other stages or labels is refused. */
export function identityOf({ model }: Recipe, { stages, classes }: Prepared): string {
	return JSON.stringify({ stages: stages.spec, labels: classes.names, model: model.spec });
}
