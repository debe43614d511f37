// The curve of precision and recall over the thresholds of scores, equal to scikit-learn's.
import { optionsOf } from '../base/index.js';
import { type ScoreOptions, scoreKinds } from './binary.js';
import type { Label } from './labels.js';
import { binaryCuts } from './roc-curve.js';

/** Points of the curve, from the smallest threshold; one point more than thresholds: the last is (precision 1, recall 0). */
export interface PrecisionRecallCurve {
	readonly precision: Float64Array;
	readonly recall: Float64Array;
	/** The different scores, from the smallest. */
	readonly thresholds: Float64Array;
}

/**
 * Precision and recall of what has a score from each threshold on, one score for each sample; of more than two classes those of `positive`. Where no
 * sample is of the class, the recall is 1, as scikit-learn has it.
 */
export function precisionRecallCurve(truth: ArrayLike<Label>, scores: ArrayLike<number>, options: ScoreOptions = {}): PrecisionRecallCurve {
	const cuts = binaryCuts('precisionRecallCurve', truth, scores, optionsOf('precisionRecallCurve', options, scoreKinds));
	const { thresholds, hits, misses } = cuts;
	const count = hits.length;
	const all = hits[count - 1]!;
	const precision = new Float64Array(count + 1).fill(1);
	const recall = new Float64Array(count + 1);
	for (let at = 0; at < count; at++) {
		precision[count - 1 - at] = hits[at]! / (hits[at]! + misses[at]!);
		recall[count - 1 - at] = all === 0 ? 1 : hits[at]! / all;
	}
	return { precision, recall, thresholds: thresholds.toReversed() };
}
