// AG News: the topic of a news text, by self-attention over words whose vectors begin with Word2Vec's.
import { chain, clean, type Recipe, type TextClassification, textClassification, vocabulary, word2vec, words } from 'textloom';
import { agNews } from 'textloom/corpora/ag-news';
import { attentionClassifier } from 'textloom/models/attention';
import { adam, transforms } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	// The classes of AG News are equally frequent, those of a subset need not be.
	task: textClassification({ weights: 'balanced' }),
	corpus: agNews,
	stages: chain(clean({ repair: true }), words(), vocabulary({ minCount: 2, size: 30_000 })),
	model: attentionClassifier({ vectors: word2vec({ sg: true, minCount: 2, epochs: 10 }), heads: 4, dropout: 0.5 }),
	optimizer: transforms.averaged({ decay: 0.99 })(adam({ rate: 1e-3 })),
	training: { epochs: 8, batchSize: 32, maxLength: 128, validation: 0.1, patience: 2, seed: 17 },
};

export default recipe;
