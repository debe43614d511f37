// Maps from scores to probabilities against scikit-learn's.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { isotonicRegression, isotonicValue, plattScaling, temperatureScaling } from 'textloom/classic';
import { expect, it } from 'vitest';

interface Golden {
	made_by: string;
	maps: (Record<'scores' | 'truth' | 'at' | 'sigmoid' | 'isotonic' | 'logits' | 'targets', number[]> & { temperature: number })[];
}
const golden: Golden = JSON.parse(readFileSync(new URL('../golden/classic/classifiers.json', import.meta.url), 'utf8'));

it.each(golden.maps)(`gives the maps of ${golden.made_by}`, ({ scores, truth, at, sigmoid, isotonic, logits, targets, temperature }) => {
	const { a, b } = plattScaling(Float64Array.from(scores), truth);
	const steps = isotonicRegression(Float64Array.from(scores), truth);
	for (const [i, score] of at.entries()) {
		expect(Math.abs(1 / (1 + Math.exp(a * score + b)) - sigmoid[i]!)).toBeLessThan(1e-6);
		expect(Math.abs(isotonicValue(steps, score) - isotonic[i]!)).toBeLessThan(1e-12);
	}
	expect(Math.abs(temperatureScaling(Float64Array.from(logits), targets, 3) / temperature - 1)).toBeLessThan(1e-6);
});

it('rises, and keeps the mean', () => {
	const point = fc.tuple(
		fc.integer({ min: -20, max: 20 }).map((n) => n / 7),
		fc.constantFrom(0, 1),
	);
	fc.assert(
		fc.property(fc.array(point, { minLength: 1, maxLength: 30 }), (points) => {
			const { thresholds, values } = isotonicRegression(
				Float64Array.from(points, ([score]) => score),
				points.map(([, truth]) => truth),
			);
			for (let i = 1; i < values.length; i++) {
				expect(thresholds[i]!).toBeGreaterThan(thresholds[i - 1]!);
				expect(values[i]!).toBeGreaterThanOrEqual(values[i - 1]!);
			}
			const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
			const mapped = points.map(([score]) => isotonicValue({ thresholds, values }, score));
			expect(mean(mapped)).toBeCloseTo(mean(points.map(([, truth]) => truth)), 9);
		}),
	);
});

it('is finite where classes are separated', () => {
	const { a, b } = plattScaling(Float64Array.of(-2, -1, 1, 2), [0, 0, 1, 1]);
	expect(Number.isFinite(a) && Number.isFinite(b)).toBe(true);
	expect(a).toBeLessThan(0);
	const cold = temperatureScaling(Float64Array.of(-1, 1, 1, -1), [1, 0], 2);
	expect(cold > 0 && cold < 0.1).toBe(true);
});
