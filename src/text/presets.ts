// Ready-made cleaning: the plain forms that courses and papers begin with.
import { is, optionsOf } from '../base/index.js';
import { chain, type Stage } from '../stream/index.js';
import { type CleanOptions, clean } from './clean.js';
import { ends } from './ends.js';
import { stem } from './stem.js';
import { stopwords } from './stopwords.js';
import { whitespace } from './whitespace.js';

/** Lower case, and a space for every character outside `only`; nothing else is looked at. */
const plain = (only: string): CleanOptions => ({ html: false, normalize: false, only });

type ToTokens = Stage<{ text: string }, { text: string; tokens: string[] }>;

/** How `plainWords` goes about it. */
export interface PlainWordsOptions {
	/** Whether digits stay. Default true. */
	digits?: boolean;
}

/**
 * English words in their plainest form: lower case, letters (and digits) only, no stop words, Porter's stems, `bos` first and `eos` last.
 *
 * @example
 * pipe(agNews.train(), plainWords({ digits: false }));
 */
export function plainWords(options: PlainWordsOptions = {}): ToTokens {
	const { digits = true } = optionsOf('plainWords', options, { digits: is.flag });
	return chain(clean(plain(digits ? 'a-z0-9' : 'a-z')), whitespace(), stopwords(), stem(), ends({ first: 'bos', last: 'eos' }));
}

/**
 * Titles for a model that reads characters: lower case, letters only, all words, `eos` last. Joined by spaces they are its text.
 *
 * @example
 * pipe(agNews.train(), plainTitles());
 */
export function plainTitles(): ToTokens {
	return chain(clean(plain('a-z')), whitespace(), ends({ last: 'eos' }));
}
