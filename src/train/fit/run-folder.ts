// The folder of a run is taken before the training begins: a path that cannot be written costs no training.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** What to do with a folder that is there already. */
export type Existing = 'refuse' | 'overwrite' | 'resume';

/** What a process that was killed while it wrote may have left. */
const leftover = /^\.textloom-/;

/** Makes sure that `out` can be written, and is new where that is wanted. Nothing in it changes. */
export async function takeFolder(out: string, existing: Existing): Promise<void> {
	try {
		const there = (await list(out)).filter((name) => !leftover.test(name));
		if (there.length > 0 && existing === 'refuse') {
			throw new RangeError(
				`train: expected a new folder, got ${out}, which is not empty. Choose another, go on (existing: 'resume', --resume), or start anew (existing: 'overwrite', --overwrite).`,
			);
		}
		await makeFolder(out);
		await rmdir(await mkdtemp(join(out, '.textloom-')));
		for (const folder of ['', 'checkpoint', 'onnx'].map((name) => join(out, name))) {
			for (const name of await list(folder)) if (leftover.test(name)) await rm(join(folder, name), { recursive: true });
		}
	} catch (error) {
		if (error instanceof RangeError) throw error;
		throw new RangeError(`train: expected a folder to write to, got ${out} (${(error as Error).message}). Choose another.`, {
			cause: error,
		});
	}
}

/** Makes a folder and those above it. Node's own `recursive` never ends where the system refuses a folder with ENOENT, as in /proc. */
async function makeFolder(path: string): Promise<void> {
	if (existsSync(path)) return;
	if (dirname(path) !== path) await makeFolder(dirname(path));
	await mkdir(path).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'EEXIST') throw error;
	});
}

async function list(folder: string): Promise<string[]> {
	return readdir(folder).catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return [];
		throw error;
	});
}
