// Documents in a temporary file, divided by a key into parts of which each fits in memory.
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

/** Parts by the first 8 bits of a key of 32. */
const partCount = 256;

/** Bytes of a part that wait before they are written: all parts together hold at most 16 MB. */
const blockBytes = 64 * 1024;

/** Key and length before each document. */
const headBytes = 8;

interface Keyed<D> {
	readonly key: number;
	readonly doc: D;
}

/** A temporary file of documents. */
export interface Spill<D> {
	add(keyed: readonly Keyed<D>[]): Promise<void>;
	/** The parts, lower keys first, each in the order in which it was added. */
	parts(): AsyncIterable<Keyed<D>[]>;
	/** Removes the file. */
	close(): Promise<void>;
}

/** Opens a temporary file for documents with keys of 32 bits. */
export async function openSpill<D>(who: string): Promise<Spill<D>> {
	const folder = await mkdtemp(join(tmpdir(), 'textloom-'));
	const path = join(folder, 'documents');
	let file: FileHandle;
	try {
		file = await open(path, 'w+');
	} catch (error) {
		await rm(folder, { recursive: true, force: true });
		throw error;
	}
	const parts = Array.from({ length: partCount }, () => ({
		waiting: [] as Buffer[],
		bytes: 0,
		blocks: [] as { at: number; length: number }[],
	}));
	let end = 0;
	const flush = async (part: (typeof parts)[number]) => {
		if (part.bytes === 0) return;
		const block = Buffer.concat(part.waiting, part.bytes);
		part.blocks.push({ at: end, length: block.length });
		part.waiting = [];
		part.bytes = 0;
		for (let done = 0; done < block.length; ) {
			done += (await file.write(block, done, block.length - done, end + done)).bytesWritten;
		}
		end += block.length;
	};
	return {
		async add(keyed) {
			for (const { key, doc } of keyed) {
				const part = parts[key >>> 24]!;
				const body = packed(doc, who);
				const head = Buffer.allocUnsafe(headBytes);
				head.writeUInt32LE(key, 0);
				head.writeUInt32LE(body.length, 4);
				part.waiting.push(head, body);
				part.bytes += headBytes + body.length;
				if (part.bytes >= blockBytes) await flush(part);
			}
		},
		async *parts() {
			for (const part of parts) {
				await flush(part);
				const docs: Keyed<D>[] = [];
				for (const { at, length } of part.blocks) {
					const block = Buffer.allocUnsafeSlow(length);
					let read = 0;
					while (read < length) {
						const { bytesRead } = await file.read(block, read, length - read, at + read);
						if (bytesRead === 0) throw new Error(`${who}: expected ${length} bytes of a temporary file, got its end. Leave ${path} alone.`);
						read += bytesRead;
					}
					for (let from = 0; from < length; ) {
						const to = from + headBytes + block.readUInt32LE(from + 4);
						docs.push({ key: block.readUInt32LE(from), doc: deserialize(block.subarray(from + headBytes, to)) });
						from = to;
					}
				}
				if (docs.length > 0) yield docs;
			}
		},
		async close() {
			await file.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

function packed(doc: unknown, who: string): Buffer {
	try {
		return serialize(doc);
	} catch (error) {
		throw new TypeError(
			`${who}: expected documents that can be copied to a file, got one that cannot (${(error as Error).message}). Leave functions out, or raise inMemory.`,
			{ cause: error },
		);
	}
}
