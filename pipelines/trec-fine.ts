// TREC: what kind of answer a question asks for, of fifty, by a word CNN.
import { chain, clean, type Recipe, type TextClassification, textClassification, vocabulary, words } from 'textloom';
import { trecFine } from 'textloom/corpora/trec';
import { wordCnn } from 'textloom/models/word-cnn';
import { adam } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	task: textClassification(),
	corpus: trecFine,
	stages: chain(clean(), words(), vocabulary({ minCount: 2, size: 30_000 })),
	model: wordCnn({ width: 100, filters: 100, kernels: [1, 2, 3], dropout: 0.5, wordDropout: 0.2 }),
	optimizer: adam({ rate: 1e-3 }),
	training: { epochs: 30, batchSize: 32, maxLength: 64, validation: 0.05, patience: 3, seed: 17 },
};

export default recipe;
