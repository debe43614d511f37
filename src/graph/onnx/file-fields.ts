// Fields of a protobuf message in a file, one after another, without holding the file in memory.
import type { FileHandle } from 'node:fs/promises';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { readInto } from '../../tensors/read-into.js';

/** A range of bytes in a file. */
export interface Range {
	readonly start: number;
	readonly end: number;
}

/** One field: the whole of it, tag included, and what it holds (for messages, texts and packed numbers: without their length). */
export interface FileField {
	readonly number: number;
	readonly whole: Range;
	readonly content: Range;
}

/** Reads ranges of a file. */
export interface FileBytes {
	readonly length: number;
	/** The bytes of a range, which stay valid. */
	readonly read: (range: Range) => Promise<Uint8Array>;
}

/** A tag and a length take at most this many bytes. */
const longestHead = 20;
const windowBytes = 65_536;

/** The bytes of an open file; small ranges are read through a window, so that walking over fields costs few calls. */
export function fileBytes(file: FileHandle, length: number): FileBytes {
	let window = new Uint8Array(0);
	let first = 0;
	return {
		length,
		async read({ start, end }) {
			if (end - start > windowBytes) return readInto(file, new Uint8Array(end - start), start);
			if (start < first || end > first + window.length) {
				window = await readInto(file, new Uint8Array(Math.min(windowBytes, length - start)), start);
				first = start;
			}
			return window.subarray(start - first, end - first);
		},
	};
}

/** The fields of the message that fills a range. */
export async function* fieldsOf(from: FileBytes, { start, end }: Range): AsyncGenerator<FileField> {
	for (let at = start; at < end; ) {
		const head = new BinaryReader(await from.read({ start: at, end: Math.min(at + longestHead, end) }));
		const [number, wire] = head.tag();
		const length = wire === WireType.LengthDelimited ? head.uint32() : 0;
		const content = at + head.pos;
		if (wire !== WireType.LengthDelimited) head.skip(wire, number);
		const next = at + head.pos + length;
		if (next > end) throw new RangeError('a field is longer than its message');
		yield { number, whole: { start: at, end: next }, content: { start: content, end: next } };
		at = next;
	}
}
