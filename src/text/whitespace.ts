// Tokens between white space.
import { matches, type Tokenizer, type TokenizerOptions, tokenizer } from './tokenizer.js';

const token = /[^\s\x85]+/g;

/**
 * The stage that cuts `text` into `tokens` at white space.
 *
 * @example
 * pipe(lines('news.txt'), clean({ punctuation: 'strip' }), whitespace());
 */
export function whitespace<const O extends TokenizerOptions>({ offsets = false }: O = {} as O): Tokenizer<O> {
	return tokenizer('whitespace', { offsets }, (text, places) => matches(text, token, places));
}
