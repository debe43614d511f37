// THUCNews: the topic of a Chinese title, by a GRU over its characters in both directions, whose vectors begin with Word2Vec's.
import { chain, clean, type Recipe, type TextClassification, textClassification, vocabulary, word2vec, words } from 'textloom';
import { thucnews } from 'textloom/corpora/thucnews';
import { gruClassifier } from 'textloom/models/recurrent';
import { adam, transforms } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	task: textClassification(),
	corpus: thucnews,
	stages: chain(clean(), words(), vocabulary({ minCount: 2, size: 30_000 })),
	model: gruClassifier({
		vectors: word2vec({ sg: true, vectorSize: 200, window: 3, minCount: 2, epochs: 10 }),
		hidden: 128,
		bidirectional: true,
		pooling: 'max',
		dropout: 0.5,
		wordDropout: 0.1,
	}),
	optimizer: transforms.averaged({ decay: 0.995 })(adam({ rate: 1e-3 })),
	training: { epochs: 8, batchSize: 64, maxLength: 64, validation: 0.05, patience: 3, seed: 17 },
};

export default recipe;
