// Tokens by a regular expression.
import { is, type Kinds, optionsOf } from '../base/index.js';
import { ownStage } from '../stream/index.js';
import { matches, type Offset, type Tokenizer, type TokenizerOptions, tokenizer, tokenizerKinds } from './tokenizer.js';

/** How `regexp` splits. */
export interface RegexpOptions extends TokenizerOptions {
	/** What a token looks like (or a gap between tokens), such as `[a-z0-9]+`. */
	pattern: string;
	/** Flags of the expression; `g` need not be there. Default 'u'. */
	flags?: string;
	/** Whether the pattern finds what is between tokens. Default false. */
	gaps?: boolean;
}

const kinds: Kinds<RegexpOptions> = {
	...tokenizerKinds,
	pattern: is.needed(is.text),
	flags: {
		expected: 'flags of a regular expression other than y',
		fits: (value) => is.text.fits(value) && !(value as string).includes('y'),
	},
	gaps: is.flag,
};

/** Tokens between what a pattern finds, without empty ones. */
function between(text: string, gap: RegExp, offsets?: Offset[]): string[] {
	const tokens: string[] = [];
	let start = 0;
	const push = (end: number) => {
		if (end <= start) return;
		tokens.push(text.slice(start, end));
		offsets?.push([start, end]);
	};
	for (const { index, 0: found } of text.matchAll(gap)) {
		if (found === '') continue;
		push(index);
		start = index + found.length;
	}
	push(text.length);
	return tokens;
}

/**
 * The stage that cuts `text` into what a regular expression matches, as NLTK's `RegexpTokenizer`. The time it takes is that of the
 * expression: one that backtracks can be slow.
 *
 * @example
 * pipe(docs, regexp({ pattern: '\\$?\\d+(?:\\.\\d+)?|\\p{L}+' }));
 * @throws {RangeError} for a pattern or flags that are none.
 */
export const regexp = ownStage(<const O extends boolean = false>(options: RegexpOptions & { offsets?: O }): Tokenizer<{ offsets: O }> => {
	const { pattern, flags = 'u', gaps = false, offsets = false } = optionsOf('regexp', options ?? {}, kinds);
	let expression: RegExp;
	try {
		expression = new RegExp(pattern, flags.includes('g') ? flags : `${flags}g`);
	} catch (error) {
		throw new RangeError(`regexp: expected a pattern and flags, got /${pattern}/${flags}: ${(error as Error).message}. Mend it.`);
	}
	const find: (text: string, pattern: RegExp, offsets?: Offset[]) => string[] = gaps ? between : matches;
	return tokenizer('regexp', { pattern, flags, gaps, offsets }, (text, places) => find(text, expression, places));
});
