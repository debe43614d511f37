// Protobuf messages, read field by field. Every length is checked against the bytes that are there.
import type { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** What is done with each field of a message, by number. */
export type Fields = Record<number, (from: BinaryReader, wire: WireType) => void>;

/** Reads the fields of one message; those without a reader are skipped. */
export function message(from: BinaryReader, length: number, fields: Fields) {
	const end = from.pos + length;
	if (end > from.len) throw new RangeError('a message is longer than the file');
	while (from.pos < end) {
		const [number, wire] = from.tag();
		const read = fields[number];
		if (read) read(from, wire);
		else from.skip(wire, number);
	}
	if (from.pos !== end) throw new RangeError('a field is longer than its message');
}

/** For a file that is whole, but holds what the engine does not know. */
export function unsupported(what: string, next: string): never {
	throw new Unsupported(`readOnnx: expected what the engine computes with, got ${what}. ${next}`);
}

/** What `unsupported` throws. */
export class Unsupported extends RangeError {}

/** Reads a message inside another. */
export const nested = (from: BinaryReader, fields: Fields) => message(from, from.uint32(), fields);

/** An integer that a JavaScript number holds exactly. */
export function integer(from: BinaryReader): number {
	const value = Number(from.int64());
	return Number.isSafeInteger(value)
		? value
		: unsupported(`an integer of ${value}, beyond 2⁵³`, 'Export it with smaller sizes and bounds.');
}

/** Repeated numbers come packed in one field or one at a time. */
export const repeated =
	<T>(into: T[], read: (from: BinaryReader) => T) =>
	(from: BinaryReader, wire: WireType) => {
		if ((wire as number) !== 2) into.push(read(from));
		else for (const end = from.uint32() + from.pos; from.pos < end; ) into.push(read(from));
	};

/** Reads messages of two texts, such as metadata, into a record. */
export const pairs =
	(into: Record<string, string>, { key, value }: { readonly key: number; readonly value: number }) =>
	(from: BinaryReader) => {
		let [name, text] = ['', ''];
		nested(from, {
			[key]: (from) => {
				name = from.string();
			},
			[value]: (from) => {
				text = from.string();
			},
		});
		into[name] = text;
	};
