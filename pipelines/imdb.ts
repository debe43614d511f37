// IMDB: whether a film review is positive or negative, by the same word CNN on longer texts.
import { chain, clean, type Recipe, type TextClassification, textClassification, vocabulary, words } from 'textloom';
import { imdb } from 'textloom/corpora/imdb';
import { wordCnn } from 'textloom/models/word-cnn';
import { adam } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	task: textClassification(),
	corpus: imdb,
	stages: chain(clean(), words(), vocabulary({ minCount: 3, size: 30_000 })),
	model: wordCnn({ width: 100, filters: 100, kernels: [1, 2, 3], dropout: 0.5, wordDropout: 0.4 }),
	optimizer: adam({ rate: 1e-3 }),
	training: { epochs: 10, minSteps: 300, batchSize: 32, maxLength: 400, validation: 0.05, patience: 2, seed: 17 },
};

export default recipe;
