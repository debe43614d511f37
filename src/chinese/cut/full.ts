// The full mode: all words that a text has, one over the other.

import { part } from '../../base/index.js';
import type { Offset } from '../../text/index.js';
import type { Known } from './known.js';
import { block, kinds, latin, space } from './units.js';

/** The tokens of a text. White space has, as jieba's, an empty token on each side where no word or mark is. */
export function cutFull({ trie }: Known, text: string, offsets?: Offset[]): string[] {
	const tokens: string[] = [];
	const push = (from: number, to: number, token: string = part(text, from, to)) => {
		tokens.push(token);
		offsets?.push([from, to]);
	};
	const found: number[] = [];
	let at = 0;
	while (at < text.length) {
		const inBlock = (kinds[text.charCodeAt(at)]! & block) !== 0;
		let end = at + 1;
		while (end < text.length && ((kinds[text.charCodeAt(end)]! & block) !== 0) === inBlock) end++;
		if (inBlock) fullBlock(at, end);
		else others(at, end);
		at = end;
	}
	return tokens;

	/** `(\r\n|\s)` splits: marks, white space, marks, … */
	function others(from: number, to: number): void {
		let begin = from;
		for (let at = from; at < to; ) {
			if ((kinds[text.charCodeAt(at)]! & space) === 0) {
				at++;
				continue;
			}
			const end = text.charCodeAt(at) === 0x0d && at + 1 < to && text.charCodeAt(at + 1) === 0x0a ? at + 2 : at + 1;
			push(begin, at);
			push(at, end);
			at = end;
			begin = end;
		}
		push(begin, to);
	}

	function fullBlock(from: number, to: number): void {
		// The last character of the last word, and the letters and digits that are not yet a token.
		let last = from - 1;
		let letters: { from: number; to: number; text: string } | undefined;
		for (let at = from; at < to; at++) {
			const isLatin = (kinds[text.charCodeAt(at)]! & latin) !== 0;
			if (letters && !isLatin) {
				push(letters.from, letters.to, letters.text);
				letters = undefined;
			}
			wordEnds(at, to);
			if (found.length === 1 && at > last) {
				const end = found[0]!;
				if (isLatin) letters = { from: letters?.from ?? at, to: end, text: (letters?.text ?? '') + text.slice(at, end) };
				if (!letters) push(at, end);
				last = end - 1;
			} else {
				for (const end of found) {
					if (end - 1 <= at) continue;
					push(at, end);
					last = end - 1;
				}
			}
		}
		if (letters) push(letters.from, letters.to, letters.text);
	}

	/** Where the words that begin at `from` end; the character itself where none does. */
	function wordEnds(from: number, to: number): void {
		found.length = 0;
		for (let at = from, node = 0; at < to; at++) {
			node = trie.step(node, text.charCodeAt(at));
			if (node === 0) break;
			if (trie.frequency(node) > 0) found.push(at + 1);
		}
		if (found.length === 0) found.push(from + 1);
	}
}
