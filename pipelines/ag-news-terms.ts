// AG News: the topic of a news text, by a perceptron over TF-IDF of words and pairs of words.
import { chain, clean, type Recipe, type TextClassification, termIds, textClassification, tfidf, words } from 'textloom';
import { agNews } from 'textloom/corpora/ag-news';
import { termMlp } from 'textloom/models/term-mlp';
import { adam, transforms } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	// The classes of AG News are equally frequent, those of a subset need not be.
	task: textClassification({ weights: 'balanced' }),
	corpus: agNews,
	stages: chain(
		clean({ repair: true }),
		words(),
		tfidf({ ngramRange: [1, 2], minDf: 2, maxFeatures: 100_000, sublinear: true }),
		termIds(),
	),
	model: termMlp({ hidden: [64], dropout: 0.5 }),
	optimizer: transforms.averaged({ decay: 0.99 })(adam({ rate: 1e-3 })),
	training: { epochs: 12, batchSize: 32, validation: 0.1, patience: 3, seed: 17 },
};

export default recipe;
