// Marks at the beginning and the end of a text's tokens.
import { map, type Stage } from '../stream/index.js';

/** The marks of `ends`. */
export interface EndsOptions {
	/** A token put before all others. Default none. */
	first?: string | null;
	/** A token put after all others. Default none. */
	last?: string | null;
}

/**
 * Puts marks around `tokens`, for models that read where a text begins and ends.
 *
 * @example
 * pipe(docs, clean(), words(), ends({ first: '<bos>', last: '<eos>' }));
 */
export function ends({ first = null, last = null }: EndsOptions = {}): Stage<{ tokens: string[] }, { tokens: string[] }> {
	const before = first === null ? [] : [first];
	const after = last === null ? [] : [last];
	return map({ stage: 'ends', options: { first, last } }, (doc) => ({ tokens: [...before, ...doc.tokens, ...after] }), { tokens: 'texts' });
}
