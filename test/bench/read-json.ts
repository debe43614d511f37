// Reading speed: one large JSON array to documents.

import { writeFile } from 'node:fs/promises';
import { collect, json, type Source } from 'textloom';
import type { Result } from './support/bench.js';
import { reading } from './support/reading.js';

/** Reads AG News as an array of objects, all on one line. */
export function run(): Promise<Result> {
	const write = (path: string) => async (docs: Source<object>) => {
		const all = await collect(docs);
		await writeFile(path, JSON.stringify(all));
		return all.length;
	};
	return reading('read-json', { write, open: json });
}
