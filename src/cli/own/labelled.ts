// The user's own files as labelled documents.
import type { Counts, Documents } from '../../stream/index.js';
import { UsageError } from '../usage-error.js';
import { expectColumn, fieldOf } from './fields.js';
import { formatOf } from './format.js';
import { type Input, rowsOf } from './rows.js';

/** Files, and which of their columns hold text and label. */
export interface LabelledInput extends Input {
	readonly text: string;
	readonly label: string;
}

/** A text with its label. */
export interface Labelled {
	text: string;
	label: string;
}

/** All rows. One without a label, or with a label that is not among `classes`, is an error with its line. */
export async function labelled(
	paths: readonly string[],
	input: LabelledInput,
	classes?: readonly string[],
): Promise<Documents<Labelled> & { readonly counts: Counts }> {
	if ((await formatOf(paths, input.format)) === 'lines') {
		throw new UsageError(
			`expected files with labels, got lines of text (${paths.join(' ')}). Give CSV, JSON or a folder with a folder a label.`,
		);
	}
	return rowsOf(paths, input, {
		header(names) {
			expectColumn(names, input.text, '--text');
			expectColumn(names, input.label, '--label');
		},
		row(row) {
			const [text, label] = [fieldOf(row, input.text, '--text'), fieldOf(row, input.label, '--label')];
			if (label.trim() === '') throw new Error(`expected a label in "${input.label}", got an empty one. Fill it in, or remove the row.`);
			if (classes && !classes.includes(label)) {
				throw new Error(`expected a label of ${classes.join(', ')}, got ${JSON.stringify(label)}. Correct it, or remove the row.`);
			}
			return { text, label };
		},
	});
}
