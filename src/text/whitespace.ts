// Tokens between white space.
import { optionsOf } from '../base/index.js';
import { ownStage } from '../stream/index.js';
import { matches, type Tokenizer, type TokenizerOptions, tokenizer, tokenizerKinds } from './tokenizer.js';

const token = /[^\s\x85]+/g;

/**
 * The stage that cuts `text` into `tokens` at white space.
 *
 * @example
 * pipe(lines('news.txt'), clean({ punctuation: 'strip' }), whitespace());
 */
export const whitespace = ownStage(
	<const O extends boolean = false>(options: TokenizerOptions & { offsets?: O } = {}): Tokenizer<{ offsets: O }> => {
		const { offsets = false } = optionsOf('whitespace', options, tokenizerKinds);
		return tokenizer('whitespace', { offsets }, (text, places) => matches(text, token, places));
	},
);
