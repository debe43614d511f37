// IMDB: whether a film review is positive or negative, by a word CNN whose vectors begin with Word2Vec's.
import { chain, clean, type Recipe, type TextClassification, textClassification, vocabulary, word2vec, words } from 'textloom';
import { imdb } from 'textloom/corpora/imdb';
import { wordCnn } from 'textloom/models/word-cnn';
import { adam, transforms } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	task: textClassification(),
	corpus: imdb,
	stages: chain(clean(), words(), vocabulary({ minCount: 3, size: 30_000 })),
	model: wordCnn({
		vectors: word2vec({ sg: true, minCount: 3, epochs: 3 }),
		filters: 100,
		kernels: [1, 2, 3],
		dropout: 0.5,
		wordDropout: 0.4,
	}),
	optimizer: transforms.averaged({ decay: 0.995 })(adam({ rate: 1e-3 })),
	training: { epochs: 6, batchSize: 32, maxLength: 400, validation: 0.1, patience: 2, calibrate: true, seed: 17 },
};

export default recipe;
