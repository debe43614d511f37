// AG News: the topic of a news text, by a word CNN whose vectors begin with Word2Vec's.
import { chain, clean, type Recipe, type TextClassification, textClassification, vocabulary, word2vec, words } from 'textloom';
import { agNews } from 'textloom/corpora/ag-news';
import { wordCnn } from 'textloom/models/word-cnn';
import { adam, transforms } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	// The classes of AG News are equally frequent, those of a subset need not be.
	task: textClassification({ weights: 'balanced' }),
	corpus: agNews,
	stages: chain(clean({ repair: true }), words(), vocabulary({ minCount: 2, size: 30_000 })),
	model: wordCnn({
		vectors: word2vec({ sg: true, minCount: 2, epochs: 10 }),
		filters: 100,
		kernels: [1, 2, 3],
		dropout: 0.5,
		wordDropout: 0.4,
	}),
	optimizer: transforms.averaged({ decay: 0.99 })(adam({ rate: 1e-3 })),
	training: { epochs: 15, minSteps: 300, batchSize: 32, maxLength: 128, validation: 0.1, patience: 4, calibrate: true, seed: 17 },
};

export default recipe;
