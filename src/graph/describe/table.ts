// Tables of plain text, and the numbers in them.

/** A number with commas between thousands. */
export const count = (number: number) => number.toLocaleString('en-US');

const scaled = (number: number | undefined, names: readonly string[]) => {
	if (number === undefined) return '?';
	const power = Math.min(Math.floor(Math.log10(Math.max(number, 1)) / 3), names.length - 1);
	return `${Number((number / 1000 ** power).toPrecision(3))}${names[power]}`;
};
/** A number with its thousands as a letter. */
export const units = (number: number | undefined) => scaled(number, ['', ' k', ' M', ' G', ' T']);
/** A number of bytes. */
export const bytes = (number: number | undefined) => scaled(number, [' B', ' kB', ' MB', ' GB', ' TB']);

/** Rows under a head, and the last apart as a total. Columns are as wide as their widest cell; those from `numbers` on go to the right. */
export function table(rows: readonly (readonly string[])[], numbers: number): string[] {
	const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
	const line = (row: readonly string[]) =>
		row.map((cell, column) => (column < numbers ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  ');
	const rule = '─'.repeat(widths.reduce((sum, width) => sum + width + 2, -2));
	const [head, ...body] = rows.map((row) => line(row).trimEnd());
	return [head!, rule, ...body.slice(0, -1), rule, body.at(-1)!];
}
