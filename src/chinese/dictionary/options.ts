// Which words are known, as options: a main dictionary and the user's own words, as lines or files.
import { createHash } from 'node:crypto';
import { is, type Kinds } from '../../base/index.js';
import { shareDefaultDictionary } from './default-dictionary.js';
import { addMainLines } from './main-words.js';
import { readLines } from './read-lines.js';
import { Trie } from './trie.js';
import { userWords } from './user-words.js';
import { createWords, type Words } from './words.js';

/** Which words are known. */
export interface DictionaryOptions {
	/** The main dictionary in the place of jieba's: lines `word frequency [tag]`, or the path of a file of them, plain or gzip. */
	dictionary?: string | readonly string[];
	/** Words of your own beside it: lines `word [frequency] [tag]`, or the path of a file of them. Without a frequency a word gets the one that keeps it whole. */
	words?: string | readonly string[];
	/** The encoding of these files, as `TextDecoder` names it. Default UTF-8, or UTF-16 where the first bytes say so. */
	encoding?: string;
}

/** The kinds of these options. */
export const dictionaryKinds: Kinds<DictionaryOptions> = {
	dictionary: is.either(is.name, is.texts),
	words: is.either(is.name, is.texts),
	encoding: is.encoding,
};

/** The lines of both, out of files where paths are given; checked, so that nothing is wrong with them later. */
export interface DictionaryLines {
	readonly dictionary?: readonly string[];
	readonly words?: readonly string[];
}

/** Reads what the options name. Throws a DataError for a file that cannot be read and for the line that is wrong. */
export function dictionaryLines(who: string, { dictionary, words, encoding }: DictionaryOptions): DictionaryLines {
	const read = (name: string, given: string | readonly string[], check: (lines: readonly string[], file: string) => void) => {
		const isPath = typeof given === 'string';
		const lines = isPath ? readLines(who, given, encoding) : given;
		check(lines, isPath ? given : name);
		return lines.filter((line) => line.trim() !== '');
	};
	// A thread that starts later shares the table.
	if (dictionary === undefined) shareDefaultDictionary();
	return {
		...(dictionary !== undefined && { dictionary: read('dictionary', dictionary, (lines, file) => addMainLines(new Trie(), lines, file)) }),
		...(words !== undefined && { words: read('words', words, userWords) }),
	};
}

/** New words of these lines. */
export function wordsOf({ dictionary, words = [] }: DictionaryLines): Words {
	const known = createWords(dictionary);
	for (const word of userWords(words, 'words')) known.add(word);
	return known;
}

const remembered = new Map<string, WeakRef<Words>>();

/** The words of these lines, the same for all who ask for the same: not to be changed. */
export function sharedWords(lines: DictionaryLines): Words {
	const key = createHash('sha256')
		.update(JSON.stringify([lines.dictionary, lines.words]))
		.digest('base64');
	const found = remembered.get(key)?.deref();
	if (found) return found;
	const words = wordsOf(lines);
	remembered.set(key, new WeakRef(words));
	return words;
}
