// Downloads: the files of a corpus, from where they are published to where the corpus looks for them.
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DataError, type DownloadProgress, makeFolder } from 'textloom/stream';
import type { CorpusFacts, CorpusFile, PublishedFile } from './facts.js';
import { dataFolders } from './folders.js';
import { fetchFile } from './get/fetch-file.js';
import { locked } from './get/lock.js';
import { unzipMember } from './get/unzip.js';
import { locateIn, missing, pathIn } from './locate.js';

/** How to download. */
export interface DownloadOptions {
	/** Where to. Default: the folder that TEXTLOOM_DATA names, else the cache: where `corpus.train()` looks first. */
	readonly folder?: string;
	readonly onProgress?: (progress: DownloadProgress) => void;
	readonly signal?: AbortSignal;
	/** Attempts in a row that may bring nothing new. Default 5. */
	readonly retries?: number;
	/** Milliseconds before the second attempt, doubled by each that brings nothing. Default 500. */
	readonly backoff?: number;
	/** Milliseconds without a byte after which a connection counts as dropped. Default 30,000. */
	readonly idle?: number;
	/** Other places of the same files: the beginning of published addresses → what takes its place. */
	readonly mirrors?: Readonly<Record<string, string>>;
}

/** What became of a file. */
export interface DownloadedFile {
	/** With the folder. */
	readonly path: string;
	/** `there`: nothing was to be done. `other`: there, but not of the size of the published edition; it is left alone. */
	readonly state: 'fetched' | 'there' | 'other';
}

/**
 * Downloads what is missing of a corpus. A file gets its name when its size and checksum are right; one that was cut off goes on from
 * there at the next call, in another process too; of two processes one downloads and the other waits. Nothing that is there is changed.
 *
 * @throws DataError where a file cannot be had (one line: what, why, what to do), or is to be got by hand.
 *
 * @example
 * await download(agNews, { onProgress: ({ path, received, total }) => console.error(path, received, total) });
 * for await (const doc of agNews.train()) console.log(doc.label);
 */
export async function download(
	corpus: CorpusFacts,
	{ folder = dataFolders()[0]!, onProgress, signal, retries = 5, backoff = 500, idle = 30_000, mirrors = {} }: DownloadOptions = {},
): Promise<DownloadedFile[]> {
	const done = new Map<string, DownloadedFile>();
	/** Makes a file unless it is there, or another process makes it first. */
	const once = async (file: PublishedFile, make: (path: string) => Promise<void>): Promise<void> => {
		const path = join(folder, file.path);
		if (done.has(path)) return;
		const there = pathIn(folder, file);
		if (there !== undefined) {
			done.set(path, { path: there, state: stateOf(there, file) });
			return;
		}
		await makeFolder(dirname(path));
		const work = async () => (existsSync(path) ? 'there' : make(path).then(() => 'fetched' as const));
		done.set(path, { path, state: await locked(`${path}.lock`, work, signal) });
	};
	const get = (file: PublishedFile) =>
		once(file, (path) => {
			const told = onProgress && { onProgress: (progress: Omit<DownloadProgress, 'path'>) => onProgress({ path: file.path, ...progress }) };
			return fetchFile(mirrored(file.url!, mirrors), path, file, { retries, backoff, idle, signal, ...told });
		});
	const files = plan(corpus, folder);
	try {
		for (const file of files) {
			const { archive } = file;
			if (archive && pathIn(folder, file) === undefined) {
				await get(archive);
				await once(file, (path) => unzipMember(join(folder, archive.path), path, file, signal));
			} else await get(file);
			for (const other of file.beside ?? []) await get(other);
		}
	} catch (error) {
		if (error instanceof DataError) throw new DataError(`${corpus.name}: ${error.message} By hand: ${corpus.published}`, { cause: error });
		if (!(error instanceof Error) || !('syscall' in error)) throw error;
		throw new DataError(`${corpus.name}: expected to write into ${folder}, got: ${error.message}. Make room, or name another folder.`, {
			cause: error,
		});
	}
	return [...done.values()];
}

/** A file for each split: a whole one that is there, else one that can be downloaded. */
function plan(corpus: CorpusFacts, folder: string): CorpusFile[] {
	return Object.entries(corpus.files).map(([split, files]) => {
		const whole = files.filter(({ rows }) => rows === corpus.splits[split]);
		const file = locateIn(folder, whole)?.file ?? files.find(({ url, archive }) => url !== undefined || archive !== undefined);
		if (!file) throw new DataError(`${missing(corpus, files, folder)}.`);
		return file;
	});
}

function stateOf(path: string, { path: published, size }: PublishedFile): 'there' | 'other' {
	return size === undefined || !path.endsWith(published) || statSync(path).size === size ? 'there' : 'other';
}

function mirrored(url: string, mirrors: Readonly<Record<string, string>>): string {
	const [from, to] = Object.entries(mirrors).find(([from]) => url.startsWith(from)) ?? ['', ''];
	return to + url.slice(from.length);
}
