// Metrics of classifiers over arrays: equal to scikit-learn and scipy, whatever arrays they come in; what holds of any samples; and what each refuses.
import fc from 'fast-check';
import { tensor } from 'textloom/graph';
import {
	accuracyScore,
	averagePrecisionScore,
	brierScore,
	classReport,
	cohenKappaScore,
	confusionMatrix,
	f1Score,
	type Label,
	logLoss,
	logLossScore,
	matthewsScore,
	mcnemar,
	precisionRecallCurve,
	precisionScore,
	recallScore,
	reliability,
	reportTable,
	rocAuc,
	rocAucScore,
	rocCurve,
} from 'textloom/metrics';
import { describe, expect, it } from 'vitest';
import { testRefusals } from '../refusals.js';
import { batchOf, int32 } from './batches.js';
import { golden } from './classification.js';
import { refusals } from './refused-scores.js';

const digits = 9;
const cases = <Case>(part: Readonly<Record<string, Case>>, test: (own: Case) => void) => {
	for (const [name, own] of Object.entries(part)) it(name, () => test(own));
};
const close = (found: ArrayLike<number>, expected: readonly number[]) => {
	expect(found.length).toBe(expected.length);
	for (const [at, value] of expected.entries()) expect(found[at], `at ${at}`).toBeCloseTo(value, digits);
};

describe('scores of labels', () =>
	cases(golden.labels, ({ truth, predicted, scores, ...own }) => {
		const weighed = own.weights ? { sampleWeights: own.weights } : {};
		const options = { ...(own.labels ? { labels: own.labels } : {}), ...weighed };
		const of = { precision: precisionScore, recall: recallScore, f1: f1Score };
		expect(Object.keys(scores).length).toBeGreaterThan(8);
		for (const [name, score] of Object.entries(scores)) {
			const [what, average, positive] = name.split(' ') as [keyof typeof of, 'micro' | 'of', string | undefined];
			const label = typeof truth[0] === 'number' ? Number(positive) : positive;
			const how = average === 'of' ? ({ average: 'binary', positive: label } as const) : { average };
			expect(of[what](truth, predicted, { ...options, ...how }), name).toBeCloseTo(score!, digits);
		}
		expect(accuracyScore(truth, predicted, weighed)).toBeCloseTo(own.accuracy, digits);
		expect(matthewsScore(truth, predicted, weighed)).toBeCloseTo(own.matthews, digits);
		// Undefined there is 0 here: one class.
		expect(cohenKappaScore(truth, predicted, options)).toBeCloseTo(own.kappa.none ?? 0, digits);
		for (const weights of ['linear', 'quadratic'] as const)
			expect(cohenKappaScore(truth, predicted, { ...options, weights }), weights).toBeCloseTo(own.kappa[weights] ?? 0, digits);
	}));

describe('confusion matrices and reports', () =>
	cases(golden.labels, ({ truth, predicted, confusion, classes, scores, ...own }) => {
		const options = { ...(own.labels ? { labels: own.labels } : {}), ...(own.weights ? { sampleWeights: own.weights } : {}) };
		const matrix = confusionMatrix(truth, predicted, options);
		expect(matrix.counts).toEqual(confusion);
		const report = classReport(truth, predicted, { ...options, ...(own.names ? { names: own.names } : {}) });
		expect(report.classes.map(({ label }) => label)).toEqual(matrix.labels);
		close(
			report.classes.flatMap(({ precision, recall, f1, support }) => [precision, recall, f1, support]),
			classes.flat(),
		);
		for (const average of ['micro', 'macro', 'weighted'] as const)
			for (const what of ['precision', 'recall', 'f1'] as const)
				expect(report[average][what], `${what} ${average}`).toBeCloseTo(scores[`${what} ${average}`]!, digits);
		expect(report.accuracy).toBeCloseTo(own.accuracy, digits);
		if (own.text === null) return;
		expect(reportTable(report)).toBe(own.text);
		expect(reportTable(report, { digits: 4 })).toBe(own['text of 4']);
	}));

describe('one score for each sample', () =>
	cases(golden.scores, ({ truth, scores, positive, weights, auc, precision, roc, every, curve }) => {
		const options = { positive, ...(weights ? { sampleWeights: weights } : {}) };
		for (const given of [scores, Float64Array.from(scores)]) {
			expect(rocAucScore(truth, given, options)).toBeCloseTo(auc, digits);
			expect(averagePrecisionScore(truth, given, options)).toBeCloseTo(precision, digits);
		}
		const found = rocCurve(truth, scores, options);
		close(found.falsePositiveRate, roc[0]);
		close(found.truePositiveRate, roc[1]);
		close(found.thresholds, [Number.POSITIVE_INFINITY, ...roc[2]]);
		const all = rocCurve(truth, scores, { ...options, keepAll: true });
		close(all.falsePositiveRate, every[0]);
		close(all.truePositiveRate, every[1]);
		const points = precisionRecallCurve(truth, scores, options);
		close(points.precision, curve[0]);
		close(points.recall, curve[1]);
		close(points.thresholds, curve[2]);
	}));

describe('rows of probabilities', () =>
	cases(golden.classes, ({ truth, probabilities, weights, auc, precision, calibration, ...own }) => {
		const sampleWeights = weights ?? undefined;
		// The classes may be texts as well: their order is that of the columns.
		for (const names of [truth, truth.map((number) => 'abcd'[number]!)] as Label[][]) {
			for (const [name, score] of Object.entries(auc)) {
				const [multiclass, average] = name.split(' ') as ['one-vs-rest', 'macro'];
				expect(rocAucScore(names, probabilities, { multiclass, average, sampleWeights }), name).toBeCloseTo(score, digits);
			}
			for (const average of ['macro', 'weighted'] as const)
				expect(averagePrecisionScore(names, probabilities, { average, sampleWeights })).toBeCloseTo(precision[average], digits);
			expect(logLossScore(names, probabilities, { sampleWeights })).toBeCloseTo(own['log loss'], digits);
			expect(brierScore(names, probabilities, { sampleWeights })).toBeCloseTo(own.brier, digits);
			for (const [count, { bins, ece }] of Object.entries(calibration)) {
				const found = reliability(names, probabilities, { bins: Number(count), sampleWeights });
				expect(found.ece).toBeCloseTo(ece, digits);
				close(
					found.bins.flatMap(({ count, confidence, accuracy }) => [count, confidence, accuracy]),
					bins.flat(),
				);
			}
		}
	}));

describe('probabilities of one class', () =>
	cases(golden.single, ({ truth, probabilities, logits, auc, precision, calibration, ...own }) => {
		expect(rocAucScore(truth, logits)).toBeCloseTo(auc, digits);
		expect(averagePrecisionScore(truth, logits)).toBeCloseTo(precision, digits);
		expect(logLossScore(truth, probabilities)).toBeCloseTo(own['log loss'], digits);
		expect(brierScore(truth, probabilities)).toBeCloseTo(own.brier, digits);
		const { bins, ece } = reliability(truth, probabilities);
		expect(ece).toBeCloseTo(calibration['15']!.ece, digits);
		expect(bins.at(-1)).toMatchObject({ from: 14 / 15, to: 1 });
		// Of the other class, by the probability of that one.
		const others = probabilities.map((chance) => 1 - chance);
		expect(logLossScore(truth, others, { positive: 0 })).toBeCloseTo(own['log loss'], 6);
	}));

describe('sets of labels', () =>
	cases(golden.sets, ({ truth, logits, weights, auc, precision }) => {
		for (const average of ['macro', 'weighted'] as const) {
			expect(rocAucScore(truth, logits, { average, sampleWeights: weights ?? undefined })).toBeCloseTo(auc[average], digits);
			expect(averagePrecisionScore(truth, logits, { average, sampleWeights: weights ?? undefined })).toBeCloseTo(
				precision[average],
				digits,
			);
		}
	}));

describe('two models', () => {
	cases(golden.models, ({ table, exact, corrected, plain }) => {
		const [[both, b], [c, neither]] = table;
		const many = (count: number, first: string, second: string) => Array.from({ length: count }, () => [first, second] as const);
		const said = [...many(both, 'y', 'y'), ...many(b, 'y', 'n'), ...many(c, 'n', 'y'), ...many(neither, 'n', 'n')];
		const test = (options = {}) =>
			mcnemar(
				said.map(() => 'y'),
				said.map(([first]) => first),
				said.map(([, second]) => second),
				options,
			);
		const near = (p: number, expected: number) => expect(Math.abs(p - expected)).toBeLessThanOrEqual(1e-11 * expected);
		expect(test().table).toEqual(table);
		expect(test().exact).toBe(b + c < 25);
		const byBinomial = test({ exact: true });
		expect(byBinomial.statistic).toBe(Math.min(b, c));
		near(byBinomial.p, exact);
		for (const [correction, [statistic, p]] of [
			[true, corrected],
			[false, plain],
		] as const) {
			const found = test({ exact: false, correction });
			expect(found.statistic).toBeCloseTo(statistic, digits);
			near(found.p, p);
		}
	});

	it('may both be right in words of any kind', () => {
		expect(mcnemar(['', '__proto__', 'a'], ['', 'a', 'a'], ['a', '__proto__', 'a']).table).toEqual([
			[1, 1],
			[1, 0],
		]);
	});
});

describe('confidences', () => {
	it('on an edge are in the bin below, 0 in the first', () => {
		const { bins } = reliability([1, 1, 1], [0.7, 0.6, 1], { bins: 10 });
		expect(bins.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 1, 1, 0, 0, 1]);
		// Of 14 of 25, 15 of 29 and others the product with the number of bins is rounded up, of what is next above 2 of 3 it is rounded down.
		const binOf = (confidence: number, bins: number) => reliability([1], [confidence], { bins }).bins.findIndex(({ count }) => count === 1);
		for (const parts of [3, 6, 7, 10, 15, 25, 29, 35, 38, 49]) {
			for (let edge = Math.ceil(parts / 2); edge < parts; edge++) {
				expect(binOf(edge / parts, parts), `${edge} of ${parts}`).toBe(edge - 1);
				expect(binOf(edge / parts + Number.EPSILON / 2, parts), `above ${edge} of ${parts}`).toBe(edge);
			}
		}
	});
});

it('log loss of a logit that no power holds is the logit', () => {
	const loss = (logits: number[], shape: number[]) => {
		const batch = batchOf({ outputs: { logits: tensor('float32', shape, logits) }, inputs: { targets: int32([1], [1]) } });
		return logLoss().result(logLoss().add(logLoss().start(), batch));
	};
	expect(loss([-800], [1])).toBe(800);
	expect(loss([800, 0, 799], [1, 3])).toBeCloseTo(800 + Math.log(1 + Math.exp(-1)), digits);
});

describe('of any samples', () => {
	const samples = fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: -4, max: 4 })), { minLength: 1, maxLength: 40 });

	it('ROC-AUC is the share of pairs in order, equal ones half, and its curve has that area', () => {
		fc.assert(
			fc.property(samples, (drawn) => {
				const rows = [...drawn, [0, 1], [1, 0]] as [number, number][];
				const [truth, scores] = [rows.map(([own]) => own), rows.map(([, score]) => score)];
				const [own, others] = [1, 0].map((label) => rows.filter(([is]) => is === label).map(([, score]) => score)) as [number[], number[]];
				const wins = own.flatMap((a) => others.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
				const area = wins.reduce<number>((sum, one) => sum + one, 0) / wins.length;
				expect(rocAucScore(truth, scores)).toBeCloseTo(area, 12);
				expect(
					rocAucScore(
						truth,
						scores.map((score) => -score),
					),
				).toBeCloseTo(1 - area, 12);
				// Weights that are all one number take the other way to the same.
				expect(rocAucScore(truth, scores, { sampleWeights: scores.map(() => 0.5) })).toBeCloseTo(area, 12);
				for (const keepAll of [false, true]) {
					const { falsePositiveRate: x, truePositiveRate: y } = rocCurve(truth, scores, { keepAll });
					let under = 0;
					for (let at = 1; at < x.length; at++) under += ((x[at]! - x[at - 1]!) * (y[at]! + y[at - 1]!)) / 2;
					expect(under).toBeCloseTo(area, 12);
				}
			}),
		);
	});

	it('a weight of 2 counts as two samples, of 0 as none', () => {
		const weighed = fc.array(
			fc.record({ truth: fc.constantFrom('a', 'b', ''), said: fc.constantFrom('a', 'b', '', 'constructor'), weight: fc.nat(3) }),
			{
				minLength: 1,
				maxLength: 30,
			},
		);
		fc.assert(
			fc.property(weighed, (drawn) => {
				const rows = [...drawn, { truth: 'a', said: 'b', weight: 1 }];
				const labels = ['', 'a', 'b', 'constructor'];
				const options = { labels, sampleWeights: rows.map(({ weight }) => weight) };
				const copies = rows.flatMap((row) => new Array<typeof row>(row.weight).fill(row));
				const once = classReport(
					rows.map(({ truth }) => truth),
					rows.map(({ said }) => said),
					options,
				);
				const often = classReport(
					copies.map(({ truth }) => truth),
					copies.map(({ said }) => said),
					{ labels },
				);
				expect({ ...once, complete: true }).toEqual({ ...often, complete: true });
			}),
		);
	});
});

describe('folds that keep scores', () => {
	const batch = (scores: readonly number[], targets: readonly number[]) =>
		batchOf({ outputs: { logits: tensor('float32', [scores.length], scores) }, inputs: { targets: int32([targets.length], targets) } });

	it('may go on from one state twice', () => {
		const metric = rocAuc();
		const begun = metric.add(metric.start(), batch([0, 1], [0, 1]));
		const [right, wrong] = [metric.add(begun, batch([2], [1])), metric.add(begun, batch([2], [0]))];
		expect(metric.result(right)).toBe(1);
		expect(metric.result(wrong)).toBe(0.5);
		expect(metric.result(begun)).toBe(1);
		expect([...right.scores, ...wrong.scores]).toEqual([0, 1, 2, 0, 1, 2]);
	});

	it('leave out what is ignored, of sets of labels label by label', () => {
		const metric = rocAuc({ ignore: -1 });
		expect(metric.result(metric.add(metric.start(), batch([0, 9, 1], [0, -1, 1])))).toBe(1);
		const sets = rocAuc({ multilabel: true, ignore: -1 });
		const scores = tensor('float32', [3, 2], [0, 1, 9, 0, 1, 5]);
		const state = sets.add(sets.start(), batchOf({ outputs: { logits: scores }, inputs: { targets: int32([3, 2], [0, 1, -1, 0, 1, 0]) } }));
		expect(sets.result(state)).toBe((1 + 0.5) / 2);
	});

	it('pass over classes that no sample has', () => {
		const metric = rocAuc();
		const logits = tensor('float32', [3, 3], [3, 0, 0, 0, 3, 0, 1, 2, 0]);
		const state = metric.add(metric.start(), batchOf({ outputs: { logits }, inputs: { targets: int32([3], [0, 1, 1]) } }));
		expect(metric.result(state)).toBe(1);
	});

	it('tell apart what a float32 probability does not: two logits of a class that is nearly certain', () => {
		const metric = rocAuc();
		const logits = tensor('float32', [2, 2], [0, 40, 0, 50]);
		expect(metric.result(metric.add(metric.start(), batchOf({ outputs: { logits }, inputs: { targets: int32([2], [0, 1]) } })))).toBe(1);
	});
});

it('log loss of float32 probabilities is that of scikit-learn, and 0 counts as the least of its type', () => {
	const { truth, probabilities, ...own } = golden.classes.three!;
	const of = (rows: readonly number[][], targets: readonly number[]) => {
		const metric = logLoss({ holds: 'probabilities', logits: 'chances' });
		const chances = tensor('float32', [rows.length, rows[0]!.length], rows.flat());
		return metric.result(
			metric.add(metric.start(), batchOf({ outputs: { chances }, inputs: { targets: int32([targets.length], targets) } })),
		);
	};
	expect(of(probabilities, truth)).toBeCloseTo(own['log loss'], 6);
	expect(of([[0, 1]], [0])).toBeCloseTo(-Math.log(2 ** -23), 9);
	expect(logLossScore([0], [[0, 1]])).toBeCloseTo(-Math.log(2 ** -52), 9);
});

it('scores of 150,000 samples take the stack of one', () => {
	const scores = Float64Array.from({ length: 150_000 }, (_, at) => (at * 7919) % 150_001);
	const truth = Int32Array.from(scores, (score) => Number(score > 75_000));
	expect(rocAucScore(truth, scores)).toBe(1);
	expect(rocCurve(truth, scores, { keepAll: true }).thresholds.length).toBe(150_001);
});

describe('functions over arrays refuse', () => testRefusals(refusals));
