// What is to be predicted: texts of the command line or of files, and the fields that go along.
import { type Counts, type Documents, documents } from '../../stream/index.js';
import { wordTokens } from '../../text/index.js';
import type { AnyTask } from '../../train/recipes.js';
import { needsTokens, tokensIn } from '../own/answers.js';
import { expectColumn, fieldOf, type Row } from '../own/fields.js';
import { formatOfTexts } from '../own/format.js';
import { type Input as Files, rowsOf } from '../own/rows.js';
import type { Input } from './forms.js';

/** Where texts are. */
export interface Texts extends Files {
	readonly files: readonly string[];
	/** Texts in place of files. */
	readonly texts: readonly string[];
	/** The column of the text, or of the tokens where the model needs them and the files have such. */
	readonly text?: string | undefined;
	/** The columns beside it that go along. None: all. */
	readonly keep: readonly string[];
}

/** The documents, each with the fields beside its text. A model of tokens gets those of the row, else the words of the text. */
export async function inputsOf(
	{ files, texts, text: named, keep, ...input }: Texts,
	task: AnyTask,
): Promise<Documents<Input> & { readonly counts: Counts }> {
	const tokens = needsTokens(task);
	const [column, tokenColumn] = [named ?? 'text', named ?? 'tokens'];
	/** Whether a table has a column of tokens and none of texts. */
	let cut = false;
	/** Of the fields beside the text those that are asked for. */
	const kept = (rest: Row, row: Row): Row => {
		if (keep.length === 0) return rest;
		for (const name of keep) if (!Object.hasOwn(row, name)) throw new Error(lacking(row, name));
		return Object.fromEntries(keep.filter((name) => Object.hasOwn(rest, name)).map((name) => [name, rest[name]]));
	};
	const of = (text: string, rest: Row): Input => ({ text, column, ...(tokens && { tokens: wordTokens(text) }), rest });
	if (files.length === 0) {
		const counts = { read: texts.length, skipped: 0, replaced: 0 };
		return Object.assign(documents(texts.map((text) => of(text, {}))), { counts });
	}
	return rowsOf<Input>(
		files,
		{ ...input, format: formatOfTexts(files, input.format) },
		{
			flat: true,
			header(names) {
				cut = tokens && !names.includes('text') && names.includes(tokenColumn);
				expectColumn(names, cut ? tokenColumn : column, '--column');
				if (keep.length > 0) for (const name of keep) expectColumn(names, name, '--keep');
				// All columns go along.
				else for (const name of names) expectOnce(names, name);
			},
			row(row) {
				const found = tokens && (cut || Array.isArray(row[tokenColumn])) ? tokensIn(row, tokenColumn) : undefined;
				if (found) {
					const { [tokenColumn]: _, ...rest } = row;
					return { tokens: found, column: tokenColumn, rest: kept(rest, row) };
				}
				const { [column]: _, ...others } = row;
				const { label, ...unlabelled } = others;
				// A file that is in no folder has no label.
				const rest = label === '' && 'file' in others ? unlabelled : others;
				return of(fieldOf(row, column, '--column'), kept(rest, row));
			},
		},
	);
}

const lacking = (row: Row, name: string) =>
	`expected the field "${name}", got the fields ${Object.keys(row).join(', ')}. Name another with --keep, or leave it out.`;

function expectOnce(names: readonly string[], name: string): void {
	if (names.indexOf(name) === names.lastIndexOf(name)) return;
	throw new Error(`expected different columns, got two of the name "${name}". Rename one.`);
}
