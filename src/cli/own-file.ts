// A user's own file as a corpus: CSV with a header or JSON Lines; a tenth of the rows, fixed by their place, is held out for testing.
import { csv, DataError, type Documents, documentsFrom, jsonl, randomFloat } from '../stream/index.js';
import type { RecipeCorpus, RecipeDocuments } from '../train/index.js';
import { UsageError } from './command.js';

/** Which columns hold text and label. */
export interface Columns {
	readonly text: string;
	readonly label: string;
}

interface Labelled {
	text: string;
	label: string;
}

/** All rows of a file, whatever their split. */
export function ownDocuments(path: string, columns: Columns): Documents<Labelled> {
	const kind = /\.(csv|tsv|jsonl|ndjson)(\.gz)?$/i.exec(path)?.[1]?.toLowerCase();
	if (!kind) throw new UsageError(`expected a file that ends in .csv, .tsv, .jsonl or .ndjson (or these with .gz), got ${path}.`);
	if (kind === 'csv' || kind === 'tsv') {
		const rows = csv(path, { delimiter: kind === 'tsv' ? '\t' : ',' });
		return documentsFrom(async function* () {
			for await (const chunk of rows.chunks()) {
				yield chunk.map((row) => ({ text: column(row, columns.text, path, '--text'), label: column(row, columns.label, path, '--label') }));
			}
		}, rows.replayable);
	}
	return jsonl(path, {
		record: (row) => ({ text: field(row, columns.text, '--text'), label: field(row, columns.label, '--label') }),
	});
}

/** The rows as a corpus with two splits. */
export function ownFile(path: string, columns: Columns): RecipeCorpus {
	const split = (test: boolean): RecipeDocuments => {
		const all = ownDocuments(path, columns);
		const docs = documentsFrom(async function* () {
			let row = 0;
			for await (const chunk of all.chunks()) {
				const part = chunk.filter(() => randomFloat(0, 0, row++) < testShare === test);
				if (part.length > 0) yield part;
			}
		});
		return Object.assign(docs, { origin: `${test ? 'a tenth' : 'nine tenths'} of ${path}`, sample: false });
	};
	return { name: path, train: () => split(false), test: () => split(true) };
}

const testShare = 0.1;

function column(row: Readonly<Record<string, string>>, name: string, path: string, flag: string): string {
	if (Object.hasOwn(row, name)) return row[name]!;
	const names = Object.keys(row).map((other) => `"${other}"`);
	throw new DataError(`expected a column "${name}", got ${names.join(', ')}. Name the column with ${flag}.`, { file: path, line: 1 });
}

function field(row: Readonly<Record<string, unknown>>, name: string, flag: string): string {
	const value = Object.hasOwn(row, name) ? row[name] : undefined;
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	const got = value === undefined ? `the fields ${Object.keys(row).join(', ')}` : JSON.stringify(value);
	throw new Error(`expected a text or number in "${name}", got ${got}. Name the field with ${flag}.`);
}
