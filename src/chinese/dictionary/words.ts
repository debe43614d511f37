// The words that a segmenter knows: a main dictionary and the user's own, which may change.
import type { Known } from '../cut/known.js';
import { cutPrecise } from '../cut/precise.js';
import { defaultDictionary } from './default-dictionary.js';
import { addMainLines } from './main-words.js';
import { Trie } from './trie.js';
import type { UserWord } from './user-words.js';

/** Known words that may be added to. */
export interface Words extends Known {
	/** Adds a word, or sets its frequency. Without one, that which keeps it whole. Frequency 0 takes it out. */
	add(word: UserWord): void;
	/** The frequency at which the word stays whole, or, of parts, at which they come apart. */
	suggest(parts: string | readonly string[]): number;
}

/** The words of a dictionary: jieba's, or that of these lines. It is copied when the first word is added. */
export function createWords(dictionary: readonly string[] | undefined): Words {
	let trie: Trie;
	let isOwn = dictionary !== undefined;
	if (dictionary === undefined) {
		trie = defaultDictionary();
	} else {
		trie = new Trie();
		addMainLines(trie, dictionary);
	}
	const deleted = new Set<string>();
	const words: Words = {
		get trie() {
			return trie;
		},
		deleted,
		add({ word, frequency, tag }) {
			const found = frequency ?? words.suggest(word);
			if (!isOwn) {
				trie = trie.copy();
				isOwn = true;
			}
			trie.set(word, 0, word.length, found, tag);
			if (found === 0) deleted.add(word);
		},
		suggest(parts) {
			const whole = typeof parts === 'string' ? parts : parts.join('');
			const frequencyOf = (text: string, otherwise: number) => {
				const node = trie.find(text);
				return node === 0 ? otherwise : trie.frequency(node);
			};
			let share = 1;
			for (const part of typeof parts === 'string' ? tokensOf(words, parts) : parts) share *= frequencyOf(part, 1) / trie.total;
			const count = Math.trunc(share * trie.total);
			return typeof parts === 'string' ? Math.max(count + 1, frequencyOf(whole, 1)) : Math.min(count, frequencyOf(whole, 0));
		},
	};
	return words;
}

function tokensOf(known: Known, text: string): string[] {
	let from = 0;
	return cutPrecise(known, text, false).map((end) => {
		const token = text.slice(from, end);
		from = end;
		return token;
	});
}
