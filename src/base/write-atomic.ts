// A file is either written whole or left as it was.
import { randomUUID } from 'node:crypto';
import { access, constants, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';

/** What a file is to hold; of an iterable one part at a time is in memory. */
export type FileData = string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Writes a file whole or not at all: into a temporary file of the same folder, synced, then renamed over the old one, and the
 * folder synced. A link is followed; the permissions of an old file are kept. When it fails the old file is as it was, and no
 * temporary file stays.
 *
 * @throws Error that names the folder or file that could not be written and what to do; `cause` is the system's error.
 */
export async function writeAtomic(path: string, data: FileData): Promise<void> {
	await writeAllAtomic({ [path]: data });
}

/** Writes files by path as `writeAtomic` does, and renames none before all are written: a full disk leaves the old ones as they were. */
export async function writeAllAtomic(files: Readonly<Record<string, FileData>>): Promise<void> {
	const written: Written[] = [];
	try {
		for (const [path, data] of Object.entries(files)) written.push(await writeBeside(path, data));
		for (const { temporary, target } of written) await rename(temporary, target).catch((error) => Promise.reject(refusal(target, error)));
	} catch (error) {
		for (const { temporary } of written) await rm(temporary, { force: true }).catch(() => {});
		throw error;
	}
	for (const folder of new Set(written.map(({ target }) => dirname(target)))) await syncFolder(folder);
}

/** Refuses a path that `writeAtomic` cannot write to, before the work whose result it is for. */
export async function checkWritable(path: string): Promise<void> {
	const target = await realpath(path).catch(() => path);
	try {
		// What ends so is a folder.
		await access(`${dirname(target)}${sep}`, constants.W_OK);
		const old = await stat(target).catch(() => undefined);
		if (old?.isDirectory()) throw Object.assign(new Error(`EISDIR: ${target}`), { code: 'EISDIR', syscall: 'open' });
	} catch (error) {
		throw refusal(target, error);
	}
}

/** A file that is ready to be renamed. */
interface Written {
	readonly temporary: string;
	readonly target: string;
}

async function writeBeside(path: string, data: FileData): Promise<Written> {
	const target = await realpath(path).catch(() => path);
	const temporary = join(dirname(target), `.textloom-${randomUUID()}.tmp`);
	try {
		const mode = await stat(target).then(
			(old) => old.mode & 0o777,
			() => undefined,
		);
		await writeNew(temporary, data, mode);
		return { temporary, target };
	} catch (error) {
		await rm(temporary, { force: true }).catch(() => {});
		throw refusal(target, error);
	}
}

/** Writes a file that is not there yet, with all that it holds on the disk. */
export async function writeNew(path: string, data: FileData, mode?: number): Promise<void> {
	const file = await open(path, 'wx');
	try {
		if (mode !== undefined) await file.chmod(mode);
		await writeFile(file, data);
		await file.sync();
	} finally {
		await file.close();
	}
}

/** Makes the renames in a folder durable. Where folders cannot be synced (Windows, some network disks) the rename is all there is. */
export async function syncFolder(folder: string): Promise<void> {
	const handle = await open(folder).catch(() => undefined);
	try {
		await handle?.sync();
	} catch (error) {
		if (!unsynced.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
	} finally {
		await handle?.close();
	}
}

const unsynced = new Set(['EINVAL', 'ENOTSUP', 'EPERM', 'EISDIR', 'EBADF']);

const refusals: Record<string, [got: string, next: string]> = {
	ENOSPC: ['the disk is full', 'Make room or write elsewhere.'],
	EDQUOT: ['the disk quota is used up', 'Make room or write elsewhere.'],
	EACCES: ['no permission to write there', 'Allow it, or write elsewhere.'],
	EPERM: ['no permission to write there', 'Allow it, or write elsewhere.'],
	EROFS: ['a disk that is read-only', 'Write elsewhere.'],
	ENOENT: ['no such folder', 'Create it first.'],
	ENOTDIR: ['a path through something that is no folder', 'Check the path.'],
	EISDIR: ['a folder of the file’s name', 'Choose another name.'],
};

/** The error of a file that cannot be written, as one line. */
export function refusal(path: string, error: unknown): unknown {
	if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return error;
	const [got, next] = refusals[String(error.code)] ?? [error.message, 'Look at the cause, or write elsewhere.'];
	return new Error(`writeAtomic: expected to write ${basename(path)} in folder ${dirname(path)}, got: ${got}. ${next}`, { cause: error });
}
