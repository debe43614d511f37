// Exact Jaccard similarities of sets of word shingles, to compare estimates with.

/** The words that `dedupe({ near })` sees in a text of Latin letters. */
export function wordsOf(text: string): string[] {
	return text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

/** |A ∩ B| / |A ∪ B|. */
export function jaccard(a: ReadonlySet<unknown>, b: ReadonlySet<unknown>): number {
	let shared = 0;
	for (const item of a) if (b.has(item)) shared++;
	return a.size + b.size === 0 ? 1 : shared / (a.size + b.size - shared);
}

/** Runs of `width` words as texts. */
export function shinglesOf(tokens: readonly string[], width: number): Set<string> {
	return new Set(Array.from({ length: Math.max(1, tokens.length - width + 1) }, (_, i) => JSON.stringify(tokens.slice(i, i + width))));
}

/** Runs of three words as numbers, each once, in order: for up to 2¹⁷ words they differ wherever the runs do. */
export function triplesOf(texts: readonly string[]): Float64Array[] {
	const ids = new Map<string, number>();
	const idOf = (word: string) => {
		const id = ids.get(word) ?? ids.size + 1;
		ids.set(word, id);
		return id;
	};
	const sets = texts.map((text) => {
		const words = wordsOf(text).map(idOf);
		const runs = Float64Array.from(
			{ length: Math.max(1, words.length - 2) },
			(_, i) => ((words[i] ?? 0) * 2 ** 17 + (words[i + 1] ?? 0)) * 2 ** 17 + (words[i + 2] ?? 0),
		).sort();
		return runs.filter((run, i) => run !== runs[i - 1]);
	});
	if (ids.size >= 2 ** 17) throw new Error(`triplesOf: expected fewer than ${2 ** 17} words, got ${ids.size}.`);
	return sets;
}

/** How many sets have an item, for items that several have. */
function sharedOf(sets: readonly Float64Array[]): Map<number, number> {
	const all = new Float64Array(sets.reduce((sum, { length }) => sum + length, 0));
	let end = 0;
	for (const set of sets) {
		all.set(set, end);
		end += set.length;
	}
	all.sort();
	const counts = new Map<number, number>();
	for (let i = 1; i < all.length; i++) if (all[i] === all[i - 1]) counts.set(all[i]!, (counts.get(all[i]!) ?? 1) + 1);
	return counts;
}

/** All pairs of at least this similarity: two such sets share one of the n − ⌈least · n⌉ + 1 rarest items of each (prefix filter; Chaudhuri et al. 2006). */
export function pairsAbove(sets: readonly Float64Array[], least: number): { a: number; b: number; similarity: number }[] {
	const counts = sharedOf(sets);
	const places = new Map<number, number[]>();
	const pairs: { a: number; b: number; similarity: number }[] = [];
	for (const [b, set] of sets.entries()) {
		const shared = [...set.filter((item) => counts.has(item))].sort((x, y) => counts.get(x)! - counts.get(y)! || x - y);
		// What nobody else has is rarest.
		const alone = set.length - shared.length;
		const rarest = shared.slice(0, Math.max(0, set.length - Math.ceil(least * set.length) + 1 - alone));
		const candidates = new Set<number>();
		for (const item of rarest) {
			const held = places.get(item) ?? [];
			for (const a of held) candidates.add(a);
			held.push(b);
			places.set(item, held);
		}
		const own = new Set(set);
		for (const a of candidates) {
			const similarity = jaccard(new Set(sets[a]!), own);
			if (similarity >= least) pairs.push({ a, b, similarity });
		}
	}
	return pairs;
}
