// Accuracy of classifiers on public test sets, beside the figures that are to be reached: scikit-learn's LinearSVC over TF-IDF of 1- and 2-grams on AG News (subset),
// 20 Newsgroups and THUCNews titles; NB-SVM over 1- to 3-grams on IMDB (Wang & Manning 2012). `ours` is the least margin above its figure, in points.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { collect, csv } from 'textloom';
import { fitLinearSvm, fitLogisticRegression, fitNaiveBayes, fitNbSvm } from 'textloom/classic';
import type { SparseMatrix } from 'textloom/sparse';
import type { Result } from './support/bench.js';
import { type FeatureOptions, featuresOf, readJsonl, type Texts, wordPattern } from './support/labelled.js';

const data = process.env.TEXTLOOM_DATA ?? '../shared/data';
/** Words, and marks of punctuation one by one. */
const wordsAndMarks = /[\p{L}\p{N}_]+|[^\p{L}\p{N}_\s]/gu;
const svm = { pattern: wordPattern, longest: 2, sublinear: true };

async function news(file: string): Promise<Texts> {
	const rows = await collect(csv(join(data, file), { record: ([label, ...rest]) => ({ label: label!, text: rest.join(' ') }) }));
	return { labels: rows.map(({ label }) => label), texts: rows.map(({ text }) => text) };
}

async function titles(part: string): Promise<Texts> {
	const rows = gunzipSync(await readFile(join(data, `zh_titles/thucnews_${part}.txt.gz`)))
		.toString()
		.trim()
		.split('\n')
		.map((line) => line.split('\t'));
	// Characters, a token each.
	return { labels: rows.map((row) => row[1]!), texts: rows.map((row) => [...row[0]!].join(' ')) };
}

type Set = {
	name: string;
	train: () => Promise<Texts>;
	test: () => Promise<Texts>;
	features: FeatureOptions;
	figure: number;
	by: 'svm' | 'nbSvm';
};

const sets: readonly Set[] = [
	{
		...{ name: 'AG News subset', train: () => news('ag_news/train_subset_13k.csv.gz'), test: () => news('ag_news/test.csv.gz') },
		...{ features: svm, figure: 89.3, by: 'svm' },
	},
	{
		...{
			name: '20 Newsgroups',
			train: () => readJsonl('20newsgroups/train.jsonl.gz'),
			test: () => readJsonl('20newsgroups/test.jsonl.gz'),
		},
		...{ features: svm, figure: 86.6, by: 'svm' },
	},
	{
		...{ name: 'THUCNews titles', train: () => titles('train_44k'), test: () => titles('test') },
		...{ features: { ...svm, pattern: /[\p{L}\p{N}_]+/gu }, figure: 90.1, by: 'svm' },
	},
	{
		...{ name: 'IMDB', train: () => readJsonl('imdb/train.jsonl.gz'), test: () => readJsonl('imdb/test.jsonl.gz') },
		...{ features: { pattern: wordsAndMarks, longest: 3, binary: true }, figure: 91.5, by: 'nbSvm' },
	},
];

type Scored = { score(matrix: SparseMatrix, labels: readonly string[]): number };
const classifiers: Readonly<Record<Set['by'], Readonly<Record<string, (matrix: SparseMatrix, labels: readonly string[]) => Scored>>>> = {
	svm: {
		svm: fitLinearSvm,
		logistic: (matrix, labels) => fitLogisticRegression(matrix, labels, { c: 10 }),
		complement: (matrix, labels) => fitNaiveBayes(matrix, labels, { variant: 'complement', alpha: 0.1 }),
	},
	nbSvm: { nbSvm: fitNbSvm, nbLogistic: (matrix, labels) => fitNbSvm(matrix, labels, { classifier: 'logistic' }) },
};

/** Fits on each training set and counts on its test set. */
export async function run({ only = process.env.CLASSIFY_ONLY }: { only?: string } = {}): Promise<Result> {
	let least = Number.POSITIVE_INFINITY;
	for (const { name, train, test, features, figure, by } of sets) {
		if (only && !name.includes(only)) continue;
		const [fitted, held] = [await train(), await test()];
		const { rows, testRows } = await featuresOf(fitted.texts, held.texts, features);
		for (const [kind, fit] of Object.entries(classifiers[by])) {
			const start = performance.now();
			const model = fit(rows, fitted.labels);
			const seconds = (performance.now() - start) / 1000;
			const accuracy = 100 * model.score(testRows, held.labels);
			if (kind === by) least = Math.min(least, accuracy - figure);
			console.log(JSON.stringify({ set: name, kind, accuracy, figure, seconds, shape: [rows.rows, rows.columns, rows.indices.length] }));
		}
	}
	return { bench: 'classify', ours: least, unit: 'points above the figures', peers: [] };
}
