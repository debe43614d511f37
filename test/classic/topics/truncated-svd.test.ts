import * as fc from 'fast-check';
import { truncatedSvd } from 'textloom/classic';
import { fromDense, sliceRows } from 'textloom/sparse';
import { describe, expect, it } from 'vitest';
import { gap, golden, signed } from './golden.js';

describe('truncatedSvd', () => {
	it.each([
		['more rows than columns', golden.svd, signed, 5],
		['fewer', golden.svdWide, sliceRows(signed, 0, 20), 4],
	] as const)(`gives what ${golden.made_by} gives: %s`, (_, expected, matrix, components) => {
		const svd = truncatedSvd(matrix, { components, iterations: 40 });
		expect(gap(svd.singularValues, expected.singularValues)).toBeLessThan(1e-9);
		expect(gap(svd.components, expected.components)).toBeLessThan(1e-9);
		expect(gap(svd.explainedVariance, expected.explainedVariance)).toBeLessThan(1e-9);
		expect(gap(svd.explainedVarianceRatio, expected.explainedVarianceRatio)).toBeLessThan(1e-9);
		expect(gap(svd.transform(matrix), expected.transformed)).toBeLessThan(1e-9);
	});

	it('has a matrix again of all its components, whatever is in it: Σ s² = ‖X‖², orthonormal vectors, ‖Xv‖ = s', () => {
		const sizes = fc.record({ rows: fc.integer({ min: 1, max: 7 }), columns: fc.integer({ min: 1, max: 7 }) });
		const given = sizes.chain(({ rows, columns }) =>
			fc.tuple(
				fc.constant(columns),
				fc.array(fc.oneof(fc.constant(0), fc.integer({ min: -9, max: 9 })), { minLength: rows * columns, maxLength: rows * columns }),
			),
		);
		fc.assert(
			fc.property(given, ([columns, numbers]) => {
				const matrix = fromDense(numbers, columns, { dtype: 'float64' });
				const count = Math.min(matrix.rows, columns);
				const { components, singularValues, transform } = truncatedSvd(matrix, { components: count });
				const squares = (of: ArrayLike<number>) => Array.from(of).reduce((sum, value) => sum + value * value, 0);
				const scale = 1 + squares(numbers);
				expect(squares(singularValues)).toBeCloseTo(squares(numbers), 8 - Math.ceil(Math.log10(scale)));
				const projected = transform(matrix);
				for (let i = 0; i < count; i++) {
					expect(i === 0 || singularValues[i]! <= singularValues[i - 1]!).toBe(true);
					const along = Array.from({ length: matrix.rows }, (_, row) => projected[row * count + i]!);
					expect(Math.abs(Math.sqrt(squares(along)) - singularValues[i]!) / scale).toBeLessThan(1e-6);
					for (let j = 0; j <= i; j++) {
						const product = Array.from({ length: columns }, (_, k) => components[i * columns + k]! * components[j * columns + k]!);
						const sum = product.reduce((a, b) => a + b, 0);
						// Vectors of values that are 0 may be 0.
						if (singularValues[i]! > 1e-4) expect(Math.abs(sum - (i === j ? 1 : 0))).toBeLessThan(1e-6);
					}
				}
			}),
			{ numRuns: 200, seed: 5 },
		);
	});

	it('gives 0 beyond the rank', () => {
		const rows = Array.from({ length: 12 }, (_, i) => [1, 2, 3, 0, i % 2, 0, 0, 1]).flat();
		const { singularValues, components } = truncatedSvd(fromDense(rows, 8), { components: 4 });
		expect(Array.from(singularValues.slice(2), (value) => value < 1e-6)).toEqual([true, true]);
		expect(components.every(Number.isFinite)).toBe(true);
	});

	it('names the terms of each component, and the same numbers for the same seed', () => {
		const names = Array.from({ length: 30 }, (_, i) => (i === 0 ? '__proto__' : `词${i}`));
		const [a, b] = [truncatedSvd(signed, { components: 3 }), truncatedSvd(signed, { components: 3 })];
		expect(a.components).toEqual(b.components);
		const [first] = a.topTerms(names, 2);
		expect(first).toHaveLength(2);
		expect(first![0]!.weight).toBe(Math.max(...a.components.slice(0, 30)));
		expect(a.transformRow({ indices: Int32Array.of(), values: Float64Array.of(), size: 30 })).toEqual(new Float64Array(3));
		expect(() => a.topTerms(names.slice(1))).toThrow('truncatedSvd: expected a name for each of 30 columns, got 29.');
	});
});
