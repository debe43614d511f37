// THUCNews: the topic of a Chinese title, by a CNN over its characters, whose vectors begin with Word2Vec's.
import { chain, clean, type Recipe, type TextClassification, textClassification, vocabulary, word2vec, words } from 'textloom';
import { thucnews } from 'textloom/corpora/thucnews';
import { wordCnn } from 'textloom/models/word-cnn';
import { adam, transforms } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	task: textClassification(),
	corpus: thucnews,
	stages: chain(clean(), words(), vocabulary({ minCount: 2, size: 30_000 })),
	model: wordCnn({
		vectors: word2vec({ sg: true, vectorSize: 200, window: 3, minCount: 2, epochs: 10 }),
		filters: 200,
		kernels: [1, 2, 3, 4],
		dropout: 0.5,
		wordDropout: 0.1,
	}),
	optimizer: transforms.averaged({ decay: 0.995 })(adam({ rate: 1e-3 })),
	training: { epochs: 8, batchSize: 64, maxLength: 64, validation: 0.05, patience: 3, seed: 17 },
};

export default recipe;
