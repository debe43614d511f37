// Trees of small text files, one document a file: a folder, or a tar archive (`.tar.gz`) that is read where it lies. Where `folder` does not do: it
// reads UTF-8, and no archives.
import { statSync } from 'node:fs';
import { DataError, type Documents, documentsFrom, type SourceOptions } from 'textloom/stream';
import { folderFiles } from './folder-files.js';
import { tarFiles } from './tar.js';
import { together } from './tree-file.js';

/** How a tree becomes documents. */
export interface TreeMapping<D> extends Pick<SourceOptions, 'onError' | 'counts' | 'signal'> {
	/** Tells by a file's path below the tree (with slashes) how to make its document; `undefined` leaves the file out. */
	readonly pick: (path: string) => ((text: string) => D) | undefined;
	readonly encoding?: string;
	/** The largest file, in bytes. A larger one is a bad record, which is not held. Default 64 million, as the largest record of a source. */
	readonly maxBytes?: number;
}

/**
 * Reads a folder in the order of its names, or an archive in the order of its entries. An archive is never unpacked: names in it
 * are compared, and no file is written.
 *
 * @throws DataError in the iteration: a damaged archive, a file that cannot be read or is too large.
 */
export function textFiles<D>(
	path: string,
	{ pick, encoding = 'utf-8', counts = { read: 0, skipped: 0, replaced: 0 }, onError = 'throw', signal, maxBytes = 64e6 }: TreeMapping<D>,
): Documents<D> {
	const decoder = new TextDecoder(encoding);
	return documentsFrom(async function* () {
		Object.assign(counts, { read: 0, skipped: 0, replaced: 0 });
		const wanted = { pick, maxBytes, signal };
		const files = statSync(path).isDirectory() ? folderFiles(path, wanted) : together(tarFiles(path, wanted));
		for await (const chunk of files) {
			signal?.throwIfAborted();
			const docs: D[] = [];
			for (const { name, size, bytes, make } of chunk) {
				try {
					if (!bytes) throw new RangeError(tooLarge(size, maxBytes));
					const text = decoder.decode(bytes);
					if (encoding === 'utf-8') counts.replaced += damage(text, bytes);
					docs.push(make(text));
					counts.read++;
				} catch (cause) {
					const error = new DataError((cause as Error).message, { file: name, line: 1, cause });
					if (onError === 'throw') {
						if (docs.length > 0) yield docs;
						throw error;
					}
					counts.skipped++;
					if (onError !== 'skip') onError(error);
				}
			}
			if (docs.length > 0) yield docs;
		}
	});
}

function tooLarge(size: number, most: number): string {
	const [got, limit] = [size, most].map((bytes) => bytes.toLocaleString('en'));
	return `expected a text file of at most ${limit} bytes, got ${got}. Pass onError: 'skip' to leave it out, or get the published data.`;
}

/** U+FFFD that the text has and the bytes do not. */
function damage(text: string, bytes: Uint8Array): number {
	if (!text.includes('\ufffd')) return 0;
	return text.split('\ufffd').length - Buffer.from(bytes).toString('latin1').split('\xef\xbf\xbd').length;
}
