// N-grams of words, side by side or with others left out between them.
import { argumentOf, is, type Kinds, optionsOf } from '../../base/index.js';
import type { Span } from '../../stream/index.js';
import { lengthKinds, lengthsOf, type NgramLengths } from './lengths.js';

/** Which n-grams of words are made. */
export interface WordNgramOptions extends NgramLengths {
	/** The most words that may be left out inside an n-gram, in all (Guthrie et al. 2006, k-skip-n-grams). Default 0. */
	skip?: number;
	/** What stands between the words of an n-gram. Default one space. */
	join?: string;
}

/** The kinds of these options. */
export const wordKinds: Kinds<WordNgramOptions> = { ...lengthKinds, skip: is.whole(0), join: is.text };

/**
 * The n-grams of words: all of the least n in the order of the text, then those of the next, as scikit-learn's analyzer `word` has them;
 * with `skip`, as NLTK's `skipgrams(words, n, skip)`.
 *
 * @example
 * wordNgrams(['oil', 'prices', 'rise'], { from: 1, to: 2 }); // oil, prices, rise, oil prices, prices rise
 */
export function wordNgrams(words: readonly string[], options: WordNgramOptions = {}): string[] {
	const { skip = 0, join = ' ', ...lengths } = optionsOf('wordNgrams', options, wordKinds);
	return ofWords(argumentOf('wordNgrams', 'words', words, is.texts), { ...lengthsOf('wordNgrams', lengths), skip, join });
}

/** The same of what was checked; `spans`, where it is given, gets the places of each. */
export function ofWords(words: readonly string[], { from, to, skip, join }: Required<WordNgramOptions>, spans?: Span[]): string[] {
	const made: string[] = [];
	for (let n = from; n <= Math.min(to, words.length); n++) {
		for (let start = 0; start + n <= words.length; start++) {
			if (skip > 0 && n > 1) {
				withGaps(words, { start, n, skip, join }, made, spans);
				continue;
			}
			let ngram = words[start]!;
			for (let place = start + 1; place < start + n; place++) ngram += join + words[place]!;
			made.push(ngram);
			spans?.push([start, start + n]);
		}
	}
	return made;
}

interface From {
	readonly start: number;
	readonly n: number;
	readonly skip: number;
	readonly join: string;
}

/** Adds the n-grams that begin at `start`, ordered by the places of their words. */
function withGaps(words: readonly string[], { start, n, skip, join }: From, made: string[], spans?: Span[]): void {
	const end = Math.min(start + n + skip, words.length);
	const grow = (ngram: string, last: number, more: number) => {
		if (more === 0) {
			made.push(ngram);
			spans?.push([start, last + 1]);
			return;
		}
		for (let place = last + 1; place + more <= end; place++) grow(ngram + join + words[place]!, place, more - 1);
	};
	grow(words[start]!, start, n - 1);
}
