// What is to be predicted: texts of the command line or of files, and the fields that go along.
import { type Counts, type Documents, documents, type SourceFormat } from '../../stream/index.js';
import { wordTokens } from '../../text/index.js';
import type { AnyTask } from '../../train/recipes.js';
import { needsTokens } from '../own/answers.js';
import { expectColumn, fieldOf, type Row } from '../own/fields.js';
import { type Input as Files, rowsOf } from '../own/rows.js';
import { formatOfTexts } from './format.js';
import type { Input } from './forms.js';

/** Where texts are. */
export interface Texts extends Files {
	readonly files: readonly string[];
	/** Texts in place of files. */
	readonly texts: readonly string[];
	/** The column of the text. */
	readonly column: string;
}

/** The documents, each with the fields beside its text. A model of tokens gets those of the row, else the words of the text. */
export async function inputsOf(
	{ files, texts, column, ...input }: Texts,
	task: AnyTask,
): Promise<Documents<Input> & { readonly counts: Counts }> {
	const tokens = needsTokens(task);
	const of = (text: string, rest: Row): Input => ({ text, ...(tokens && { tokens: wordTokens(text) }), rest });
	if (files.length === 0) {
		const counts = { read: texts.length, skipped: 0, replaced: 0 };
		return Object.assign(documents(texts.map((text) => of(text, {}))), { counts });
	}
	return rowsOf<Input>(
		files,
		{ ...input, format: formatOfTexts(files, input.format) as SourceFormat | undefined },
		{
			header(names) {
				expectColumn(names, column, '--column');
				// All columns go along.
				for (const name of names) expectOnce(names, name);
			},
			row(row) {
				const { tokens: given, ...others } = row;
				if (tokens && Array.isArray(given) && given.every((token) => typeof token === 'string')) return { tokens: given, rest: others };
				const { [column]: _, ...rest } = row;
				return of(fieldOf(row, column, '--column'), rest);
			},
		},
	);
}

function expectOnce(names: readonly string[], name: string): void {
	if (names.indexOf(name) === names.lastIndexOf(name)) return;
	throw new Error(`expected different columns, got two of the name "${name}". Rename one.`);
}
