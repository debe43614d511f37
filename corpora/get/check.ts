// Whether a file is the published one: its size, and its sha256 or git blob id.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { PublishedFile } from '../facts.js';

/** What is wrong with the file at `path`: 'expected …, got …'; undefined where nothing is. */
export async function wrongWith(path: string, { size, sha256, git }: PublishedFile, signal?: AbortSignal): Promise<string | undefined> {
	const { size: bytes } = await stat(path);
	if (size !== undefined && bytes !== size) return `expected ${amount(size)}, got ${bytes.toLocaleString('en')}`;
	const [name, expected] = sha256 ? ['sha256', sha256] : ['git blob', git];
	if (expected === undefined) return undefined;
	const hash = createHash(sha256 ? 'sha256' : 'sha1');
	if (!sha256) hash.update(`blob ${bytes}\0`);
	for await (const block of createReadStream(path, { highWaterMark: 1 << 20, ...(signal && { signal }) })) hash.update(block);
	const got = hash.digest('hex');
	return got === expected ? undefined : `expected ${name} ${expected}, got ${got}`;
}

/** A number of bytes in words. */
export function amount(bytes: number): string {
	return `${bytes.toLocaleString('en')} bytes`;
}
