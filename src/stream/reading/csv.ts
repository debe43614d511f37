// CSV files as documents.

import { is, type Kinds, optionsOf } from '../../base/index.js';
import type { Documents } from '../documents.js';
import { CsvParser } from './csv-core.js';
import { DelimiterFinder } from './delimiter.js';
import type { Paths } from './files.js';
import { ownSource, sourceWithSpec } from './own-source.js';
import { adding, type Place, type RecordSink, recordSource, type SourceOptions, sourceKinds, type WithPlaces } from './record-source.js';

/** What `csv` takes whatever the documents are. */
export interface CsvOptions extends SourceOptions {
	/** One character between fields; `auto` takes of comma, semicolon and tab the one that the first line has most of. Default `,`. */
	readonly delimiter?: string;
	/** Whether a field may stand in `"`, with the delimiter and line breaks inside. Default true. */
	readonly quotes?: boolean;
	/** Whether the first row holds column names. Default: yes, unless `columns` or `record` is given. */
	readonly header?: boolean;
}

/** Names for the columns of a file; with `header: true` they take the place of those in it. */
export interface CsvColumns<C extends string> extends CsvOptions {
	readonly columns: readonly C[];
}

/** A document made straight from the fields, for formats that have their own rules. */
export interface CsvMapping<D> extends CsvOptions {
	/** The document of a record, or `undefined` to leave the record out. What it throws makes the record a bad one. */
	readonly record: (fields: string[], line: number, file: string) => D | undefined;
	/** How many fields a record may have. Default: `record` checks it. */
	readonly fields?: number | readonly number[];
}

type AnyOptions = Partial<CsvMapping<unknown> & CsvColumns<string>>;

const kinds: Kinds<AnyOptions> = {
	...sourceKinds,
	delimiter: { ...is.either(is.delimiter, is.one('auto')), next: is.delimiter.next },
	quotes: is.flag,
	header: is.flag,
	columns: is.texts,
	record: is.function,
	fields: {
		expected: 'a whole number from 1, or an array of these',
		fits: (value) => [value].flat().every((count) => Number.isSafeInteger(count) && (count as number) > 0),
	},
};

function openCsv<D>(paths: Paths, options: CsvMapping<D> & WithPlaces): Documents<D & Place>;
function openCsv<const C extends string>(paths: Paths, options: CsvColumns<C> & WithPlaces): Documents<Record<C, string> & Place>;
function openCsv<D extends object = Record<string, string>>(paths: Paths, options: CsvOptions & WithPlaces): Documents<D & Place>;
function openCsv<D>(paths: Paths, options: CsvMapping<D>): Documents<D>;
function openCsv<const C extends string>(paths: Paths, options: CsvColumns<C>): Documents<Record<C, string>>;
function openCsv<D extends object = Record<string, string>>(paths: Paths, options?: CsvOptions & Partial<CsvColumns<string>>): Documents<D>;
function openCsv(paths: Paths, given: AnyOptions = {}): Documents<unknown> {
	return tableSource('csv', paths, given);
}

/**
 * Reads a CSV file: by default documents of column name → text; `csv<{ text: string }>(…)` says which columns you count on. Quoted fields may hold delimiters, doubled quotes and line
 * breaks; lines end with LF, CRLF or CR; empty lines are passed over; gzip and a byte order mark are taken care of.
 * Files are opened anew for each iteration; `-` is stdin, which can be read once.
 *
 * @throws DataError in the iteration: a file that cannot be read, a wrong number of fields, a quote that is not closed.
 *
 * @example
 * const news = csv('ag_news/train.csv.gz', { fields: 3, record: ([label, title, body]) => ({ text: `${title} ${body}`, label }) });
 */
export const csv = ownSource('csv', ['.csv'], openCsv);

/**
 * Reads a file of tab-separated values, where quotes are text: `csv` with `{ delimiter: '\t', quotes: false }`, and its options.
 *
 * @example
 * const pairs = tsv('eng-cmn.txt.gz', { columns: ['english', 'chinese'] });
 */
export const tsv = ownSource('tsv', ['.tsv'], ((paths: Paths, given: AnyOptions = {}) =>
	tableSource('tsv', paths, { delimiter: '\t', quotes: false, ...optionsOf('tsv', given, kinds) })) as typeof openCsv);

function tableSource(who: string, paths: Paths, given: AnyOptions): Documents<unknown> {
	const {
		delimiter = ',',
		quotes = true,
		columns,
		record,
		fields,
		header = !columns && !record,
		places = false,
		...options
	} = optionsOf(who, given, kinds);
	if (columns && record) throw new TypeError(`${who}: expected columns or record, got both. Leave one out.`);
	if (fields !== undefined && !record) throw new TypeError(`${who}: expected fields together with record, got it alone. Leave it out.`);
	if (!header && !columns && !record) throw new TypeError(`${who}: expected columns or record for a file without a header, got neither.`);
	if (columns) {
		const twice = repeated(columns);
		if (twice !== undefined) throw new TypeError(`${who}: expected different columns, got "${twice}" twice. Rename one.`);
	}
	const docs = recordSource(who, paths, { ...options, places }, (sink: RecordSink<unknown>) => {
		/** Whether the next record is the header. */
		let waiting = header;
		let allowed = record ? fields : columns?.length;
		const make = record ?? (columns && maker(columns));
		let add = make && adding(make, sink);
		const take = (values: string[], line: number) => {
			if (waiting) {
				waiting = false;
				if (add) return;
				const twice = repeated(values);
				if (twice !== undefined) sink.fail(line, `expected different column names, got "${twice}" twice. Rename one, or pass columns.`);
				allowed = values.length;
				add = adding(maker(values), sink);
				return;
			}
			if (allowed !== undefined && !isAllowed(allowed, values.length)) {
				sink.fault(
					line,
					`expected ${count(allowed)}, got ${values.length}. Check the delimiter and the quotes of this row, or leave it out with onError: 'skip'.`,
				);
				return;
			}
			add?.(values, line);
		};
		const parser = (delimiter: string) => new CsvParser({ record: take, fault: sink.fault }, { ...options, delimiter, quotes });
		return delimiter === 'auto' ? new DelimiterFinder(parser, { quotes }) : parser(delimiter);
	});
	return sourceWithSpec(docs, who, paths, { ...options, delimiter, quotes, columns, record, header, places } as SourceOptions);
}

/** A function from fields to an object. */
function maker(columns: readonly string[]): (values: string[]) => Record<string, string> {
	// Assigned in a loop, `__proto__` would be lost; defined as an entry, it is a field like any other.
	if (columns.includes('__proto__')) return (values) => Object.fromEntries(columns.map((column, i) => [column, values[i]!]));
	return (values) => {
		const doc: Record<string, string> = {};
		for (let i = 0; i < columns.length; i++) doc[columns[i]!] = values[i]!;
		return doc;
	};
}

function repeated(names: readonly string[]): string | undefined {
	return names.find((name, i) => names.indexOf(name) < i);
}

function isAllowed(allowed: number | readonly number[], fields: number): boolean {
	return typeof allowed === 'number' ? fields === allowed : allowed.includes(fields);
}

function count(allowed: number | readonly number[]): string {
	return allowed === 1 ? '1 field' : `${typeof allowed === 'number' ? allowed : allowed.join(' or ')} fields`;
}
