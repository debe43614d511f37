// TREC: what a question asks for, of six classes, by a word CNN.
import { chain, clean, type Recipe, type TextClassification, textClassification, vocabulary, words } from 'textloom';
import { trec } from 'textloom/corpora/trec';
import { wordCnn } from 'textloom/models/word-cnn';
import { adam, transforms } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	task: textClassification(),
	corpus: trec,
	stages: chain(clean(), words(), vocabulary()),
	model: wordCnn({ width: 300, filters: 100, kernels: [2, 3, 4], dropout: 0.5 }),
	optimizer: transforms.averaged({ decay: 0.99 })(adam({ rate: 1e-3 })),
	training: { epochs: 15, batchSize: 50, validation: 0.1, patience: 5, seed: 17 },
};

export default recipe;
