// Draws from a distribution in constant time: Walker's alias method.

/** For each number a share of being taken itself, and the number that is taken else. */
export interface AliasTable {
	readonly shares: Float32Array;
	readonly others: Uint32Array;
}

/** The table of weights (Vose 1991). */
export function aliasTable(weights: ArrayLike<number>): AliasTable {
	const size = weights.length;
	const scaled = Float64Array.from(weights);
	const total = scaled.reduce((sum, weight) => sum + weight, 0);
	const [shares, others] = [new Float32Array(size).fill(1), Uint32Array.from(scaled, (_, i) => i)];
	// Stacks of numbers with less than their share, from the left, and with more, from the right: together they are no more than all.
	const waiting = new Int32Array(size);
	let [small, large] = [0, size];
	for (let i = 0; i < size; i++) {
		scaled[i]! *= size / total;
		if (scaled[i]! < 1) waiting[small++] = i;
	}
	for (let i = size - 1; i >= 0; i--) if (scaled[i]! >= 1) waiting[--large] = i;
	while (small > 0 && large < size) {
		const [low, high] = [waiting[--small]!, waiting[large]!];
		shares[low] = scaled[low]!;
		others[low] = high;
		scaled[high]! -= 1 - scaled[low]!;
		if (scaled[high]! < 1) {
			large++;
			waiting[small++] = high;
		}
	}
	return { shares, others };
}
