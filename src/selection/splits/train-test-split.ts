// Rows to learn from, and rows to test on.
import { is, optionsOf } from '../../base/index.js';
import { divided } from './divide.js';
import type { Fold } from './fold.js';
import { classesOf, countOf, type DivideOptions, divideKinds } from './rows.js';

/** How rows are divided into two. */
export interface TrainTestOptions<D> extends DivideOptions<D> {
	/** The share that is tested on, below 1, or how many. Default 0.2. */
	readonly test?: number;
}

const kinds = {
	...divideKinds,
	test: {
		expected: 'a share above 0 and below 1, or a whole number from 1',
		fits: (value: unknown) => isShare(value) || is.whole(1).fits(value),
	},
};
const isShare = (value: unknown) => typeof value === 'number' && value > 0 && value < 1;

/**
 * Divides rows at random into those to learn from and those to test on: their numbers, ascending. A share of tests is rounded up, as scikit-learn's
 * `train_test_split` does; `stratify` is as in `split`. The result is a fold: `crossValidate(learner, docs, { folds: [trainTestSplit(docs)] })`.
 *
 * @throws {RangeError} where nothing is left to learn from.
 *
 * @example
 * const { train, test } = trainTestSplit(docs, { test: 0.3, seed: 828, stratify: 'label' });
 */
export function trainTestSplit<D>(docs: readonly D[] | number, options: TrainTestOptions<D> = {}): Fold {
	const { seed = 0, stratify, test = 0.2 } = optionsOf('trainTestSplit', options, kinds);
	const count = countOf('trainTestSplit', docs);
	const tested = test < 1 ? Math.ceil(test * count) : test;
	if (count - tested < 1) {
		throw new RangeError(
			`trainTestSplit: expected documents for both parts, got ${count}, of which ${tested} to test on. Pass more, or a smaller test.`,
		);
	}
	const strata = classesOf('trainTestSplit', docs, stratify);
	const [train, held] = divided('trainTestSplit', count, [count - tested, tested], { seed, strata });
	return { train: train!, test: held! };
}
