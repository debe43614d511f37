// Texts of the user's files, with the keywords that people gave of them where these are asked for.
import { expectColumn, fieldOf, type Row } from './fields.js';
import { formatOfTexts } from './format.js';
import { type Input, rowsOf } from './rows.js';

/** A text of a file. */
export interface TextRow {
	readonly text: string;
	readonly keys?: readonly string[];
}

/** The texts of files, as they are read. */
export async function textsOf(files: readonly string[], flags: Input & { column: string | undefined; evaluate?: boolean }) {
	const { column = 'text', evaluate = false } = flags;
	return rowsOf<TextRow>(
		files,
		{ ...flags, format: formatOfTexts(files, flags.format) },
		{
			flat: true,
			header: (names) => expectColumn(names, column, '--column'),
			row: (row) => ({ text: fieldOf(row, column, '--column'), ...(evaluate && { keys: keysOf(row) }) }),
		},
	);
}

/** Keywords of people: an array of texts, or one text with commas or semicolons between them. */
function keysOf(row: Row): string[] {
	const { keys } = row;
	if (Array.isArray(keys) && keys.every((key) => typeof key === 'string')) return keys;
	if (typeof keys === 'string')
		return keys
			.split(/[;,]/)
			.map((key) => key.trim())
			.filter(Boolean);
	throw new Error(
		`expected keywords in "keys", got ${keys === undefined ? `the fields ${Object.keys(row).join(', ')}` : JSON.stringify(keys)}. Name the field keys.`,
	);
}
