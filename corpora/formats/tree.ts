// Trees of small text files, one document a file: a folder, or a tar archive (`.tar.gz`) that is read where it lies. Where `folder` does not do: it
// reads UTF-8, and no archives.
import { createReadStream, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { createTarDecoder } from 'modern-tar';
import { DataError, type Documents, documentsFrom, type SourceOptions } from 'textloom/stream';

/** How a tree becomes documents. */
export interface TreeMapping<D> extends Omit<SourceOptions, 'maxRecord' | 'invalidUtf8'> {
	/** Tells by a file's path below the tree (with slashes) how to make its document; `undefined` leaves the file out. */
	readonly pick: (path: string) => ((text: string) => D) | undefined;
	readonly encoding?: 'utf-8' | 'latin1';
}

interface SmallFile<D> {
	readonly name: string;
	readonly bytes: Uint8Array;
	readonly make: (text: string) => D;
}

/**
 * Reads a folder in the order of its names, or an archive in the order of its entries. An archive is never unpacked: names in it
 * are compared, and no file is written.
 *
 * @throws DataError in the iteration: a damaged archive, a file that cannot be read.
 */
export function textFiles<D>(
	path: string,
	{ pick, encoding = 'utf-8', counts = { read: 0, skipped: 0, replaced: 0 }, onError = 'throw', signal }: TreeMapping<D>,
): Documents<D> {
	const decoder = new TextDecoder(encoding);
	return documentsFrom(async function* () {
		Object.assign(counts, { read: 0, skipped: 0, replaced: 0 });
		const files = statSync(path).isDirectory() ? folderFiles(path, pick) : archiveFiles(path, pick);
		for await (const chunk of files) {
			signal?.throwIfAborted();
			const docs: D[] = [];
			for (const { name, bytes, make } of chunk) {
				try {
					const text = decoder.decode(bytes);
					if (encoding === 'utf-8') counts.replaced += damage(text, bytes);
					docs.push(make(text));
				} catch (cause) {
					const error = new DataError((cause as Error).message, { file: name, line: 1, cause });
					if (onError === 'throw') throw error;
					counts.skipped++;
					if (onError !== 'skip') onError(error);
				}
			}
			counts.read += docs.length;
			if (docs.length > 0) yield docs;
		}
	});
}

/** U+FFFD that the text has and the bytes do not. */
function damage(text: string, bytes: Uint8Array): number {
	if (!text.includes('\ufffd')) return 0;
	return text.split('\ufffd').length - Buffer.from(bytes).toString('latin1').split('\xef\xbf\xbd').length;
}

/** Files that are read at once: enough to hide the waiting, few enough for any limit of open files. */
const together = 64;

async function* folderFiles<D>(folder: string, pick: TreeMapping<D>['pick']): AsyncGenerator<SmallFile<D>[]> {
	const names = (await readdir(folder, { recursive: true })).map((name) => name.split(sep).join('/')).sort();
	const picked = names.map((name) => ({ name: join(folder, name), make: pick(name) }));
	const wanted = picked.filter((file): file is typeof file & { make: (text: string) => D } => file.make !== undefined);
	for (let start = 0; start < wanted.length; start += together) {
		yield await Promise.all(wanted.slice(start, start + together).map(async (file) => ({ ...file, bytes: await readSmall(file.name) })));
	}
}

async function readSmall(name: string): Promise<Uint8Array> {
	return await readFile(name).catch((cause) => {
		throw new DataError(`${name}: expected a readable file, got: ${cause.message}. Check the folder.`, { file: name, cause });
	});
}

async function* archiveFiles<D>(path: string, pick: TreeMapping<D>['pick']): AsyncGenerator<SmallFile<D>[]> {
	const plain = /gz$/i.test(path) ? createGunzip({ chunkSize: 1 << 18 }) : new PassThrough();
	const unpacked = pipeline(createReadStream(path, { highWaterMark: 1 << 18 }), plain).catch(() => {});
	const { readable, writable } = createTarDecoder({ strict: true });
	const entries = (Readable.toWeb(plain) as ReadableStream<Uint8Array>).pipeThrough({ readable, writable });
	try {
		let chunk: SmallFile<D>[] = [];
		for await (const { header, body } of entries) {
			const make = header.type === 'file' ? pick(header.name) : undefined;
			if (!make) {
				await body.cancel();
				continue;
			}
			const bytes = new Uint8Array(await new Response(body).arrayBuffer());
			if (chunk.push({ name: `${path}/${header.name}`, bytes, make }) < together) continue;
			yield chunk;
			chunk = [];
		}
		yield chunk;
	} catch (cause) {
		if (cause instanceof DataError) throw cause;
		const reason = `expected a whole archive, got one that is damaged or cut off (${(cause as Error).message}). Remove it, and get it again.`;
		throw new DataError(`${path}: ${reason}`, { file: path, cause });
	} finally {
		plain.destroy();
		await unpacked;
	}
}
