// Online shopping: what kind of goods a Chinese review is about, by a CNN over its characters.
import { chain, clean, type Recipe, type TextClassification, textClassification, vocabulary, words } from 'textloom';
import { onlineShoppingCategories } from 'textloom/corpora/online-shopping';
import { wordCnn } from 'textloom/models/word-cnn';
import { adam } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	task: textClassification(),
	corpus: onlineShoppingCategories,
	stages: chain(clean(), words(), vocabulary({ minCount: 2, size: 30_000 })),
	model: wordCnn({ width: 100, filters: 100, kernels: [1, 2, 3], dropout: 0.5, wordDropout: 0.4 }),
	optimizer: adam({ rate: 1e-3 }),
	training: { epochs: 8, batchSize: 32, maxLength: 256, validation: 0.05, patience: 3, seed: 17 },
};

export default recipe;
