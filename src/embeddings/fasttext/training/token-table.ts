// The distinct tokens of a text, in the order in which they come: their bytes, hashes and counts.
import { endOfLine } from '../dictionary.js';
import { fastTextHash } from '../hash.js';

/** Distinct tokens; 0 is the end of a line. */
export interface TokenList {
	/** Texts in UTF-8: token i is `bytes[starts[i]] … bytes[starts[i + 1]]`. */
	readonly bytes: Uint8Array;
	readonly starts: Uint32Array;
	/** fastText's hashes. */
	readonly hashes: Int32Array;
	readonly counts: Float64Array;
}

const end = new TextEncoder().encode(endOfLine);

/** Numbers tokens by their bytes. */
export class TokenTable {
	#bytes = new Uint8Array(1 << 16);
	#starts = new Uint32Array(1 << 12);
	#hashes = new Int32Array(1 << 12);
	#counts = new Float64Array(1 << 12);
	/** Token + 1 by hash, linear probing. */
	#table = new Int32Array(1 << 13);
	#size = 0;

	constructor() {
		this.add(end, 0, end.length, fastTextHash(end), 0);
	}

	/** The number of a token, which is counted `count` times. */
	add(text: Uint8Array, from: number, to: number, hash: number, count = 1): number {
		const [table, hashes, starts, bytes] = [this.#table, this.#hashes, this.#starts, this.#bytes];
		const mask = table.length - 1;
		const length = to - from;
		let place = (hash ^ (hash >>> 15)) & mask;
		for (let token = table[place]!; token !== 0; place = (place + 1) & mask, token = table[place]!) {
			if (hashes[token - 1] !== (hash | 0)) continue;
			const start = starts[token - 1]!;
			if (starts[token]! - start !== length) continue;
			let i = 0;
			while (i < length && bytes[start + i] === text[from + i]) i++;
			if (i < length) continue;
			this.#counts[token - 1]! += count;
			return token - 1;
		}
		table[place] = this.#size + 1;
		return this.#append(text, from, to, { hash, count });
	}

	/** The tokens so far. */
	list(): TokenList {
		const size = this.#size;
		return {
			bytes: this.#bytes.slice(0, this.#starts[size]!),
			starts: this.#starts.slice(0, size + 1),
			hashes: this.#hashes.slice(0, size),
			counts: this.#counts.slice(0, size),
		};
	}

	#append(text: Uint8Array, from: number, to: number, { hash, count }: { hash: number; count: number }): number {
		const token = this.#size++;
		const start = this.#starts[token]!;
		while (this.#bytes.length < start + to - from) this.#bytes = grown(this.#bytes, Uint8Array);
		this.#bytes.set(text.subarray(from, to), start);
		if (this.#starts.length < token + 2) {
			this.#starts = grown(this.#starts, Uint32Array);
			this.#hashes = grown(this.#hashes, Int32Array);
			this.#counts = grown(this.#counts, Float64Array);
		}
		this.#starts[token + 1] = start + to - from;
		this.#hashes[token] = hash;
		this.#counts[token] = count;
		if (this.#size * 2 > this.#table.length) this.#rehash();
		return token;
	}

	#rehash(): void {
		const table = new Int32Array(this.#table.length * 2);
		const mask = table.length - 1;
		for (let token = 0; token < this.#size; token++) {
			const hash = this.#hashes[token]!;
			let place = (hash ^ (hash >>> 15)) & mask;
			while (table[place] !== 0) place = (place + 1) & mask;
			table[place] = token + 1;
		}
		this.#table = table;
	}
}

function grown<A extends Uint8Array | Uint32Array | Int32Array | Float64Array>(array: A, make: new (length: number) => A): A {
	const larger = new make(array.length * 2);
	larger.set(array as never);
	return larger;
}

/** Adds the tokens of a list; what the table calls each of them. */
export function addTokens(table: TokenTable, { bytes, starts, hashes, counts }: TokenList): Int32Array {
	return Int32Array.from(hashes, (hash, token) => table.add(bytes, starts[token]!, starts[token + 1]!, hash, counts[token]!));
}
