// From the fields of a row to what a task needs of a document.
import { nearest } from '../../base/nearest.js';
import type { AnyTask } from '../../train/recipes.js';
import { expectColumn, fieldOf, type Row } from './fields.js';

/** Which columns or fields of files hold text and label. */
export interface Columns {
	/** Default `text`; of tasks of tokens `tokens`. */
	readonly text?: string | undefined;
	/** Default `label`; of tasks of tokens `tags`, of translation `target`. */
	readonly label?: string | undefined;
}

/** Reads one field of a document. */
interface Reader {
	readonly field: string;
	readonly column: string;
	/** What names another column. */
	readonly flag: string;
	read(row: Row): unknown;
}

const [separators, spaces] = [/\s*[,;|]\s*/, /\s+/];

/** An array of texts, as JSON has it, or a text cut at `by`. */
function textsIn(row: Row, column: string, flag: string, by: RegExp): readonly string[] {
	const value = row[column];
	if (Array.isArray(value) && value.every((item) => typeof item === 'string' || typeof item === 'number')) return value.map(String);
	if (Array.isArray(value))
		throw new Error(`expected an array of texts in "${column}", got ${JSON.stringify(value).slice(0, 40)}. Correct it.`);
	return fieldOf(row, column, flag)
		.trim()
		.split(by)
		.filter((item) => item !== '');
}

/** The tokens of a row, or nothing where it has none. */
export function tokensIn(row: Row, column: string): readonly string[] | undefined {
	return Object.hasOwn(row, column) ? textsIn(row, column, '--column', spaces) : undefined;
}

function numberIn(row: Row, column: string, flag: string): number {
	const text = fieldOf(row, column, flag);
	const number = text.trim() === '' ? Number.NaN : Number(text);
	if (Number.isFinite(number)) return number;
	throw new Error(`expected a number in "${column}", got ${JSON.stringify(text.slice(0, 40))}. Correct it, or remove the row.`);
}

function nameIn(row: Row, column: string, classes: readonly string[] | undefined): string {
	if (Array.isArray(row[column])) throw new Error(`expected one label in "${column}", got several. Train with --problem several-labels.`);
	const label = fieldOf(row, column, '--label');
	if (label.trim() === '') throw new Error(`expected a label in "${column}", got an empty one. Fill it in, or remove the row.`);
	if (!classes || classes.includes(label)) return label;
	const listed =
		classes.length <= most ? classes.join(', ') : `${classes.slice(0, most - 1).join(', ')} and ${classes.length - most + 1} more`;
	const meant = nearest(label, classes);
	const next = meant ? ` Did you mean ${meant}?` : '';
	throw new Error(`expected a label of ${listed}, got ${JSON.stringify(label)}.${next} Correct it, or remove the row.`);
}

/** So many labels are named in a message. */
const most = 12;

/** The readers of all that documents of a task need: a text (or tokens), and answers. `classes` are the labels there may be. */
export function readersOf(task: AnyTask, { text, label }: Columns, classes?: readonly string[]): readonly Reader[] {
	const { needs } = task as { needs: Readonly<Record<string, string>> };
	const ofTokens = needsTokens(task);
	const answers = Object.entries(needs).map(([field, kind]): Reader => {
		const [given, flag] = field === 'tokens' ? [text, '--text'] : [label, '--label'];
		const column = given ?? field;
		const read = (row: Row) => {
			if (kind === 'text') return fieldOf(row, column, flag);
			if (kind === 'number') return numberIn(row, column, flag);
			if (kind === 'texts') return textsIn(row, column, flag, ofTokens ? spaces : separators);
			return nameIn(row, column, classes);
		};
		return { field, column, flag, read };
	});
	return ofTokens ? answers : [textReader(text ?? 'text'), ...answers];
}

/** The reader of a document's text. */
const textReader = (column: string): Reader => {
	const read = (row: Row) => {
		if (row[column] !== undefined || !Array.isArray(row.tokens)) return fieldOf(row, column, '--text');
		throw new Error(`expected a text in "${column}", got a row of tokens. Train tags with --recipe ud-english.`);
	};
	return { field: 'text', column, flag: '--text', read };
};

/** Whether documents of the task are tokens, and no text. */
export const needsTokens = ({ needs }: Pick<AnyTask, 'needs'>): boolean => 'tokens' in needs;

/** What makes documents of rows by such readers. */
export function rowReader(readers: readonly Reader[]) {
	return {
		header(names: readonly string[]) {
			for (const { column, flag } of readers) expectColumn(names, column, flag);
		},
		row: (row: Row) => Object.fromEntries(readers.map(({ field, read }) => [field, read(row)])),
	};
}
