// Precision of classes: how much of what was predicted is right, equal to scikit-learn's.
import { type ClassCounts, precisionOf } from './averages.js';
import { type ClassScoreOptions, type ClassScoreSettings, classScore, classScoreOf } from './class-score.js';
import type { Label } from './labels.js';
import type { Metric } from './metric.js';

/** Precision = hits / predicted for each class, and these averaged. 0 for a class that was never predicted, and where nothing counts. */
export function precision(options: ClassScoreOptions = {}): Metric<ClassCounts> {
	return classScore('precision', precisionOf, options);
}

/** The same of labels, the true and the predicted ones of each sample. Throws a RangeError where there are none, or not as many of both. */
export function precisionScore(truth: ArrayLike<Label>, predicted: ArrayLike<Label>, options: ClassScoreSettings = {}): number {
	return classScoreOf('precisionScore', precisionOf, truth, predicted, options);
}
