// The one way a folder is made.
import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it, where they are not there. Not by `recursive` of Node.js, which never returns where the system answers
 * ENOENT for a folder whose parent is there: in /proc, and in a working directory that has been removed.
 */
export async function makeFolder(path: string): Promise<void> {
	await make(resolve(path));
}

async function make(path: string): Promise<void> {
	if (await isFolder(path)) return;
	const above = dirname(path);
	if (above !== path) await make(above);
	try {
		await mkdir(path);
	} catch (error) {
		// Somebody else made it meanwhile; or a file is there.
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || !(await isFolder(path))) throw error;
	}
}

/** Whether a folder is there, reached through links or not. */
export async function isFolder(path: string): Promise<boolean> {
	return stat(path).then(
		(found) => found.isDirectory(),
		() => false,
	);
}
