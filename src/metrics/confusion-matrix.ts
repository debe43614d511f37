// The confusion matrix of labels: which class was taken for which.
import { optionsOf } from '../base/index.js';
import { type Label, show } from './labels.js';
import { pairOf, type SampleOptions, sampleKinds } from './samples.js';

/** Which class was taken for which. */
export interface ConfusionMatrix {
	/** The classes of rows and columns. */
	readonly labels: readonly Label[];
	/** `[truth][predicted]` counts, or sums of weights. */
	readonly counts: readonly (readonly number[])[];
}

/**
 * How often each class was taken for each other, equal to scikit-learn's `confusion_matrix`: of `labels`, where these are given, samples of which
 * both labels are among them. For class numbers, with an error for what is none, there is `confusion`.
 *
 * @throws {RangeError} where there are no samples or not as many of both, and where none is of `labels`.
 */
export function confusionMatrix(truth: ArrayLike<Label>, predicted: ArrayLike<Label>, options: SampleOptions = {}): ConfusionMatrix {
	const read = pairOf('confusionMatrix', truth, predicted, optionsOf('confusionMatrix', options, sampleKinds));
	const { labels, weights } = read;
	if (read.truth.every((place) => place < 0)) {
		throw new RangeError(
			`confusionMatrix: expected labels that are true of a sample, got ${show(labels)}. Name classes of truth, or leave labels out.`,
		);
	}
	const counts = labels.map(() => new Array<number>(labels.length).fill(0));
	for (let at = 0; at < read.truth.length; at++) {
		const row = counts[read.truth[at]!];
		const column = read.predicted[at]!;
		if (row && column >= 0) row[column]! += weights ? weights[at]! : 1;
	}
	return { labels, counts };
}
