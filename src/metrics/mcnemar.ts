// McNemar's test (1947): whether one of two models is right more often than the other on the same samples, by those of which one of them only is right.
import { is, type Kinds, optionsOf } from '../base/index.js';
import { binomialTest, chiSquareTail } from './distributions.js';
import { type Label, labelsIn } from './labels.js';
import { sampleCount } from './samples.js';

/** How the p-value is computed. */
export interface McNemarOptions {
	/** By the binomial distribution, or by chi-square. Default: exact where fewer than 25 samples tell the models apart. */
	readonly exact?: boolean | undefined;
	/** Whether chi-square is corrected for continuity (Edwards 1948). Default true. */
	readonly correction?: boolean | undefined;
}

/** What came of a test. */
export interface McNemar {
	/** Exact: the smaller of the two numbers of samples of which one model only is right. Else chi-square, of one degree of freedom. */
	readonly statistic: number;
	/** How probable such a difference, or a larger one, is where both models are equally good (two-sided). */
	readonly p: number;
	readonly exact: boolean;
	/** Samples: `[[both right, the first only], [the second only, neither]]`. */
	readonly table: readonly [readonly [number, number], readonly [number, number]];
}

const kinds: Kinds<McNemarOptions> = { exact: is.flag, correction: is.flag };

/**
 * Compares the predictions of two models for the same samples: b and c are how many the first or the second only has right. Exact is
 * p = min(1, 2 P(X ≤ min(b, c))) with X of the binomial distribution (b + c, ½), else χ² = max(|b − c| − 1, 0)² / (b + c), without correction
 * (b − c)² / (b + c).
 *
 * @throws {RangeError} where there are no samples or not as many of all three.
 */
export function mcnemar(truth: ArrayLike<Label>, first: ArrayLike<Label>, second: ArrayLike<Label>, options: McNemarOptions = {}): McNemar {
	const { exact, correction = true } = optionsOf('mcnemar', options, kinds);
	const count = sampleCount('mcnemar', { truth, first, second });
	labelsIn('mcnemar', { truth, first, second });
	const table: [[number, number], [number, number]] = [
		[0, 0],
		[0, 0],
	];
	for (let at = 0; at < count; at++) table[first[at] === truth[at] ? 0 : 1][second[at] === truth[at] ? 0 : 1]++;
	const [[, b], [c]] = table;
	if (exact ?? b + c < 25) return { statistic: Math.min(b, c), p: binomialTest(Math.min(b, c), b + c), exact: true, table };
	const apart = Math.max(Math.abs(b - c) - Number(correction), 0);
	const statistic = b + c === 0 ? 0 : apart ** 2 / (b + c);
	return { statistic, p: chiSquareTail(statistic), exact: false, table };
}
