// Which words a test may ask for: those of the first rows, and what they are with upper and lower case alike.
import { is, type Kinds } from '../../base/index.js';
import type { WordVectors } from '../vectors/word-vectors.js';

/** Which words count as known; the defaults are gensim's. */
export interface KnownOptions {
	/** The words that are known: the first so many, in trained vectors the most frequent. Default 300,000. */
	readonly restrict?: number;
	/** Whether upper and lower case are the same. Of words that differ in nothing else the first counts. Default yes. */
	readonly ignoreCase?: boolean;
	/** Questions with unknown words count as answered wrongly, instead of being passed over: gensim's `dummy4unknown`. Default no. */
	readonly countUnknown?: boolean;
}

/** The kinds of these options. */
export const knownKinds: Kinds<KnownOptions> = { restrict: is.limit(1), ignoreCase: is.flag, countUnknown: is.flag };

/** Words that are known. */
export interface KnownWords {
	/** How many of the rows. */
	readonly count: number;
	/** The word in the form in which words are compared. */
	folded(word: string): string;
	/** The row of a folded word. */
	place(folded: string): number | undefined;
}

/** The words of the first rows. */
export function knownWords({ words }: WordVectors, { restrict = 300_000, ignoreCase = true }: KnownOptions): KnownWords {
	const count = Math.min(restrict, words.length);
	const folded = (word: string) => (ignoreCase ? word.toUpperCase() : word);
	const places = new Map<string, number>();
	for (let place = count - 1; place >= 0; place--) places.set(folded(words[place]!), place);
	return { count, folded, place: (word) => places.get(word) };
}
