// 20 Newsgroups: which group a message was written to, by a word CNN.
import { chain, clean, type Recipe, type TextClassification, textClassification, vocabulary, words } from 'textloom';
import { twentyNewsgroups } from 'textloom/corpora/twenty-newsgroups';
import { wordCnn } from 'textloom/models/word-cnn';
import { adam } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	task: textClassification(),
	corpus: twentyNewsgroups,
	stages: chain(clean(), words(), vocabulary({ minCount: 2, size: 30_000 })),
	model: wordCnn({ width: 100, filters: 100, kernels: [1, 2, 3], dropout: 0.5, wordDropout: 0.4 }),
	optimizer: adam({ rate: 1e-3 }),
	training: { epochs: 20, batchSize: 32, maxLength: 400, validation: 0.05, patience: 3, seed: 17 },
};

export default recipe;
