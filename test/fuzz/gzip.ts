// Damaged gzip files: what zlib reads at one go, or an error.
import { rm, writeFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { DataError } from 'textloom';
import { readText } from 'textloom/stream';
import { damaged, oddText, same, target } from './target.js';
import { temporaryFile } from './temporary-file.js';

/** A gzip file of one to three members, damaged. */
const files = damaged(fc.array(oddText, { minLength: 1, maxLength: 3 }).map((parts) => Buffer.concat(parts.map((part) => gzipSync(part)))));

function unpacked(bytes: Buffer): string | undefined {
	try {
		return gunzipSync(bytes)
			.toString()
			.replace(/^\ufeff/, '');
	} catch {
		return undefined;
	}
}

export const gzip = target('gzip', files, async (bytes) => {
	// Without the first two bytes it is no gzip file any more, but text or nonsense of its own.
	if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return;
	const path = temporaryFile();
	await writeFile(path, bytes);
	const expected = unpacked(bytes);
	let read: string | undefined = '';
	try {
		// Else what begins like UTF-16 is read as such.
		for await (const block of readText(path, { encoding: 'utf-8' })) read += block;
	} catch (error) {
		if (!(error instanceof DataError)) throw error;
		read = undefined;
	}
	same('text', read, expected);
	await rm(path);
});
