// Which settings are best, by five folds; and whether another classifier is as good, by documents that neither had learned from.
import { chain, clean, collect, linearSvm, naiveBayes, tfidf, words } from 'textloom';
import { agNews } from 'textloom/corpora/ag-news';
import { classReport, mcnemar, reportTable } from 'textloom/metrics';
import { crossValidate, gridSearch } from 'textloom/selection';

const docs = await collect(agNews.train(null));
const before = [clean(), words()] as const;
const { best, table } = await gridSearch(chain(...before, tfidf({ sublinear: true }), linearSvm()), docs, {
	grid: {
		'tfidf.ngramRange': [
			[1, 1],
			[1, 2],
		],
		'linearSvm.c': [0.1, 1, 10],
	},
	folds: 5,
});
console.log(table());

const truth = docs.map(({ label }) => String(label));
const predicted = async (pipeline: Parameters<typeof crossValidate>[0]) =>
	(await crossValidate(pipeline, docs, { folds: 5 })).predictions.map(String);
const svm = await predicted(
	chain(
		...before,
		tfidf({ sublinear: true, ngramRange: best.settings['tfidf.ngramRange'] }),
		linearSvm({ c: best.settings['linearSvm.c'] }),
	),
);
const bayes = await predicted(chain(...before, tfidf(), naiveBayes()));
console.log(reportTable(classReport(truth, svm)));
const { p } = mcnemar(truth, svm, bayes);
console.log(`naive Bayes is as good: p = ${p.toFixed(3)}`);
