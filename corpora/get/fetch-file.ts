// One file from the network, whole or not at all: it grows as `.part`, goes on where it was cut off, and gets its name when it is right.
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DataError, type DownloadProgress, makeFolder } from 'textloom/stream';
import type { PublishedFile } from '../facts.js';
import { amount, wrongWith } from './check.js';
import { type Part, receive } from './receive.js';
import { Dropped } from './request.js';

/** How stubborn a download is. */
export interface FetchOptions {
	/** Attempts in a row that bring nothing new before it gives up. */
	readonly retries: number;
	/** Milliseconds before the second attempt; each that brings nothing doubles them, up to half a minute. */
	readonly backoff: number;
	/** Milliseconds without a byte after which a connection counts as dropped. */
	readonly idle: number;
	readonly signal?: AbortSignal | undefined;
	readonly onProgress?: (progress: Omit<DownloadProgress, 'path'>) => void;
}

const longestWait = 30_000;

/**
 * Fetches `url` to `path`.
 *
 * @throws DataError where it cannot be had or is not the file expected; what has come of a file that was cut off stays for the next time.
 */
export async function fetchFile(url: string, path: string, file: PublishedFile, options: FetchOptions): Promise<void> {
	const { signal } = options;
	await makeFolder(dirname(path));
	const [part, note] = [`${path}.part`, `${path}.part.json`];
	const remove = async () => {
		await rm(part, { force: true });
		await rm(note, { force: true });
	};
	/** The most bytes that were there, and the attempts since then. */
	let [furthest, failures] = [await sizeOf(part), 0];
	let [resumed, again] = [false, false];
	for (;;) {
		const offset = await sizeOf(part);
		try {
			if (file.size === undefined || offset !== file.size) resumed = await attempt(url, { part, note, offset }, file, options);
			else resumed = true;
		} catch (error) {
			signal?.throwIfAborted();
			if (!(error instanceof Dropped)) throw error;
			if (error.useless) await remove();
			const size = await sizeOf(part);
			failures = size > furthest ? 0 : failures + 1;
			furthest = Math.max(furthest, size);
			if (failures > options.retries) {
				throw new DataError(`expected ${url}, got: ${error.message}. What has come is kept; try again later.`, { cause: error });
			}
			const wait = Math.min(error.wait ?? options.backoff * 2 ** failures, longestWait);
			options.onProgress?.({ received: size, total: file.size, retry: { reason: error.message, wait } });
			await delay(wait, undefined, { ...(signal && { signal }) }).catch(() => signal?.throwIfAborted());
			continue;
		}
		const wrong = await wrongWith(part, file, signal);
		if (wrong === undefined) break;
		await remove();
		// What was put together of pieces may be of two editions: once more, from the first byte.
		if (resumed && !again) {
			[again, furthest, failures] = [true, 0, 0];
			continue;
		}
		throw new DataError(`${wrong} from ${url}. It was removed: the source has changed, or something on the way changes it.`);
	}
	const handle = await open(part, 'r+');
	await handle.sync().finally(() => handle.close());
	await rename(part, path);
	await rm(note, { force: true });
}

async function sizeOf(path: string): Promise<number> {
	return await stat(path).then(
		({ size }) => size,
		() => 0,
	);
}

/** Asks for what is missing and takes it in. Returns whether the file is of more than one piece. */
async function attempt(
	url: string,
	{ part, note, offset }: { part: string; note: string; offset: number },
	{ size }: PublishedFile,
	{ idle, signal, onProgress }: FetchOptions,
): Promise<boolean> {
	const saved = await readNote(note);
	const from: Part | undefined = offset > 0 && saved?.url === url ? { offset, validator: saved.validator } : undefined;
	return await receive(url, { from, idle, signal }, async ({ start, total, validator, blocks }) => {
		if (size !== undefined && total !== undefined && total !== size) {
			throw new DataError(`expected ${amount(size)} from ${url}, got ${total.toLocaleString('en')}. The source has changed.`);
		}
		const handle = await open(part, start > 0 ? 'a' : 'w');
		try {
			await writeFile(note, JSON.stringify({ url, validator }));
			let received = start;
			onProgress?.({ received, total: total ?? size });
			for await (const block of blocks) {
				received += block.length;
				if (size !== undefined && received > size) {
					throw new DataError(`expected ${amount(size)} from ${url}, got more. The source has changed.`);
				}
				await handle.writeFile(block);
				onProgress?.({ received, total: total ?? size });
			}
			const end = total ?? size;
			if (end !== undefined && received < end) throw new Dropped(`the end after ${amount(received)} of ${end.toLocaleString('en')}`);
		} finally {
			await handle.close();
		}
		return start > 0;
	});
}

async function readNote(path: string): Promise<{ url: string; validator?: string } | undefined> {
	try {
		return JSON.parse(await readFile(path, 'utf8'));
	} catch {
		return undefined;
	}
}
