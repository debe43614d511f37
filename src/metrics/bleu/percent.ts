// BLEU of counts, with the smoothings of sacreBLEU: none, and methods 1 to 3 of Chen and Cherry (2014).
import type { BleuCounts } from './counts.js';

/** What a precision becomes where no sequence of that length is right, or, with `add-k`, any precision but the first. */
export type BleuSmoothing = 'none' | 'floor' | 'add-k' | 'exp';

/** How counts become a score. */
export interface BleuFormula {
	/**
	 * `exp`: the k-th precision that is 0 becomes 1 / (2ᵏ total), as NIST's mteval-v13a has it; `floor`: value / total; `add-k`: (matches + value) /
	 * (total + value) from two tokens on. Default `exp`.
	 */
	readonly smoothing?: BleuSmoothing | undefined;
	/** The value of `floor` or `add-k`. Default 0.1 of `floor`, 1 of `add-k`. */
	readonly smoothingValue?: number | undefined;
	/** Whether lengths of which the texts have no sequence are left out, so that short texts can have a score. Default false. */
	readonly effectiveOrder?: boolean | undefined;
}

/** BLEU with what it is made of. */
export interface BleuParts extends BleuCounts {
	/** BLEU in percent. */
	readonly score: number;
	/** pₙ in percent, smoothed. */
	readonly precisions: readonly number[];
	/** exp(1 − reference / hypothesis) where hypotheses are too short, else 1. */
	readonly brevityPenalty: number;
}

/** The default values of smoothings that have one. */
export const smoothingValues: Readonly<Partial<Record<BleuSmoothing, number>>> = { floor: 0.1, 'add-k': 1 };

/** 100 · b · exp(mean of ln pₙ); 0 where nothing is right or a pₙ is 0. */
export function bleuOf(counts: BleuCounts, { smoothing = 'exp', effectiveOrder = false, ...given }: BleuFormula): BleuParts {
	const { matches, totals, hypothesis, reference } = counts;
	const value = given.smoothingValue ?? smoothingValues[smoothing] ?? 0;
	const short = hypothesis < reference;
	const brevityPenalty = short ? (hypothesis > 0 ? Math.exp(1 - reference / hypothesis) : 0) : 1;
	const precisions = matches.map(() => 0);
	if (matches.every((count) => count === 0)) return { score: 0, ...counts, precisions, brevityPenalty };
	let zeros = 0;
	let order = matches.length;
	for (const [n, count] of matches.entries()) {
		const added = smoothing === 'add-k' && n > 0 ? value : 0;
		const total = totals[n]! + added;
		if (total === 0) break;
		if (effectiveOrder) order = n + 1;
		if (count + added > 0) precisions[n] = (100 * (count + added)) / total;
		else if (smoothing === 'exp') precisions[n] = 100 / (2 ** ++zeros * total);
		else if (smoothing === 'floor') precisions[n] = (100 * value) / total;
	}
	const logarithms = precisions.slice(0, order).reduce((sum, precision) => sum + Math.log(precision), 0);
	return { score: brevityPenalty * Math.exp(logarithms / order), ...counts, precisions, brevityPenalty };
}
