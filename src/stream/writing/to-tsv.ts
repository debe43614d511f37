// Documents into a file of tab-separated values.

import { is, type Kinds, optionsOf } from '../../base/index.js';
import { ownSink, type Sink, type SinkOptions, sinkKinds, type Target, textSink } from './sink.js';
import { tableForm } from './table.js';
import type { CsvSinkOptions } from './to-csv.js';

/** What `toTsv` takes. */
export type TsvSinkOptions = Omit<CsvSinkOptions, 'delimiter'>;

const kinds: Kinds<TsvSinkOptions> = { ...sinkKinds, columns: is.texts, header: is.flag };

/** Writes each document as a line. */
function tsvSink(target: Target, given: TsvSinkOptions = {}): Sink<object> {
	const { columns, header = true, ...options } = optionsOf('toTsv', given, kinds);
	const start = () => {
		let begun = false;
		const row = (values: readonly string[], index: number) => {
			for (const value of values) {
				if (/[\t\r\n]/.test(value)) throw refusal('a field without tabs and line breaks', 'one with them', index);
			}
			const line = values.join('\t');
			// An empty line would be passed over by who reads it.
			if (line === '') throw refusal('a field that is not empty where there is one column', 'an empty one', index);
			// Of two byte order marks at the beginning of a file one is taken away.
			const mark = !begun && line.startsWith('\ufeff') ? '\ufeff' : '';
			begun = true;
			return `${mark}${line}\n`;
		};
		return tableForm('toTsv', { columns, header, row });
	};
	return textSink({ who: 'toTsv', format: 'tsv', target, options: { ...options, columns, header } as SinkOptions, start });
}

function refusal(expected: string, got: string, index: number): TypeError {
	const where = index < 0 ? 'the names of the columns' : `document ${index + 1}`;
	return new TypeError(`toTsv: expected ${expected}, got ${got} (${where}). Replace them first, or write it with toCsv.`);
}

/**
 * A sink that writes each document as a line of fields with tabs between them, as `toCsv` does but for quotes: there are none, so a field
 * with a tab or a line break is refused. `tsv` reads the same texts again.
 *
 * @throws TypeError for a field that such a line cannot hold; the errors of the documents; an Error where nothing can be written.
 *
 * @example
 * await toTsv('pairs.tsv.gz', { columns: ['english', 'chinese'] })(docs);
 */
export const toTsv = ownSink('tsv', ['.tsv'], tsvSink);
