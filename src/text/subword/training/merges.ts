// Byte-pair merges (Sennrich et al. 2016) by the rules of Hugging Face's trainer, ties included, so that the same words give the same merges.
import { Heap } from './heap.js';
import { PairTable } from './pair-table.js';

/** Words as token ids, and how often each occurs. */
export interface SymbolWords {
	readonly words: readonly number[][];
	readonly counts: readonly number[];
}

/** The tokens that merging starts with and adds to. */
export class TokenTable {
	readonly tokens: string[] = [];
	readonly #ids = new Map<string, number>();

	/** The id of a token, a new one if there is none. */
	add(token: string): number {
		const known = this.#ids.get(token);
		if (known !== undefined) return known;
		this.#ids.set(token, this.tokens.length);
		return this.tokens.push(token) - 1;
	}

	/** The id of a token, or undefined. */
	idOf(token: string): number | undefined {
		return this.#ids.get(token);
	}
}

/** When merging ends, and what begins a token inside a word. */
export interface MergeOptions {
	readonly size: number;
	readonly minCount: number;
	readonly prefix: string;
}

/** A pair that waits: its count when it was put in, and the words (each once) in which it came up. */
interface Waiting {
	readonly pair: number;
	readonly words: number[];
	count: number;
}

/**
 * Merges the most frequent pair of neighbours, again and again, until there are `size` tokens or no pair occurs `minCount` times. Of equal
 * counts the pair of smaller ids is first. Changes the words and adds to the table. Returns the pairs that were merged, in order.
 *
 * A count in the queue may be stale: only when a pair comes out is it compared with the true one, and put back if they differ.
 */
export function learnMerges(
	{ words, counts }: SymbolWords,
	table: TokenTable,
	{ size, minCount, prefix }: MergeOptions,
): [string, string][] {
	const pairs = new PairTable();
	const pairCounts: number[] = [];
	let fresh = new Map<number, number[]>();
	const queue = new Heap<Waiting>((a, b) => {
		if (a.count !== b.count) return a.count > b.count;
		const byFirst = pairs.first[a.pair]! - pairs.first[b.pair]!;
		return byFirst !== 0 ? byFirst < 0 : pairs.second[a.pair]! < pairs.second[b.pair]!;
	});

	/** Counts a pair more in a word (`times` may be below 0: fewer), and notes the word where it is new. */
	const change = (first: number, second: number, times: number, word: number) => {
		const pair = pairs.of(first, second);
		pairCounts[pair] = (pairCounts[pair] ?? 0) + times * counts[word]!;
		if (times < 0) return;
		const noted = fresh.get(pair);
		if (noted === undefined) fresh.set(pair, [word]);
		// Changes come word by word.
		else if (noted[noted.length - 1] !== word) noted.push(word);
	};
	const enqueue = () => {
		for (const [pair, found] of fresh) {
			const count = pairCounts[pair]!;
			if (count > 0) queue.push({ pair, count, words: found });
		}
		fresh = new Map();
	};

	words.forEach((word, w) => {
		for (let i = 1; i < word.length; i++) change(word[i - 1]!, word[i]!, 1, w);
	});
	enqueue();
	const merges: [string, string][] = [];
	while (table.tokens.length < size) {
		const top = queue.pop();
		if (top === undefined) break;
		const count = pairCounts[top.pair]!;
		if (top.count !== count) {
			top.count = count;
			queue.push(top);
			continue;
		}
		if (count < Math.max(1, minCount)) break;
		const first = pairs.first[top.pair]!;
		const second = pairs.second[top.pair]!;
		const [left, right] = [table.tokens[first]!, table.tokens[second]!];
		const merged = table.add(left + (right.startsWith(prefix) ? right.slice(prefix.length) : right));
		merges.push([left, right]);
		for (const w of top.words) mergeIn(words[w]!, first, second, merged, (a, b, times) => change(a, b, times, w));
		enqueue();
	}
	return merges;
}

/** Puts `merged` in the place of each `first second`, from the left, and tells which pairs that makes and unmakes. */
function mergeIn(
	word: number[],
	first: number,
	second: number,
	merged: number,
	change: (first: number, second: number, times: number) => void,
): void {
	let end = 0;
	for (let i = 0; i < word.length; i++) {
		const id = word[i]!;
		if (id !== first || word[i + 1] !== second) {
			word[end++] = id;
			continue;
		}
		if (end > 0) {
			change(word[end - 1]!, first, -1);
			change(word[end - 1]!, merged, 1);
		}
		i++;
		if (i + 1 < word.length) {
			change(second, word[i + 1]!, -1);
			change(merged, word[i + 1]!, 1);
		}
		word[end++] = merged;
	}
	word.length = end;
}
