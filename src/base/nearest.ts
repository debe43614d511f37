// Which known name a misspelled one is for.

/** The known name that a misspelled one is for: the same but for case, a beginning of it, or at most one edit in three letters away. */
export function nearest(name: string, known: readonly string[]): string | undefined {
	const given = name.toLowerCase();
	const far = (other: string) => {
		const lower = other.toLowerCase();
		return given.length > 2 && (lower.startsWith(given) || given.startsWith(lower)) ? 1 : edits(given, lower);
	};
	const [best] = known.map((other) => ({ other, far: far(other) })).sort((a, b) => a.far - b.far);
	return best && best.far <= given.length / 3 ? best.other : undefined;
}

/** Letters put in, left out, changed or swapped with their neighbour: the optimal string alignment distance, by rows. */
function edits(a: string, b: string): number {
	let [above, row]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
	for (let i = 1; i <= a.length; i++) {
		const before = above;
		above = row;
		row = [i];
		for (let j = 1; j <= b.length; j++) {
			row[j] = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j]!, before[j - 2]! + 1);
		}
	}
	return row[b.length]!;
}
