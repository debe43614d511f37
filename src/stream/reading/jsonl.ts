// JSON Lines files as documents.

import { is, type Json, optionsOf } from '../../base/index.js';
import type { Documents } from '../documents.js';
import type { Paths } from './files.js';
import { LineSplitter } from './line-core.js';
import { ownSource, sourceWithSpec } from './own-source.js';
import { adding, type Place, type RecordSink, recordSource, type SourceOptions, sourceKinds, type WithPlaces } from './record-source.js';

/** A JSON object. */
export type JsonObject = Record<string, Json>;

/** What `jsonl` takes to make documents of its own type. */
export interface JsonlMapping<D> extends SourceOptions {
	/** The document of an object, or `undefined` to leave it out. What it throws makes the record a bad one. */
	readonly record: (value: JsonObject, line: number, file: string) => D | undefined;
}

function openJsonl<D>(paths: Paths, options: JsonlMapping<D> & WithPlaces): Documents<D & Place>;
function openJsonl<D extends object = JsonObject>(paths: Paths, options: SourceOptions & WithPlaces): Documents<D & Place>;
function openJsonl<D>(paths: Paths, options: JsonlMapping<D>): Documents<D>;
function openJsonl<D extends object = JsonObject>(paths: Paths, options?: SourceOptions): Documents<D>;
function openJsonl(paths: Paths, given: Partial<JsonlMapping<unknown>> = {}): Documents<unknown> {
	const { record, places = false, ...options } = optionsOf('jsonl', given, { ...sourceKinds, record: is.function });
	const docs = recordSource('jsonl', paths, { ...options, places }, (sink: RecordSink<unknown>) => {
		const add = record ? adding(record, sink) : sink.add;
		const take = (text: string, line: number) => {
			let value: Json;
			try {
				value = JSON.parse(text);
			} catch (error) {
				if (text.trim() !== '') {
					sink.fault(
						line,
						`expected a JSON object, got text that is not JSON (${(error as Error).message}). Correct or remove the line.`,
						error,
					);
				}
				return;
			}
			if (typeof value !== 'object' || value === null || Array.isArray(value)) {
				const got = Array.isArray(value) ? 'an array' : value === null ? 'null' : `a ${typeof value}`;
				sink.fault(line, `expected a JSON object, got ${got}. Write one object a line, such as {"text": "…"}.`);
				return;
			}
			add(value as JsonObject, line);
		};
		return new LineSplitter({ record: take, fault: sink.fault }, options);
	});
	return sourceWithSpec(docs, 'jsonl', paths, { ...options, record, places } as SourceOptions);
}

/**
 * Reads a file of one JSON object a line; blank lines are passed over, gzip and a byte order mark are taken care of.
 * Files are opened anew for each iteration; `-` is stdin, which can be read once.
 *
 * @throws DataError in the iteration: a file that cannot be read, a line that is not JSON or not an object.
 *
 * @example
 * const reviews = jsonl('imdb/train.jsonl.gz', { record: ({ text, label }) => ({ text: String(text), label: Number(label) }) });
 */
export const jsonl = ownSource('jsonl', ['.jsonl', '.ndjson'], openJsonl);
