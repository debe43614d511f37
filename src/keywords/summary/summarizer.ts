// What every summarizer is: a function from the sentences of a document to those that say most.
import { is, type Json } from '../../base/index.js';
import { type StemLanguage, splitSentences, stemLanguages, stemmer, wordTokens } from '../../text/index.js';
import { extractorKinds, type StopwordChoice, stopwordSet } from '../extractor.js';

/** A sentence of a summary. */
export interface SummarySentence {
	readonly sentence: string;
	/** What the method says of it; higher is better. */
	readonly score: number;
	/** Its index among the document's sentences. */
	readonly position: number;
}

/** What a summary is made of: a text, or its sentences, with the words of each if they are cut already, as Chinese ones are. */
export type SummarySource =
	| { readonly text: string; readonly sentences?: readonly string[]; readonly sentenceTokens?: readonly (readonly string[])[] }
	| { readonly text?: string; readonly sentences: readonly string[]; readonly sentenceTokens?: readonly (readonly string[])[] };

/** Chooses the sentences of a summary. */
export interface Summarizer {
	readonly method: 'textrank' | 'lexrank';
	/** What it was made with, defaults written out, as plain JSON. */
	readonly options: { readonly [option: string]: Json };
	/** The chosen sentences, in the order of the text. */
	summarize(doc: SummarySource): SummarySentence[];
	/** The score of each sentence. */
	scores(doc: SummarySource): Float64Array;
}

/** What summarizers share. */
export interface SummaryOptions {
	/** How many sentences. Default: a share of them, `ratio`. */
	readonly sentences?: number;
	/** The share of the sentences, rounded down, but one at least. Default 0.2. */
	readonly ratio?: number;
	/** Words that do not count. Default 'en'. */
	readonly stopwords?: StopwordChoice;
	/** The language of stems that words are compared by. Default 'en'; false for none. */
	readonly stem?: StemLanguage | false;
}

/** The kinds of these options. */
export const summaryKinds = {
	...{ sentences: is.whole(1), ratio: is.share, stopwords: extractorKinds.stopwords, stem: is.one(...stemLanguages, false) },
};

/** A summarizer of a function that scores sentences by their words. */
export function summarizer(
	who: string,
	method: Summarizer['method'],
	{ sentences, ratio, stopwords = 'en', stem = 'en' }: SummaryOptions,
	own: { readonly [option: string]: Json },
	rank: (words: readonly (readonly string[])[]) => Float64Array,
): Summarizer {
	if (sentences !== undefined && ratio !== undefined) throw new TypeError(`${who}: expected sentences or ratio, got both. Leave one out.`);
	const { words: stopped, json } = stopwordSet(stopwords);
	const stemOf = stem === false ? (word: string) => word : stemmer({ language: stem });
	const cut = (sentence: string) => wordTokens(sentence.toLowerCase(), { punctuation: false });
	const wordsOf = (doc: SummarySource, given: readonly string[]) => {
		const all = doc.sentenceTokens ?? given.map(cut);
		if (all.length !== given.length) {
			throw new TypeError(
				`${who}: expected sentenceTokens of each of ${given.length} sentences, got ${all.length}. Cut each sentence once.`,
			);
		}
		return all.map((tokens) =>
			tokens
				.map((token) => token.toLowerCase())
				.filter((token) => /[\p{L}\p{N}]/u.test(token) && !stopped.has(token))
				.map(stemOf),
		);
	};
	const sentencesOf = (doc: SummarySource): readonly string[] => {
		if (Array.isArray(doc?.sentences)) return doc.sentences;
		if (typeof doc?.text === 'string') return splitSentences(doc.text);
		throw new TypeError(`${who}: expected a document with text or sentences, got neither. Pass { text }, or add sentences() before.`);
	};
	const scores = (doc: SummarySource) => rank(wordsOf(doc, sentencesOf(doc)));
	return {
		...{
			method,
			options: { ...(sentences === undefined ? { ratio: ratio ?? 0.2 } : { sentences }), stopwords: json, stem, ...own },
			scores,
		},
		summarize(doc) {
			const given = sentencesOf(doc);
			const found = scores({ sentences: given, ...(doc.sentenceTokens && { sentenceTokens: doc.sentenceTokens }) });
			const count = sentences ?? Math.max(1, Math.trunc(given.length * (ratio ?? 0.2)));
			const order = [...given.keys()].sort((a, b) => found[b]! - found[a]! || a - b);
			const chosen = order.slice(0, count).sort((a, b) => a - b);
			return chosen.map((position) => ({ sentence: given[position]!, score: found[position]!, position }));
		},
	};
}
