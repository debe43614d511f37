// Projections to the plane: PCA equal to scikit-learn's, t-SNE as good as its.
import { readFileSync } from 'node:fs';
import { pca, type TsneOptions, type TsneProgress, tsne } from 'textloom/classic';
import { describe, expect, it } from 'vitest';
import { barnesHut, everyPair } from '../../../dist/src/classic/projection/forces.js';
import { testRefusals } from '../../refusals.js';
import { gap } from '../topics/golden.js';
import { trustworthiness } from './trustworthiness.js';

interface OfPca {
	points: number[];
	components: number[];
	explainedVariance: number[];
	explainedVarianceRatio: number[];
}

const golden: {
	made_by: string;
	width: number;
	rows: number[];
	pca: OfPca;
	pcaWide: OfPca;
	tsne: { options: TsneOptions; divergence: number; trustworthiness: number }[];
	trustworthinessOfPca: number;
} = JSON.parse(readFileSync(new URL('../../golden/classic/projection.json', import.meta.url), 'utf8'));
const rows = Float64Array.from(golden.rows);
const { width } = golden;

describe('pca', () => {
	it.each([
		['more rows than columns', rows, golden.pca, 4],
		['fewer', rows.slice(0, 7 * width), golden.pcaWide, 3],
	] as const)(`gives what ${golden.made_by} gives: %s`, (_, data, expected, components) => {
		const found = pca(data, width, { components });
		expect(gap(found.components, expected.components)).toBeLessThan(1e-9);
		expect(gap(found.points, expected.points)).toBeLessThan(1e-9);
		expect(gap(found.explainedVariance, expected.explainedVariance)).toBeLessThan(1e-9);
		expect(gap(found.explainedVarianceRatio, expected.explainedVarianceRatio)).toBeLessThan(1e-9);
		expect(gap(found.transform(data), expected.points)).toBeLessThan(1e-9);
	});

	it('finds the same by random vectors where rows and columns are many', () => {
		// Each row and column often enough, so that there are more than 128 of both.
		const wide = 17 * width;
		const many = Float64Array.from(
			{ length: 210 * wide },
			(_, at) => rows[((Math.floor(at / wide) % 180) * width + (at % width)) % rows.length]!,
		);
		const found = pca(many, wide);
		const data = Float64Array.from({ length: 210 * width }, (_, at) => rows[at % rows.length]!);
		const narrow = pca(data, width);
		expect(gap(found.explainedVarianceRatio, narrow.explainedVarianceRatio)).toBeLessThan(1e-9);
		expect(
			gap(
				found.points.map((value) => value / Math.sqrt(17)),
				narrow.points,
			),
		).toBeLessThan(1e-6);
	});

	it('gives 0 beyond the rank', () => {
		const line = Float64Array.from({ length: 30 }, (_, at) => Math.floor(at / 3) * ((at % 3) + 1));
		const { points, explainedVarianceRatio } = pca(line, 3);
		expect(explainedVarianceRatio[0]).toBeCloseTo(1, 12);
		expect(Array.from({ length: 10 }, (_, row) => points[2 * row + 1])).toEqual(new Array(10).fill(0));
		expect(pca(Float32Array.of(1, 2, 1, 2), 2).points).toEqual(new Float64Array(4));
	});
});

describe('t-SNE', () => {
	it('measures trustworthiness as scikit-learn does', () => {
		expect(trustworthiness(rows, width, pca(rows, width).points, 8)).toBeCloseTo(golden.trustworthinessOfPca, 9);
	});

	it.each(golden.tsne.map((row) => [JSON.stringify(row.options), row] as const))(
		`comes as near as ${golden.made_by}: %s`,
		(_, { options, ...theirs }) => {
			const { points, divergence } = tsne(rows, width, options);
			expect(divergence).toBeLessThan(theirs.divergence * 1.05);
			expect(divergence).toBeGreaterThan(0);
			expect(trustworthiness(rows, width, points, 8)).toBeGreaterThan(theirs.trustworthiness - 0.005);
		},
	);

	it('gives the same points each time, and others for another seed where they begin at random', () => {
		const some = rows.slice(0, 40 * width);
		const at = (seed: number) => tsne(some, width, { init: 'random', seed, iterations: 300 }).points;
		expect(at(1)).toEqual(at(1));
		expect(at(1)).not.toEqual(at(2));
	});

	it('has the forces of all pairs where squares are narrow, and nearly these where they are wider', () => {
		// Points that lie together, too: one place three times, and two that only a deep tree would part.
		const together = [0, 0, 0, 0, 0, 0, 1, 1, 1 + 2 ** -50, 1];
		const points = Float64Array.of(...pca(rows, width).points, ...together);
		const count = points.length / 2;
		const [all, squares, coarse] = [everyPair, barnesHut(count, 0), barnesHut(count, 0.5)].map((repel) => {
			const forces = new Float64Array(points.length);
			return { z: repel(points, forces), forces };
		});
		expect(squares!.z / all!.z).toBeCloseTo(1, 12);
		expect(gap(squares!.forces, all!.forces)).toBeLessThan(1e-12 * all!.z);
		expect(Math.abs(coarse!.z / all!.z - 1)).toBeLessThan(0.01);
		const size = Math.max(...all!.forces.map(Math.abs));
		expect(gap(coarse!.forces, all!.forces)).toBeLessThan(0.05 * size);
		expect(gap(coarse!.forces, all!.forces)).toBeGreaterThan(0);
	});

	it('takes rows that are all alike, two rows, rows of one number, and points to begin with', () => {
		for (const [data, size] of [
			[new Float64Array(80), 4],
			[Float32Array.of(0, 0, 1, 1), 2],
			[Float64Array.of(5, 1, 4, 2), 1],
		] as const) {
			const { points, divergence } = tsne(data, size);
			expect(points).toHaveLength((2 * data.length) / size);
			expect(points.every(Number.isFinite)).toBe(true);
			expect(Number.isFinite(divergence)).toBe(true);
		}
		const init = pca(rows, width).points.map((value) => value * 1e-4);
		expect(tsne(rows, width, { init, iterations: 300 }).points).toHaveLength(init.length);
	});

	it('tells how far it is, and ends where it is told to', () => {
		const told: TsneProgress[] = [];
		tsne(rows.slice(0, 20 * width), width, { iterations: 320, onProgress: (progress) => told.push(progress) });
		expect(told.map(({ iteration }) => iteration)).toEqual([50, 100, 150, 200, 250, 300, 320]);
		expect(told.every(({ iterations, divergence }) => iterations === 320 && divergence > 0)).toBe(true);
		const stop = () => {
			throw new Error('enough');
		};
		expect(() => tsne(rows, width, { onProgress: stop })).toThrow('enough');
	});
});

const odd = rows.slice();
odd[width + 2] = Number.NaN;
testRefusals({
	pca: {
		refuses: [
			[() => pca([1, 2, 3, 4] as never, 2), 'pca: expected rows in a Float32Array or Float64Array, got object.'],
			[() => pca(rows, 7.5), 'pca: expected a width of at least 1, the numbers of a row, got 7.5.'],
			[() => pca(Float64Array.of(1, 2, 3), 2), 'pca: expected at least two whole rows of 2 numbers, got 3 numbers.'],
			[() => pca(odd, width), 'pca: expected finite numbers, got NaN in row 1, column 2.'],
			[() => pca(rows, width, { components: 13 }), 'pca: expected components up to the 12 rows or columns, got 13.'],
			[() => pca(rows, width).transform(odd), 'pca: expected finite numbers, got NaN in row 1, column 2.'],
		],
	},
	tsne: {
		refuses: [
			[() => tsne(Float64Array.of(1, 2), 2), 'tsne: expected at least two whole rows of 2 numbers, got 2 numbers.'],
			[() => tsne(rows, width, { perplexity: 180 }), 'tsne: expected a perplexity below the 180 rows, got 180.'],
			[() => tsne(rows, width, { iterations: 100 }), 'tsne: expected iterations to be a whole number from 250, got 100.'],
			[() => tsne(rows, width, { init: new Float64Array(3) }), 'tsne: expected init of 180 × 2 finite numbers, got 3 numbers.'],
			[() => tsne(rows, width, { init: 'svd' as never }), "tsne: expected init to be one of 'pca', 'random' or a Float64Array, got 'svd'."],
		],
	},
});
