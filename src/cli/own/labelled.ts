// The user's own files as documents of a task: with text and answers.
import type { Counts, Documents } from '../../stream/index.js';
import type { AnyTask } from '../../train/recipes.js';
import { UsageError } from '../usage-error.js';
import { type Columns, readersOf, rowReader } from './answers.js';
import { formatOf } from './format.js';
import { type Input, rowsOf } from './rows.js';

/** Files, and which of their columns hold what. */
export type LabelledInput = Input & Columns;

/** All rows. One without an answer, or with a label that is not among `classes`, is an error with its line. */
export async function labelled(
	paths: readonly string[],
	input: LabelledInput,
	task: AnyTask,
	classes?: readonly string[],
): Promise<Documents<object> & { readonly counts: Counts }> {
	if ((await formatOf(paths, input.format)) === 'lines') {
		throw new UsageError(
			`expected files with labels, got lines of text (${paths.join(' ')}). Give CSV, JSON or a folder with a folder a label.`,
		);
	}
	return rowsOf(paths, input, rowReader(readersOf(task, input, classes)));
}
