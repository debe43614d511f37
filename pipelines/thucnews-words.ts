// THUCNews: the topic of a Chinese title: jieba, vocabulary, Word2Vec and a CNN over words in one declaration.
import { chain, clean, type Recipe, segment, type TextClassification, textClassification, vocabulary, word2vec } from 'textloom';
import { thucnews } from 'textloom/corpora/thucnews';
import { wordCnn } from 'textloom/models/word-cnn';
import { adam, transforms } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	task: textClassification(),
	corpus: thucnews,
	stages: chain(clean(), segment(), vocabulary({ minCount: 2, size: 50_000 })),
	model: wordCnn({
		vectors: word2vec({ sg: true, vectorSize: 200, minCount: 2, epochs: 10 }),
		filters: 200,
		kernels: [1, 2, 3],
		dropout: 0.5,
		wordDropout: 0.1,
	}),
	optimizer: transforms.averaged({ decay: 0.995 })(adam({ rate: 1e-3 })),
	training: { epochs: 8, batchSize: 64, maxLength: 64, validation: 0.05, patience: 3, seed: 17 },
};

export default recipe;
