// One count for each text, however it came about: where words hold the delimiter (phrases of phrases), `new_york` the word and `new` + `york` the pair are one.
import { connectorsIn } from './connectors.js';
import type { Counted } from './counted.js';

/** Words and pairs with the counts by which pairs are scored. */
export interface Named {
	/** Different words and phrases. */
	readonly size: number;
	/** How often a word occurred, by its number. */
	wordCount(word: number): number;
	/** How often a pair occurred, by its number. */
	pairCount(pair: number): number;
}

/** The words of a pair in order, connectors included. */
export function wordsOf({ words, pairs, rows }: Counted, pair: number, connectors: readonly string[]): string[] {
	const between = pairs.between[pair]!;
	const inside = between === 0 ? [] : connectorsIn(rows, between).map((connector) => connectors[connector]!);
	return [words[pairs.first[pair]!]!, ...inside, words[pairs.second[pair]!]!];
}

/** The counts as gensim has them, which counts the joined texts. */
export function named(part: Counted, connectors: readonly string[], delimiter: string): Named {
	const { words, counts, pairs } = part;
	// Words without a delimiter of one character can be joined in one way only.
	const holds = (word: string) => word.includes(delimiter);
	if (delimiter.length === 1 && !words.some(holds) && !connectors.some(holds)) {
		return { size: words.length + pairs.size, wordCount: (word) => counts[word]!, pairCount: (pair) => pairs.counts[pair]! };
	}
	const all = new Map<string, number>();
	const add = (text: string, count: number) => all.set(text, (all.get(text) ?? 0) + count);
	const textOf = (pair: number) => wordsOf(part, pair, connectors).join(delimiter);
	for (const [place, word] of words.entries()) add(word, counts[place]!);
	for (let pair = 0; pair < pairs.size; pair++) add(textOf(pair), pairs.counts[pair]!);
	return { size: all.size, wordCount: (word) => all.get(words[word]!)!, pairCount: (pair) => all.get(textOf(pair))! };
}
