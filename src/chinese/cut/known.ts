// What every way of cutting works with.
import type { Trie } from '../dictionary/trie.js';

/** The words that are known. */
export interface Known {
	readonly trie: Trie;
	/** Words that were taken out: where the model for unknown words finds one, it is cut into its characters. */
	readonly deleted: ReadonlySet<string>;
}

/** Whether the text is a word, as jieba asks: with a frequency above 0. */
export function isWord({ trie }: Known, text: string, from: number, to: number): boolean {
	return trie.frequency(trie.find(text, from, to)) > 0;
}
