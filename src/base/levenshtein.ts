// The edit distance of Levenshtein (1966).

/**
 * The least number of items to put in, leave out or change so that `a` becomes `b`. Time grows with the product of both lengths, without what
 * both begin and end with; memory with the length of `b`.
 */
export function levenshtein<Item>(a: ArrayLike<Item>, b: ArrayLike<Item>): number {
	let [from, aEnd, bEnd] = [0, a.length, b.length];
	while (from < aEnd && from < bEnd && a[from] === b[from]) from++;
	while (aEnd > from && bEnd > from && a[aEnd - 1] === b[bEnd - 1]) {
		aEnd--;
		bEnd--;
	}
	const columns = bEnd - from;
	const row = Uint32Array.from({ length: columns + 1 }, (_, j) => j);
	for (let i = from; i < aEnd; i++) {
		const item = a[i];
		// What stands above and to the left, and the number that was made last.
		let corner = row[0]!;
		let left = ++row[0]!;
		for (let j = 1; j <= columns; j++) {
			const above = row[j]!;
			const changed = item === b[from + j - 1] ? corner : corner + 1;
			corner = above;
			left = Math.min(changed, above + 1, left + 1);
			row[j] = left;
		}
	}
	return row[columns]!;
}
