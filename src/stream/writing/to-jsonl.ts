// Documents into a file of JSON Lines.
import type { Source } from '../documents.js';
import { kindOf, type SinkOptions, type Target, writeDocuments } from './sink.js';

/**
 * Writes each document as a line of JSON; returns how many. Typed arrays and sets that are fields are written as arrays, maps as
 * objects; all else as `JSON.stringify` has it (numbers that are not finite become null). The path is a file, which is written
 * whole or not at all, `-` for stdout, or a stream.
 *
 * @throws TypeError for a document that JSON cannot hold; the errors of the documents; an Error where nothing can be written.
 *
 * @example
 * await toJsonl(pipe(lines('reviews.txt'), clean()), 'reviews.jsonl.gz');
 */
export function toJsonl<D>(docs: Source<D>, path: Target, options: SinkOptions = {}): Promise<number> {
	return writeDocuments('toJsonl', docs, path, options, {
		line: (doc, index) => {
			const text = stringify(doc, index);
			if (text !== undefined) return `${text}\n`;
			throw new TypeError(`toJsonl: expected a document that JSON can hold, got ${kindOf(doc)} (document ${index + 1}). Map it first.`);
		},
	});
}

function stringify(doc: unknown, index: number): string | undefined {
	try {
		return JSON.stringify(plain(doc));
	} catch (error) {
		throw new TypeError(
			`toJsonl: expected a document that JSON can hold, got one that it cannot (document ${index + 1}: ${(error as Error).message.split('\n')[0]}). Map it first.`,
			{ cause: error },
		);
	}
}

/** The same document with fields that JSON knows; a copy only where one has to be changed. */
function plain(doc: unknown): unknown {
	if (typeof doc !== 'object' || doc === null || 'toJSON' in doc) return doc;
	let copy: Record<string, unknown> | undefined;
	for (const [key, value] of Object.entries(doc)) {
		if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
		const known = plainField(value);
		if (known === value) continue;
		copy ??= { ...doc };
		copy[key] = known;
	}
	return copy ?? doc;
}

function plainField(value: object): object {
	if (value instanceof Map) return Object.fromEntries(value);
	if (value instanceof Set || (ArrayBuffer.isView(value) && Symbol.iterator in value)) return [...(value as Iterable<unknown>)];
	return value;
}
