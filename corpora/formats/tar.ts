// The files of a tar archive, one after the other as it streams by: those that are wanted in memory, each up to a limit, nothing else.
import { createReadStream } from 'node:fs';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { createTarDecoder } from 'modern-tar';
import { DataError } from 'textloom/stream';
import type { TreeFile, Wanted } from './tree-file.js';

/** Bytes at a time: blocks of a disk, and few turns of the loop. */
const blockBytes = 1 << 18;

/**
 * The files of the archive at `path`, packed by gzip where its name says so.
 *
 * @throws DataError where it is damaged or cut off.
 */
export async function* tarFiles<M>(path: string, { pick, maxBytes, signal }: Wanted<M>): AsyncGenerator<TreeFile<M>> {
	const plain = /gz$/i.test(path) ? createGunzip({ chunkSize: blockBytes }) : new PassThrough();
	const unpacked = pipeline(createReadStream(path, { highWaterMark: blockBytes }), plain).catch(() => {});
	const { readable, writable } = createTarDecoder({ strict: true });
	const entries = (Readable.toWeb(plain) as ReadableStream<Uint8Array>).pipeThrough({ readable, writable });
	try {
		for await (const { header, body } of entries) {
			const { name, size, type } = header;
			const make = type === 'file' ? pick(name) : undefined;
			const file = { name: `${path}/${name}`, size, make: make! };
			const held = make !== undefined && size <= maxBytes;
			if (make !== undefined && !held) yield { ...file, bytes: undefined };
			// modern-tar 0.8.6 never goes on after an entry that was cancelled, where a larger one follows: what is not wanted is read, too.
			const bytes = await read(body, held ? size : 0, signal);
			if (held) yield { ...file, bytes };
		}
	} catch (cause) {
		signal?.throwIfAborted();
		if (cause instanceof DataError) throw cause;
		const reason = `expected a whole archive, got one that is damaged or cut off (${(cause as Error).message}). Remove it, and get it again.`;
		throw new DataError(`${path}: ${reason}`, { file: path, cause });
	} finally {
		plain.destroy();
		await unpacked;
	}
}

/** Reads a body to its end, and gives its first bytes, `size` at most. */
async function read(body: ReadableStream<Uint8Array>, size: number, signal: AbortSignal | undefined): Promise<Uint8Array> {
	const bytes = new Uint8Array(size);
	let at = 0;
	for await (const block of body) {
		signal?.throwIfAborted();
		bytes.set(block.subarray(0, size - at), at);
		at = Math.min(size, at + block.length);
	}
	return bytes;
}
