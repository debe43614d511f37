// Classifiers over matrices against scikit-learn's.
import { readFileSync } from 'node:fs';
import {
	calibrated,
	fitLinearSvm,
	fitLogisticRegression,
	fitNaiveBayes,
	fitNearestNeighbours,
	type LinearSvmOptions,
	type LogisticRegressionOptions,
	type NaiveBayesOptions,
	type NearestNeighboursOptions,
	naiveBayesStream,
} from 'textloom/classic';
import { fromDense, sliceRows } from 'textloom/sparse';
import { describe, expect, it } from 'vitest';

type Rows = number[][];
interface Linear<O> {
	options: O;
	coefficients: Rows;
	intercepts: number[];
	objective: number;
}
interface Golden {
	made_by: string;
	columns: number;
	sets: {
		labels: string[];
		heldLabels: string[];
		counts: Rows;
		rows: Rows;
		held: Rows;
		heldCounts: Rows;
		test: Rows;
		testCounts: Rows;
		logistic: (Linear<LogisticRegressionOptions> & { probabilities: Rows })[];
		l1: Linear<LogisticRegressionOptions>[];
		svm: (Linear<LinearSvmOptions> & { scores: Rows; predicted: string[] })[];
		bayes: { options: NaiveBayesOptions; scores: Rows; probabilities: Rows }[];
		neighbours: { options: NearestNeighboursOptions; probabilities: Rows }[];
		calibration: { base: 'svm' | 'logistic' | 'bayes'; method: 'sigmoid' | 'isotonic' | 'temperature'; probabilities: Rows }[];
	}[];
}
const golden: Golden = JSON.parse(readFileSync(new URL('../golden/classic/classifiers.json', import.meta.url), 'utf8'));

/** All numbers within `far` of the expected ones. */
function near(got: Float64Array, expected: Rows | number[], far: number) {
	const flat = expected.flat() as number[];
	expect(got.length).toBe(flat.length);
	expect(Math.max(...flat.map((number, i) => Math.abs(number - got[i]!)))).toBeLessThan(far);
}

/** The sum over outputs of ½(‖w‖² + (b / scaling)²) + Σ C max(0, 1 − y z)ᵖ. */
function svmObjective(rows: Rows, labels: string[], weights: Rows, intercepts: number[], options: LinearSvmOptions): number {
	const classes = [...new Set(labels)].sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!);
	const { c = 1, loss = 'squaredHinge', interceptScaling = 1, classWeight } = options;
	const counts = classes.map((name) => labels.filter((label) => label === name).length);
	const weightOf = (place: number) =>
		classWeight === 'balanced' ? labels.length / (classes.length * counts[place]!) : (classWeight?.[classes[place]!] ?? 1);
	return intercepts.reduce((sum, intercept, k) => {
		const positive = intercepts.length === 1 ? 1 : k;
		let value = (weights.reduce((squares, row) => squares + row[k]! ** 2, 0) + (intercept / interceptScaling) ** 2) / 2;
		rows.forEach((row, i) => {
			const place = classes.indexOf(labels[i]!);
			const z = row.reduce((product, x, j) => product + x * weights[j]![k]!, intercept);
			const slack = Math.max(0, 1 - (place === positive ? z : -z));
			const cost = c * (intercepts.length === 1 || place === positive ? weightOf(place) : 1);
			value += cost * (loss === 'hinge' ? slack : slack * slack);
		});
		return sum + value;
	}, 0);
}

describe.each(golden.sets.map((set) => [new Set(set.labels).size, set] as const))(`%i classes, as ${golden.made_by}`, (_, set) => {
	const matrix = (rows: Rows) => fromDense(rows.flat(), golden.columns, { dtype: 'float64' });
	const [rows, test, held] = [matrix(set.rows), matrix(set.test), matrix(set.held)];

	it.each(set.logistic)('logistic regression $options', ({ options, coefficients, intercepts, objective, probabilities }) => {
		const model = fitLogisticRegression(rows, set.labels, { ...options, tolerance: 1e-12 });
		expect(model.converged).toBe(true);
		expect(Math.abs(model.objective / objective - 1)).toBeLessThan(1e-6);
		near(model.coefficients, coefficients, 1e-4);
		near(model.intercepts, intercepts, 1e-4);
		near(model.probabilities(test), probabilities, 1e-4);
		// As it is by default, within what it promises.
		expect(fitLogisticRegression(rows, set.labels, options).objective / objective - 1).toBeLessThan(1e-3);
	});

	it.each(set.l1)('logistic regression $options', ({ options, coefficients, intercepts, objective }) => {
		const model = fitLogisticRegression(rows, set.labels, { ...options, tolerance: 1e-10 });
		expect(model.converged).toBe(true);
		expect(Math.abs(model.objective / objective - 1)).toBeLessThan(1e-6);
		near(model.coefficients, coefficients, 1e-3);
		near(model.intercepts, intercepts, 1e-3);
		const zeros = (numbers: ArrayLike<number>) => Array.from(numbers, (number) => number === 0);
		expect(zeros(model.coefficients)).toEqual(zeros(coefficients.flat()));
	});

	it.each(set.svm)('linear SVM $options', ({ options, coefficients, intercepts, scores, predicted }) => {
		const model = fitLinearSvm(rows, set.labels, { ...options, tolerance: 1e-12, maxIterations: 100_000 });
		const objective = svmObjective(set.rows, set.labels, coefficients, intercepts, options);
		expect(Math.abs(model.objective / objective - 1)).toBeLessThan(1e-8);
		near(model.coefficients, coefficients, 1e-4);
		near(model.scores(test), scores, 1e-4);
		expect(model.predict(test)).toEqual(predicted);
		const quick = fitLinearSvm(rows, set.labels, options);
		expect(quick.objective / objective - 1).toBeLessThan(1e-3);
		expect(quick.converged).toBe(true);
	});

	it.each(set.bayes)('naive Bayes $options', ({ options, scores, probabilities }) => {
		const [counts, testCounts] = [matrix(set.counts), matrix(set.testCounts)];
		const model = fitNaiveBayes(counts, set.labels, options);
		near(model.scores(testCounts), scores, 1e-9);
		near(model.probabilities(testCounts), probabilities, 1e-9);
		const stream = naiveBayesStream(options);
		for (const [from, to] of [
			[0, 7],
			[7, 7],
			[7, 50],
		] as const)
			stream.partialFit(sliceRows(counts, from, to), set.labels.slice(from, to));
		expect(stream.model().coefficients).toEqual(model.coefficients);
	});

	it.each(set.neighbours)('nearest neighbours $options', ({ options, probabilities }) => {
		near(fitNearestNeighbours(rows, set.labels, options).probabilities(test), probabilities, 1e-9);
	});

	const bases = {
		svm: () => fitLinearSvm(rows, set.labels, { tolerance: 1e-13, maxIterations: 1_000_000 }),
		logistic: () => fitLogisticRegression(rows, set.labels, { tolerance: 1e-15 }),
		bayes: () => fitNaiveBayes(matrix(set.counts), set.labels),
	};
	it.each(set.calibration)('$base calibrated by $method', ({ base, method, probabilities }) => {
		const counted = base === 'bayes';
		const model = calibrated(bases[base](), counted ? matrix(set.heldCounts) : held, set.heldLabels, { method });
		near(model.probabilities(counted ? matrix(set.testCounts) : test), probabilities, 1e-6);
	});
});
