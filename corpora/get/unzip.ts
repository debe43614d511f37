// One member of a zip archive as a file. Names in the archive are compared, never used as paths.
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { unzipSync } from 'fflate';
import { DataError, makeFolder } from 'textloom/stream';
import type { CorpusFile } from '../facts.js';
import { wrongWith } from './check.js';

/** Writes the member of `archive` that `file` is, as UTF-8, to `path`; checks it before it gets its name. */
export async function unzipMember(archive: string, path: string, file: CorpusFile): Promise<void> {
	const { member, encoding = 'utf-8' } = file.archive!;
	const content = await extract(archive, member);
	await makeFolder(dirname(path));
	const aside = `${path}.${randomUUID()}.part`;
	try {
		await writeFile(aside, encoding === 'latin1' ? Buffer.from(content).toString('latin1') : content);
		const wrong = await wrongWith(aside, file);
		if (wrong !== undefined) throw new DataError(`${archive}: ${wrong} for ${member} in it. Remove the archive, and get it again.`);
		await rename(aside, path);
	} finally {
		await rm(aside, { force: true });
	}
}

async function extract(archive: string, member: string): Promise<Uint8Array> {
	const bytes = await readFile(archive);
	let content: Uint8Array | undefined;
	try {
		content = unzipSync(bytes, { filter: ({ name }) => name === member })[member];
	} catch (cause) {
		throw new DataError(`${archive}: expected a zip archive, got ${(cause as Error).message}. Remove it, and get it again.`, { cause });
	}
	if (content === undefined) throw new DataError(`${archive}: expected ${member} in it, got none. Remove the archive, and get it again.`);
	return content;
}
