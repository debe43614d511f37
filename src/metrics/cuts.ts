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

/** The different scores are sorted, and each sample's weight goes to the place of its score there: both quicker than sorting places by their scores. */
function weighedCuts(scores: Float64Array, positive: Uint8Array, weights: Float64Array): Cuts {
	const ascending = scores.filter((_, at) => weights[at]! > 0).sort();
	const different = ascending.filter((score, at) => score !== ascending[at - 1]);
	const count = different.length;
	const cuts = cutsFor(count);
	for (let at = 0; at < scores.length; at++) {
		if (weights[at] === 0) continue;
		const score = scores[at]!;
		let low = 0;
		for (let high = count - 1; low < high; ) {
			const middle = (low + high) >>> 1;
			if (different[middle]! < score) low = middle + 1;
			else high = middle;
		}
		const sums = positive[at] ? cuts.hits : cuts.misses;
		sums[count - 1 - low]! += weights[at]!;
	}
	for (let at = 1; at < count; at++) {
		cuts.hits[at]! += cuts.hits[at - 1]!;
		cuts.misses[at]! += cuts.misses[at - 1]!;
	}
	cuts.thresholds.set(different.reverse());
	return cuts;
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
