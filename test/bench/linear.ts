// Fitting linear classifiers on IMDB's 25,000 training reviews, TF-IDF of 1- and 2-grams made beforehand: seconds of linear SVM (`ours`) and of logistic regression, naive Bayes,
// with accuracy on the test reviews and the objective; against scikit-learn, in turn.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type FitReport, fitLinearSvm, fitLogisticRegression, fitNaiveBayes, type LinearClassifier } from 'textloom/classic';
import type { SparseMatrix } from 'textloom/sparse';
import { median, type Result } from './support/bench.js';
import { featuresOf, readJsonl, wordPattern } from './support/labelled.js';

const fits: Readonly<Record<string, (matrix: SparseMatrix, labels: readonly string[]) => LinearClassifier & Partial<FitReport>>> = {
	svm: fitLinearSvm,
	logistic: fitLogisticRegression,
	bayes: fitNaiveBayes,
};

/** Fits each classifier and, in turn, the peer's. */
export async function run({ peers, rounds = 5 }: { peers?: string; rounds?: number }): Promise<Result> {
	const { rows, testRows, labels, testLabels } = await features();
	const ours = new Map<string, number[]>(Object.keys(fits).map((name) => [name, []]));
	const theirs = new Map<string, number[]>(Object.keys(fits).map((name) => [name, []]));
	for (let round = 0; round < rounds; round++) {
		for (const [name, fit] of Object.entries(fits)) {
			const start = performance.now();
			const model = fit(rows, labels);
			ours.get(name)!.push((performance.now() - start) / 1000);
			if (round > 0) continue;
			const { objective, iterations } = model;
			const accuracy = model.score(testRows, testLabels);
			console.log(JSON.stringify({ classifier: name, accuracy, objective, iterations, entries: rows.indices.length }));
		}
		if (!peers || round >= Math.min(rounds, 2)) continue;
		for (const { name, s, accuracy } of await peer(peers)) {
			theirs.get(name)!.push(s);
			if (round === 0) console.log(JSON.stringify({ peer: name, accuracy }));
		}
	}
	const seconds = Object.fromEntries([...ours].map(([name, all]) => [name, median(all)]));
	console.log(JSON.stringify({ seconds }));
	const results = [...theirs].filter(([, all]) => all.length > 0);
	return {
		...{ bench: 'linear', ours: seconds.svm!, unit: 's' },
		peers: results.map(([name, all]) => ({ name: `linear_sklearn ${name}`, value: median(all), ratio: median(all) / seconds[name]! })),
	};
}

/** The matrices alone: texts and n-grams are gone when fits are timed. */
async function features() {
	const [train, test] = [await readJsonl('imdb/train.jsonl.gz'), await readJsonl('imdb/test.jsonl.gz')];
	const matrices = await featuresOf(train.texts, test.texts, { pattern: wordPattern, longest: 2 });
	return { ...matrices, labels: train.labels, testLabels: test.labels };
}

async function peer(peers: string): Promise<{ name: string; s: number; accuracy: number }[]> {
	const python = process.env.PEERS_PYTHON;
	if (!python)
		throw new Error('bench: expected PEERS_PYTHON to name the Python of the peers, got nothing. See the README in the peers folder.');
	const data = process.env.TEXTLOOM_DATA ?? '../shared/data';
	const files = ['train', 'test'].map((part) => join(data, `imdb/${part}.jsonl.gz`));
	const { stdout } = await promisify(execFile)(python, [join(peers, 'linear_sklearn.py'), ...files, '2', ...Object.keys(fits)]);
	const rows = stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as { s: number; accuracy: number });
	return rows.map((row, i) => ({ name: Object.keys(fits)[i]!, ...row }));
}
