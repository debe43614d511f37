// F1 of classes: the harmonic mean of precision and recall (van Rijsbergen 1979), equal to scikit-learn's.
import { type ClassCounts, f1Of } from './averages.js';
import { type ClassScoreOptions, type ClassScoreSettings, classScore, classScoreOf } from './class-score.js';
import type { Label } from './labels.js';
import type { Metric } from './metric.js';

/** How the classes' scores become one. */
export type F1Options = ClassScoreOptions;

/** F1 = 2 hits / (predicted + actual) for each class, and these averaged. 0 where nothing counts. */
export function f1(options: F1Options = {}): Metric<ClassCounts> {
	return classScore('f1', f1Of, options);
}

/** The same of labels, the true and the predicted ones of each sample. Throws a RangeError where there are none, or not as many of both. */
export function f1Score(truth: ArrayLike<Label>, predicted: ArrayLike<Label>, options: ClassScoreSettings = {}): number {
	return classScoreOf('f1Score', f1Of, truth, predicted, options);
}
