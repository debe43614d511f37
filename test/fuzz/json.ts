// JSON files of nonsense: the elements that JSON.parse finds, or an error.
import { rm, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { collect, DataError, json as read } from 'textloom';
import type { Json } from 'textloom/stream';
import { damaged, same, target } from './target.js';
import { temporaryFile } from './temporary-file.js';

const depth = fc.integer({ min: 1, max: 2000 }).map((depth) => `[${'['.repeat(depth)}${']'.repeat(depth)}]`);
const array = fc.array(fc.jsonValue({ maxDepth: 4 }), { maxLength: 6 });
const pretty = fc.tuple(array, fc.constantFrom(undefined, 1, '\t')).map(([value, space]) => JSON.stringify(value, null, space));
const bytes = damaged(fc.oneof({ weight: 20, arbitrary: pretty }, { weight: 1, arbitrary: depth }).map((text) => Buffer.from(text)));

/** What JSON.parse makes of the file's text, or undefined where it is not JSON. */
function parsed(bytes: Buffer): Json | undefined {
	try {
		return JSON.parse(bytes.toString().replace(/^\ufeff/, ''));
	} catch {
		return undefined;
	}
}

export const json = target('json', bytes, async (bytes) => {
	const path = temporaryFile();
	await writeFile(path, bytes);
	const expected = parsed(bytes);
	let docs: Json[] | undefined;
	let tooDeep = false;
	try {
		const onError = ({ message }: Error) => {
			tooDeep ||= message.includes('deep');
		};
		docs = await collect(read(path, { record: (value) => ({ value }), onError })).then((all) => all.map(({ value }) => value));
	} catch (error) {
		if (!(error instanceof DataError)) throw error;
	}
	if (!tooDeep) same('elements', docs, Array.isArray(expected) ? expected : undefined);
	await rm(path);
});
