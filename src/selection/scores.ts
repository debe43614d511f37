// What predictions are worth, as one number, from the true labels and the predicted ones.
import { averages, type ClassCount, Counting } from '../metrics/averages.js';
import type { Label } from './splits/label.js';

/**
 * The score of predictions: the larger the better. `docs` are the documents that were predicted, with all that the stages added, such as the
 * probability of each class.
 */
export type Score = (truth: readonly Label[], predicted: readonly Label[], docs: readonly object[]) => number;

/** The scores that have names, equal to scikit-learn's. */
export const scores = {
	/** The share of labels that are predicted. */
	accuracy: (truth, predicted) => truth.filter((label, i) => label === predicted[i]).length / truth.length,
	/** The mean, over the true classes, of the share of their documents that are predicted (recall). */
	balancedAccuracy(truth, predicted) {
		const classes = [...counted(truth, predicted).values()].filter(({ actual }) => actual > 0);
		return classes.reduce((sum, { hits, actual }) => sum + hits / actual, 0) / classes.length;
	},
	/** The mean of the F1 of the classes that were predicted or true. */
	f1Macro: (truth, predicted) => averages.macro(counted(truth, predicted)),
	/** F1 of all classes counted together; with one label a document it is the accuracy. */
	f1Micro: (truth, predicted) => averages.micro(counted(truth, predicted)),
	/** The mean of the F1 of the classes by how often each was true. */
	f1Weighted: (truth, predicted) => averages.weighted(counted(truth, predicted)),
} satisfies Record<string, Score>;

/** The name of a score: `accuracy`, `balancedAccuracy` (mean recall), `f1Macro`, `f1Micro` or `f1Weighted`. */
export type ScoreName = keyof typeof scores;

function counted(truth: readonly Label[], predicted: readonly Label[]): ReadonlyMap<number | string, ClassCount> {
	// Classes are counted by number: true and 'true' are two.
	const codes = new Map<Label, number>();
	const codeOf = (label: Label) => {
		const known = codes.get(label) ?? codes.size;
		codes.set(label, known);
		return known;
	};
	const counting = new Counting(new Map());
	for (const [i, label] of truth.entries()) {
		counting.add('actual', codeOf(label));
		counting.add('predicted', codeOf(predicted[i]!));
		if (label === predicted[i]) counting.add('hits', codeOf(label));
	}
	return counting.classes;
}
