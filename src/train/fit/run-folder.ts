// The folder of a run is taken before the training begins: a path that cannot be written costs no training.
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isLeftover, makeFolder, settleFiles } from '../../base/index.js';

/** What to do with a folder that is there already. */
export type Existing = 'refuse' | 'overwrite' | 'resume';

/** The folders inside, where a file of that name would be in the way after the training. */
const folders = ['checkpoint', 'onnx'];

/** Makes sure that `out` can be written, and is new where that is wanted. Nothing in it changes but what a process that was killed has left. */
export async function takeFolder(out: string, existing: Existing): Promise<void> {
	try {
		await settleFiles(out);
		const there = (await list(out)).filter((name) => !isLeftover(name));
		if (there.length > 0 && existing === 'refuse') {
			throw new RangeError(
				`train: expected a new folder, got ${out}, which is not empty. Choose another, go on (existing: 'resume', --resume), or start anew (existing: 'overwrite', --overwrite).`,
			);
		}
		await makeFolder(out);
		for (const name of folders) await expectFolder(out, name);
		// Another process that begins here may have taken either for something left over.
		await rm(await mkdtemp(join(out, '.textloom-')), { recursive: true, force: true });
		for (const folder of ['', ...folders].map((name) => join(out, name))) {
			for (const name of await list(folder)) if (isLeftover(name)) await rm(join(folder, name), { recursive: true, force: true });
		}
	} catch (error) {
		if (error instanceof RangeError) throw error;
		throw new RangeError(`train: expected a folder to write to, got ${out} (${(error as Error).message}). Choose another.`, {
			cause: error,
		});
	}
}

async function expectFolder(out: string, name: string): Promise<void> {
	const found = await stat(join(out, name)).catch(() => undefined);
	if (!found || found.isDirectory()) return;
	throw new RangeError(`train: expected a folder ${name} in ${out}, got a file of that name. Move it away, or choose another folder.`);
}

async function list(folder: string): Promise<string[]> {
	return readdir(folder).catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return [];
		throw error;
	});
}
