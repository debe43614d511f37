// What a threshold lets through: the step that curves of scores, ROC-AUC and average precision have in common.

/** Scores of samples, and which of them belong to the class. */
export interface Scored {
	/** No NaN. */
	readonly scores: Float64Array;
	/** 1 for a sample of the class, else 0. */
	readonly positive: Uint8Array;
	/** How much each sample counts. Default: 1 each. */
	readonly weights?: Float64Array | undefined;
}

/** For each different score, from the largest: what of the class has it or a larger one (true positives), and what of the others (false positives). */
export interface Cuts {
	readonly thresholds: Float64Array;
	readonly hits: Float64Array;
	readonly misses: Float64Array;
}

/** The cuts of scores: equal scores are let through together, samples of weight 0 are left out. */
export function cutsOf({ scores, positive, weights }: Scored): Cuts {
	return weights ? weighedCuts(scores, positive, weights) : countedCuts(scores, positive);
}

/** Numbers are sorted ten times as fast as their places: so those of the class and the others are, each for themselves, and then merged. */
function countedCuts(scores: Float64Array, positive: Uint8Array): Cuts {
	let own = 0;
	for (let at = 0; at < positive.length; at++) own += positive[at]!;
	const inside = new Float64Array(own);
	const outside = new Float64Array(scores.length - own);
	let [a, b] = [0, 0];
	for (let at = 0; at < scores.length; at++) {
		if (positive[at]) inside[a++] = scores[at]!;
		else outside[b++] = scores[at]!;
	}
	inside.sort();
	outside.sort();
	const cuts = cutsFor(scores.length);
	let count = 0;
	while (a > 0 || b > 0) {
		const top = b === 0 || (a > 0 && inside[a - 1]! >= outside[b - 1]!) ? inside[a - 1]! : outside[b - 1]!;
		while (a > 0 && inside[a - 1] === top) a--;
		while (b > 0 && outside[b - 1] === top) b--;
		cuts.thresholds[count] = top;
		cuts.hits[count] = inside.length - a;
		cuts.misses[count++] = outside.length - b;
	}
	return first(cuts, count);
}

function weighedCuts(scores: Float64Array, positive: Uint8Array, weights: Float64Array): Cuts {
	const places = Uint32Array.from(scores.keys()).filter((at) => weights[at]! > 0);
	places.sort((a, b) => scores[b]! - scores[a]! || a - b);
	const cuts = cutsFor(places.length);
	let count = 0;
	let hits = 0;
	let misses = 0;
	for (const [rank, at] of places.entries()) {
		if (positive[at]) hits += weights[at]!;
		else misses += weights[at]!;
		if (rank + 1 < places.length && scores[places[rank + 1]!] === scores[at]) continue;
		cuts.thresholds[count] = scores[at]!;
		cuts.hits[count] = hits;
		cuts.misses[count++] = misses;
	}
	return first(cuts, count);
}

const cutsFor = (size: number): Cuts => ({
	thresholds: new Float64Array(size),
	hits: new Float64Array(size),
	misses: new Float64Array(size),
});

const first = ({ thresholds, hits, misses }: Cuts, count: number): Cuts => ({
	thresholds: thresholds.subarray(0, count),
	hits: hits.subarray(0, count),
	misses: misses.subarray(0, count),
});
