// Marks at the beginning and the end of a text's tokens.
import { is, optionsOf } from '../base/index.js';
import { map, ownStage, type Stage, surroundedTokens } from '../stream/index.js';

/** The marks of `ends`. */
export interface EndsOptions {
	/** A token put before all others. Default none. */
	first?: string | null;
	/** A token put after all others. Default none. */
	last?: string | null;
}

const mark = is.either(is.text, is.one(null));

/**
 * Puts marks around `tokens`, for models that read where a text begins and ends.
 *
 * @example
 * pipe(docs, clean(), words(), ends({ first: '<bos>', last: '<eos>' }));
 */
export const ends = ownStage((options: EndsOptions = {}): Stage<{ tokens: string[] }, { tokens: string[] }> => {
	const { first = null, last = null } = optionsOf('ends', options, { first: mark, last: mark });
	const before = first === null ? [] : [first];
	const after = last === null ? [] : [last];
	return map((doc) => surroundedTokens(doc, before, after), { stage: 'ends', options: { first, last }, needs: { tokens: 'texts' } });
});
