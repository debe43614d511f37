// IMDB: whether a film review is positive or negative, by an LSTM over words in both directions whose vectors begin with Word2Vec's.
import { chain, clean, type Recipe, type TextClassification, textClassification, vocabulary, word2vec, words } from 'textloom';
import { imdb } from 'textloom/corpora/imdb';
import { lstmClassifier } from 'textloom/models/recurrent';
import { adam, transforms } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	task: textClassification(),
	corpus: imdb,
	stages: chain(clean(), words(), vocabulary({ minCount: 3, size: 30_000 })),
	model: lstmClassifier({
		vectors: word2vec({ sg: true, minCount: 3, epochs: 3 }),
		hidden: 64,
		bidirectional: true,
		pooling: 'max',
		dropout: 0.5,
		wordDropout: 0.3,
	}),
	optimizer: transforms.averaged({ decay: 0.995 })(adam({ rate: 1e-3 })),
	training: { epochs: 8, batchSize: 64, maxLength: 400, validation: 0.1, patience: 2, seed: 17 },
};

export default recipe;
