// How much room the longest lines of a text need.
import type { Chunk } from './corpus.js';
import type { TokenRows } from './vocabulary.js';

/** The most tokens of a line, and the most rows, those of n-grams of words among them. */
export function longestLine(chunks: readonly Chunk[], { targets, starts }: TokenRows, ngrams: number): { tokens: number; rows: number } {
	let [mostTokens, mostRows] = [0, 0];
	for (const { tokens, ends } of chunks) {
		let at = 0;
		for (const end of ends) {
			if (end - at > mostTokens) mostTokens = end - at;
			let rows = 0;
			for (; at < end; at++) {
				const token = tokens[at]!;
				if (targets[token] === -1) rows += starts[token + 1]! - starts[token]! + ngrams - 1;
			}
			if (rows > mostRows) mostRows = rows;
		}
	}
	return { tokens: mostTokens, rows: mostRows };
}
