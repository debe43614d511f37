// Numbers out of a stream of bytes, in order; what is missing is an error that names the offset.
import { DataError } from '../../base/index.js';

/** Reads little-endian numbers from blocks of bytes. */
export class ByteReader {
	readonly #blocks: AsyncIterator<Uint8Array>;
	readonly #file: string;
	readonly #who: string;
	#block: Uint8Array = new Uint8Array(0);
	#at = 0;
	/** Bytes before the block. */
	#before = 0;

	constructor(blocks: AsyncIterable<Uint8Array>, { file, who }: { file: string; who: string }) {
		this.#blocks = blocks[Symbol.asyncIterator]();
		this.#file = file;
		this.#who = who;
	}

	/** Bytes read so far. */
	get offset(): number {
		return this.#before + this.#at;
	}

	/** An error that says at which byte something is wrong. */
	error(expected: string, got: string, at: number = this.offset): DataError {
		const next = 'Is it a file of fastText, and whole? Fetch it again.';
		return new DataError(`${this.#who}: expected ${expected}, got ${got} at byte ${at} of ${this.#file}. ${next}`, { file: this.#file });
	}

	/** Fills the array. `what` is said where the file ends before. */
	async fill(into: Uint8Array, what: string): Promise<void> {
		for (let done = 0; done < into.length; ) {
			if (this.#at === this.#block.length && !(await this.#next())) {
				throw this.error(`${what}, ${into.length} bytes of it from byte ${this.offset - done} on`, 'the end of the file');
			}
			const part = this.#block.subarray(this.#at, this.#at + into.length - done);
			into.set(part, done);
			done += part.length;
			this.#at += part.length;
		}
	}

	async bytes(count: number, what: string): Promise<DataView> {
		const bytes = new Uint8Array(count);
		await this.fill(bytes, what);
		return new DataView(bytes.buffer);
	}

	/** Bytes before the next 0, which is passed over. */
	async untilZero(most: number, what: string): Promise<Uint8Array> {
		const [parts, start]: [Uint8Array[], number] = [[], this.offset];
		while (true) {
			if (this.#at === this.#block.length && !(await this.#next())) throw this.error(`${what}, ended by a byte 0`, 'the end of the file');
			const end = this.#block.indexOf(0, this.#at);
			const part = this.#block.subarray(this.#at, end < 0 ? undefined : end);
			parts.push(part);
			this.#at += part.length;
			if (this.offset - start > most) throw this.error(`${what} of at most ${most} bytes`, 'more', start);
			if (end < 0) continue;
			this.#at++;
			return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
		}
	}

	async flag(what: string): Promise<boolean> {
		const at = this.offset;
		const value = (await this.bytes(1, what)).getUint8(0);
		if (value > 1) throw this.error(`${what}, 0 or 1`, String(value), at);
		return value === 1;
	}

	/** A 32-bit number, signed. */
	async int32(what: string): Promise<number> {
		return (await this.bytes(4, what)).getInt32(0, true);
	}

	/** A 64-bit number, which must be a safe integer. */
	async int64(what: string): Promise<number> {
		const at = this.offset;
		const value = (await this.bytes(8, what)).getBigInt64(0, true);
		if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER)) throw this.error(what, String(value), at);
		return Number(value);
	}

	/** Whether there are no more bytes. */
	async atEnd(): Promise<boolean> {
		return this.#at === this.#block.length && !(await this.#next());
	}

	/** Ends the reading, and closes the file. */
	async close(): Promise<void> {
		await this.#blocks.return?.();
	}

	async #next(): Promise<boolean> {
		this.#before += this.#block.length;
		this.#at = 0;
		this.#block = new Uint8Array(0);
		const { done, value } = await this.#blocks.next();
		if (done) return false;
		this.#block = value;
		return value.length > 0 || this.#next();
	}
}
