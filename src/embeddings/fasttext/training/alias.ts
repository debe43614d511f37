// Draws from a distribution in constant time: Walker's alias method.

/** For each number a share of being taken itself, and the number that is taken else. */
export interface AliasTable {
	readonly shares: Float32Array;
	readonly others: Uint32Array;
}

/** The table of weights. */
export function aliasTable(weights: readonly number[]): AliasTable {
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	const scaled = weights.map((weight) => (weight / total) * weights.length);
	const [shares, others] = [new Float32Array(weights.length).fill(1), Uint32Array.from(weights, (_, i) => i)];
	const small = scaled.flatMap((share, i) => (share < 1 ? i : []));
	const large = scaled.flatMap((share, i) => (share < 1 ? [] : i));
	while (small.length > 0 && large.length > 0) {
		const [low, high] = [small.pop()!, large.at(-1)!];
		shares[low] = scaled[low]!;
		others[low] = high;
		scaled[high]! -= 1 - scaled[low]!;
		if (scaled[high]! < 1) small.push(large.pop()!);
	}
	return { shares, others };
}
