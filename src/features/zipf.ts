// Zipf's law: how counts fall with their rank.
import { argumentOf, is, type Kinds, optionsOf } from '../base/index.js';

/** Which ranks the line is fitted to. */
export interface ZipfOptions {
	/** The first rank. Default 1. */
	from?: number;
	/** The last rank. Default no limit. */
	to?: number;
}

/** Counts by rank, and the line through them where both axes are logarithmic. */
export interface Zipf {
	/** The counts in falling order: that of rank r at r − 1. Zeros are left out. */
	readonly counts: Float64Array;
	/** s in count ≈ constant / rankˢ. About 1 for words of a natural language (Zipf 1949). */
	readonly exponent: number;
	/** The count that the line has at rank 1. */
	readonly constant: number;
	/** The share of the variance of ln count that the line explains, R². */
	readonly explained: number;
	/** The count that the line has at a rank. */
	at(rank: number): number;
}

const kinds: Kinds<ZipfOptions> = { from: is.whole(1), to: is.limit(2) };

/**
 * Fits ln count = ln constant − s ln rank by least squares, each rank with the same weight. Most ranks are those of rare tokens: for the frequent
 * ones alone set `to`. Throws a RangeError for fewer than two counts above 0.
 *
 * @example
 * const fitted = await vocabulary().fit(pipe(docs, clean(), words()));
 * zipf(fitted.counts.slice(2)).exponent;
 */
export function zipf(counts: Iterable<number>, options: ZipfOptions = {}): Zipf {
	const { from = 1, to = Number.POSITIVE_INFINITY } = optionsOf('zipf', options, kinds);
	const given = argumentOf('zipf', 'counts', Float64Array.from(argumentOf('zipf', 'counts', counts, listed)), numbers);
	const falling = given
		.filter((count) => count > 0)
		.sort()
		.reverse();
	const last = Math.min(to, falling.length);
	const n = last - from + 1;
	if (n < 2) {
		throw new RangeError(
			`zipf: expected two counts above 0 or more, got ${Math.max(n, 0)} from rank ${from} on. Pass the counts of different tokens.`,
		);
	}
	if (falling[from - 1] === falling[last - 1])
		return { counts: falling, exponent: 0, constant: falling[last - 1]!, explained: 1, at: () => falling[last - 1]! };
	let [x, y] = [0, 0];
	for (let rank = from; rank <= last; rank++) {
		x += Math.log(rank) / n;
		y += Math.log(falling[rank - 1]!) / n;
	}
	let [xx, xy, yy] = [0, 0, 0];
	for (let rank = from; rank <= last; rank++) {
		const [dx, dy] = [Math.log(rank) - x, Math.log(falling[rank - 1]!) - y];
		xx += dx * dx;
		xy += dx * dy;
		yy += dy * dy;
	}
	const exponent = -xy / xx;
	const constant = Math.exp(y + exponent * x);
	const explained = (xy * xy) / (xx * yy);
	return { counts: falling, exponent, constant, explained, at: (rank) => constant * rank ** -exponent };
}

const listed = { ...is.source, expected: 'an array or another iterable', next: 'Pass how often each token occurs.' };
const numbers = {
	expected: 'numbers from 0',
	fits: (value: unknown) => (value as Float64Array).every((count) => count >= 0 && count < Number.POSITIVE_INFINITY),
	next: 'Pass how often each token occurs.',
};
