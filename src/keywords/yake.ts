// Keywords by YAKE: words and runs of words, scored by what one text alone tells of them (Campos et al. 2020).
import { is, type Kinds, optionsOf } from '../base/index.js';
import {
	type Extractor,
	type ExtractorOptions,
	extractorKinds,
	type Keyword,
	type KeywordSource,
	stopwordSet,
	topAsJson,
} from './extractor.js';
import { candidatesOf } from './yake/candidates.js';
import { similarities } from './yake/similarity.js';

/** How YAKE finds keywords; defaults are those of the package yake. Stop words default to 'en'. */
export interface YakeOptions extends ExtractorOptions {
	/** The most words of a keyword. Default 3. */
	readonly longest?: number;
	/** Words of fewer characters, without marks and a plural s, are taken for stop words. Default 3; 2 for Chinese. */
	readonly shortest?: number;
	/** How many words to its left a word is counted beside. Default 1. */
	readonly window?: number;
	/** Of two keywords more alike than this only the better is kept; 1 keeps all. Default 0.9. */
	readonly threshold?: number;
	/** What is alike: the package's `seqm`, or edit distance. Default `sequence`. */
	readonly similarity?: keyof typeof similarities;
}

const kinds: Kinds<YakeOptions> = {
	...{ ...extractorKinds, longest: is.whole(1), shortest: is.whole(1), window: is.whole(1), threshold: is.share },
	similarity: is.one(...Object.keys(similarities)),
};

/**
 * Keywords by YAKE, best first: their scores are the package's, so lower is better. Words are kept as they are first written, since capitals
 * count; hyphenated words should be one token, as `yakeTokens` has them.
 *
 * @example
 * yakeKeywords({ top: 5 }).extract(yakeTokens('Storm Alva closed the Old Harbour. The Old Harbour opens again.'));
 */
export function yakeKeywords(given: YakeOptions = {}): Extractor {
	const {
		top = 10,
		stopwords = 'en',
		longest = 3,
		shortest = 3,
		window = 1,
		threshold = 0.9,
		similarity = 'sequence',
	} = optionsOf('yakeKeywords', given, kinds);
	const { words, json } = stopwordSet(stopwords);
	const alike = similarities[similarity];
	return {
		method: 'yake',
		options: { top: topAsJson(top), stopwords: json, longest, shortest, window, threshold, similarity },
		extract(doc: KeywordSource): Keyword[] {
			const chosen: { text: string; keyword: Keyword }[] = [];
			for (const { text, keyword } of candidatesOf(doc, { stopwords: words, longest, shortest, window }).sort(
				(a, b) => a.keyword.score - b.keyword.score,
			)) {
				if (threshold < 1 && chosen.some((other) => alike(text, other.text) > threshold)) continue;
				chosen.push({ text, keyword });
				if (chosen.length === top) break;
			}
			return chosen.map(({ keyword }) => keyword);
		},
	};
}
