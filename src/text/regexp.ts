// Tokens by a regular expression.
import { is, type Kinds, optionsOf } from '../base/index.js';
import { type OwnStage, ownStage } from '../stream/index.js';
import { withDeadline } from './deadline.js';
import { type Limit, matches, type Offset, type Tokenizer, type TokenizerOptions, tokenizer, tokenizerKinds } from './tokenizer.js';

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

/** Milliseconds that a pattern out of a file may take: so many, and so many more for each character. Patterns that do not backtrack take 0.0001. */
const [least, perCharacter] = [2000, 0.02];

type RegexpStage = <const O extends boolean = false>(options: RegexpOptions & { offsets?: O }) => Tokenizer<{ offsets: O }>;

function made(options: RegexpOptions, limited: boolean): Tokenizer<TokenizerOptions> {
	const { pattern, flags = 'u', gaps = false, offsets = false } = optionsOf('regexp', options ?? {}, kinds);
	let expression: RegExp;
	try {
		expression = new RegExp(pattern, flags.includes('g') ? flags : `${flags}g`);
	} catch (error) {
		throw new RangeError(`regexp: expected a pattern and flags, got /${pattern}/${flags}: ${(error as Error).message}. Mend it.`);
	}
	const find: (text: string, pattern: RegExp, offsets?: Offset[]) => string[] = gaps ? between : matches;
	const limit: Limit = (characters, work) => {
		const ms = least + Math.ceil(perCharacter * characters);
		const late = () =>
			new RangeError(
				`regexp: expected the saved pattern /${pattern.slice(0, 60)}/${flags} to be done in ${ms / 1000} s, got no end. Mend it: repetitions in repetitions backtrack.`,
			);
		return withDeadline(ms, work, late);
	};
	const tokenize = (text: string, places?: Offset[]) => find(text, expression, places);
	return tokenizer('regexp', { pattern, flags, gaps, offsets }, tokenize, limited ? limit : undefined);
}

/**
 * The stage that cuts `text` into what a regular expression matches, as NLTK's `RegexpTokenizer`. The time it takes is that of the
 * expression: one that backtracks can be slow, and one such as `(a+)+$` takes for ever. A pattern that comes from elsewhere, out of a saved
 * pipeline or a model folder, is ended with an error: it has two seconds and 20 µs for each character of the documents that come together.
 *
 * @example
 * pipe(docs, regexp({ pattern: '\\$?\\d+(?:\\.\\d+)?|\\p{L}+' }));
 * @throws {RangeError} for a pattern or flags that are none.
 */
export const regexp: RegexpStage & OwnStage = ownStage(
	((options: RegexpOptions) => made(options, false)) as RegexpStage,
	(options: RegexpOptions) => made(options, true),
);
