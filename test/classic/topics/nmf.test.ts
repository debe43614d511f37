import { nmf } from 'textloom/classic';
import { fromDense, rowOf, sliceRows } from 'textloom/sparse';
import { describe, expect, it } from 'vitest';
import { counts, gap, golden } from './golden.js';

describe('nmf', () => {
	it.each(golden.nmf)(`gives what ${golden.made_by} gives: $options`, ({ options, w, h, error, iterations, transformed }) => {
		const found = nmf(counts, { components: 4, ...options });
		expect(gap(found.weights, w)).toBeLessThan(1e-5);
		expect(gap(found.components, h)).toBeLessThan(1e-5);
		expect(found.reconstructionError).toBeCloseTo(error, 6);
		expect(found.iterations).toBe(iterations);
		// Theirs ends by all rows together, so both go on until nothing changes.
		const exact = nmf(counts, { components: 4, ...options, tolerance: 1e-9, maxIterations: 5000 });
		expect(gap(exact.transform(sliceRows(counts, 0, 6)), transformed)).toBeLessThan(1e-3);
	});

	it(`goes on from given factors as ${golden.made_by} does, and leaves them as they are`, () => {
		const { w0, h0, w, h, error, iterations } = golden.nmfGiven;
		const init = { w: Float64Array.from(w0), h: Float64Array.from(h0) };
		const found = nmf(counts, { components: 4, init });
		expect(gap(found.weights, w)).toBeLessThan(1e-8);
		expect(gap(found.components, h)).toBeLessThan(1e-8);
		expect(found.reconstructionError).toBeCloseTo(error, 9);
		expect(found.iterations).toBe(iterations);
		expect(gap(init.w, w0)).toBe(0);
	});

	it.each(['frobenius', 'kullback-leibler'] as const)('finds two parts that add up: %s', (loss) => {
		const [a, b] = [
			[2, 1, 0, 0, 0],
			[0, 0, 1, 3, 2],
		];
		const rows = [
			[1, 0],
			[0, 1],
			[2, 1],
			[1, 3],
			[0, 2],
		].map(([x, y]) => a!.map((value, i) => x! * value + y! * b![i]!));
		const found = nmf(fromDense(rows.flat(), 5), { components: 2, loss, tolerance: 1e-7, maxIterations: 2000 });
		expect(found.reconstructionError).toBeLessThan(0.01);
		const terms = found.topTerms(['cat', 'dog', 'oil', 'gas', 'coal'], 1).map(([top]) => top!.term);
		expect(terms.sort()).toEqual(['cat', 'gas']);
	});

	it('takes a row for itself: alone as among others', () => {
		for (const loss of ['frobenius', 'kullback-leibler'] as const) {
			const model = nmf(counts, { components: 3, loss });
			const all = model.transform(counts);
			for (const row of [0, 7, 47]) expect(model.transformRow(rowOf(counts, row))).toEqual(all.slice(row * 3, row * 3 + 3));
		}
	});

	it('takes more components than columns from random numbers, by its seed', () => {
		const wide = () => nmf(sliceRows(counts, 0, 6), { components: 9, init: 'random', seed: 4 });
		expect(wide().components).toEqual(wide().components);
		expect(wide().reconstructionError).toBeLessThan(1);
		expect(nmf(fromDense([0, 0, 0, 0], 2), { components: 1 }).reconstructionError).toBe(0);
	});
});
