// A document as a line of JSON.
import { kindOf } from './sink.js';

/** The JSON text of a document, on one line; `who` refuses one that has none. */
export function jsonText(who: string, doc: unknown, index: number): string {
	let text: string | undefined;
	try {
		text = JSON.stringify(plain(doc));
	} catch (error) {
		throw new TypeError(
			`${who}: expected a document that JSON can hold, got one that it cannot (document ${index + 1}: ${(error as Error).message.split('\n')[0]}). Map it first.`,
			{ cause: error },
		);
	}
	if (text !== undefined) return text;
	throw new TypeError(`${who}: expected a document that JSON can hold, got ${kindOf(doc)} (document ${index + 1}). Map it first.`);
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
