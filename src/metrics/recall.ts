// Recall of classes: how much of what is true was found, equal to scikit-learn's.
import { type ClassCounts, recallOf } from './averages.js';
import { type ClassScoreOptions, type ClassScoreSettings, classScore, classScoreOf } from './class-score.js';
import type { Label } from './labels.js';
import type { Metric } from './metric.js';

/** Recall = hits / actual for each class, and these averaged. 0 for a class that is never true, and where nothing counts. */
export function recall(options: ClassScoreOptions = {}): Metric<ClassCounts> {
	return classScore('recall', recallOf, options);
}

/** The same of labels, the true and the predicted ones of each sample. Throws a RangeError where there are none, or not as many of both. */
export function recallScore(truth: ArrayLike<Label>, predicted: ArrayLike<Label>, options: ClassScoreSettings = {}): number {
	return classScoreOf('recallScore', recallOf, truth, predicted, options);
}
