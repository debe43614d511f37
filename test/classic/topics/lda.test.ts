import { lda } from 'textloom/classic';
import { fromDense, rowOf, sliceRows } from 'textloom/sparse';
import { describe, expect, it } from 'vitest';
import { digamma, logGamma } from '../../../dist/src/classic/topics/gamma-functions.js';
import { counts, gap, golden } from './golden.js';

describe('lda', () => {
	it.each(golden.lda)(`gives what ${golden.made_by} gives: $options`, ({ options, init, components, transformed, score, perplexity }) => {
		const found = lda(counts, { topics: 4, ...options, init: Float64Array.from(init) });
		expect(gap(found.components, components)).toBeLessThan(1e-7);
		expect(gap(found.transform(counts), transformed)).toBeLessThan(1e-8);
		expect(found.score(counts)).toBeCloseTo(score, 6);
		expect(found.perplexity(counts)).toBeCloseTo(perplexity, 8);
	});

	it('goes on where it was: two passes are one and one', () => {
		const options = { topics: 3, batchSize: 20, seed: 2 };
		const whole = lda(counts, { ...options, passes: 2 });
		const half = lda(counts, { ...options, passes: 1 });
		const rest = lda(counts, { ...options, passes: 1, init: half.components, updates: half.updates });
		expect(gap(rest.components, whole.components)).toBeLessThan(1e-9);
		expect(rest.updates).toBe(6);
	});

	it('tells two kinds of documents apart', () => {
		const rows = Array.from({ length: 40 }, (_, i) => (i % 2 ? [3, 2, 4, 0, 0, 0] : [0, 0, 0, 2, 5, 1]));
		const model = lda(fromDense(rows.flat(), 6), { topics: 2, passes: 20, seed: 1 });
		const shares = model.transform(fromDense([...rows[0]!, ...rows[1]!], 6));
		const [a, b] = [shares[0]! > 0.9 ? 0 : 1, shares[2]! > 0.9 ? 0 : 1];
		expect(a).not.toBe(b);
		const terms = model.topTerms(['猫', 'constructor', '', 'oil', 'gas', 'coal'], 3).map((topic) => topic.map(({ term }) => term).sort());
		expect(terms[a]).toEqual(['coal', 'gas', 'oil']);
		expect(terms[b]).toEqual(['', 'constructor', '猫']);
	});

	it('gives shares that add up to 1, also of an empty row; a row alone as among others', () => {
		const model = lda(counts, { topics: 3, passes: 2 });
		const all = model.transform(counts);
		for (const row of [0, 20, 47]) {
			const own = model.transformRow(rowOf(counts, row));
			expect(own).toEqual(all.slice(row * 3, row * 3 + 3));
			expect(own.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
		}
		for (const share of model.transformRow({ indices: Int32Array.of(), values: Float32Array.of(), size: 30 }))
			expect(share).toBeCloseTo(1 / 3, 12);
	});

	it('draws its start by the seed, and stays finite over many updates', () => {
		const small = sliceRows(counts, 0, 4);
		const run = (seed: number) => lda(small, { topics: 2, passes: 1, seed }).components;
		expect(run(1)).toEqual(run(1));
		expect(run(1)).not.toEqual(run(2));
		const long = lda(small, { topics: 2, batchSize: 1, passes: 300, decay: 0.2, offset: 1 });
		expect(long.components.every((value) => value > 0 && Number.isFinite(value))).toBe(true);
	});
});

describe('functions of gamma', () => {
	it.each([
		[1, -0.5772156649015329, 0],
		[0.5, -1.9635100260214235, 0.5723649429247001],
		[10, 2.251752589066721, 12.801827480081469],
		[0.001, -1000.5755719318103, 6.907178885383854],
		[1234.5, 7.118016214474155, 7550.550901],
	])('of %d', (x, psi, log) => {
		expect(digamma(x)).toBeCloseTo(psi, 7);
		expect(logGamma(x) / log).toSatisfy((ratio: number) => log === 0 || Math.abs(ratio - 1) < 1e-9);
	});
});
