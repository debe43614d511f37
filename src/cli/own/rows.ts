// The user's own files as documents, whatever their format: what is made of a row gets its line where it throws.
import { DataError } from '../../base/index.js';
import { type Counts, type Documents, documentsFrom, type ReadOptions, read, type SourceFormat } from '../../stream/index.js';
import { formatOf } from './format.js';

/** How files are read. */
export interface Input {
	readonly format: SourceFormat | undefined;
	readonly delimiter: string | undefined;
	readonly encoding: string | undefined;
	/** Ends the reading, also of a stdin that says nothing. */
	readonly signal?: AbortSignal;
}

/** What is made of the rows of files. */
export interface Reader<D> {
	/** Looks at the names of the columns of a CSV file. */
	readonly header?: (names: readonly string[]) => void;
	readonly row: (row: Readonly<Record<string, unknown>>) => D;
	/** Whether files of a folder need no folder inside it, which would be their label. */
	readonly flat?: boolean;
}

/** The documents of files. `counts` has the figures of the last pass. */
export async function rowsOf<D extends object>(
	paths: readonly string[],
	{ format: given, delimiter, encoding, signal }: Input,
	reader: Reader<D>,
): Promise<Documents<D> & { readonly counts: Counts }> {
	const format = await formatOf(paths, given);
	const counts: Counts = { read: 0, skipped: 0, replaced: 0 };
	const from = (own: object) =>
		read<D>(paths, { format, counts, ...(encoding !== undefined && { encoding }), ...(signal && { signal }), ...own } as ReadOptions);
	if (format === 'lines' || format === 'folder')
		return Object.assign(mapped(from(reader.flat && format === 'folder' ? { labels: false } : {}), reader.row), { counts });
	const isTable = format === 'csv' || format === 'tsv';
	const options = () => ({ record: isTable ? tableRows(reader) : reader.row, ...(delimiter !== undefined && { delimiter }) });
	// Each pass begins with a header.
	const docs = documentsFrom(() => from(options()).chunks(), from({}).replayable);
	return Object.assign(docs, { counts });
}

/** Rows of fields as objects: the first row of each file has the names. */
function tableRows<D>({ header, row }: Reader<D>): (fields: string[], line: number, file: string) => D | undefined {
	let current: string | undefined;
	let names: readonly string[] = [];
	let last = 0;
	return (fields, line, file) => {
		// A file may be named twice.
		const first = file !== current || line <= last;
		[current, last] = [file, line];
		if (first) {
			names = fields;
			header?.(names);
			return undefined;
		}
		if (fields.length !== names.length) {
			throw new Error(`expected ${names.length} fields, got ${fields.length}. Check the delimiter and the quotes of this row.`);
		}
		return row(Object.fromEntries(names.map((name, place) => [name, fields[place]])));
	};
}

/** What has no rows but texts of its own; a folder's say their file. */
function mapped<D extends object>(docs: Documents<object>, row: Reader<D>['row']): Documents<D> {
	return documentsFrom(async function* () {
		for await (const chunk of docs.chunks()) {
			yield chunk.map((doc) => {
				const { file } = doc as { file?: string };
				try {
					return row(doc as Readonly<Record<string, unknown>>);
				} catch (error) {
					throw file === undefined ? error : new DataError(`${file}: ${(error as Error).message}`, { file, cause: error });
				}
			});
		}
	}, docs.replayable);
}
