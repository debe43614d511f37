// A protobuf message in pieces: large numbers stay where they are until the message is written, so that no message around them copies them.
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** Arrays below this are copied. Bytes. */
const large = 65_536;

/** What is written so far: whole pieces, and the writer of what comes after them. */
export class Pieces {
	readonly to = new BinaryWriter();
	readonly #done: Uint8Array[] = [];
	#length = 0;

	/** All pieces in their order. */
	finish(): readonly Uint8Array[] {
		this.#end();
		return this.#done;
	}

	/** The number of bytes in them. */
	get length(): number {
		this.#end();
		return this.#length;
	}

	/** Writes a field of bytes; large ones are not copied. Not between `fork` and `join`. */
	bytes(at: number, data: Uint8Array) {
		this.to.tag(at, WireType.LengthDelimited).uint32(data.length);
		this.#add(data);
	}

	/** Writes a message; `apart` where it may have large pieces, which takes longer. */
	message(at: number, apart: boolean, write: (inner: Pieces) => void) {
		if (!apart) {
			this.to.tag(at, WireType.LengthDelimited).fork();
			write(this);
			this.to.join();
			return;
		}
		const inner = new Pieces();
		write(inner);
		this.to.tag(at, WireType.LengthDelimited).uint32(inner.length);
		for (const piece of inner.finish()) this.#add(piece);
	}

	#add(piece: Uint8Array) {
		if (piece.length < large) {
			this.to.raw(piece);
			return;
		}
		this.#end();
		this.#done.push(piece);
		this.#length += piece.length;
	}

	#end() {
		const bytes = this.to.finish();
		if (bytes.length === 0) return;
		this.#done.push(bytes);
		this.#length += bytes.length;
	}
}

/** The pieces in one array. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.length;
	}
	return whole;
}
