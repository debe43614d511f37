// What predictions are worth, as one number, from the true labels and the predicted ones.
import { accuracyScore, classReport, f1Score } from '../metrics/index.js';
import type { Label } from './splits/label.js';

/**
 * The score of predictions: the larger the better. `docs` are the documents that were predicted, with all that the stages added, such as the
 * probability of each class.
 */
export type Score = (truth: readonly Label[], predicted: readonly Label[], docs: readonly object[]) => number;

/** Classes by number: true and 'true' are two. */
function numbered(score: (truth: readonly number[], predicted: readonly number[]) => number): Score {
	return (truth, predicted) => {
		const codes = new Map([...new Set([...truth, ...predicted])].map((label, code) => [label, code]));
		const [actual, said] = [truth, predicted].map((labels) => labels.map((label) => codes.get(label)!)) as [number[], number[]];
		return score(actual, said);
	};
}

/** The scores that have names, equal to scikit-learn's. */
export const scores = {
	/** The share of labels that are predicted. */
	accuracy: numbered(accuracyScore),
	/** The mean, over the true classes, of the share of their documents that are predicted (recall). */
	balancedAccuracy: numbered((truth, predicted) => {
		const classes = classReport(truth, predicted).classes.filter(({ support }) => support > 0);
		return classes.reduce((sum, { recall }) => sum + recall, 0) / classes.length;
	}),
	/** The mean of the F1 of the classes that were predicted or true. */
	f1Macro: numbered((truth, predicted) => f1Score(truth, predicted, { average: 'macro' })),
	/** F1 of all classes counted together; with one label a document it is the accuracy. */
	f1Micro: numbered((truth, predicted) => f1Score(truth, predicted, { average: 'micro' })),
	/** The mean of the F1 of the classes by how often each was true. */
	f1Weighted: numbered((truth, predicted) => f1Score(truth, predicted, { average: 'weighted' })),
} satisfies Record<string, Score>;

/** The name of a score: `accuracy`, `balancedAccuracy` (mean recall), `f1Macro`, `f1Micro` or `f1Weighted`. */
export type ScoreName = keyof typeof scores;
