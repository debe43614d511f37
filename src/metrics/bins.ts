// Bins of equal width for the confidence of predictions, and the expected calibration error (Guo et al. 2017, section 2).

/** What fell into each bin: how much, the sum of its confidence, and what of it was right. */
export interface Bins {
	readonly count: readonly number[];
	readonly confidence: readonly number[];
	readonly right: readonly number[];
}

/** Bins to which more is added. */
export type OpenBins = { readonly [Part in keyof Bins]: number[] };

/** Bins of nothing. */
export const emptyBins = (bins: number): OpenBins => {
	const zeros = () => new Array<number>(bins).fill(0);
	return { count: zeros(), confidence: zeros(), right: zeros() };
};

/** Adds a prediction: the largest of the probabilities of a sample, the first of equal ones, is its confidence. */
export function addTo(
	bins: OpenBins,
	probabilities: ArrayLike<number>,
	[first, columns]: readonly [number, number],
	target: number,
	weight = 1,
): void {
	let best = first;
	for (let at = first + 1; at < first + columns; at++) if (probabilities[at]! > probabilities[best]!) best = at;
	const confidence = probabilities[best]!;
	const place = binOf(confidence, bins.count.length);
	bins.count[place]! += weight;
	bins.confidence[place]! += weight * confidence;
	if (best - first === target) bins.right[place]! += weight;
}

/** Bin m of M is (m / M, (m + 1) / M]; 0 is in the first. */
function binOf(confidence: number, bins: number): number {
	let place = Math.min(Math.max(Math.ceil(confidence * bins) - 1, 0), bins - 1);
	// The product is rounded: the edge itself decides.
	if (place > 0 && confidence <= place / bins) place--;
	else if (place < bins - 1 && confidence > (place + 1) / bins) place++;
	return place;
}

/** Σ |right − confidence| of the bins, by how much there is in all; 0 of nothing. */
export function calibrationErrorOf({ count, confidence, right }: Bins): number {
	const all = count.reduce((sum, own) => sum + own, 0);
	return all === 0 ? 0 : right.reduce((sum, own, at) => sum + Math.abs(own - confidence[at]!), 0) / all;
}
