// One large JSON array, or an array inside a JSON file, as documents.

import { is, type Json, optionsOf } from '../../base/index.js';
import type { Documents } from '../documents.js';
import type { Paths } from './files.js';
import { JsonElements } from './json-core.js';
import type { JsonObject } from './jsonl.js';
import { ownSource, sourceWithSpec } from './own-source.js';
import { adding, type Place, type RecordSink, recordSource, type SourceOptions, sourceKinds, type WithPlaces } from './record-source.js';

/** What `json` takes. */
export interface JsonOptions extends SourceOptions {
	/** The keys that lead to the array: `data.items`, or `['data', 'items']` where a key has a dot. Default: the file is the array. */
	readonly path?: string | readonly string[];
}

/** What `json` takes to make documents of its own type. */
export interface JsonMapping<D> extends JsonOptions {
	/** The document of an element, or `undefined` to leave it out. What it throws makes the record a bad one. */
	readonly record: (value: Json, line: number, file: string) => D | undefined;
}

function openJson<D>(paths: Paths, options: JsonMapping<D> & WithPlaces): Documents<D & Place>;
function openJson<D extends object = JsonObject>(paths: Paths, options: JsonOptions & WithPlaces): Documents<D & Place>;
function openJson<D>(paths: Paths, options: JsonMapping<D>): Documents<D>;
function openJson<D extends object = JsonObject>(paths: Paths, options?: JsonOptions): Documents<D>;
function openJson(paths: Paths, given: Partial<JsonMapping<unknown>> = {}): Documents<unknown> {
	const kinds = { ...sourceKinds, path: is.either(is.text, is.texts), record: is.function };
	const { path = [], record, places = false, ...options } = optionsOf('json', given, kinds);
	const keys = typeof path === 'string' ? path.split('.') : path;
	const docs = recordSource('json', paths, { ...options, places }, (sink: RecordSink<unknown>) => {
		const fault = (line: number, reason: string, cause?: unknown) => sink.fault(line, `${reason} (element ${elements.element})`, cause);
		const take = adding(record ?? asObject, { ...sink, fault });
		const elements: JsonElements = new JsonElements({ record: take, fault, fail: sink.fail }, { ...options, path: keys });
		return elements;
	});
	return sourceWithSpec(docs, 'json', paths, { ...options, path: keys, record, places } as SourceOptions);
}

/**
 * Reads the array that a JSON file is or has, one element a document; the file may be larger than memory, since one element at a
 * time is held. Elements are objects unless `record` takes others; they may be nested 1000 deep. Gzip and a byte order mark are
 * taken care of. Files are opened anew for each iteration; `-` is stdin, which can be read once.
 *
 * @throws DataError in the iteration: a file that cannot be read, text that is not JSON, no array at the path (these end the pass,
 * whatever `onError` says), an element that is no object, is too large or too deep.
 *
 * @example
 * const reviews = json('export.json.gz', { path: 'data.reviews' });
 */
export const json = ownSource('json', ['.json'], openJson);

function asObject(value: Json): JsonObject {
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
	const got = Array.isArray(value) ? 'an array' : value === null ? 'null' : `a ${typeof value}`;
	throw new TypeError(`expected a JSON object, got ${got}. Say what to make of it: json(file, { record }).`);
}
