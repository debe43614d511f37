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
	/** Set where the stages augment: the data set as it is in an epoch of training. */
	readonly inEpoch?: (epoch: number) => Promise<Dataset>;
}

/** Reads the documents three times, and once more for each epoch where the stages augment. `onDocuments` hears of every chunk or so, and may throw to end it. */
export async function prepare(
	recipe: Recipe,
	docs: Documents<{ text: string; label: string }>,
	onDocuments: (pass: Pass, documents: number) => void,
): Promise<Prepared> {
	const heard = (pass: Pass) => ({ onProgress: ({ documents }: { documents: number }) => onDocuments(pass, documents) });
	const classes = await labels().fit(docs, heard('labels'));
	const stages = await chain(recipe.stages, recipe.vocabulary).fit(docs, heard('vocabulary'));
	const encoding = progress(({ documents }) => onDocuments('encode', documents), { every: 500 });
	const dataset = await pack(pipe(docs, encoding, stages, classes), trainingOf(recipe));
	const training = stages.training as ((epoch: number) => typeof stages) | undefined;
	const inEpoch = training && ((epoch: number) => pack(pipe(docs, training(epoch), classes), trainingOf(recipe)));
	return {
		stages,
		classes,
		vocabulary: chainParts(stages as AnyStage).at(-1) as unknown as Vocabulary,
		dataset,
		...(inEpoch && { inEpoch }),
	};
}

/** What makes documents into samples: a checkpoint of other stages or labels is refused. */
export function identityOf({ model }: Recipe, { stages, classes }: Prepared): string {
	return JSON.stringify({ stages: stages.spec, labels: classes.names, model: model.spec });
}
