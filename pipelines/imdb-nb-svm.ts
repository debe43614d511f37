// IMDB: whether a film review is positive or negative, by a linear SVM over the naive Bayes ratios of words, pairs and triples (Wang and Manning 2012).
import { chain, clean, counts, type Recipe, type TextClassification, termIds, textClassification, words } from 'textloom';
import { imdb } from 'textloom/corpora/imdb';
import { nbSvmClassifier } from 'textloom/models/linear';

const recipe: Recipe<TextClassification> = {
	task: textClassification(),
	corpus: imdb,
	stages: chain(clean(), words(), counts({ ngramRange: [1, 3], binary: true }), termIds()),
	model: nbSvmClassifier(),
	training: { seed: 17 },
};

export default recipe;
