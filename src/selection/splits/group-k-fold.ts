// k-fold cross-validation in which no group is on both sides.
import { argumentOf, optionsOf } from '../../base/index.js';
import { type Fold, foldKinds, foldsOf } from './fold.js';
import type { Label } from './label.js';
import { strataOf } from './strata.js';

const groupsKind = { expected: 'an array, the group of each row', fits: Array.isArray, next: 'Pass docs.map(({ author }) => author).' };

/**
 * Folds that hold out whole groups, such as all texts of an author: the largest group first, each to the fold with the fewest rows (scikit-learn's
 * GroupKFold; of equally large groups the first to appear).
 *
 * @throws {RangeError} where there are more folds than groups.
 *
 * @example
 * const folds = groupKFold(docs.map(({ author }) => author), { folds: 5 });
 */
export function groupKFold(groups: readonly Label[], options: { readonly folds?: number } = {}): Fold[] {
	const { folds = 5 } = optionsOf('groupKFold', options, { folds: foldKinds.folds });
	const { codes, counts } = strataOf('groupKFold', argumentOf('groupKFold', 'groups', groups, groupsKind));
	if (counts.length < folds) {
		throw new RangeError(`groupKFold: expected at least ${folds} groups for ${folds} folds, got ${counts.length}. Take fewer folds.`);
	}
	const largest = Array.from(counts, (_, group) => group).sort((a, b) => counts[b]! - counts[a]! || a - b);
	const sizes = new Array<number>(folds).fill(0);
	const foldOf = new Uint32Array(counts.length);
	for (const group of largest) {
		const lightest = sizes.indexOf(Math.min(...sizes));
		sizes[lightest]! += counts[group]!;
		foldOf[group] = lightest;
	}
	return foldsOf(
		codes.map((group) => foldOf[group]!),
		folds,
	);
}
