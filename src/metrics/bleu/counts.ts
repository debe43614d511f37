// What BLEU counts: tokens, and sequences of tokens that a reference has, too.
import { ngramIndex } from '../text/ngram-index.js';
import { numbering } from '../text/numbering.js';

/** The tokens of a text: ids, or words. */
export type Tokens = ArrayLike<number> | ArrayLike<bigint> | ArrayLike<string>;

/** What is counted over all texts: for each length of sequences how many there were and how many of them are right, and how many tokens. */
export interface BleuCounts {
	readonly matches: readonly number[];
	readonly totals: readonly number[];
	readonly hypothesis: number;
	/** Of each text the reference nearest in length, the shorter of two. */
	readonly reference: number;
}

/** Counts of a hypothesis, added to `sums` from `at` on. */
type CountTokens = (hypothesis: Tokens, sums: Float64Array, at: number) => void;

/** How many numbers are counted: tokens of hypothesis and reference, matches and totals. */
export const bleuWidth = (order: number): number => 2 + 2 * order;

/** The counts that a row of numbers stands for. */
export const bleuCounts = (sums: Float64Array): BleuCounts => {
	const order = (sums.length - 2) / 2;
	return { matches: [...sums.subarray(2, 2 + order)], totals: [...sums.subarray(2 + order)], hypothesis: sums[0]!, reference: sums[1]! };
};

/** Counts sequences of 1 … `order` tokens against references, each as often as one reference has it. What it returns is good until the next call. */
export function bleuCounter(order: number): (references: readonly Tokens[]) => CountTokens {
	const index = ngramIndex(order);
	const numbers = numbering();
	return (references) => {
		index.clear();
		numbers.clear();
		for (const reference of references) index.add(0, numbers.learn(reference));
		return (hypothesis, sums, at) => {
			const { length } = hypothesis;
			sums[at]! += length;
			sums[at + 1]! += nearest(length, references);
			index.match(0, numbers.known(hypothesis), sums, at + 2);
			for (let n = 0; n < order && n < length; n++) sums[at + 2 + order + n]! += length - n;
		};
	};
}

/** The length of the reference that is nearest to a length, the shorter of two. */
function nearest(length: number, references: readonly Tokens[]): number {
	const away = (other: number) => Math.abs(other - length);
	return references.reduce((best, { length: own }) => {
		return away(own) < away(best) || (away(own) === away(best) && own < best) ? own : best;
	}, Number.POSITIVE_INFINITY);
}
