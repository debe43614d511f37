// The best of many scores, in one pass.

/** A row and its score. */
export interface Scored {
	readonly index: number;
	readonly score: number;
}

/** Keeps the best scores. */
export interface Best {
	/** What a score must be above to be kept. */
	readonly least: number;
	add(index: number, score: number): void;
	/** Best first, equal ones in the order of their rows. */
	result(): Scored[];
}

/** Keeps the `most` best of scores that come in the order of their rows. */
export function createBest(most: number): Best {
	let least = most > 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
	let kept: Scored[] = [];
	const cut = () => {
		kept.sort((a, b) => b.score - a.score || a.index - b.index);
		if (kept.length < most) return;
		kept.length = most;
		// A later row of the same score comes after all that are kept.
		if (most > 0) least = kept[most - 1]!.score;
	};
	return {
		get least() {
			return least;
		},
		add(index, score) {
			if (!(score > least)) return;
			kept.push({ index, score });
			if (kept.length >= most + Math.max(most, 16)) cut();
		},
		result() {
			cut();
			const all = kept;
			kept = [...all];
			return all;
		},
	};
}
