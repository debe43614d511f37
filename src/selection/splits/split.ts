// Rows divided at random by shares.
import { argumentOf, optionsOf } from '../../base/index.js';
import { divided } from './divide.js';
import { classesOf, countOf, type DivideOptions, divideKinds } from './rows.js';
import { expectShares, sizesOf } from './shares.js';

const sharesKind = {
	expected: 'an array or an object of shares',
	fits: (value: unknown) => typeof value === 'object' && value !== null,
	next: 'Write [0.6, 0.2, 0.2], or { train: 0.9, test: 0.1 }.',
};

/**
 * Divides rows at random by shares that sum to 1, each part to within one row of its share: their numbers, ascending. With `stratify` each part has
 * the shares of the classes, to within one document (those of part after part by largest remainders, as scikit-learn's StratifiedShuffleSplit).
 *
 * @throws {RangeError} where a share above 0 is less than one document, or a class has fewer documents than there are parts.
 *
 * @example
 * const [train, validation, test] = split(docs, [0.6, 0.2, 0.2], { seed: 828, stratify: 'label' });
 * const model = await learner.fit(pick(docs, train));
 */
export function split<D>(docs: readonly D[] | number, shares: readonly number[], options?: DivideOptions<D>): Uint32Array[];
export function split<D, Part extends string>(
	docs: readonly D[] | number,
	shares: Readonly<Record<Part, number>>,
	options?: DivideOptions<D>,
): Record<Part, Uint32Array>;
export function split<D>(
	docs: readonly D[] | number,
	shares: readonly number[] | Readonly<Record<string, number>>,
	options: DivideOptions<D> = {},
): Uint32Array[] | Record<string, Uint32Array> {
	const { seed = 0, stratify } = optionsOf('split', options, divideKinds);
	const count = countOf('split', docs);
	const values = Object.values(argumentOf('split', 'shares', shares, sharesKind));
	expectShares('split', values);
	const sizes = sizesOf(count, values);
	const empty = sizes.findIndex((size, part) => size === 0 && values[part]! > 0);
	if (empty >= 0) {
		throw new RangeError(
			`split: expected documents for each part, got ${count}, of which a share of ${values[empty]} is none. Pass more, or a larger share.`,
		);
	}
	const parts = divided('split', count, sizes, { seed, strata: classesOf('split', docs, stratify) });
	return Array.isArray(shares) ? parts : Object.fromEntries(Object.keys(shares).map((name, part) => [name, parts[part]!]));
}
