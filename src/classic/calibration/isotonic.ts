// Isotonic regression: the rising steps that fit best in squares, by pooling neighbours that fall (Barlow et al. 1972; Zadrozny & Elkan 2002).

/** A rising function through points: between them straight, beyond them flat. */
export interface Isotonic {
	/** Rising scores. */
	readonly thresholds: Float64Array;
	/** What each of them becomes. */
	readonly values: Float64Array;
}

/** Fits a rising function to targets; equal scores count as one with the mean target. */
export function isotonicRegression(scores: Float64Array, targets: ArrayLike<number>): Isotonic {
	const order = Uint32Array.from({ length: scores.length }, (_, i) => i).sort(
		(i, j) => scores[i]! - scores[j]! || targets[i]! - targets[j]! || i - j,
	);
	const points: { score: number; sum: number; weight: number }[] = [];
	for (const i of order) {
		const last = points.at(-1);
		// numpy's resolution of float64, below which scikit-learn takes scores as equal.
		if (last && scores[i]! - last.score < 1e-15) {
			last.sum += targets[i]!;
			last.weight++;
		} else points.push({ score: scores[i]!, sum: targets[i]!, weight: 1 });
	}
	const blocks: { sum: number; weight: number; points: number }[] = [];
	for (const { sum, weight } of points) {
		blocks.push({ sum, weight, points: 1 });
		for (;;) {
			const [before, last] = [blocks.at(-2), blocks.at(-1)!];
			if (!before || before.sum / before.weight < last.sum / last.weight) break;
			blocks.pop();
			before.sum += last.sum;
			before.weight += last.weight;
			before.points += last.points;
		}
	}
	// A block is flat: its first and last points say all.
	const [thresholds, values]: [number[], number[]] = [[], []];
	let at = 0;
	for (const { sum, weight, points: count } of blocks) {
		for (const place of count === 1 ? [at] : [at, at + count - 1]) {
			thresholds.push(points[place]!.score);
			values.push(sum / weight);
		}
		at += count;
	}
	return { thresholds: Float64Array.from(thresholds), values: Float64Array.from(values) };
}

/** The value at a score. */
export function isotonicValue({ thresholds, values }: Isotonic, score: number): number {
	const last = thresholds.length - 1;
	if (score <= thresholds[0]!) return values[0]!;
	if (score >= thresholds[last]!) return values[last]!;
	let [low, high] = [0, last];
	while (high - low > 1) {
		const middle = (low + high) >> 1;
		if (thresholds[middle]! <= score) low = middle;
		else high = middle;
	}
	const share = (score - thresholds[low]!) / (thresholds[high]! - thresholds[low]!);
	return values[low]! + share * (values[high]! - values[low]!);
}
