// ChnSentiCorp: whether a Chinese hotel review is positive or negative, by a linear SVM over TF-IDF of jieba's words and pairs of them.
import { chain, clean, type Recipe, segment, type TextClassification, termIds, textClassification, tfidf } from 'textloom';
import { chnSentiCorp } from 'textloom/corpora/chn-senti-corp';
import { svmClassifier } from 'textloom/models/linear';

const recipe: Recipe<TextClassification> = {
	task: textClassification(),
	corpus: chnSentiCorp,
	stages: chain(clean(), segment(), tfidf({ ngramRange: [1, 2], minDf: 2, sublinear: true }), termIds()),
	model: svmClassifier(),
	training: { seed: 17 },
};

export default recipe;
