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

/** Runs of three words as numbers: for up to 2¹⁷ words they differ wherever the runs do. */
export function triplesOf(texts: readonly string[]): Set<number>[] {
	const ids = new Map<string, number>();
	const idOf = (word: string) => {
		const id = ids.get(word) ?? ids.size + 1;
		ids.set(word, id);
		return id;
	};
	const sets = texts.map((text) => {
		const words = wordsOf(text).map(idOf);
		const [first = 0, second = 0, third = 0] = words;
		const triples = new Set<number>([(first * 2 ** 17 + second) * 2 ** 17 + third]);
		for (let i = 1; i + 2 < words.length; i++) triples.add((words[i]! * 2 ** 17 + words[i + 1]!) * 2 ** 17 + words[i + 2]!);
		return triples;
	});
	if (ids.size >= 2 ** 17) throw new Error(`triplesOf: expected fewer than ${2 ** 17} words, got ${ids.size}.`);
	return sets;
}

/** All pairs of at least this similarity: two such sets share one of the n − ⌈least · n⌉ + 1 rarest items of each (prefix filter; Chaudhuri et al. 2006). */
export function pairsAbove(sets: readonly ReadonlySet<number>[], least: number): { a: number; b: number; similarity: number }[] {
	const counts = new Map<number, number>();
	for (const set of sets) for (const item of set) counts.set(item, (counts.get(item) ?? 0) + 1);
	const places = new Map<number, number[]>();
	const pairs: { a: number; b: number; similarity: number }[] = [];
	for (const [b, set] of sets.entries()) {
		const rarest = [...set].sort((x, y) => counts.get(x)! - counts.get(y)! || x - y).slice(0, set.size - Math.ceil(least * set.size) + 1);
		const candidates = new Set<number>();
		for (const item of rarest) {
			const held = places.get(item);
			if (held === undefined) {
				// Nobody else has it.
				if (counts.get(item)! > 1) places.set(item, [b]);
				continue;
			}
			for (const a of held) candidates.add(a);
			held.push(b);
		}
		for (const a of candidates) {
			const similarity = jaccard(sets[a]!, set);
			if (similarity >= least) pairs.push({ a, b, similarity });
		}
	}
	return pairs;
}
