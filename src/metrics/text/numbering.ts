// Tokens as numbers, so that no token can look like two, and sequences of them are compared fast.

import type { Kind } from '../../base/index.js';

/** A kind of argument: the tokens of a text. */
export const tokensKind: Kind = {
	expected: 'an array of tokens',
	fits: (value) => Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView)),
};

/** What tokens are told apart by. */
export type Token = number | bigint | string;

/** Numbers for the tokens of a text and its references. */
export interface Numbering {
	/** Forgets all tokens. */
	clear(): void;
	/** The numbers of tokens, from 0; new tokens get new ones. */
	learn(tokens: ArrayLike<Token>): Int32Array;
	/** The numbers of tokens; −1 for those that were not learned. */
	known(tokens: ArrayLike<Token>): Int32Array;
}

/** No tokens yet. A bigint is the same token as its number. */
export function numbering(): Numbering {
	const numbers = new Map<number | string, number>();
	const each = (tokens: ArrayLike<Token>, numberOf: (token: number | string) => number) => {
		const found = new Int32Array(tokens.length);
		for (let at = 0; at < found.length; at++) {
			const token = tokens[at]!;
			found[at] = numberOf(typeof token === 'bigint' ? Number(token) : token);
		}
		return found;
	};
	const learned = (token: number | string) => {
		const number = numbers.get(token);
		if (number !== undefined) return number;
		numbers.set(token, numbers.size);
		return numbers.size - 1;
	};
	return {
		clear: () => numbers.clear(),
		learn: (tokens) => each(tokens, learned),
		known: (tokens) => each(tokens, (token) => numbers.get(token) ?? -1),
	};
}
