// A text to train on, as numbers of tokens in memory that threads share: 4 bytes a token, read once, whatever the number of epochs.
import type { TokenList } from './token-table.js';

/** Lines of tokens. */
export interface Chunk {
	/** Numbers of tokens, line by line; each line ends behind a token 0, but for the last of a file that does not end so. */
	readonly tokens: Int32Array;
	/** Where each line ends. */
	readonly ends: Uint32Array;
}

/** A text to train on. */
export interface Corpus {
	readonly chunks: readonly Chunk[];
	readonly list: TokenList;
	/** Tokens in all, ends of lines among them. */
	readonly tokens: number;
}

/** Tokens after which a chunk ends, at the end of a line. */
const chunkTokens = 2 ** 20;

/** Collects lines into chunks. */
export class ChunkWriter {
	readonly chunks: Chunk[] = [];
	total = 0;
	#tokens = new Int32Array(chunkTokens);
	#size = 0;
	#ends: number[] = [];

	/** Adds a token; 0 ends the line. */
	add(token: number): void {
		if (this.#size === this.#tokens.length) {
			const larger = new Int32Array(this.#size * 2);
			larger.set(this.#tokens);
			this.#tokens = larger;
		}
		this.#tokens[this.#size++] = token;
		if (token === 0) this.endLine();
	}

	/** Ends a line that has begun, without a token. */
	endLine(): void {
		if (this.#size === (this.#ends.at(-1) ?? 0)) return;
		this.#ends.push(this.#size);
		if (this.#size >= chunkTokens) this.#flush();
	}

	/** The chunks of all lines. */
	finish(): Chunk[] {
		this.endLine();
		this.#flush();
		return this.chunks;
	}

	#flush(): void {
		if (this.#size === 0) return;
		this.chunks.push({ tokens: shared(Int32Array, this.#tokens.subarray(0, this.#size)), ends: shared(Uint32Array, this.#ends) });
		this.total += this.#size;
		this.#size = 0;
		this.#ends = [];
		if (this.#tokens.length > 2 * chunkTokens) this.#tokens = new Int32Array(chunkTokens);
	}
}

/** The numbers in memory that threads share. */
function shared<A extends Int32Array | Uint32Array>(make: new (buffer: SharedArrayBuffer) => A, numbers: ArrayLike<number>): A {
	const copy = new make(new SharedArrayBuffer(4 * numbers.length));
	copy.set(numbers);
	return copy;
}
