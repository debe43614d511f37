// Reading speed: a packed CSV file to documents, MB of its text a second.
import { readFile, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { csv, toCsv } from 'textloom';
import type { Result } from './support/bench.js';
import { reading } from './support/reading.js';

/** Reads AG News, a row of text and label, from a gzip file. */
export function run(): Promise<Result> {
	const pack = async (path: string) => {
		await writeFile(`${path}.gz`, gzipSync(await readFile(path)));
		return `${path}.gz`;
	};
	return reading('read-gzip', { write: toCsv, pack, open: csv });
}
