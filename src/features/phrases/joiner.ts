// Joins the phrases of a text: from left to right, the first that is found, as gensim does.
import type { Span } from '../../stream/index.js';
import { emptyRows, rowAfter, rowWith } from './connectors.js';
import { countPair, pairAt, pairTable } from './pair-table.js';

/** Joins phrases; `spans`, where it is given, gets the places that each token comes from. */
export type Join = (tokens: readonly string[], spans?: Span[]) => string[];

/** What joins phrases of these words. */
export function joiner(phrases: readonly (readonly string[])[], connectors: readonly string[], delimiter: string): Join {
	// Connectors have −1, −2, …; of other words only those of phrases have numbers.
	const numbers = new Map(connectors.map((word, place) => [word, -1 - place]));
	const rows = emptyRows();
	const pairs = pairTable();
	const all = connectors.length;
	const numberOf = (word: string) => {
		const known = numbers.get(word);
		if (known !== undefined) return known;
		const number = numbers.size - all;
		numbers.set(word, number);
		return number;
	};
	for (const words of phrases) {
		const inside = words.slice(1, -1).reduce((row, word) => rowWith(rows, row, -1 - numbers.get(word)!, all), 0);
		countPair(pairs, numberOf(words[0]!), inside, numberOf(words.at(-1)!));
	}

	return (tokens, spans) => {
		const joined: string[] = [];
		const single = (from: number, to: number) => {
			for (let place = from; place < to; place++) {
				joined.push(tokens[place]!);
				spans?.push([place, place + 1]);
			}
		};
		// Where a phrase may have begun, the number of the word there, and the row of connectors since; −1: none.
		let [start, first, row] = [-1, -1, 0];
		for (let place = 0; place < tokens.length; place++) {
			const word = numbers.get(tokens[place]!);
			if (word !== undefined && word < 0) {
				if (start < 0) single(place, place + 1);
				else if (row >= 0) row = rowAfter(rows, row, -1 - word, all);
				continue;
			}
			if (start >= 0 && word !== undefined && first >= 0 && row >= 0 && pairAt(pairs, first, row, word) >= 0) {
				joined.push(tokens.slice(start, place + 1).join(delimiter));
				spans?.push([start, place + 1]);
				start = -1;
				continue;
			}
			if (start >= 0) single(start, place);
			[start, first, row] = [place, word ?? -1, 0];
		}
		if (start >= 0) single(start, tokens.length);
		return joined;
	};
}
