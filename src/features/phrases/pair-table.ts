// Counts of pairs of words by their numbers: a hash table in typed arrays, which travels between threads as it is.

/** Pairs, each a first word, what connects, and a second word; columns by the number of the pair. */
export interface PairTable {
	size: number;
	first: Int32Array;
	between: Int32Array;
	second: Int32Array;
	counts: Float64Array;
	/** Number of the pair + 1 in each slot; 0 is empty. At most half are taken. */
	slots: Int32Array;
}

/** A table without pairs. */
export function pairTable(capacity = 1 << 10): PairTable {
	const column = () => new Int32Array(capacity);
	return {
		size: 0,
		first: column(),
		between: column(),
		second: column(),
		counts: new Float64Array(capacity),
		slots: new Int32Array(2 * capacity),
	};
}

function slotOf({ slots, first, between, second }: PairTable, a: number, via: number, b: number): number {
	const mask = slots.length - 1;
	let slot = hash(a, via, b) & mask;
	for (let found = slots[slot]!; found !== 0; found = slots[slot]!) {
		if (first[found - 1] === a && second[found - 1] === b && between[found - 1] === via) break;
		slot = (slot + 1) & mask;
	}
	return slot;
}

/** Adds to the count of a pair. */
export function countPair(table: PairTable, a: number, via: number, b: number, count = 1): void {
	const slot = slotOf(table, a, via, b);
	const found = table.slots[slot]!;
	if (found !== 0) {
		table.counts[found - 1]! += count;
		return;
	}
	const pair = table.size++;
	table.first[pair] = a;
	table.between[pair] = via;
	table.second[pair] = b;
	table.counts[pair] = count;
	table.slots[slot] = pair + 1;
	if (table.size === table.first.length) grow(table);
}

/** The number of a pair, −1 where the table does not have it. */
export function pairAt(table: PairTable, a: number, via: number, b: number): number {
	return table.slots[slotOf(table, a, via, b)]! - 1;
}

function grow(table: PairTable): void {
	const { size, first, between, second, counts } = table;
	const larger = pairTable(2 * size);
	larger.first.set(first);
	larger.between.set(between);
	larger.second.set(second);
	larger.counts.set(counts);
	Object.assign(table, { ...larger, size });
	for (let pair = 0; pair < size; pair++) table.slots[slotOf(table, first[pair]!, between[pair]!, second[pair]!)] = pair + 1;
}

function hash(a: number, via: number, b: number): number {
	const mixed = Math.imul(Math.imul(a, 0x9e3779b1) ^ Math.imul(via, 0xc2b2ae35) ^ b, 0x85ebca6b);
	return mixed ^ (mixed >>> 15);
}
