// The mode for search engines: before each word of the precise mode the words of two and of three characters in it.

import { part } from '../../base/index.js';
import type { Offset } from '../../text/index.js';
import { isWord, type Known } from './known.js';
import { cutPrecise } from './precise.js';

/** The tokens of a text, each word after those in it. */
export function cutSearch(known: Known, text: string, hmm: boolean, offsets?: Offset[]): string[] {
	const tokens: string[] = [];
	const push = (from: number, to: number) => {
		tokens.push(part(text, from, to));
		offsets?.push([from, to]);
	};
	let from = 0;
	for (const end of cutPrecise(known, text, hmm)) {
		for (let length = 2; length <= 3 && length < end - from; length++) {
			for (let at = from; at + length <= end; at++) if (isWord(known, text, at, at + length)) push(at, at + length);
		}
		push(from, end);
		from = end;
	}
	return tokens;
}
