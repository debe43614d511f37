// The fields of a row that are asked for by name.

/** A row of a file. */
export type Row = Readonly<Record<string, unknown>>;

/** Throws where a CSV file does not have the column exactly once. `flag` names another. */
export function expectColumn(names: readonly string[], name: string, flag: string): void {
	const [found, twice] = [names.indexOf(name), names.lastIndexOf(name)];
	if (found >= 0 && found === twice) return;
	const got = found >= 0 ? 'two of that name' : names.map((other) => JSON.stringify(other.slice(0, 40))).join(', ');
	throw new Error(`expected a column "${name}", got ${got}. ${nextFor(names, flag)}`);
}

/** What to do about columns that are not those that were expected. */
function nextFor(names: readonly string[], flag: string): string {
	if (names.some((name) => name.includes('\ufffd'))) return 'Name the encoding of the file with --encoding.';
	if (names.length === 1 && /[;|\t,]/.test(names[0]!)) return 'Name what stands between columns with --delimiter.';
	return `Name the column with ${flag}.`;
}

/** A field as text. */
export function fieldOf(row: Row, name: string, flag: string): string {
	const value = Object.hasOwn(row, name) ? row[name] : undefined;
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	const got = value === undefined ? `the fields ${Object.keys(row).join(', ')}` : JSON.stringify(value);
	throw new Error(`expected a text or number in "${name}", got ${got}. Name the field with ${flag}.`);
}
