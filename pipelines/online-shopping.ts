// Online shopping: whether a Chinese review is positive or negative, by a CNN over its characters, whose vectors begin with Word2Vec's.
import { chain, clean, type Recipe, type TextClassification, textClassification, vocabulary, word2vec, words } from 'textloom';
import { onlineShopping } from 'textloom/corpora/online-shopping';
import { wordCnn } from 'textloom/models/word-cnn';
import { adam, transforms } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	task: textClassification(),
	corpus: onlineShopping,
	stages: chain(clean(), words(), vocabulary({ minCount: 2, size: 30_000 })),
	model: wordCnn({
		vectors: word2vec({ sg: true, minCount: 2, epochs: 4 }),
		filters: 100,
		kernels: [1, 2, 3, 4],
		dropout: 0.5,
		wordDropout: 0.3,
	}),
	optimizer: transforms.averaged({ decay: 0.995 })(adam({ rate: 1e-3 })),
	training: { epochs: 6, batchSize: 32, maxLength: 200, validation: 0.1, patience: 3, seed: 17 },
};

export default recipe;
