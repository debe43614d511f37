// The vectors of a file: of a model of fastText, or of rows of numbers.
import { fastTextVectors, loadVectors, readFastText, type WordVectors, wordVectors } from '../../embeddings/index.js';
import { readBytes } from '../../stream/index.js';
import { UsageError } from '../usage-error.js';
import type { Flags } from './asked.js';

/** How fastText's `.bin` and `.ftz` files begin. */
const magic = Buffer.from(Int32Array.of(793_712_314).buffer);

/** Loads the vectors. Only a file can be looked into before: stdin has rows. */
export async function load(file: string, { limit, encoding }: Pick<Flags, 'limit' | 'encoding'>): Promise<WordVectors> {
	if (file === '-' || !(await isFastText(file))) {
		return await loadVectors(file, { ...(limit !== undefined && { limit }), ...(encoding !== undefined && { encoding }) });
	}
	const useless = limit !== undefined ? '--limit' : encoding !== undefined ? '--encoding' : undefined;
	if (useless !== undefined) throw new UsageError(`expected ${useless} with a file of rows, got a model of fastText.`);
	return wordVectors(fastTextVectors(await readFastText(file)));
}

async function isFastText(file: string): Promise<boolean> {
	for await (const block of readBytes(file, 'loadVectors')) return magic.equals(block.subarray(0, magic.length));
	return false;
}
