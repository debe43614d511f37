// Which format the user's own files have: as --format says, else as their names end.
import { existsSync } from 'node:fs';
import type { SourceFormat } from '../../stream/index.js';
import { UsageError } from '../usage-error.js';

/** The formats that flags and help name. A format more does not compile until it has a row. */
const rows: Readonly<Record<SourceFormat, { readonly columns: boolean; readonly words: string }>> = {
	csv: { columns: true, words: 'CSV' },
	tsv: { columns: true, words: 'tab-separated values' },
	jsonl: { columns: true, words: 'JSON Lines' },
	json: { columns: true, words: 'a JSON array' },
	lines: { columns: false, words: 'lines of text' },
	folder: { columns: false, words: 'a folder of texts' },
};

/** The names of the formats. */
export const formats = Object.keys(rows) as readonly SourceFormat[];

/** Those that can have labels. */
export const labelledFormats = formats.filter((name) => name !== 'lines');

/** The format of files. Throws a UsageError where neither their names nor `format` say it. */
export async function formatOf(paths: readonly string[], format: SourceFormat | undefined): Promise<SourceFormat> {
	if (format !== undefined) return format;
	// Loaded here: `--help` needs the names only.
	const { read } = await import('../../stream/index.js');
	try {
		return read(paths).spec!.source as SourceFormat;
	} catch (error) {
		const missing = paths.find((path) => path !== '-' && !isPattern(path) && !existsSync(path));
		if (missing !== undefined) throw new Error(`expected a readable file, got nothing at ${missing}. Check the path.`);
		// What to do is said for programs: Name its format: …, Read them apart ….
		const [, reason = String(error)] = /^read: (.*?\.) (?:Name its|Read them|Name a)/.exec((error as Error).message) ?? [];
		throw new UsageError(`${reason} Name one with --format.`);
	}
}

/** The format of texts without labels: stdin has lines unless `--format` says otherwise. */
export function formatOfTexts(paths: readonly string[], format: SourceFormat | undefined): SourceFormat | undefined {
	return format ?? (paths.every((path) => path === '-') ? 'lines' : undefined);
}

/** Whether a path stands for the files that match it. */
export function isPattern(path: string): boolean {
	return /[*?[\]{}]/.test(path);
}

/** Whether files have columns or fields with names; if not, what they have. */
export async function haveColumns(paths: readonly string[], format: SourceFormat | undefined): Promise<true | string> {
	const found = rows[await formatOf(paths, format)];
	return found.columns || found.words;
}

/** Whether files have fields between delimiters; if not, what they have. */
export async function haveDelimiters(paths: readonly string[], format: SourceFormat | undefined): Promise<true | string> {
	const found = await formatOf(paths, format);
	return found === 'csv' || found === 'tsv' || rows[found].words;
}
