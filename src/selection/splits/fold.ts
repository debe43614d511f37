// A fold: rows to learn from, and the rows that are held out.
import { is, type Kinds } from '../../base/index.js';

/** The numbers of rows to learn from and of those to test on, ascending. */
export interface Fold {
	readonly train: Uint32Array;
	readonly test: Uint32Array;
}

/** How many folds, and whether at random. */
export interface FoldOptions {
	/** Default 5. */
	readonly folds?: number;
	/** Same seed, same folds. Default 0. */
	readonly seed?: number;
	/** Whether rows come into folds at random. Otherwise by their order, equal to scikit-learn's. Default true. */
	readonly shuffle?: boolean;
}

/** The kinds of these options. */
export const foldKinds: Kinds<FoldOptions> = { folds: is.whole(2), seed: is.whole(), shuffle: is.flag };

/** The folds of rows, by the fold in which each row is held out. */
export function foldsOf(assigned: ArrayLike<number>, folds: number): Fold[] {
	const sizes = new Uint32Array(folds);
	for (let row = 0; row < assigned.length; row++) sizes[assigned[row]!]!++;
	return Array.from(sizes, (size, fold) => {
		const [train, test] = [new Uint32Array(assigned.length - size), new Uint32Array(size)];
		for (let row = 0, held = 0; row < assigned.length; row++) {
			if (assigned[row] === fold) test[held++] = row;
			else train[row - held] = row;
		}
		return { train, test };
	});
}
