// AG News: the topic of a news text, by a CNN over its characters: windows of three to seven, of each filter the maximum over time.
import { chain, characters, clean, type Recipe, type TextClassification, textClassification, vocabulary } from 'textloom';
import { agNews } from 'textloom/corpora/ag-news';
import { wordCnn } from 'textloom/models/word-cnn';
import { adam, transforms } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	task: textClassification(),
	corpus: agNews,
	stages: chain(clean({ repair: true }), characters(), vocabulary({ minCount: 20 })),
	model: wordCnn({ width: 32, filters: 256, kernels: [3, 5, 7], dropout: 0.5 }),
	optimizer: transforms.averaged({ decay: 0.99 })(adam({ rate: 1e-3 })),
	training: { epochs: 10, batchSize: 32, maxLength: 300, validation: 0.1, patience: 3, seed: 17 },
};

export default recipe;
