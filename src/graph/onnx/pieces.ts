// Protobuf messages as pieces that follow one another: large arrays are pieces of their own, and are never copied.
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** Arrays below this are copied beside what is around them: a piece costs more. Bytes. */
const smallArray = 4096;

/** Writes the fields of a message. */
export class Message {
	readonly #pieces: Uint8Array[] = [];
	/** The fields since the last large array. */
	readonly #fields = new BinaryWriter();
	/** How many messages are open in these fields. */
	#depth = 0;

	text(at: number, value: string) {
		this.#fields.tag(at, WireType.LengthDelimited).string(value);
	}

	integer(at: number, value: number) {
		this.#fields.tag(at, WireType.Varint).int64(value);
	}

	float(at: number, value: number) {
		this.#fields.tag(at, WireType.Bit32).float(value);
	}

	bytes(at: number, value: Uint8Array) {
		this.#delimited(at, [value]);
	}

	/** A message of small fields. What it has of large arrays is copied. */
	message(at: number, write: (to: Message) => void) {
		this.#fields.tag(at, WireType.LengthDelimited).fork();
		this.#depth++;
		write(this);
		this.#depth--;
		this.#fields.join();
	}

	/** A message that may have large arrays, by itself: for many small ones that takes much longer. */
	apart(at: number, write: (to: Message) => void) {
		const inner = new Message();
		write(inner);
		this.#delimited(at, inner.finish());
	}

	/** The pieces, in their order. */
	finish(): readonly Uint8Array[] {
		this.#push([this.#fields.finish()]);
		return this.#pieces;
	}

	#delimited(at: number, pieces: readonly Uint8Array[]) {
		this.#fields.tag(at, WireType.LengthDelimited).uint32(lengthOf(pieces));
		const [piece] = pieces;
		if (this.#depth > 0 || (pieces.length === 1 && piece!.length < smallArray)) for (const each of pieces) this.#fields.raw(each);
		else if (pieces.length > 0) this.#push([this.#fields.finish(), ...pieces]);
	}

	#push(pieces: readonly Uint8Array[]) {
		for (const piece of pieces) if (piece.length > 0) this.#pieces.push(piece);
	}
}

/** The bytes of pieces together. */
export const lengthOf = (pieces: readonly Uint8Array[]): number => pieces.reduce((sum, { length }) => sum + length, 0);

/** The pieces in one array. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(lengthOf(pieces));
	let at = 0;
	for (const piece of pieces) {
		bytes.set(piece, at);
		at += piece.length;
	}
	return bytes;
}
