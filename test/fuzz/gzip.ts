// Damaged gzip files: the whole text, or an error, or a count of what was replaced; never other text in silence.
import { rm, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { DataError, readText } from 'textloom';
import { damaged, oddText, same, target } from './target.js';
import { temporaryFile } from './temporary-file.js';

/** Texts, and the gzip file of a member each after it was damaged. */
const files = fc
	.array(oddText, { minLength: 1, maxLength: 3 })
	.chain((parts) =>
		damaged(fc.constant(Buffer.concat(parts.map((part) => gzipSync(part))))).map((bytes) => ({ text: parts.join(''), bytes })),
	);

export const gzip = target('gzip', files, async ({ text, bytes }) => {
	// Without the first two bytes it is no gzip file any more, but text or nonsense of its own.
	if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return;
	const path = temporaryFile();
	await writeFile(path, bytes);
	const whole = Buffer.from(text)
		.toString()
		.replace(/^\ufeff/, '');
	let read = '';
	try {
		for await (const block of readText(path)) read += block;
		same('text', read, whole);
	} catch (error) {
		if (!(error instanceof DataError)) throw error;
	}
	await rm(path);
});
