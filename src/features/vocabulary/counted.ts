// Tokens as they are counted, in one thread or in parts: all of them, or those that are frequent for certain, with a bound of the error.
import { detached } from '../../base/index.js';
import { addToken, findToken, hashOf, type TokenTable, tokenTable } from '../terms/token-table.js';

/** What was counted. */
export interface Counted {
	/** The number of each token is its place in `counts`. */
	table: TokenTable;
	/** How often each token occurred; where some were forgotten, at most so often. */
	counts: number[];
	/** The document, by its number in the stream, that had each token first, and the token's place there; empty where nobody asks. */
	documents: number[];
	at: number[];
	/** Tokens in all. */
	tokens: number;
	/** The most that a token which is not here may have occurred, and by which a count here may be too large. */
	error: number;
}

/** How tokens are counted. */
export interface Counting {
	/** At least so many of the most frequent tokens are held, at most twice as many; Infinity for all. */
	readonly capacity: number;
	/** Whether the order in which tokens came first is kept. */
	readonly seen: boolean;
}

/** Nothing yet. */
export const nothing = (): Counted => ({ table: tokenTable(), counts: [], documents: [], at: [], tokens: 0, error: 0 });

/** Counts the tokens of documents, of which the first is number `first` of the stream. */
export function count(
	part: Counted,
	docs: readonly { readonly tokens: readonly string[] }[],
	first: number,
	{ capacity, seen }: Counting,
): void {
	for (let number = 0; number < docs.length; number++) {
		const { tokens } = docs[number]!;
		const { table, counts } = part;
		const unseen = part.error + 1;
		for (let i = 0; i < tokens.length; i++) {
			const hash = hashOf(tokens[i]!);
			const place = findToken(table, tokens[i]!, hash);
			if (place >= 0) counts[place]!++;
			else {
				addToken(table, detached(tokens[i]!), hash);
				counts.push(unseen);
				if (seen) part.at[part.documents.push(first + number) - 1] = i;
			}
		}
		part.tokens += tokens.length;
		if (counts.length > 2 * capacity) forget(part, capacity);
	}
}

/** Adds what `other` has counted. A token that one of both does not have may have occurred there as often as its error says. */
export function addCounted(part: Counted, other: Counted, { capacity, seen }: Counting): void {
	const { table, counts, documents, at } = part;
	if (other.error > 0) for (let place = 0; place < counts.length; place++) counts[place]! += other.error;
	for (const [from, token] of other.table.names.entries()) {
		const hash = other.table.hashes[from]!;
		const found = findToken(table, token, hash);
		const place = found < 0 ? undefined : found;
		const more = other.counts[from]!;
		if (place !== undefined) counts[place]! += more - other.error;
		else {
			addToken(table, token, hash);
			counts.push(more + part.error);
		}
		if (!seen) continue;
		const [number, where] = [other.documents[from]!, other.at[from]!];
		const earlier = place === undefined || number < documents[place]! || (number === documents[place] && where < at[place]!);
		if (earlier) [documents[place ?? counts.length - 1], at[place ?? counts.length - 1]] = [number, where];
	}
	part.tokens += other.tokens;
	part.error += other.error;
	if (counts.length > 2 * capacity) forget(part, capacity);
}

/**
 * Forgets the tokens that are no more frequent than the one after the first `capacity`: what that has been counted is what any of them, and any
 * token to come, may have occurred before. This is Misra & Gries (1982) with the counts of Space-Saving (Metwally et al. 2005), which never are
 * too small; both keep the same tokens, and sums of parts keep the bound (Agarwal et al. 2012, theorems 1 and 2). A step from one error to the
 * next takes it off `capacity` + 1 counts at least, and a token adds 1 to one of them, so the error is at most tokens / (capacity + 1).
 */
function forget(part: Counted, capacity: number): void {
	const falling = Float64Array.from(part.counts).sort();
	const error = falling[falling.length - 1 - capacity]!;
	const { names, hashes } = part.table;
	const kept = [...names.keys()].filter((place) => part.counts[place]! > error);
	const of = (values: readonly number[]) => (values.length === 0 ? [] : kept.map((place) => values[place]!));
	Object.assign(part, { counts: of(part.counts), documents: of(part.documents), at: of(part.at), error });
	part.table = tokenTable();
	for (const place of kept) addToken(part.table, names[place]!, hashes[place]!);
}
