import { kMeans } from 'textloom/classic';
import { fromDense, rowOf } from 'textloom/sparse';
import { describe, expect, it } from 'vitest';
import { counts, gap, golden } from './golden.js';

describe('kMeans', () => {
	it.each(golden.kMeans)(`gives what ${golden.made_by} gives of given centers: $name`, ({ init, options, ...expected }) => {
		const found = kMeans(counts, { ...options, init: Float64Array.from(init) });
		expect([...found.labels]).toEqual(expected.labels);
		expect(found.inertia).toBeCloseTo(expected.inertia, 9);
		expect(gap(found.centers, expected.centers)).toBeLessThan(1e-9);
		expect(found.iterations).toBe(expected.iterations);
		expect([...found.predict(counts)].reverse()).toEqual(expected.predicted);
	});

	it('finds clusters that are far apart, whatever the seed', () => {
		const points = Array.from({ length: 60 }, (_, i) => [10 * (i % 3) + (i % 5) / 10, 5 * ((i % 3) % 2) + (i % 7) / 10]);
		const matrix = fromDense(points.flat(), 2, { dtype: 'float64' });
		for (let seed = 0; seed < 8; seed++) {
			const { labels } = kMeans(matrix, { clusters: 3, seed });
			expect(new Set(labels.slice(0, 3)).size).toBe(3);
			for (const [i, label] of labels.entries()) expect(label).toBe(labels[i % 3]);
		}
	});

	it('takes the best of several runs', () => {
		const one = kMeans(counts, { clusters: 6, seed: 1 }).inertia;
		const runs = kMeans(counts, { clusters: 6, seed: 1, runs: 6 });
		expect(runs.inertia).toBeLessThanOrEqual(one);
		expect(kMeans(counts, { clusters: 6, seed: 1, runs: 6 }).labels).toEqual(runs.labels);
		expect(runs.predictRow(rowOf(counts, 5))).toBe(runs.labels[5]);
	});

	it('goes by direction where it is spherical', () => {
		const rows = [
			[1, 0, 0.1],
			[50, 1, 0],
			[0, 1, 0],
			[1, 70, 2],
			[9, 0, 0],
			[0, 4, 0.1],
		];
		const { labels, centers } = kMeans(fromDense(rows.flat(), 3), { clusters: 2, spherical: true });
		expect([labels[0], labels[1], labels[4]]).toEqual([labels[0], labels[0], labels[0]]);
		expect([labels[2], labels[3], labels[5]]).toEqual([labels[2], labels[2], labels[2]]);
		for (const center of [centers.slice(0, 3), centers.slice(3)]) expect(Math.hypot(...center)).toBeCloseTo(1, 12);
	});

	it('takes rows that are all alike, and as many clusters as rows', () => {
		const alike = kMeans(fromDense(Array(12).fill(2), 3), { clusters: 3 });
		expect(alike.inertia).toBe(0);
		expect(alike.centers).toEqual(new Float64Array(9).fill(2));
		const each = kMeans(fromDense([1, 0, 0, 1, 5, 5], 2), { clusters: 3 });
		expect(each.inertia).toBe(0);
		expect(new Set(each.labels).size).toBe(3);
	});

	it('names what is most in a cluster', () => {
		const rows = [
			[3, 0, 1],
			[4, 0, 0],
			[0, 6, 0],
		];
		const { labels, topTerms } = kMeans(fromDense(rows.flat(), 3), { clusters: 2 });
		const terms = topTerms(['🎈', '__proto__', 'c'], 1);
		expect(terms[labels[0]!]).toEqual([{ term: '🎈', weight: 3.5 }]);
		expect(terms[labels[2]!]).toEqual([{ term: '__proto__', weight: 6 }]);
	});
});
