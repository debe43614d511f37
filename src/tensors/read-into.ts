// Reads a part of a file into memory that is there already.
import type { FileHandle } from 'node:fs/promises';

/** Fills an array from a place of the file. In parts: one call of the system reads at most 2 GB. */
export async function readInto(file: FileHandle, into: Uint8Array<ArrayBuffer>, position: number): Promise<Uint8Array<ArrayBuffer>> {
	const part = 2 ** 26;
	for (let at = 0; at < into.length; ) {
		const { bytesRead } = await file.read(into, at, Math.min(part, into.length - at), position + at);
		if (bytesRead === 0) throw new RangeError('the file ends early');
		at += bytesRead;
	}
	return into;
}
