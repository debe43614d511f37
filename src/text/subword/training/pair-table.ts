// Numbers for pairs of token ids: a hash table, since a Map takes no pairs and is slow with keys above 2³¹.

/** Gives each pair that it meets the next number from 0. */
export class PairTable {
	/** First and second ids by the number of the pair. */
	readonly first: number[] = [];
	readonly second: number[] = [];
	/** Number of the pair + 1 in each slot; 0 is empty. */
	#slots = new Int32Array(1 << 16);

	/** How many pairs have numbers. */
	get size(): number {
		return this.first.length;
	}

	/** The number of a pair, a new one if it is met for the first time. */
	of(a: number, b: number): number {
		const mask = this.#slots.length - 1;
		let slot = hash(a, b) & mask;
		for (let found = this.#slots[slot]!; found !== 0; found = this.#slots[slot]!) {
			if (this.first[found - 1] === a && this.second[found - 1] === b) return found - 1;
			slot = (slot + 1) & mask;
		}
		this.first.push(a);
		this.second.push(b);
		this.#slots[slot] = this.first.length;
		if (this.first.length * 2 > this.#slots.length) this.#grow();
		return this.first.length - 1;
	}

	#grow(): void {
		const slots = new Int32Array(this.#slots.length * 2);
		const mask = slots.length - 1;
		for (let pair = 0; pair < this.first.length; pair++) {
			let slot = hash(this.first[pair]!, this.second[pair]!) & mask;
			while (slots[slot] !== 0) slot = (slot + 1) & mask;
			slots[slot] = pair + 1;
		}
		this.#slots = slots;
	}
}

function hash(a: number, b: number): number {
	const mixed = Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b);
	return mixed ^ (mixed >>> 15);
}
