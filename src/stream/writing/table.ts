// Documents as the rows of a table: which columns there are, and the text of a field.
import { kindOf, type TextForm } from './sink.js';

/** What a table is written by. */
export interface Table {
	readonly columns: readonly string[] | undefined;
	/** Whether the names of the columns go first. */
	readonly header: boolean;
	/** The text of a row, with the end of its line. */
	readonly row: (values: readonly string[], index: number) => string;
}

/** The text of documents as rows; without `columns` these are the fields of the first document, and no other may have more. */
export function tableForm(who: string, { columns, header, row }: Table): TextForm<object> {
	let names = columns;
	return {
		head: columns && header ? row(columns, -1) : '',
		line: (doc, index) => {
			const known = names ?? Object.keys(doc);
			const titles = names === undefined && header ? row(known, -1) : '';
			names = known;
			const extra = columns ? undefined : Object.keys(doc).find((key) => !known.includes(key));
			if (extra !== undefined) {
				throw new TypeError(
					`${who}: expected fields ${known.join(', ')} as in the first document, got ${extra} (document ${index + 1}). Name the columns to write: ${who}(target, { columns }).`,
				);
			}
			const values = known.map((name) => field(who, Object.hasOwn(doc, name) ? doc[name as keyof typeof doc] : undefined, name, index));
			return titles + row(values, index);
		},
	};
}

function field(who: string, value: unknown, name: string, index: number): string {
	if (typeof value === 'string') return value;
	if (value === null || value === undefined) return '';
	if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
	throw new TypeError(
		`${who}: expected a text, number or boolean in ${name}, got ${kindOf(value)} (document ${index + 1}). Leave it out of columns, or write it with toJsonl.`,
	);
}
