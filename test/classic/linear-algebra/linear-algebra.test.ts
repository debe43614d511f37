import * as fc from 'fast-check';
import { fromDense, timesDense, toDense } from 'textloom/sparse';
import { describe, expect, it } from 'vitest';
import { orthonormal } from '../../../dist/src/classic/linear-algebra/orthonormal.js';
import { productsWith } from '../../../dist/src/classic/linear-algebra/products-with.js';
import { smallSvd } from '../../../dist/src/classic/linear-algebra/small-svd.js';
import { sparseTimes } from '../../../dist/src/classic/linear-algebra/sparse-times.js';
import { gram, timesSmall, turnedDense } from '../../../dist/src/classic/linear-algebra/tall.js';
import { descend, kernelDescent, withDiagonal } from '../../../dist/src/classic/topics/nmf-descent.js';
import { gap } from '../topics/golden.js';

const number = fc.oneof(fc.constant(0), fc.double({ min: -8, max: 8, noNaN: true }));
const dense = (rows: number, columns: number) =>
	fc.array(number, { minLength: rows * columns, maxLength: rows * columns }).map((all) => Float64Array.from(all));
/** A, n × k, and B, k × m. */
const factors = fc
	.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
	.chain(([n, k, m]) => fc.tuple(dense(n, k), dense(k, m), fc.constant({ n, k, m })));

/** A B by its definition. */
const product = (a: Float64Array, b: Float64Array, { n, k, m }: { n: number; k: number; m: number }) =>
	Float64Array.from({ length: n * m }, (_, at) => {
		let sum = 0;
		for (let i = 0; i < k; i++) sum += a[Math.floor(at / m) * k + i]! * b[i * m + (at % m)]!;
		return sum;
	});

describe('products', () => {
	it('of sparse and dense are those of the definition; the bits are those of the plain loop', () => {
		fc.assert(
			fc.property(factors, ([a, b, { n, k, m }]) => {
				const matrix = fromDense(a, k, { dtype: 'float64' });
				const plain = sparseTimes(matrix, b, m);
				expect(gap(plain, product(a, b, { n, k, m }))).toBeLessThan(1e-9);
				expect(gap(plain, timesDense(matrix, b, m))).toBeLessThan(1e-9);
				const by = productsWith(matrix, m);
				expect(by.times(b)).toEqual(plain);
				expect(by.rows(new Float64Array((n - 1) * m), 1)).toEqual(plain.slice(m));
				expect(toDense(matrix)).toHaveLength(n * k);
			}),
			{ seed: 1 },
		);
	});

	it('of more rows than a block or a panel have', () => {
		const [n, k, m] = [2500, 5, 3];
		const a = Float64Array.from({ length: n * k }, (_, at) => ((at * 7919) % 13) - 6);
		const b = Float64Array.from({ length: k * m }, (_, at) => at - 4);
		const expected = product(a, b, { n, k, m });
		expect(productsWith(fromDense(a, k, { dtype: 'float64' }), m).times(b)).toEqual(expected);
		expect(timesSmall(a, k, turnedDense(b, m), m)).toEqual(expected);
		expect(gram(a, k)).toEqual(product(turnedDense(a, k), a, { n: k, k: n, m: k }));
	});

	it('of tall and small dense ones are those of the definition', () => {
		fc.assert(
			fc.property(factors, ([a, b, { n, k, m }]) => {
				expect(gap(timesSmall(a, k, turnedDense(b, m), m), product(a, b, { n, k, m }))).toBeLessThan(1e-9);
				expect(gap(gram(a, k), product(turnedDense(a, k), a, { n: k, k: n, m: k }))).toBeLessThan(1e-9);
			}),
			{ seed: 2 },
		);
	});
});

describe('decompositions', () => {
	it('QR: orthonormal columns, R upper triangular, QR = A', () => {
		const [n, k] = [40, 6];
		// Columns from large to small, and one that depends on others.
		const a = Float64Array.from({ length: n * k }, (_, at) => Math.sin(at * at) * 10 ** -(at % k));
		for (let row = 0; row < n; row++) a[row * k + 4] = a[row * k]! - 2 * a[row * k + 1]!;
		const { q, r } = orthonormal(a, k);
		expect(gap(product(q, r, { n, k, m: k }), a)).toBeLessThan(1e-12);
		const one = Float64Array.from({ length: k * k }, (_, at) => (at % (k + 1) === 0 && at !== 4 * k + 4 ? 1 : 0));
		expect(gap(gram(q, k), one)).toBeLessThan(1e-13);
		for (let row = 0; row < k; row++) for (let column = 0; column < row; column++) expect(r[row * k + column]).toBe(0);
	});

	it('SVD: U diag(s) Vᵀ = A for any small matrix', () => {
		const square = fc.integer({ min: 1, max: 6 }).chain((n) => fc.tuple(dense(n, n), fc.constant(n)));
		fc.assert(
			fc.property(square, ([a, n]) => {
				const { left, values, right } = smallSvd(turnedDense(a, n), n);
				const scaled = left.map((value, at) => value * values[Math.floor(at / n)]!);
				expect(gap(product(turnedDense(scaled, n), right, { n, k: n, m: n }), a)).toBeLessThan(1e-10);
				expect([...values]).toEqual([...values].sort((x, y) => y - x));
			}),
			{ seed: 3 },
		);
	});
});

it('coordinate descent: the kernel and the plain loop give the same bits', () => {
	for (const width of [1, 4, 5]) {
		const rows = 1500;
		const w = Float64Array.from({ length: rows * width }, (_, at) => Math.max(Math.sin(at), 0));
		const xht = Float64Array.from(w, (_, at) => 2 * Math.cos(at * 3));
		const hht = withDiagonal(
			gram(
				Float64Array.from({ length: 9 * width }, (_, at) => Math.abs(Math.sin(7 * at))),
				width,
			),
			width,
			0.1,
		);
		const other = w.slice();
		const [a, b] = [descend(w, width, hht, xht, 0.01), kernelDescent(width)(other, hht, xht, 0.01)];
		expect(other).toEqual(w);
		expect(b).toBeCloseTo(a, 9);
		expect(w.every((value) => value >= 0)).toBe(true);
	}
});
