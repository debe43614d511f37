// Documents into a CSV file.

import { is, type Kinds, optionsOf } from '../../base/index.js';
import type { Source } from '../documents.js';
import { kindOf, type SinkOptions, sinkKinds, type Target, writeDocuments } from './sink.js';

/** What `toCsv` takes. */
export interface CsvSinkOptions extends SinkOptions {
	/** The fields to write, in order. Default: those of the first document, and then no document may have others. */
	readonly columns?: readonly string[];
	/** One character between fields. Default `,`. */
	readonly delimiter?: string;
	/** Whether to write the names of the columns first. Default true. */
	readonly header?: boolean;
}

const kinds: Kinds<CsvSinkOptions> = { ...sinkKinds, columns: is.texts, delimiter: is.delimiter, header: is.flag };

/**
 * Writes each document as a row (RFC 4180, lines end with LF); returns how many. Fields are texts, numbers and booleans; null and
 * what is missing are written as an empty field. A lone surrogate becomes U+FFFD, since UTF-8 has none. The path is a file, which is
 * written whole or not at all, `-` for stdout, or a stream. `csv` reads the same texts again.
 *
 * @throws TypeError for a field that CSV cannot hold; the errors of the documents; an Error where nothing can be written.
 *
 * @example
 * await toCsv(pipe(jsonl('reviews.jsonl'), clean()), 'reviews.csv', { columns: ['text', 'label'] });
 */
export function toCsv<D extends object>(docs: Source<D>, path: Target, given: CsvSinkOptions = {}): Promise<number> {
	const { columns, delimiter = ',', header = true, ...options } = optionsOf('toCsv', given, kinds);
	const row = (values: readonly string[]) => {
		const line = values.map((value) => quoted(value, delimiter)).join(delimiter);
		// An empty line would be passed over by who reads it.
		return `${line === '' ? '""' : line}\n`;
	};
	let names = columns;
	return writeDocuments('toCsv', docs, path, options, {
		head: columns && header ? row(columns) : '',
		line: (doc, index) => {
			const first = names === undefined;
			names ??= Object.keys(doc);
			const known = names;
			const extra = columns ? undefined : Object.keys(doc).find((key) => !known.includes(key));
			if (extra !== undefined) {
				throw new TypeError(
					`toCsv: expected fields ${known.join(', ')} as in the first document, got ${extra} (document ${index + 1}). Name the columns to write: toCsv(docs, path, { columns }).`,
				);
			}
			const line = row(known.map((name) => field(Object.hasOwn(doc, name) ? doc[name as keyof D] : undefined, name, index)));
			return first && header ? row(known) + line : line;
		},
	});
}

function field(value: unknown, name: string, index: number): string {
	if (typeof value === 'string') return value;
	if (value === null || value === undefined) return '';
	if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
	throw new TypeError(
		`toCsv: expected a text, number or boolean in ${name}, got ${kindOf(value)} (document ${index + 1}). Leave it out of columns, or write it with toJsonl.`,
	);
}

function quoted(value: string, delimiter: string): string {
	// A byte order mark at the beginning of a file would be taken away.
	return /["\r\n]|^\ufeff/.test(value) || value.includes(delimiter) ? `"${value.replaceAll('"', '""')}"` : value;
}
