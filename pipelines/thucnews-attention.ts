// THUCNews: the topic of a Chinese title, by self-attention over its characters and pairs of them, whose vectors begin with Word2Vec's.
import { chain, clean, ngrams, type Recipe, type TextClassification, textClassification, vocabulary, word2vec, words } from 'textloom';
import { thucnews } from 'textloom/corpora/thucnews';
import { attentionClassifier } from 'textloom/models/attention';
import { adam, transforms } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	task: textClassification(),
	corpus: thucnews,
	stages: chain(clean(), words(), ngrams({ from: 1, to: 2 }), vocabulary({ minCount: 2, size: 100_000 })),
	model: attentionClassifier({
		vectors: word2vec({ sg: true, minCount: 2, epochs: 10 }),
		heads: 4,
		dropout: 0.5,
		wordDropout: 0.3,
	}),
	optimizer: transforms.averaged({ decay: 0.995 })(adam({ rate: 1e-3 })),
	training: { epochs: 8, batchSize: 64, maxLength: 96, validation: 0.05, patience: 3, seed: 17 },
};

export default recipe;
