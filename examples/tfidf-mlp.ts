// TF-IDF of words and pairs of words into a small network; and what a linear SVM of the same terms comes to.
import { chain, clean, evaluate, type Recipe, termIds, textClassification, tfidf, train, words } from 'textloom';
import { agNews } from 'textloom/corpora/ag-news';
import { svmClassifier, termMlp } from 'textloom/models';
import { adam } from 'textloom/optim';

const shared = {
	task: textClassification(),
	corpus: agNews,
	stages: chain(clean(), words(), tfidf({ ngramRange: [1, 2], sublinear: true }), termIds()),
};
const recipes: Recipe[] = [
	{ ...shared, model: termMlp({ hidden: [64] }), optimizer: adam({ rate: 2e-3 }), training: { epochs: 10, batchSize: 32, seed: 1 } },
	{ ...shared, model: svmClassifier() },
];
for (const recipe of recipes) {
	const { model } = await train(recipe, { data: null });
	const { accuracy, documents } = await evaluate(model, agNews.test(null));
	console.log(`${recipe.model.spec.model}: ${(100 * accuracy).toFixed(1)} % of ${documents} texts right`);
	await model.close();
}
