// What is divided: documents, or how many rows there are; and the classes that shares are kept of.
import { argumentOf, is, type Kind } from '../../base/index.js';
import { type Label, type LabelOf, labelOfKind, labelReader } from './label.js';
import { type Strata, strataOf } from './strata.js';

/** How rows are divided at random. */
export interface DivideOptions<D> {
	/** Same seed, same parts. Default 0. */
	readonly seed?: number;
	/** Each part has the shares of the classes that all have: the field of the class, a function that gives it, or the class of each row. Default: no heed. */
	readonly stratify?: LabelOf<D> | readonly Label[];
}

const rowsKind: Kind = {
	expected: 'an array of documents, or how many there are',
	fits: (value) => Array.isArray(value) || is.whole(0).fits(value),
	next: 'Collect them: await collect(docs); for more than memory holds there is splitDocuments.',
};

/** The kinds of these options. */
export const divideKinds = {
	seed: is.whole(),
	stratify: is.either(labelOfKind, { expected: 'an array of the classes', fits: Array.isArray }),
};

/** How many rows there are. */
export function countOf(who: string, docs: readonly unknown[] | number): number {
	argumentOf(who, 'docs', docs, rowsKind);
	return typeof docs === 'number' ? docs : docs.length;
}

/** The classes of the rows, where they count. */
export function classesOf<D>(who: string, docs: readonly D[] | number, stratify: DivideOptions<D>['stratify']): Strata | undefined {
	if (stratify === undefined) return undefined;
	if (typeof stratify === 'string' || typeof stratify === 'function') {
		if (typeof docs === 'number') {
			throw new TypeError(
				`${who}: expected documents to find the classes in, got their number. Pass them, or the class of each: stratify: labels.`,
			);
		}
		return strataOf(who, docs.map(labelReader<D>(who, stratify)));
	}
	const count = countOf(who, docs);
	if (stratify.length !== count)
		throw new RangeError(`${who}: expected a class for each of ${count} documents, got ${stratify.length}. Pass one for each.`);
	return strataOf(who, stratify);
}
