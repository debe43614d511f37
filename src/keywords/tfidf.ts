// Keywords by TF-IDF weight.
import { argumentOf, is, type Kinds, optionsOf } from '../base/index.js';
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

const kinds: Kinds<KeywordsOptions> = {
	top: is.limit(1),
	stopwords: { expected: 'a set of tokens', fits: (value) => value instanceof Set, next: 'Pass englishStopwords, or new Set([…]).' },
};

/**
 * The tokens of one document with the largest TF-IDF weights, in falling order; equal weights by first place in the text.
 * Tokens without a letter (numbers, punctuation) and tokens not seen in `fit` are no keywords.
 *
 * @example
 * const fitted = await tfidf().fit(docs);
 * keywords(fitted, wordTokens(cleanText(text)), { top: 5, stopwords: englishStopwords });
 */
export function keywords(fitted: Tfidf, tokens: readonly string[], options: KeywordsOptions = {}): Keyword[] {
	const { top = 10, stopwords = new Set() } = optionsOf('keywords', options, kinds);
	return [...fitted.weights(argumentOf('keywords', 'tokens', tokens, is.texts))]
		.filter(([token]) => /\p{L}/u.test(token) && !stopwords.has(token))
		.map(([keyword, score]) => ({ keyword, score }))
		.sort((a, b) => b.score - a.score)
		.slice(0, top);
}
