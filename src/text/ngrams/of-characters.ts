// N-grams of characters (code points), of a text or within its words.
import { argumentOf, is, optionsOf } from '../../base/index.js';
import { lengthKinds, lengthsOf, type NgramLengths } from './lengths.js';
import { oneSpace } from './spaces.js';

/**
 * The n-grams of a text's characters (code points): all of the least n in the order of the text, then those of the next. Two or more white
 * spaces in a row are one space. As scikit-learn's analyzer `char`.
 *
 * @example
 * characterNgrams('我想去成都吃火锅', { from: 2 }); // 我想, 想去, 去成 …: seven
 */
export function characterNgrams(text: string, options: NgramLengths = {}): string[] {
	const { from, to } = lengthsOf('characterNgrams', optionsOf('characterNgrams', options, lengthKinds));
	return ofCharacters(oneSpace(argumentOf('characterNgrams', 'text', text, is.text)), from, to);
}

/** The same of a text as it is. */
export function ofCharacters(text: string, from: number, to: number): string[] {
	const starts = startsOf(text);
	const made: string[] = [];
	for (let n = from; n < Math.min(to + 1, starts.length); n++) addAll(text, starts, n, made);
	return made;
}

/**
 * The n-grams of characters (code points) within each word, word by word: of ` word `, so that a space marks where it begins and ends. A word
 * that is shorter than n is its own, once. As scikit-learn's analyzer `char_wb`.
 *
 * @example
 * ngramsWithin(['rise'], { from: 3 }); // ' ri', 'ris', 'ise', 'se '
 */
export function ngramsWithin(words: readonly string[], options: NgramLengths = {}): string[] {
	const { from, to } = lengthsOf('ngramsWithin', optionsOf('ngramsWithin', options, lengthKinds));
	return ofEach(argumentOf('ngramsWithin', 'words', words, is.texts), from, to);
}

/** The same of what was checked. */
export function ofEach(words: readonly string[], from: number, to: number): string[] {
	const made: string[] = [];
	for (const word of words) {
		const text = ` ${word} `;
		const starts = startsOf(text);
		const length = starts.length - 1;
		let n = from;
		for (; n <= to && n < length; n++) addAll(text, starts, n, made);
		if (n <= to) made.push(text);
	}
	return made;
}

/** Where each character begins, and where the last one ends. */
function startsOf(text: string): Int32Array {
	const starts = new Int32Array(text.length + 1);
	let count = 0;
	for (let at = 0; at < text.length; at += text.codePointAt(at)! > 0xffff ? 2 : 1) starts[count++] = at;
	starts[count++] = text.length;
	return starts.subarray(0, count);
}

function addAll(text: string, starts: Int32Array, n: number, made: string[]): void {
	for (let start = 0; start + n < starts.length; start++) made.push(text.slice(starts[start], starts[start + n]));
}
