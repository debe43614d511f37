// The ROC curve: what a threshold finds of a class, beside what it takes for it that is none; equal to scikit-learn's.
import { is, type Kinds, optionsOf } from '../base/index.js';
import { positivePlaces, type ScoreOptions, scoreKinds } from './binary.js';
import { type Cuts, cutsOf } from './cuts.js';
import type { Label } from './labels.js';
import { matrixOf } from './matrix.js';
import { weightsOf } from './samples.js';

/** Points of the curve from (0, 0) to (1, 1). */
export interface RocCurve {
	/** The share of what is not of the class that has a score from the threshold on. */
	readonly falsePositiveRate: Float64Array;
	/** The share of the class that has. */
	readonly truePositiveRate: Float64Array;
	/** Scores from the largest; the first, for (0, 0), is Infinity. */
	readonly thresholds: Float64Array;
}

/** Classes, samples, and which points are kept. */
export interface RocCurveOptions extends ScoreOptions {
	/** Keep points, too, that lie on the line between their neighbours. Default false. */
	readonly keepAll?: boolean | undefined;
}

const kinds: Kinds<RocCurveOptions> = { ...scoreKinds, keepAll: is.flag };

/**
 * The ROC curve of scores, one for each sample; of more than two classes that of `positive` against all others.
 *
 * @throws {RangeError} where all samples are of one class.
 */
export function rocCurve(truth: ArrayLike<Label>, scores: ArrayLike<number>, options: RocCurveOptions = {}): RocCurve {
	const { keepAll = false, ...read } = optionsOf('rocCurve', options, kinds);
	const cuts = binaryCuts('rocCurve', truth, scores, read);
	const { thresholds, hits, misses } = keepAll ? cuts : corners(cuts);
	const [own, others] = [hits.at(-1)!, misses.at(-1)!];
	if (own === 0 || others === 0) {
		const got = own === 0 ? 'none of the positive class' : 'only such of the positive class';
		throw new RangeError(`rocCurve: expected samples of two classes, got ${got}. Measure on samples of both, or name another: positive.`);
	}
	const rates = (counts: Float64Array, all: number) =>
		led(
			0,
			counts.map((count) => count / all),
		);
	return {
		falsePositiveRate: rates(misses, others),
		truePositiveRate: rates(hits, own),
		thresholds: led(Number.POSITIVE_INFINITY, thresholds),
	};
}

/** Numbers with one before them. */
function led(first: number, numbers: Float64Array): Float64Array {
	const all = new Float64Array(numbers.length + 1).fill(first, 0, 1);
	all.set(numbers, 1);
	return all;
}

/** The cuts of one score for each sample. */
export function binaryCuts(who: string, truth: ArrayLike<Label>, scores: ArrayLike<number>, options: ScoreOptions): Cuts {
	const { data, rows, columns, inRows } = matrixOf(who, 'scores', scores, { truth });
	if (inRows) throw new TypeError(`${who}: expected one score for each sample, got rows of ${columns}. Pass the scores of one class.`);
	const { positive } = positivePlaces(who, truth, options);
	return cutsOf({ scores: data, positive, weights: weightsOf(who, options.sampleWeights, rows) });
}

/** The first and the last cut, and those where the curve turns. */
function corners({ thresholds, hits, misses }: Cuts): Cuts {
	const turns = (counts: Float64Array, at: number) => counts[at + 1]! - counts[at]! !== counts[at]! - counts[at - 1]!;
	const kept = (_: number, at: number) => at === 0 || at === hits.length - 1 || turns(hits, at) || turns(misses, at);
	return { thresholds: thresholds.filter(kept), hits: hits.filter(kept), misses: misses.filter(kept) };
}
