// JSON Lines of nonsense: every line is a document, a fault or blank.
import { rm, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { collect, jsonl as read } from 'textloom';
import { oddText, same, target } from './target.js';
import { temporaryFile } from './temporary-file.js';

const line = fc.oneof(
	fc.json({ maxDepth: 3 }),
	fc
		.dictionary(fc.constantFrom('text', '__proto__', 'constructor', ''), fc.jsonValue({ maxDepth: 2 }))
		.map((value) => JSON.stringify(value)),
	oddText,
	fc.integer({ min: 1, max: 300 }).map((depth) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`),
	fc.constantFrom('', ' ', '\t', '{}', 'null', '[]', '{"a":1}{"b":2}', '{"a":1,}'),
);

/** What the reader is to find in a line; undefined for a blank one. */
function expectedOf(text: string): 'fault' | object | undefined {
	if (text.trim() === '') return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : 'fault';
	} catch {
		return 'fault';
	}
}

export const jsonl = target('jsonl', fc.array(line, { maxLength: 8 }), async (all) => {
	const path = temporaryFile();
	// As the file holds it: lone surrogates are no UTF-8, and a byte order mark at its beginning is none of its text.
	const bytes = Buffer.from(all.join('\n'));
	await writeFile(path, bytes);
	const text = bytes.toString().replace(/^\ufeff/, '');
	const expected = text.split('\n').map((one) => expectedOf(one.endsWith('\r') ? one.slice(0, -1) : one));
	const faults: number[] = [];
	const docs = await collect(read(path, { onError: (error) => faults.push(error.line!) }));
	same(
		'documents',
		docs,
		expected.filter((value) => value !== undefined && value !== 'fault'),
	);
	same(
		'faults',
		faults,
		expected.flatMap((value, i) => (value === 'fault' ? [i + 1] : [])),
	);
	await rm(path);
});
