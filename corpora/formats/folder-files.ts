// The files of a folder: what is wanted of them, in memory, each up to a limit.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { DataError } from 'textloom/stream';
import { mostFiles, type TreeFile, together, type Wanted } from './tree-file.js';

/** The files of a folder and those below it, in the order of their names. */
export async function* folderFiles<M>(folder: string, { pick, maxBytes }: Wanted<M>): AsyncGenerator<TreeFile<M>[]> {
	const names = (await readdir(folder, { recursive: true })).map((name) => name.split(sep).join('/')).sort();
	const sized = async function* () {
		const wanted = names.flatMap((name) => {
			const make = pick(name);
			return make === undefined ? [] : [{ name: join(folder, name), make }];
		});
		for (let start = 0; start < wanted.length; start += mostFiles) {
			yield* await Promise.all(wanted.slice(start, start + mostFiles).map(async (file) => ({ ...file, size: await sizeOf(file.name) })));
		}
	};
	for await (const chunk of together(sized())) {
		yield await Promise.all(
			chunk.map(async (file) => ({
				...file,
				bytes: file.size > maxBytes ? undefined : await readFile(file.name).catch(unreadable(file.name)),
			})),
		);
	}
}

async function sizeOf(name: string): Promise<number> {
	const { size } = await stat(name).catch(unreadable(name));
	return size;
}

const unreadable = (name: string) => (cause: Error) => {
	throw new DataError(`${name}: expected a readable file, got: ${cause.message}. Check the folder.`, { file: name, cause });
};
