// k-fold cross-validation with the shares of the classes in each fold.
import { argumentOf, optionsOf, permutation } from '../../base/index.js';
import { type Fold, type FoldOptions, foldKinds, foldsOf } from './fold.js';
import { type Label, shownLabel } from './label.js';
import { strataOf } from './strata.js';

/** The first of the streams of random numbers that order the rows of a class, one for each class. */
const ordering = 0x18000000;

const labelsKind = { expected: 'an array, the class of each row', fits: Array.isArray, next: 'Pass docs.map(({ label }) => label).' };

/**
 * Folds that hold out nearly equal numbers of each class, and of all: as many of each as scikit-learn's StratifiedKFold, which deals the rows,
 * sorted by class, to the folds in turn.
 *
 * @throws {RangeError} where there are more folds than rows of a class.
 *
 * @example
 * const folds = stratifiedKFold(docs.map(({ label }) => label), { folds: 10, seed: 1 });
 */
export function stratifiedKFold(labels: readonly Label[], options: FoldOptions = {}): Fold[] {
	const { folds = 5, seed = 0, shuffle = true } = optionsOf('stratifiedKFold', options, foldKinds);
	const { codes, names, counts } = strataOf('stratifiedKFold', argumentOf('stratifiedKFold', 'labels', labels, labelsKind));
	const rare = counts.findIndex((count) => count < folds);
	if (rare >= 0 || counts.length === 0) {
		const got = rare < 0 ? 'none' : `${counts[rare]} of ${shownLabel(names[rare]!)}`;
		throw new RangeError(
			`stratifiedKFold: expected at least ${folds} rows of each class for ${folds} folds, got ${got}. Take fewer folds, leave the class out, or take kFold.`,
		);
	}
	// The row at place i of all rows sorted by class goes to fold i mod folds; within a class only the numbers count.
	const rows = counts.map(() => 0);
	const dealing: Uint32Array[] = [];
	for (let code = 0, start = 0; code < counts.length; start += counts[code++]!) {
		const taken = Uint32Array.from({ length: counts[code]! }, (_, i) => (start + i) % folds).sort();
		dealing.push(shuffle ? permutation(taken.length, seed, ordering + code).map((place) => taken[place]!) : taken);
	}
	return foldsOf(
		codes.map((code) => dealing[code]![rows[code]!++]!),
		folds,
	);
}
