// Tokens by number, found by a hash of their characters: a Map would hash each slice of a text anew, and looks for it at several places. Plain data.

/** Tokens, and an id for each. */
export interface TokenTable {
	readonly names: string[];
	/** The hash of each, by its number. */
	hashes: Int32Array;
	/** An id for each; the number where nothing else is given. */
	ids: Int32Array;
	/** Open addressing by hash: number + 1, 0 where free. */
	slots: Int32Array;
}

/** No tokens. */
export const tokenTable = (): TokenTable => ({
	...{ names: [], hashes: new Int32Array(1024), ids: new Int32Array(1024), slots: new Int32Array(2048) },
});

/** The hash of a token goes on by one UTF-16 unit. */
export const hashOn = (hash: number, unit: number): number => (Math.imul(hash, 0x01000193) ^ unit) | 0;

/** The hash of a token. */
export function hashOf(token: string): number {
	let hash = 0;
	for (let i = 0; i < token.length; i++) hash = hashOn(hash, token.charCodeAt(i));
	return hash;
}

/** The first place to look at. */
const first = (hash: number, slots: Int32Array) => (Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 7) & (slots.length - 1);

/** The number of a token of this hash; −1 for one that is not there. */
export function findToken({ names, hashes, slots }: TokenTable, token: string, hash: number): number {
	for (let at = first(hash, slots); ; at = (at + 1) & (slots.length - 1)) {
		const number = slots[at]! - 1;
		if (number < 0) return -1;
		if (hashes[number] === hash && names[number] === token) return number;
	}
}

/** The same for a part of a text, which is ASCII; `lower` has the units by which upper case stands. */
export function findPart(
	{ names, hashes, slots }: TokenTable,
	part: { readonly text: string; readonly from: number; readonly to: number },
	hash: number,
	lower: Uint8Array,
): number {
	const { text, from, to } = part;
	for (let at = first(hash, slots); ; at = (at + 1) & (slots.length - 1)) {
		const number = slots[at]! - 1;
		if (number < 0) return -1;
		if (hashes[number] !== hash) continue;
		const name = names[number]!;
		if (name.length !== to - from) continue;
		let i = 0;
		while (i < name.length && name.charCodeAt(i) === lower[text.charCodeAt(from + i)]) i++;
		if (i === name.length) return number;
	}
}

/** Adds a token that is not there. */
export function addToken(table: TokenTable, token: string, hash: number, id = table.names.length): void {
	const number = table.names.push(token) - 1;
	if (number === table.hashes.length) {
		table.hashes = twice(table.hashes);
		table.ids = twice(table.ids);
	}
	table.hashes[number] = hash;
	table.ids[number] = id;
	if (2 * table.names.length <= table.slots.length) put(table.slots, hash, number);
	else {
		table.slots = new Int32Array(4 * table.slots.length);
		for (let i = 0; i <= number; i++) put(table.slots, table.hashes[i]!, i);
	}
}

function put(slots: Int32Array, hash: number, number: number): void {
	let at = first(hash, slots);
	while (slots[at] !== 0) at = (at + 1) & (slots.length - 1);
	slots[at] = number + 1;
}

function twice(numbers: Int32Array): Int32Array {
	const longer = new Int32Array(2 * numbers.length);
	longer.set(numbers);
	return longer;
}
