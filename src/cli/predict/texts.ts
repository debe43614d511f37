// The texts to predict: their format, and the fields that go along.
import type { Counts, Documents, SourceFormat } from '../../stream/index.js';
import { expectColumn, fieldOf } from '../own/fields.js';
import type { Input } from '../own/rows.js';

/** A text and the other fields of its document. */
export interface Text {
	text: string;
	rest: Readonly<Record<string, unknown>>;
}

/** The format of texts without labels: stdin has lines unless `--format` says otherwise. */
export function formatOfTexts(paths: readonly string[], format: SourceFormat | undefined): SourceFormat | undefined {
	return format ?? (paths.every((path) => path === '-') ? 'lines' : undefined);
}

/** The texts of files, each with the fields beside it. */
export async function textsOf(
	paths: readonly string[],
	input: Input & { readonly text: string },
): Promise<Documents<Text> & { readonly counts: Counts }> {
	// Loaded here: `--help` needs the format only.
	const { rowsOf } = await import('../own/rows.js');
	return rowsOf(
		paths,
		{ ...input, format: formatOfTexts(paths, input.format) },
		{
			header(names) {
				expectColumn(names, input.text, '--text');
				// All columns go along.
				for (const name of names) expectOnce(names, name);
			},
			row(row) {
				const { [input.text]: _, ...rest } = row;
				return { text: fieldOf(row, input.text, '--text'), rest };
			},
		},
	);
}

function expectOnce(names: readonly string[], name: string): void {
	if (names.indexOf(name) === names.lastIndexOf(name)) return;
	throw new Error(`expected different columns, got two of the name "${name}". Rename one.`);
}
