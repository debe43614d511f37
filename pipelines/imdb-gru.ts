// IMDB: whether a film review is positive or negative, by a GRU of 128 over words and one sigmoid unit, as textbooks have it.
import { basicEnglish, chain, type Recipe, type TextClassification, textClassification, vocabulary } from 'textloom';
import { imdb } from 'textloom/corpora/imdb';
import { gruClassifier } from 'textloom/models/recurrent';
import { adam } from 'textloom/optim';

const recipe: Recipe<TextClassification> = {
	task: textClassification({ output: 'sigmoid' }),
	corpus: imdb,
	stages: chain(basicEnglish(), vocabulary({ minCount: 2, size: 30_000 })),
	model: gruClassifier({ width: 100, hidden: 128 }),
	optimizer: adam({ rate: 1e-3 }),
	training: { epochs: 3, batchSize: 32, maxLength: 256, validation: 0.1, patience: 2, seed: 17 },
};

export default recipe;
