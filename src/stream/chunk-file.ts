// Chunks of documents in a temporary file, in order.
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

/** A temporary file of chunks. */
export interface ChunkFile {
	add(docs: readonly object[]): Promise<void>;
	/** The chunk that was added so many chunks after the first. */
	read(place: number): Promise<object[]>;
	/** Removes the file. */
	close(): Promise<void>;
}

/** Opens a temporary file for chunks. */
export async function openChunkFile(who: string): Promise<ChunkFile> {
	const folder = await mkdtemp(join(tmpdir(), 'textloom-'));
	const path = join(folder, 'documents');
	const file = await open(path, 'w+').catch(async (error) => {
		await rm(folder, { recursive: true, force: true });
		throw error;
	});
	const blocks: { readonly at: number; readonly length: number }[] = [];
	let end = 0;
	return {
		async add(docs) {
			const block = packed(docs, who);
			for (let done = 0; done < block.length; ) {
				done += (await file.write(block, done, block.length - done, end + done)).bytesWritten;
			}
			blocks.push({ at: end, length: block.length });
			end += block.length;
		},
		async read(place) {
			const { at, length } = blocks[place]!;
			return deserialize(await readWhole(at, length));
		},
		async close() {
			await file.close();
			await rm(folder, { recursive: true, force: true });
		},
	};

	async function readWhole(at: number, length: number): Promise<Buffer> {
		const block = Buffer.allocUnsafeSlow(length);
		for (let read = 0; read < length; ) {
			const { bytesRead } = await file.read(block, read, length - read, at + read);
			if (bytesRead === 0) throw new Error(`${who}: expected ${length} bytes of a temporary file, got its end. Leave ${path} alone.`);
			read += bytesRead;
		}
		return block;
	}
}

function packed(docs: readonly object[], who: string): Buffer {
	try {
		return serialize(docs);
	} catch (error) {
		throw new TypeError(
			`${who}: expected documents that can be copied to a file, got one that cannot (${(error as Error).message}). Leave functions out, or keep more in memory: pass cache: createCache({ inMemory: 1_000_000 }).`,
			{ cause: error },
		);
	}
}
