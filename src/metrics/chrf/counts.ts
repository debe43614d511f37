// What chrF counts of a text: n-grams of characters and of words, against the reference that gives the best score.
import { ngramIndex } from '../text/ngram-index.js';
import { numbering } from '../text/numbering.js';
import { type FScore, fScore } from './f-score.js';
import { codePoints, markedWords } from './units.js';

/** Which n-grams are compared. */
export interface NgramOrders {
	/** The longest n-grams of characters, and of words; 0 for none. */
	readonly characterOrder: number;
	readonly wordOrder: number;
	/** Whether white space counts as characters. */
	readonly whitespace: boolean;
}

/** Counts texts: of each length of n-grams how many the hypothesis has, the reference, and both. What it returns is good until the next call. */
export function chrfCounter({ characterOrder, wordOrder, whitespace }: NgramOrders, formula: FScore) {
	const orders = characterOrder + wordOrder;
	const [characters, words] = [ngramIndex(characterOrder), ngramIndex(wordOrder)];
	const numbers = numbering();
	const [own, best, matches] = [new Float64Array(3 * orders), new Float64Array(3 * orders), new Float64Array(orders)];
	const wordsOf = (text: string) => (wordOrder > 0 ? markedWords(text) : []);

	return (references: readonly string[]) => {
		for (const part of [characters, words, numbers]) part.clear();
		const lengths = references.map((reference, root) => {
			const [points, tokens] = [codePoints(reference, whitespace), wordsOf(reference)];
			characters.add(root, points);
			words.add(root, numbers.learn(tokens));
			return [points.length, tokens.length] as const;
		});
		return (hypothesis: string, sums: Float64Array, at: number) => {
			const [points, tokens] = [codePoints(hypothesis, whitespace), numbers.known(wordsOf(hypothesis))];
			let bestScore = -1;
			for (const [root, [pointCount, tokenCount]] of lengths.entries()) {
				matches.fill(0);
				characters.match(root, points, matches, 0);
				words.match(root, tokens, matches, characterOrder);
				for (let n = 0; n < orders; n++) {
					const [theirs, ours, length] =
						n < characterOrder ? [pointCount, points.length, n + 1] : [tokenCount, tokens.length, n + 1 - characterOrder];
					const known = Math.max(theirs - length + 1, 0);
					// What no reference is long enough for is nobody's fault.
					own[3 * n] = known > 0 ? Math.max(ours - length + 1, 0) : 0;
					own[3 * n + 1] = known;
					own[3 * n + 2] = matches[n]!;
				}
				const score = fScore(own, 0, orders, formula);
				if (score <= bestScore) continue;
				bestScore = score;
				best.set(own);
			}
			for (let n = 0; n < best.length; n++) sums[at + n]! += best[n]!;
		};
	};
}
