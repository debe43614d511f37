// One member of a zip archive as a file, unpacked as the archive streams by. Names in the archive are compared, never used as paths.
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DataError, makeFolder } from 'textloom/stream';
import type { CorpusFile } from '../facts.js';
import { amount, wrongWith } from './check.js';
import { NoZip, unzipped } from './zip-member.js';

/** The most bytes of a member whose size nobody has published. It goes to the disk; no corpus has a file near it. */
const mostBytes = 2 ** 30;

/** Writes the member of `archive` that `file` is, as UTF-8, to `path`; checks it before it gets its name. */
export async function unzipMember(archive: string, path: string, file: CorpusFile, signal?: AbortSignal): Promise<void> {
	const { member } = file.archive!;
	await makeFolder(dirname(path));
	const aside = `${path}.${randomUUID()}.part`;
	try {
		const handle = await open(aside, 'wx');
		await extract(archive, file, handle, signal).finally(() => handle.close());
		const wrong = await wrongWith(aside, file, signal);
		if (wrong !== undefined) throw new DataError(`${archive}: ${wrong} for ${member} in it. Remove the archive, and get it again.`);
		await rename(aside, path);
	} finally {
		await rm(aside, { force: true });
	}
}

async function extract(archive: string, file: CorpusFile, into: FileHandle, signal?: AbortSignal): Promise<void> {
	const { member, encoding = 'utf-8' } = file.archive!;
	// Latin-1 has no more bytes than the same in UTF-8.
	const most = file.size ?? mostBytes;
	const blocks = createReadStream(archive, { ...(signal && { signal }) });
	let size = 0;
	let found = false;
	const refuse = (expected: string, got: string, cause?: unknown) =>
		new DataError(`${archive}: expected ${expected}, got ${got}. Remove the archive, and get it again.`, { cause });
	try {
		for await (const block of unzipped(blocks, member)) {
			found = true;
			size += block.length;
			if (size > most) throw refuse(`${member} in it to have at most ${amount(most)}`, 'more');
			await into.writeFile(encoding === 'latin1' ? Buffer.from(block).toString('latin1') : block);
		}
	} catch (cause) {
		signal?.throwIfAborted();
		if (cause instanceof NoZip) throw refuse('a zip archive', cause.message, cause);
		throw cause;
	}
	if (!found) throw refuse(`${member} in it`, 'none');
}
