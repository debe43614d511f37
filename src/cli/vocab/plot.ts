// Counts by rank, both axes logarithmic, in characters.
import type { Zipf } from '../../features/index.js';
import { count } from '../output.js';

/** Counts that are drawn with one mark, and the line through them. */
export interface Series {
	readonly mark: string;
	readonly name: string;
	readonly law: Zipf;
}

/** The largest rank and count of all, and where both axes end: a power of ten. */
export function axesOf(series: readonly Series[]): { readonly ranks: number; readonly counts: number } {
	const powers = (value: number) => Math.max(Math.ceil(Math.log10(value) - 1e-9), 1);
	return {
		ranks: powers(Math.max(...series.map(({ law }) => law.counts.length))),
		counts: powers(Math.max(...series.map(({ law }) => law.counts[0]!))),
	};
}

/** Lines of a picture: counts upwards, ranks to the right, `·` for the fitted lines. */
export function plot(series: readonly Series[], { width = 64, height = 18 }: { width?: number; height?: number } = {}): string[] {
	const { ranks, counts } = axesOf(series);
	const cells = Array.from({ length: height }, () => new Array<string>(width).fill(' '));
	const put = (rank: number, value: number, mark: string, over: boolean) => {
		const column = Math.round((Math.log10(rank) / ranks) * (width - 1));
		const row = height - 1 - Math.round((Math.log10(value) / counts) * (height - 1));
		if (row < 0 || row >= height || (!over && cells[row]![column] !== ' ')) return;
		cells[row]![column] = mark;
	};
	const rankAt = (column: number) => 10 ** ((column / (width - 1)) * ranks);
	for (const { law, mark } of series) {
		for (let column = 0; column < width; column++) {
			const rank = Math.round(rankAt(column));
			if (rank <= law.counts.length) put(rank, law.counts[rank - 1]!, mark, true);
		}
	}
	for (const { law } of series) for (let column = 0; column < width; column++) put(rankAt(column), law.at(rankAt(column)), '·', false);
	const margin = count(10 ** counts).length;
	const rows = cells.map((row, place) => {
		// A label where a power of ten is.
		const power = ((height - 1 - place) / (height - 1)) * counts;
		const nearest = Math.round(power);
		const here = Math.round((nearest / counts) * (height - 1)) === height - 1 - place;
		return `${(here ? count(10 ** nearest) : '').padStart(margin)} |${row.join('').trimEnd()}`;
	});
	const below = new Array<string>(width + 12).fill(' ');
	for (let power = 0; power <= ranks; power++) {
		const label = [...count(10 ** power)];
		const at = Math.max(Math.round((power / ranks) * (width - 1)) - (power === 0 ? 0 : label.length - 1), 0);
		for (const [place, character] of label.entries()) below[at + place] = character;
	}
	const legend = series.map(({ mark, name }) => `${mark}: ${name}`).join(', ');
	return [
		`Count by rank (${legend}; ·: the line)`,
		...rows,
		`${' '.repeat(margin)} +${'-'.repeat(width)}`,
		`${' '.repeat(margin + 2)}${below.join('').trimEnd()}`,
	];
}
