// Documents into a CSV file.

import { is, type Kinds, optionsOf } from '../../base/index.js';
import { ownSink, type Sink, type SinkOptions, sinkKinds, type Target, textSink } from './sink.js';
import { tableForm } from './table.js';

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

/** Writes each document as a row. */
function csvSink(target: Target, given: CsvSinkOptions = {}): Sink<object> {
	const { columns, delimiter = ',', header = true, ...options } = optionsOf('toCsv', given, kinds);
	const row = (values: readonly string[]) => {
		const line = values.map((value) => quoted(value, delimiter)).join(delimiter);
		// An empty line would be passed over by who reads it.
		return `${line === '' ? '""' : line}\n`;
	};
	const start = () => tableForm('toCsv', { columns, header, row });
	return textSink({ who: 'toCsv', format: 'csv', target, options: { ...options, columns, delimiter, header } as SinkOptions, start });
}

/**
 * A sink that writes each document as a row (RFC 4180, lines end with LF). Fields are texts, numbers and booleans; null and
 * what is missing are written as an empty field. A lone surrogate becomes U+FFFD, since UTF-8 has none. The target is a file, which is
 * written whole or not at all, `-` for stdout, or a stream. `csv` reads the same texts again.
 *
 * @throws TypeError for a field that CSV cannot hold; the errors of the documents; an Error where nothing can be written.
 *
 * @example
 * await toCsv('reviews.csv', { columns: ['text', 'label'] })(pipe(jsonl('reviews.jsonl'), clean()));
 */
export const toCsv = ownSink('csv', ['.csv'], csvSink);

function quoted(value: string, delimiter: string): string {
	// A byte order mark at the beginning of a file would be taken away.
	return /["\r\n]|^\ufeff/.test(value) || value.includes(delimiter) ? `"${value.replaceAll('"', '""')}"` : value;
}
