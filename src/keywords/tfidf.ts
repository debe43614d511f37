// Keywords by TF-IDF weight.
import type { Tfidf } from '../features/index.js';

/** A keyword of a text with its score; higher is better. */
export interface Keyword {
	keyword: string;
	score: number;
}

/** Which keywords are wanted. */
export interface KeywordsOptions {
	/** The most keywords. Default 10. */
	top?: number;
	/** Tokens that are never keywords, such as `englishStopwords`. Default none. */
	stopwords?: ReadonlySet<string>;
}

/**
 * The tokens of one document with the largest TF-IDF weights, in falling order; equal weights by first place in the text.
 * Tokens without a letter (numbers, punctuation) and tokens not seen in `fit` are no keywords.
 *
 * @example
 * const fitted = await tfidf().fit(docs);
 * keywords(fitted, wordTokens(cleanText(text)), { top: 5, stopwords: englishStopwords });
 */
export function keywords(fitted: Tfidf, tokens: readonly string[], { top = 10, stopwords = new Set() }: KeywordsOptions = {}): Keyword[] {
	if (!(top >= 1)) throw new RangeError(`keywords: expected top to be a number from 1, got ${top}. Leave it out for 10.`);
	return [...fitted.weights(tokens)]
		.filter(([token]) => /\p{L}/u.test(token) && !stopwords.has(token))
		.map(([keyword, score]) => ({ keyword, score }))
		.sort((a, b) => b.score - a.score)
		.slice(0, top);
}
