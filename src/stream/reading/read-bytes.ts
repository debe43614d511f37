// Bytes of a file or of stdin, unpacked when they are gzip.
import { type FileHandle, open } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { DataError } from '../../base/index.js';

/** Bytes per block: large enough that a promise per block costs nothing, small enough for the second-level cache. */
const blockSize = 256 * 1024;

/** How packed files begin. */
const beginnings: readonly [kind: string, bytes: readonly number[]][] = [
	['gzip', [0x1f, 0x8b]],
	['zip', [0x50, 0x4b, 0x03, 0x04]],
	['bzip2', [0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59]],
	['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
	['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
];

function kindOf(first: Buffer): string | undefined {
	return beginnings.find(([, bytes]) => bytes.every((byte, place) => first[place] === byte))?.[0];
}

/** How a path is called in messages. */
export function fileName(path: string): string {
	return path === '-' ? 'stdin' : path;
}

/** Yields blocks of the unpacked bytes of `path` (`-` is stdin). Ending the iteration closes the file. */
export async function* readBytes(path: string, who: string, signal?: AbortSignal): AsyncGenerator<Buffer> {
	const raw = path === '-' ? stdinBytes(signal) : fileBytes(path, who);
	try {
		const head: Buffer[] = [];
		let size = 0;
		while (size < 2) {
			const next = await raw.next();
			if (next.done) break;
			head.push(next.value);
			size += next.value.length;
		}
		const first = head.length === 1 ? head[0]! : Buffer.concat(head);
		const kind = kindOf(first);
		if (kind !== undefined && kind !== 'gzip') {
			throw new DataError(`${who}: expected text or gzip, got a ${kind} file at ${fileName(path)}. Unpack it first.`, {
				file: fileName(path),
			});
		}
		if (kind === 'gzip') yield* gunzip(first, raw, path);
		else if (size > 0) {
			yield first;
			yield* raw;
		}
	} finally {
		await raw.return(undefined);
	}
}

async function* fileBytes(path: string, who: string): AsyncGenerator<Buffer> {
	let handle: FileHandle | undefined;
	try {
		handle = await open(path);
		const before = await handle.stat();
		// A file of the system (/proc) has no size beforehand, a pipe never has one.
		const sized = before.isFile() && before.size > 0;
		let total = 0;
		while (!sized || total < before.size) {
			const size = sized ? Math.min(blockSize, before.size - total) : blockSize;
			const buffer = Buffer.allocUnsafeSlow(size);
			const { bytesRead } = await handle.read(buffer, 0, size, null);
			if (bytesRead === 0) break;
			total += bytesRead;
			yield bytesRead === size ? buffer : buffer.subarray(0, bytesRead);
		}
		if (!sized) return;
		const after = await handle.stat();
		if (total === after.size && after.size === before.size && after.mtimeMs === before.mtimeMs) return;
		throw new DataError(
			`${who}: expected ${path} to stay as it is while it is read, got a change (from ${before.size} to ${after.size} bytes). Read it again when it is written.`,
			{ file: path },
		);
	} catch (error) {
		throw unreadable(path, who, error);
	} finally {
		await handle?.close();
	}
}

async function* stdinBytes(signal?: AbortSignal): AsyncGenerator<Buffer> {
	if (process.stdin.destroyed || process.stdin.readableEnded) {
		throw new DataError('expected stdin to hold text, got one that has been read already. Save it to a file to read it several times.');
	}
	const stdin = signal ? addAbortSignal(signal, process.stdin) : process.stdin;
	try {
		yield* stdin as AsyncIterable<Buffer>;
	} catch (error) {
		signal?.throwIfAborted();
		throw error;
	}
}

async function* gunzip(first: Buffer, rest: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer> {
	const unzip = createGunzip({ chunkSize: blockSize });
	const packed = async function* () {
		yield first;
		yield* rest;
	};
	const done = pipeline(packed, unzip).catch(() => {});
	try {
		for await (const block of unzip) yield block as Buffer;
	} catch (error) {
		if (!isZlibError(error)) throw error;
		throw new DataError(
			`${fileName(path)}: expected a whole gzip file, got one that is damaged or cut off (${error.message}). Fetch it again, or test it with gzip -t.`,
			{ file: fileName(path), cause: error },
		);
	} finally {
		unzip.destroy();
		// A read of stdin that waits for input would keep the pipeline from ending.
		if (path === '-') process.stdin.destroy();
		await done;
	}
}

function isZlibError(error: unknown): error is Error {
	return error instanceof Error && 'code' in error && /^Z_/.test(String(error.code));
}

const found: Record<string, [got: string, next: string]> = {
	ENOENT: ['nothing', 'Check the path.'],
	ENOTDIR: ['a path through something that is no folder', 'Check the path.'],
	EISDIR: ['a folder', 'Name a file in it.'],
	EACCES: ['no permission', 'Allow reading it, or run as its owner.'],
	EPERM: ['no permission', 'Allow reading it, or run as its owner.'],
	EMFILE: ['too many open files', 'Close some, or raise ulimit -n.'],
};

function unreadable(path: string, who: string, error: unknown): unknown {
	if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return error;
	const [got, next] = found[String(error.code)] ?? [String(error.code), `The system says: ${error.message}.`];
	return new DataError(`${who}: expected a readable file, got ${got} at ${path}. ${next}`, { file: path, cause: error });
}
