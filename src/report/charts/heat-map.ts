// A table of numbers as cells that are the darker the larger their number: a confusion matrix, attention from word to word.
import { argumentOf, is, type Kinds, optionsOf } from '../../base/index.js';
import { escaped, short } from '../markup.js';
import { shortened, textWidth } from '../text-width.js';
import { picture } from './frame.js';
import { paint } from './paint.js';
import { shortNumber } from './scale.js';

/** How the map is drawn. */
export interface HeatMapOptions {
	/** Default 'Heat map'. */
	readonly title?: string;
	/** The names of rows and columns. Default their numbers. */
	readonly rows?: readonly string[];
	readonly columns?: readonly string[];
	/** What rows and columns are. */
	readonly rowTitle?: string;
	readonly columnTitle?: string;
	/** What a full cell is: the largest number of all (default), or the sum of its row. */
	readonly full?: 'largest' | 'row';
	/** Whether numbers are written into the cells. Default: where they have room. */
	readonly numbers?: boolean;
	/** Side of a cell in pixels. Default: what makes the map about 320 wide, from 14 to 64. */
	readonly cell?: number;
}

const kinds: Kinds<HeatMapOptions> = {
	...{ title: is.text, rowTitle: is.text, columnTitle: is.text, rows: is.texts, columns: is.texts },
	...{ full: is.one('largest', 'row'), numbers: is.flag, cell: is.positive },
};
const tableKind = {
	expected: 'rows of as many numbers, none below 0',
	fits: (value: unknown) =>
		Array.isArray(value) &&
		value.every((row) => Array.isArray(row) && row.length === value[0].length && row.every((one) => Number.isFinite(one) && one >= 0)),
	next: 'Fill it up with 0.',
};

/**
 * The map as SVG. Each cell says on hovering what it is; dark cells have their numbers in the contrasting colour.
 *
 * @example
 * heatMap([[8, 2], [1, 9]], { rows: ['ham', 'spam'], columns: ['ham', 'spam'], rowTitle: 'truth', columnTitle: 'said', full: 'row' });
 */
export function heatMap(table: readonly (readonly number[])[], options: HeatMapOptions = {}): string {
	argumentOf('heatMap', 'table', table, tableKind);
	const columnCount = table[0]?.length ?? 0;
	const numbered = (count: number) => Array.from({ length: count }, (_, place) => String(place + 1));
	const given = optionsOf('heatMap', options, kinds);
	const {
		title = 'Heat map',
		rows = numbered(table.length),
		columns = numbered(columnCount),
		rowTitle,
		columnTitle,
		full = 'largest',
	} = given;
	for (const [name, names, count] of [
		['rows', rows, table.length],
		['columns', columns, columnCount],
	] as const) {
		if (names.length === count) continue;
		throw new RangeError(`heatMap: expected ${name} to be ${count} names, as the table has, got ${names.length}. Pass as many.`);
	}
	const size = given.cell ?? Math.min(64, Math.max(14, 320 / Math.max(columnCount, 1)));
	const numbers = given.numbers ?? size >= 26;
	const longest = (names: readonly string[]) => Math.min(120, Math.max(0, ...names.map((name) => textWidth(name) * 11)) + 10);
	const upright = columns.some((name) => textWidth(name) * 11 > size - 6);
	const left = longest(rows) + (rowTitle ? 18 : 0);
	const top = (upright ? longest(columns) : 20) + (columnTitle ? 18 : 0);
	const [width, height] = [left + columnCount * size + 2, top + table.length * size + 2];
	const largest = table.flat().reduce((a, b) => Math.max(a, b), 0);
	const cells = table.flatMap((row, r) => {
		const most = full === 'row' ? row.reduce((sum, one) => sum + one, 0) : largest;
		return row.map((value, c) => {
			const share = most > 0 ? value / most : 0;
			const [x, y] = [left + c * size, top + r * size];
			const what = `${rows[r]} → ${columns[c]}: ${shortNumber(value)}${full === 'row' ? ` (${short(100 * share)}%)` : ''}`;
			const number =
				numbers && value > 0 ? cellText(shortNumber(value), { x: x + size / 2, y: y + size / 2, size, dark: share > 0.5 }) : '';
			return `<g class="cell"><rect x="${short(x)}" y="${short(y)}" width="${short(size - 1)}" height="${short(size - 1)}" rx="2" fill="${paint('first')}" fill-opacity="${(0.05 + 0.95 * share).toFixed(3)}"><title>${escaped(what)}</title></rect>${number}</g>`;
		});
	});
	const rowNames = rows.map(
		(name, r) =>
			`<text x="${short(left - 6)}" y="${short(top + (r + 0.5) * size)}" dy="0.35em" text-anchor="end" fill="${paint('ink')}">${escaped(shortened(name, 110 / 11))}</text>`,
	);
	const columnNames = columns.map((name, c) => {
		const [x, y] = [short(left + (c + 0.5) * size), short(top - 7)];
		const text = escaped(shortened(name, 110 / 11));
		return upright
			? `<text transform="translate(${x} ${y}) rotate(-90)" dy="0.35em" fill="${paint('ink')}">${text}</text>`
			: `<text x="${x}" y="${y}" text-anchor="middle" fill="${paint('ink')}">${text}</text>`;
	});
	const titles = [
		columnTitle
			? `<text x="${short(left + (columnCount * size) / 2)}" y="11" text-anchor="middle" fill="${paint('soft')}">${escaped(columnTitle)}</text>`
			: '',
		rowTitle
			? `<text transform="translate(11 ${short(top + (table.length * size) / 2)}) rotate(-90)" text-anchor="middle" fill="${paint('soft')}">${escaped(rowTitle)}</text>`
			: '',
	];
	return picture({ width, height, title }, [...titles, ...rowNames, ...columnNames, ...cells]);
}

function cellText(text: string, { x, y, size, dark }: { x: number; y: number; size: number; dark: boolean }): string {
	const height = Math.min(12, ((size - 6) / Math.max(textWidth(text), 0.5)) * 0.95);
	return `<text x="${short(x - 0.5)}" y="${short(y)}" dy="0.35em" text-anchor="middle" font-size="${short(height)}" fill="${paint(dark ? 'contrast' : 'ink')}" pointer-events="none">${escaped(text)}</text>`;
}
