// What classifiers refuse, in one line that says what to do; and streams of rows.
import fc from 'fast-check';
import {
	calibrated,
	fitLinearSvm,
	fitLogisticRegression,
	fitNaiveBayes,
	fitNbSvm,
	fitNearestNeighbours,
	linearStream,
	naiveBayesStream,
	reviveModel,
} from 'textloom/classic';
import { fromDense, sliceRows } from 'textloom/sparse';
import { describe, expect, it } from 'vitest';
import { testRefusals } from '../refusals.js';

const rows = fromDense([1, 0, 0, 2, 1, 1, 0, 3], 2);
const labels = ['a', 'b', 'a', 'b'];
const wide = fromDense([1, 0, 0], 3);
const odd = { ...rows, values: rows.values.map((value, i) => (i === 2 ? Number.NaN : value)) };
const fits = { fitLinearSvm, fitLogisticRegression, fitNaiveBayes, fitNbSvm, fitNearestNeighbours };
const few = (fit: (typeof fits)[keyof typeof fits]) => (fit === fitNearestNeighbours ? { neighbours: 2 } : {});

testRefusals(
	Object.fromEntries(
		Object.entries(fits).map(([name, fit]) => [
			name,
			{
				refuses: [
					[() => fit(odd, labels), `${name}: expected finite numbers, got NaN in row 2, column 0. Look at the features of that document.`],
					[
						() => fit(rows, ['a', 'a', 'a', 'a']),
						`${name}: expected rows of at least two classes to fit on, got 4 rows of the class 'a' only.`,
					],
					[() => fit(rows, ['a', 'b']), `${name}: expected a label for each of the 4 rows, got 2.`],
					[() => fit(fromDense([], 0), []), `${name}: expected rows of at least two classes to fit on, got no rows.`],
					[() => fit(rows, labels, few(fit)).predict(wide), /expected a matrix of 2 columns, as in fitting, got 3\. Take the features/],
					[() => fit(rows, labels, few(fit)).scores({ ...odd }), /expected finite numbers, got NaN/],
					[() => fit(rows, labels, few(fit)).score(rows, []), /expected a label for each of the 4 rows, got 0/],
				] as const,
			},
		]),
	),
);

testRefusals({
	options: {
		refuses: [
			[() => fitLinearSvm(rows, labels, { c: 0 }), 'fitLinearSvm: expected c to be a number above 0, got 0.'],
			[
				() => fitLinearSvm(rows, labels, { classWeight: { z: 2 } }),
				"fitLinearSvm: expected classWeight to name classes of the labels, got 'z'.",
			],
			[() => fitLinearSvm(rows, labels, { classWeight: { a: 0 } }), "fitLinearSvm: expected classWeight to be 'balanced' or an object"],
			[
				() => fitLogisticRegression(rows, labels, { penalty: 'l3' } as never),
				"fitLogisticRegression: expected penalty to be one of 'l2', 'l1'",
			],
			[() => fitNaiveBayes(rows, labels, { alpha: 0 }), 'fitNaiveBayes: expected alpha to be a number above 0, got 0.'],
			[
				() => fitNaiveBayes(rows, labels, { classPrior: [1] }),
				'fitNaiveBayes: expected classPrior to have a number for each of the 2 classes',
			],
			[() => fitNaiveBayes(fromDense([-1, 1], 1), ['a', 'b']), 'fitNaiveBayes: expected numbers from 0, got -1 in row 0, column 0.'],
			[() => fitNearestNeighbours(rows, labels), 'fitNearestNeighbours: expected at most 4 neighbours, the rows, got 5.'],
			[() => fitLinearSvm(rows, labels).topFeatures(['x']), 'linearSvm: expected a name for each of the 2 columns, got 1.'],
			[
				() => calibrated(fitLinearSvm(rows, labels), rows, ['a', 'b', 'a', 'z']),
				"calibrated: expected labels among the 2 classes, got 'z'.",
			],
			[
				() => calibrated(fitLinearSvm(rows, labels), rows, ['a', 'a', 'a', 'a']),
				'calibrated: expected rows of at least two classes, got 4 rows of 1.',
			],
			[() => linearStream({ classes: ['a'] }), 'linearStream: expected classes to be an array of at least two texts'],
			[
				() => linearStream({ classes: ['a', 'b'] }).model(),
				'linearStream: expected rows to have learned from, got none. Call partialFit before.',
			],
			[
				() => linearStream({ classes: ['a', 'b'] }).partialFit(rows, ['a', 'b', 'c', 'a']),
				"linearStream: expected labels among the 2 classes, got 'c'.",
			],
			[() => naiveBayesStream().model(), 'naiveBayesStream: expected rows of at least two classes to fit on, got no rows.'],
		],
	},
});

it('takes class names that break maps', () => {
	const names = ['__proto__', '', 'constructor', '😀'];
	for (const fit of [fitLinearSvm, fitLogisticRegression, fitNaiveBayes]) {
		const model = fit(fromDense([3, 0, 0, 0, 0, 3, 0, 0, 0, 0, 3, 0, 0, 0, 0, 3], 4), names);
		expect(model.classes).toEqual(['', '__proto__', 'constructor', '😀']);
		expect(model.predict(fromDense([1, 0, 0, 0, 0, 1, 0, 0], 4))).toEqual(['__proto__', '']);
	}
	expect(fitLinearSvm(rows, ['__proto__', 'b', 'a', 'b'], { classWeight: JSON.parse('{"__proto__": 2}') }).classes).toContain('__proto__');
});

describe('linearStream', () => {
	/** Two columns of noise, one that says the class. */
	const noisy = Array.from({ length: 900 }, (_, i) => [Math.sin(i * 7.1), Math.cos(i * 3.3), i % 2 ? 0.6 : -0.6]);
	const matrix = fromDense(noisy.flat(), 3);
	const truth = noisy.map((_, i) => (i % 2 ? 'odd' : 'even'));

	it.each(['hinge', 'log'] as const)('%s comes near the batch fit, whatever the chunks', (loss) => {
		const learn = (size: number) => {
			const stream = linearStream({ classes: ['even', 'odd'], loss, alpha: 1e-3 });
			for (let from = 0; from < 900; from += size)
				stream.partialFit(sliceRows(matrix, from, Math.min(from + size, 900)), truth.slice(from, from + size));
			return stream.model();
		};
		const [whole, parts] = [learn(900), learn(71)];
		expect(parts.coefficients).toEqual(whole.coefficients);
		expect(whole.score(matrix, truth)).toBe(1);
		const batch =
			loss === 'log' ? fitLogisticRegression(matrix, truth, { c: 1 / 0.9 }) : fitLinearSvm(matrix, truth, { loss: 'hinge', c: 1 / 0.9 });
		const direction = (numbers: Float64Array) => numbers[2]! / Math.hypot(...numbers);
		expect(direction(whole.coefficients)).toBeGreaterThan(0.9 * direction(batch.coefficients));
		expect(whole.probabilities === undefined).toBe(loss === 'hinge');
	});
});

it('a state makes the same classifier again, of any rows', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.constantFrom('a', 'b', 'c')), { minLength: 4, maxLength: 12 }), (all) => {
			const matrix = fromDense(
				all.flatMap(([x, y]) => [x * 2, y]),
				2,
			);
			const names = all.map(([, , label], i) => (i === 0 ? 'a' : i === 1 ? 'b' : label));
			for (const model of [
				fitLinearSvm(matrix, names),
				fitLogisticRegression(matrix, names),
				fitNaiveBayes(matrix, names),
				fitNearestNeighbours(matrix, names, { neighbours: 2 }),
			]) {
				const again = reviveModel(model.state);
				expect(again.scores(matrix)).toEqual(model.scores(matrix));
				expect(again.probabilities?.(matrix)).toEqual(model.probabilities?.(matrix));
				for (const number of model.scores(matrix)) expect(Number.isFinite(number)).toBe(true);
			}
		}),
		{ numRuns: 40 },
	);
});
