// THUCNews: the topic of a Chinese title, by a perceptron over TF-IDF of runs of one to three characters.
import { chain, clean, type Recipe, type TextClassification, termIds, textClassification, tfidf, words } from 'textloom';
import { thucnews } from 'textloom/corpora/thucnews';
import { termMlp } from 'textloom/models/term-mlp';
import { adam, transforms } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	task: textClassification(),
	corpus: thucnews,
	stages: chain(clean(), words(), tfidf({ ngramRange: [1, 3], minDf: 2, maxFeatures: 200_000, sublinear: true }), termIds()),
	model: termMlp({ hidden: [64], dropout: 0.5 }),
	optimizer: transforms.averaged({ decay: 0.995 })(adam({ rate: 1e-3 })),
	training: { epochs: 15, batchSize: 64, validation: 0.05, patience: 3, seed: 17 },
};

export default recipe;
