// Online shopping: whether a Chinese review is positive or negative, by a perceptron over TF-IDF of runs of one to three characters.
import { chain, clean, type Recipe, type TextClassification, termIds, textClassification, tfidf, words } from 'textloom';
import { onlineShopping } from 'textloom/corpora/online-shopping';
import { termMlp } from 'textloom/models/term-mlp';
import { adam, transforms } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	task: textClassification(),
	corpus: onlineShopping,
	stages: chain(clean(), words(), tfidf({ ngramRange: [1, 3], minDf: 2, maxFeatures: 200_000, sublinear: true }), termIds()),
	model: termMlp({ hidden: [32], dropout: 0.5 }),
	optimizer: transforms.averaged({ decay: 0.995 })(adam({ rate: 1e-3 })),
	training: { epochs: 6, batchSize: 32, validation: 0.1, patience: 4, seed: 17 },
};

export default recipe;
