// The table between tokens and ids, and what it does with them.

/** The table between tokens and ids. Id 0 is padding, 1 any unknown token. */
export interface TokenTable {
	/** Tokens, special ones included. */
	readonly size: number;
	/** The tokens in the order of their ids: special ones, then by falling count, equal counts as `ties` says. */
	readonly tokens: readonly string[];
	/** How often each was seen, in the order of their ids; the unknown one has the count of all that were left out. */
	readonly counts: readonly number[];
	/** 0. */
	readonly padId: number;
	/** 1. */
	readonly unkId: number;
	/** The id of the special token that begins texts: `<bos>`, `[BOS]` or `<s>`; undefined where `special` has none. */
	readonly bosId: number | undefined;
	/** The id of the special token that ends texts: `<eos>`, `[EOS]` or `</s>`; undefined where `special` has none. */
	readonly eosId: number | undefined;
	/** The id of a token; 1 where the vocabulary does not have it. */
	idOf(token: string): number;
	/** The token of an id. Throws a RangeError for an id outside 0 to size − 1. */
	tokenOf(id: number): string;
	/** The ids of tokens. */
	encode(tokens: readonly string[]): Int32Array;
	/** The tokens of ids. Throws a RangeError for an id outside 0 to size − 1. */
	decode(ids: ArrayLike<number>): string[];
}

const [begins, ends] = [/^(<bos>|\[bos\]|<s>)$/i, /^(<eos>|\[eos\]|<\/s>)$/i];

/** The table of tokens by id, of which the first `special` are special. */
export function tokenTable(
	tokens: readonly string[],
	counts: readonly number[],
	special: readonly string[],
): TokenTable & { readonly ids: ReadonlyMap<string, number> } {
	const ids = new Map(tokens.map((token, id) => [token, id]));
	const idOf = (token: string) => ids.get(token) ?? 1;
	const encode = (tokens: readonly string[]) => {
		const encoded = new Int32Array(tokens.length);
		for (let i = 0; i < tokens.length; i++) encoded[i] = idOf(tokens[i]!);
		return encoded;
	};
	const tokenOf = (id: number) => {
		const token = tokens[id];
		if (token !== undefined) return token;
		throw new RangeError(`vocabulary: expected an id from 0 to ${tokens.length - 1}, got ${id}. Is it an id of another vocabulary?`);
	};
	const named = (name: RegExp) => special.map((token, id) => (name.test(token) ? id : -1)).find((id) => id >= 0);
	const marks = { padId: 0, unkId: 1, bosId: named(begins), eosId: named(ends) };
	const decode = (of: ArrayLike<number>) => Array.from(of, tokenOf);
	return { size: tokens.length, tokens, counts, ids, ...marks, idOf, tokenOf, encode, decode };
}
