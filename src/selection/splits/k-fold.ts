// k-fold cross-validation: each row is held out once.
import { argumentOf, is, optionsOf, permutation } from '../../base/index.js';
import { type Fold, type FoldOptions, foldKinds, foldsOf } from './fold.js';

/** The stream of random numbers that orders rows before they are cut into folds. */
const ordering = 0x10000006;

/**
 * Folds of nearly equal size over `count` rows (Stone 1974): the first count mod folds have one row more.
 *
 * @throws {RangeError} where there are more folds than rows.
 *
 * @example
 * for (const { train, test } of kFold(docs.length, { folds: 10, seed: 1 })) …
 */
export function kFold(count: number, options: FoldOptions = {}): Fold[] {
	const { folds = 5, seed = 0, shuffle = true } = optionsOf('kFold', options, foldKinds);
	argumentOf('kFold', 'count', count, is.whole(0));
	if (count < folds) throw new RangeError(`kFold: expected at least ${folds} rows for ${folds} folds, got ${count}. Take fewer folds.`);
	const order = shuffle ? permutation(count, seed, ordering) : Uint32Array.from({ length: count }, (_, row) => row);
	const assigned = new Uint32Array(count);
	const larger = count % folds;
	for (let fold = 0, next = 0; fold < folds; fold++) {
		const end = next + Math.floor(count / folds) + (fold < larger ? 1 : 0);
		for (; next < end; next++) assigned[order[next]!] = fold;
	}
	return foldsOf(assigned, folds);
}
