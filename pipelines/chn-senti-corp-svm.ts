// ChnSentiCorp: whether a Chinese hotel review is positive or negative, by a linear SVM over TF-IDF of runs of one to three characters.
import { chain, clean, type Recipe, type TextClassification, termIds, textClassification, tfidf, words } from 'textloom';
import { chnSentiCorp } from 'textloom/corpora/chn-senti-corp';
import { svmClassifier } from 'textloom/models/linear';

const recipe: Recipe<TextClassification> = {
	task: textClassification(),
	corpus: chnSentiCorp,
	stages: chain(clean(), words(), tfidf({ ngramRange: [1, 3], minDf: 2, sublinear: true }), termIds()),
	model: svmClassifier(),
	training: { seed: 17 },
};

export default recipe;
