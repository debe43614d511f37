// The lines of a user dictionary, `word [frequency] [tag]`, as jieba reads them.
import { DataError } from '../../base/index.js';
import { greatestFrequency } from './trie.js';

/** A word of the user's. */
export interface UserWord {
	readonly word: string;
	readonly frequency: number | undefined;
	readonly tag: string | undefined;
}

/** Longer words are texts that were not meant as one; each costs time wherever its beginning is met. */
export const longestWord = 1000;

/** What ends as a number that is no frequency, or as a frequency and a tag that is none: jieba takes it for a part of the word, which no text has then. */
const isMisread = /\s[-+]?[0-9.,]*[0-9]([.,][0-9]*)?(e[-+]?[0-9]+)?$|\s[0-9]+\s\S+$/i;

/**
 * The words of lines, without empty lines; `file` is named in errors. A word may have spaces, and then none is found in a text: blocks of text end there.
 *
 * @throws {DataError} for a number that is no frequency, tabs, and a word of more than 1,000 characters.
 */
export function userWords(lines: readonly string[], file: string): UserWord[] {
	const words: UserWord[] = [];
	for (let place = 0; place < lines.length; place++) {
		const line = trimmed(lines[place]!);
		if (line === '') continue;
		const [, word, number, tag] = /^([^\n]+?)( [0-9]+)?( [a-z]+)?$/.exec(line) ?? [];
		const refuse = (expected: string, next: string) => {
			throw new DataError(`words: expected ${expected}, got ${JSON.stringify(line.slice(0, 40))}. ${next}`, { file, line: place + 1 });
		};
		if (word === undefined) return refuse('one word a line', 'Pass each line by itself.');
		if (word.length > longestWord) refuse(`a word of at most ${longestWord} characters`, 'Put each word on a line of its own.');
		if (word.includes('\t')) refuse('spaces between word, frequency and tag', 'Put a space in the place of the tab.');
		if (number === undefined ? isMisread.test(word) : Number(number) > greatestFrequency) {
			refuse(
				`a frequency that is a whole number from 0 to ${greatestFrequency} and a tag of letters a to z`,
				'Correct them, or leave them out.',
			);
		}
		words.push({ word, frequency: number === undefined ? undefined : Number(number), tag: tag?.slice(1) });
	}
	return words;
}

/** Without the white space that Python takes off bytes, and the byte order mark. */
function trimmed(line: string): string {
	const plain = line.replace(/^[ \t\n\r\v\f]+|[ \t\n\r\v\f]+$/g, '');
	return plain.charCodeAt(0) === 0xfeff ? plain.replace(/^\ufeff+/, '') : plain;
}
