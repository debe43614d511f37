// Files of a folder that belong together, replaced as one: a process that is killed at any moment leaves all of the old ones or all of the new.
//
// The new files are written into a folder of their own inside the folder, `.textloom-UUID`. One rename of it to `.textloom-current` makes them
// the current ones. From then on they move to their places one by one, and it does not matter where that is interrupted:
// what lies in `.textloom-current` is current, and a file that is not there any more has moved already. Whoever reads asks `readCurrent`;
// whoever writes there next settles first. In the end the folder has the plain layout that other programs read.
//
// Two other ways were left: to swap the whole folder for one built beside it takes two renames, so that for a moment there is none, and cannot be
// done with a mounted folder; to rename file over file leaves a mixture, which no program can read.
import { randomUUID } from 'node:crypto';
import { chmod, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from './make-folder.js';
import { type FileData, refusal, syncFolder, writeNew } from './write-atomic.js';

const prefix = '.textloom-';
const current = `${prefix}current`;

/** Whether a name in a folder is what a process that was killed while it wrote has left, and of no use to anybody. */
export function isLeftover(name: string): boolean {
	return name.startsWith(prefix) && name !== current;
}

/**
 * Replaces files of a folder, by their paths in it, whole or not at all; then removes those of `obsolete`, which belonged to the old ones.
 *
 * @throws Error as `writeAtomic`; where it comes from after the one rename, the new files are current and the next call settles them.
 */
export async function replaceFiles(
	folder: string,
	files: Readonly<Record<string, FileData>>,
	{ obsolete = [] }: { obsolete?: readonly string[] } = {},
): Promise<void> {
	await settleFiles(folder);
	const own = join(folder, `${prefix}${randomUUID()}`);
	try {
		for (const [name, data] of Object.entries(files)) {
			const target = join(folder, name);
			try {
				await makeFolder(dirname(join(own, name)));
				await writeNew(join(own, name), data);
				// The permissions that somebody gave to the old file.
				const old = await stat(target).catch(() => undefined);
				if (old) await chmod(join(own, name), old.mode & 0o777);
			} catch (error) {
				throw refusal(target, error);
			}
		}
		for (const inner of await foldersOf(own)) await syncFolder(inner);
		await rename(own, join(folder, current)).catch((error) => Promise.reject(refusal(join(folder, current), error)));
	} catch (error) {
		await rm(own, { recursive: true, force: true }).catch(() => {});
		throw error;
	}
	await syncFolder(folder);
	await settleFiles(folder);
	for (const name of obsolete) await rm(join(folder, name), { force: true });
}

/** Moves files that are current to their places, where a process was killed before it had done so. */
export async function settleFiles(folder: string): Promise<void> {
	const from = join(folder, current);
	const folders = await foldersOf(from);
	const targetOf = (inner: string) => join(folder, inner.slice(from.length));
	for (const inner of folders) await makeFolder(targetOf(inner));
	for (const inner of folders) {
		const target = targetOf(inner);
		// Another process may do the same: what is gone it has moved.
		const entries = (await unlessGone(readdir(inner, { withFileTypes: true }))) ?? [];
		for (const { name } of entries.filter((entry) => !entry.isDirectory())) {
			await unlessGone(rename(join(inner, name), join(target, name))).catch((error) => Promise.reject(refusal(join(target, name), error)));
		}
		await syncFolder(target);
	}
	// Only empty ones, from the inside out.
	for (const inner of folders.reverse()) await unlessGone(rmdir(inner));
}

/** What the current version of a file holds. */
export async function readCurrent(folder: string, name: string): Promise<Buffer> {
	return (await unlessGone(readFile(join(folder, current, name)))) ?? readFile(join(folder, name));
}

/** A folder and those in it, outer ones first; none where it is not there. */
async function foldersOf(folder: string): Promise<string[]> {
	const entries = await unlessGone(readdir(folder, { withFileTypes: true }));
	if (!entries) return [];
	const inner = entries.filter((entry) => entry.isDirectory()).map(({ name }) => foldersOf(join(folder, name)));
	return [folder, ...(await Promise.all(inner)).flat()];
}

async function unlessGone<T>(done: Promise<T>): Promise<T | undefined> {
	return done.catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
		return undefined;
	});
}
