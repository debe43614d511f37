// ChnSentiCorp: whether a Chinese hotel review is positive or negative, by a CNN over its characters.
import { chain, clean, type Recipe, type TextClassification, textClassification, vocabulary, words } from 'textloom';
import { chnSentiCorp } from 'textloom/corpora/chn-senti-corp';
import { wordCnn } from 'textloom/models/word-cnn';
import { adam } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	task: textClassification(),
	corpus: chnSentiCorp,
	stages: chain(clean(), words(), vocabulary({ minCount: 2, size: 30_000 })),
	model: wordCnn({ width: 100, filters: 100, kernels: [1, 2, 3], dropout: 0.5, wordDropout: 0.4 }),
	optimizer: adam({ rate: 1e-3 }),
	training: { epochs: 15, batchSize: 32, maxLength: 400, validation: 0.05, patience: 3, seed: 17 },
};

export default recipe;
