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
}

/** The documents, each with the fields beside its text. A model of tokens gets those of the row, else the words of the text. */
export async function inputsOf(
	{ files, texts, text: named, ...input }: Texts,
	task: AnyTask,
): Promise<Documents<Input> & { readonly counts: Counts }> {
	const tokens = needsTokens(task);
	const [column, tokenColumn] = [named ?? 'text', named ?? 'tokens'];
	/** Whether a table has a column of tokens and none of texts. */
	let cut = false;
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
				// All columns go along.
				for (const name of names) expectOnce(names, name);
			},
			row(row) {
				const found = tokens && (cut || Array.isArray(row[tokenColumn])) ? tokensIn(row, tokenColumn) : undefined;
				if (found) {
					const { [tokenColumn]: _, ...rest } = row;
					return { tokens: found, column: tokenColumn, rest };
				}
				const { [column]: _, ...others } = row;
				const { label, ...unlabelled } = others;
				// A file that is in no folder has no label.
				const rest = label === '' && 'file' in others ? unlabelled : others;
				return of(fieldOf(row, column, '--column'), rest);
			},
		},
	);
}

function expectOnce(names: readonly string[], name: string): void {
	if (names.indexOf(name) === names.lastIndexOf(name)) return;
	throw new Error(`expected different columns, got two of the name "${name}". Rename one.`);
}
