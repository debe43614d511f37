// Terms while they are counted: tokens by name, n-grams by the n-gram before their last token and that token. Plain data, so that it travels between threads.
import { detached } from '../../base/index.js';
import { addToken, findToken, hashOf, type TokenTable, tokenTable } from './token-table.js';

/** Ids of terms. An n-gram of several tokens has a prefix, which is a term with an id too, and a last token: no text is made of it. */
export interface TermTable {
	readonly tokens: TokenTable;
	/** Terms of all lengths. */
	size: number;
	/** The n-gram without its last token; −1 for a token. */
	prefixes: Int32Array;
	/** The id of the last token; of a token its own. */
	lasts: Int32Array;
	/** Open addressing over pairs: prefix, last, id + 1 (0: free), unused, so that a look costs one cache line. */
	slots: Int32Array;
	/** Terms of several tokens. */
	pairs: number;
}

const wordsInSlot = 4;

/** A table without terms. */
export function termTable(): TermTable {
	return {
		...{ tokens: tokenTable(), size: 0, pairs: 0 },
		...{ prefixes: new Int32Array(1024), lasts: new Int32Array(1024), slots: new Int32Array(1024 * wordsInSlot) },
	};
}

/** The id of a token. Where there is none it is made if `add` says so, else −1. */
export function unitId(table: TermTable, token: string, add: boolean): number {
	const hash = hashOf(token);
	const number = findToken(table.tokens, token, hash);
	if (number >= 0) return table.tokens.ids[number]!;
	if (!add) return -1;
	const id = added(table, -1, table.size);
	addToken(table.tokens, detached(token), hash, id);
	return id;
}

/** The id of a term with one token more; made where there is none. */
export function pairId(table: TermTable, prefix: number, last: number): number {
	const { slots } = table;
	const mask = slots.length - wordsInSlot;
	let at = (hash(prefix, last) * wordsInSlot) & mask;
	for (;;) {
		const id = slots[at + 2]!;
		if (id === 0) break;
		if (slots[at] === prefix && slots[at + 1] === last) return id - 1;
		at = (at + wordsInSlot) & mask;
	}
	const id = added(table, prefix, last);
	slots[at] = prefix;
	slots[at + 1] = last;
	slots[at + 2] = id + 1;
	// At most half full.
	if (++table.pairs * wordsInSlot * 2 > slots.length) spread(table);
	return id;
}

/** The id of a term with one token more; −1 where there is none. */
export function findPair({ slots }: Pick<TermTable, 'slots'>, prefix: number, last: number): number {
	const mask = slots.length - wordsInSlot;
	for (let at = (hash(prefix, last) * wordsInSlot) & mask; ; at = (at + wordsInSlot) & mask) {
		const id = slots[at + 2]!;
		if (id === 0) return -1;
		if (slots[at] === prefix && slots[at + 1] === last) return id - 1;
	}
}

/** An array twice as long, with the same numbers. */
export function grown<A extends Int32Array | Uint32Array | Float64Array | Float32Array>(array: A): A {
	const longer = new (array.constructor as new (length: number) => A)(2 * array.length);
	longer.set(array);
	return longer;
}

/** The finalizer of MurmurHash3 over both numbers. */
function hash(prefix: number, last: number): number {
	let h = Math.imul(prefix, 0x9e3779b1) ^ Math.imul(last, 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
	h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
	return (h ^ (h >>> 16)) >>> 2;
}

function added(table: TermTable, prefix: number, last: number): number {
	if (table.size === table.prefixes.length) {
		table.prefixes = grown(table.prefixes);
		table.lasts = grown(table.lasts);
	}
	table.prefixes[table.size] = prefix;
	table.lasts[table.size] = last;
	return table.size++;
}

/** Puts all pairs into a table four times as large: each growth costs a cache miss a pair. */
function spread(table: TermTable): void {
	const old = table.slots;
	const slots = new Int32Array(4 * old.length);
	const mask = slots.length - wordsInSlot;
	for (let from = 0; from < old.length; from += wordsInSlot) {
		if (old[from + 2] === 0) continue;
		let at = (hash(old[from]!, old[from + 1]!) * wordsInSlot) & mask;
		while (slots[at + 2] !== 0) at = (at + wordsInSlot) & mask;
		slots[at] = old[from]!;
		slots[at + 1] = old[from + 1]!;
		slots[at + 2] = old[from + 2]!;
	}
	table.slots = slots;
}
