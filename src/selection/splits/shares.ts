// Shares of a whole, as whole numbers of rows.

/** Throws a RangeError for shares that are not numbers from 0 that sum to 1. */
export function expectShares(who: string, shares: readonly number[]): void {
	const whole = shares.reduce((sum, share) => sum + share, 0);
	if (shares.every((share) => share >= 0) && Math.abs(whole - 1) <= 1e-9) return;
	throw new RangeError(`${who}: expected shares from 0 that sum to 1, got ${shares.join(', ') || 'none'}. Correct them.`);
}

/** How many of `count` rows each share is, to within one: the places of the cuts are rounded. */
export function sizesOf(count: number, shares: readonly number[]): number[] {
	let before = 0;
	let from = 0;
	return shares.map((share) => {
		before += share;
		const to = Math.round(before * count);
		const size = to - from;
		from = to;
		return size;
	});
}

/**
 * How many rows of each class there are among `size` of all: each its share rounded down, and one more for the largest remainders, the first of
 * equal ones (scikit-learn's `_approximate_mode`, which draws among equal ones).
 */
export function apportioned(counts: Uint32Array, size: number): Uint32Array {
	const all = counts.reduce((sum, count) => sum + count, 0);
	// In whole numbers, which are exact: counts × size is below 2⁵³ for 94 million rows.
	const given = counts.map((count) => (all === 0 ? 0 : Math.floor((count * size) / all)));
	const remainders = Array.from(counts, (count) => (all === 0 ? 0 : (count * size) % all));
	const left = size - given.reduce((sum, count) => sum + count, 0);
	const largest = remainders.map((_, at) => at).sort((a, b) => remainders[b]! - remainders[a]! || a - b);
	for (const at of largest.slice(0, left)) given[at]!++;
	return given;
}

/** Rows in their random order dealt to parts of these sizes; each part ascending. */
export function dealt(order: Uint32Array, sizes: readonly number[]): Uint32Array[] {
	let from = 0;
	return sizes.map((size) => {
		const part = order.slice(from, from + size).sort();
		from += size;
		return part;
	});
}
