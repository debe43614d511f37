// SST-5: how positive a sentence of a film review is, of five degrees, by a word CNN. The sentences are few: its vectors are learned of IMDB's reviews, too.
import { chain, clean, type Recipe, type TextClassification, textClassification, vocabulary, word2vec, words } from 'textloom';
import { imdb } from 'textloom/corpora/imdb';
import { sst5 } from 'textloom/corpora/sst5';
import { wordCnn } from 'textloom/models/word-cnn';
import { adam, transforms } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	task: textClassification(),
	corpus: sst5,
	stages: chain(clean(), words(), vocabulary()),
	model: wordCnn({
		vectors: word2vec({ sg: true, minCount: 3, epochs: 3, also: imdb }),
		filters: 100,
		kernels: [1, 2, 3],
		dropout: 0.5,
		wordDropout: 0.3,
	}),
	optimizer: transforms.averaged({ decay: 0.99 })(adam({ rate: 1e-3 })),
	training: { epochs: 12, batchSize: 32, maxLength: 64, validation: 0.1, patience: 4, seed: 17 },
};

export default recipe;
