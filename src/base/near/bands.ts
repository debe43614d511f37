// How a signature is cut into bands: two documents are candidates where all rows of a band are equal, with probability 1 − (1 − s^rows)^bands at similarity s.

/** So many bands of so many rows each. */
export interface Bands {
	readonly bands: number;
	readonly rows: number;
}

/**
 * The bands that make the weighted sum of false positives, ∫₀ᵗ 1 − (1 − sʳ)ᵇ ds, and false negatives, ∫ₜ¹ (1 − sʳ)ᵇ ds, least, out of all with
 * b·r ≤ size; of equal ones the fewest bands (datasketch's choice). By parts, I_b = ∫₀ˣ (1 − sʳ)ᵇ ds is (x(1 − xʳ)ᵇ + b·r·I_{b−1}) / (1 + b·r).
 */
export function balancedBands(threshold: number, size: number, [positives, negatives]: readonly [number, number]): Bands {
	let best: Bands = { bands: 1, rows: 1 };
	let least = Number.POSITIVE_INFINITY;
	for (let rows = 1; rows <= size; rows++) {
		const miss = 1 - threshold ** rows;
		let below = threshold;
		let whole = 1;
		for (let bands = 1; bands * rows <= size; bands++) {
			const product = bands * rows;
			below = (threshold * miss ** bands + product * below) / (1 + product);
			whole = (product * whole) / (1 + product);
			const error = positives * (threshold - below) + negatives * (whole - below);
			if (error > least || (error === least && bands >= best.bands)) continue;
			least = error;
			best = { bands, rows };
		}
	}
	return best;
}

/**
 * The fewest bands, so the fewest candidates, by which a pair that is just so similar is one with this probability: for searches that look at each
 * candidate's signature, where a false one costs time alone.
 */
export function bandsForRecall(similarity: number, size: number, recall = 0.99): Bands {
	for (let rows = size; rows > 1; rows--) {
		const bands = Math.floor(size / rows);
		if (1 - (1 - similarity ** rows) ** bands >= recall) return { bands, rows };
	}
	return { bands: size, rows: 1 };
}
