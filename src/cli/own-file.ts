// A user's own file as documents and as a corpus: CSV with a header, or JSON Lines.
import { basename } from 'node:path';
import { DataError, randomFloat } from '../base/index.js';
import { type Counts, csv, type Documents, documentsFrom, jsonl } from '../stream/index.js';
import type { RecipeCorpus, RecipeDocuments } from '../train/classifier/index.js';
import { text, UsageError, type Values } from './command.js';

/** Which columns hold text and label. */
export interface Columns {
	readonly text: string;
	readonly label: string;
}

interface Labelled {
	text: string;
	label: string;
}

/** The columns that the flags name. */
export function columnsOf(values: Values): Columns {
	return { text: text(values, 'text') ?? 'text', label: text(values, 'label') ?? 'label' };
}

/** What a file's name says of its format: `reviews.csv.gz` is packed CSV. */
const extension = /\.(csv|tsv|jsonl|ndjson)(\.gz)?$/i;

/** The name of a file without folder and extension. */
export function titleOf(path: string): string {
	return basename(path).replace(extension, '') || basename(path);
}

/** All rows of a file. A row without a label, or with one that is not among `classes`, is an error with its line. */
export function ownDocuments(
	path: string,
	columns: Columns,
	classes?: readonly string[],
): Documents<Labelled> & { readonly counts: Counts } {
	const counts: Counts = { read: 0, skipped: 0, replaced: 0 };
	const kind = extension.exec(path)?.[1]?.toLowerCase();
	if (!kind) throw new UsageError(`expected a file that ends in .csv, .tsv, .jsonl or .ndjson (or these with .gz), got ${path}.`);
	const labelled = (text: string, label: string): Labelled => {
		if (label.trim() === '') throw new Error(`expected a label in "${columns.label}", got an empty one. Fill it in, or remove the row.`);
		if (classes && !classes.includes(label)) {
			throw new Error(`expected a label of ${classes.join(', ')}, got ${JSON.stringify(label)}. Correct it, or remove the row.`);
		}
		return { text, label };
	};
	if (kind === 'jsonl' || kind === 'ndjson') {
		const docs = jsonl(path, {
			counts,
			record: (row) => labelled(field(row, columns.text, '--text'), field(row, columns.label, '--label')),
		});
		return Object.assign(docs, { counts });
	}
	const delimiter = kind === 'tsv' ? '\t' : ',';
	const docs = documentsFrom(async function* () {
		const names = await header(path, delimiter);
		const [text, label] = [place(path, names, columns.text, '--text'), place(path, names, columns.label, '--label')];
		const record = (fields: string[]) => labelled(fields[text]!, fields[label]!);
		yield* csv(path, { delimiter, header: true, fields: names.length, record, counts }).chunks();
	});
	return Object.assign(docs, { counts });
}

async function header(path: string, delimiter: string): Promise<string[]> {
	for await (const fields of csv(path, { delimiter, record: (fields) => fields })) return fields;
	throw new DataError('expected a header with the names of the columns, got an empty file. Check the path.', { file: path, line: 1 });
}

function place(path: string, names: readonly string[], name: string, flag: string): number {
	const [found, twice] = [names.indexOf(name), names.lastIndexOf(name)];
	if (found >= 0 && found === twice) return found;
	const got = found >= 0 ? 'two of that name' : names.map((other) => JSON.stringify(other.slice(0, 40))).join(', ');
	throw new DataError(`expected a column "${name}", got ${got}. Name the column with ${flag}.`, { file: path, line: 1 });
}

function field(row: Readonly<Record<string, unknown>>, name: string, flag: string): string {
	const value = Object.hasOwn(row, name) ? row[name] : undefined;
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	const got = value === undefined ? `the fields ${Object.keys(row).join(', ')}` : JSON.stringify(value);
	throw new Error(`expected a text or number in "${name}", got ${got}. Name the field with ${flag}.`);
}

const testShare = 0.1;

/** The rows as a corpus: a tenth of them, fixed by their place, for testing; the first of each class always for training. */
export function ownFile(path: string, columns: Columns): RecipeCorpus {
	const split = (test: boolean): RecipeDocuments => {
		const all = ownDocuments(path, columns);
		const docs = documentsFrom(async function* () {
			const seen = new Set<string>();
			let row = 0;
			for await (const chunk of all.chunks()) {
				const part = chunk.filter(({ label }) => {
					const first = !seen.has(label);
					if (first) seen.add(label);
					return (randomFloat(0, 0, row++) < testShare && !first) === test;
				});
				if (part.length > 0) yield part;
			}
		});
		return Object.assign(docs, { origin: `${test ? 'a tenth' : 'nine tenths'} of ${path}`, sample: false, counts: all.counts });
	};
	return { name: basename(path), train: () => split(false), test: () => split(true) };
}
