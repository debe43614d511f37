// ChnSentiCorp: whether a Chinese hotel review is positive or negative, by a CNN over its characters, whose vectors begin with Word2Vec's.
import { chain, clean, type Recipe, type TextClassification, textClassification, vocabulary, word2vec, words } from 'textloom';
import { chnSentiCorp } from 'textloom/corpora/chn-senti-corp';
import { wordCnn } from 'textloom/models/word-cnn';
import { adam, transforms } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	task: textClassification(),
	corpus: chnSentiCorp,
	stages: chain(clean(), words(), vocabulary({ minCount: 2, size: 30_000 })),
	model: wordCnn({
		vectors: word2vec({ sg: true, minCount: 2, epochs: 10 }),
		filters: 100,
		kernels: [1, 2, 3, 4],
		dropout: 0.5,
		wordDropout: 0.3,
	}),
	optimizer: transforms.averaged({ decay: 0.99 })(adam({ rate: 1e-3 })),
	training: { epochs: 12, batchSize: 32, maxLength: 300, validation: 0.1, patience: 3, seed: 17 },
};

export default recipe;
