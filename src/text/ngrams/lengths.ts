// The lengths of n-grams: what all functions of n-grams take.
import { is, type Kinds } from '../../base/index.js';

/** Which lengths n-grams have. */
export interface NgramLengths {
	/** The least n. Default 1. */
	from?: number;
	/** The largest n. Default `from`. */
	to?: number;
}

/** The kinds of these options. */
export const lengthKinds: Kinds<NgramLengths> = { from: is.whole(1), to: is.whole(1) };

/** Both lengths. Throws a RangeError where the largest is below the least. */
export function lengthsOf(who: string, { from = 1, to = from }: NgramLengths): Required<NgramLengths> {
	if (to >= from) return { from, to };
	throw new RangeError(`${who}: expected to to be at least from, ${from}, got ${to}. Swap them, or leave to out.`);
}
