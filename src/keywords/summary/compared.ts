// Which sentences have words in common, found by an index of words: of a long text most pairs share none.

/** Pairs of sentences that may share a word, counted once for each word: beyond it time and memory would have no bound that users can wait for. */
const most = 2 ** 24;

interface Posting {
	readonly rows: number[];
	readonly weights: number[];
	/** The first of `rows` that has not been its own turn. */
	next: number;
}

/**
 * Calls `visit` with the products Σ weight · weight of all pairs of rows that share words with weights above 0, in their order. The sums are in the order of the first row's words.
 *
 * @throws {RangeError} where so many pairs share words that the text is too long to be compared.
 */
export function productsOf(
	who: string,
	rows: readonly ReadonlyMap<string, number>[],
	visit: (a: number, b: number, product: number) => void,
): void {
	const index = new Map<string, Posting>();
	rows.forEach((row, place) => {
		for (const [word, weight] of row) {
			if (weight === 0) continue;
			const posting = index.get(word) ?? { rows: [], weights: [], next: 0 };
			if (posting.rows.length === 0) index.set(word, posting);
			posting.rows.push(place);
			posting.weights.push(weight);
		}
	});
	let pairs = 0;
	for (const posting of index.values()) pairs += (posting.rows.length * (posting.rows.length - 1)) / 2;
	if (pairs > most) {
		throw new RangeError(
			`${who}: expected a text with at most ${most.toLocaleString('en')} pairs of sentences that share a word, got ${rows.length.toLocaleString('en')} sentences with ${pairs.toLocaleString('en')}. Summarize its parts.`,
		);
	}
	const sums = new Float64Array(rows.length);
	const touched = new Int32Array(rows.length);
	rows.forEach((row, a) => {
		let count = 0;
		for (const [word, weight] of row) {
			if (weight === 0) continue;
			const posting = index.get(word)!;
			for (let i = ++posting.next; i < posting.rows.length; i++) {
				const b = posting.rows[i]!;
				if (sums[b] === 0) touched[count++] = b;
				sums[b]! += weight * posting.weights[i]!;
			}
		}
		for (const b of touched.subarray(0, count).sort()) {
			visit(a, b, sums[b]!);
			sums[b] = 0;
		}
	});
}
