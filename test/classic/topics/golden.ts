// What scikit-learn makes of small matrices, and how it is compared.
import { readFileSync } from 'node:fs';
import type { KMeansOptions, LdaOptions, NmfOptions } from 'textloom/classic';
import { fromDense, type SparseMatrix } from 'textloom/sparse';
import { expect } from 'vitest';

interface OfSvd {
	singularValues: number[];
	components: number[];
	explainedVariance: number[];
	explainedVarianceRatio: number[];
	transformed: number[];
}

interface OfNmf {
	options: Omit<NmfOptions, 'components'>;
	w: number[];
	h: number[];
	error: number;
	iterations: number;
	transformed: number[];
}

interface OfLda {
	options: Omit<LdaOptions, 'topics'>;
	init: number[];
	components: number[];
	transformed: number[];
	score: number;
	perplexity: number;
}

interface OfKMeans {
	name: string;
	init: number[];
	options: KMeansOptions;
	labels: number[];
	inertia: number;
	centers: number[];
	iterations: number;
	predicted: number[];
}

export const golden: {
	made_by: string;
	rows: number;
	columns: number;
	counts: number[];
	signed: number[];
	svd: OfSvd;
	svdWide: OfSvd;
	nmf: OfNmf[];
	nmfGiven: OfNmf & { w0: number[]; h0: number[] };
	lda: OfLda[];
	kMeans: OfKMeans[];
} = JSON.parse(readFileSync(new URL('../../golden/classic/topics.json', import.meta.url), 'utf8'));

const matrixOf = (numbers: readonly number[]): SparseMatrix => fromDense(numbers, golden.columns, { dtype: 'float64' });

/** Counts of words. */
export const counts = matrixOf(golden.counts);
/** The same with some columns negative. */
export const signed = matrixOf(golden.signed);

/** The largest difference of two rows of numbers. */
export function gap(got: ArrayLike<number>, expected: ArrayLike<number>): number {
	expect(got.length).toBe(expected.length);
	let most = 0;
	for (let i = 0; i < got.length; i++) most = Math.max(most, Math.abs(got[i]! - expected[i]!));
	return most;
}
