// Counts by rank, both axes logarithmic, as SVG.
import { count } from '../output.js';
import { axesOf, type Series } from './plot.js';

const [width, height, margin] = [640, 420, 64];
const colours = ['#1f6fb4', '#d1622b', '#3c8d40', '#8a56a8', '#8a6d3b'];

/** A picture of its own: points of each series, its line dashed. */
export function svg(series: readonly Series[]): string {
	const { ranks, counts } = axesOf(series);
	const [right, bottom] = [width - 20, height - margin];
	const x = (rank: number) => margin + (Math.log10(rank) / ranks) * (right - margin);
	const y = (value: number) => bottom - (Math.log10(value) / counts) * (bottom - 20);
	const at = (rank: number, value: number) => `${x(rank).toFixed(1)},${y(value).toFixed(1)}`;
	const powers = (last: number) => Array.from({ length: last + 1 }, (_, power) => 10 ** power);
	const grid = [
		...powers(ranks).map((rank) => line(x(rank), 20, x(rank), bottom) + label(x(rank), bottom + 18, count(rank), 'middle')),
		...powers(counts).map((value) => line(margin, y(value), right, y(value)) + label(margin - 6, y(value) + 4, count(value), 'end')),
	];
	const drawn = series.map(({ name, law }, place) => {
		const colour = colours[place % colours.length];
		const last = law.counts.length;
		const steps = Array.from({ length: 200 }, (_, step) => Math.round(last ** (step / 199)));
		const points = [...new Set(steps)].map((rank) => at(rank, law.counts[rank - 1]!)).join(' ');
		// The line as far as it is above a count of 1.
		const end = law.exponent > 0 ? Math.min(last, law.constant ** (1 / law.exponent)) : last;
		const fitted =
			end > 1
				? `<polyline points="${at(1, law.at(1))} ${at(end, law.at(end))}" fill="none" stroke="${colour}" stroke-dasharray="5 4"/>`
				: '';
		return `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="2"/>${fitted}${label(right - 8, 38 + 18 * place, `${name}: exponent ${law.exponent.toFixed(3)}`, 'end', colour)}`;
	});
	const titles = label((margin + right) / 2, height - 14, 'rank', 'middle') + label(14, 16, 'count', 'start');
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13">
<rect width="${width}" height="${height}" fill="white"/>
${[...grid, ...drawn, titles].join('\n')}
</svg>
`;
}

const line = (x1: number, y1: number, x2: number, y2: number) =>
	`<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="#ddd"/>`;

const label = (x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end', colour = '#333') =>
	`<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="${colour}">${text}</text>`;
