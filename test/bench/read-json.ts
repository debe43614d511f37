// Reading speed: one large JSON array to documents.

import { writeFile } from 'node:fs/promises';
import { collect, json, type Source } from 'textloom';
import type { Result } from './support/bench.js';
import { reading } from './support/reading.js';

/** Reads AG News as an array of objects, all on one line. */
export function run(): Promise<Result> {
	const write = async (docs: Source<object>, path: string) => writeFile(path, JSON.stringify(await collect(docs)));
	return reading('read-json', { write, open: json });
}
