// A chart of lines over a common axis, such as loss over epochs.
import { argumentOf, is, type Kinds, optionsOf } from '../../base/index.js';
import { escaped, short } from '../markup.js';
import { textWidth } from '../text-width.js';
import { axes, type ChartSize, picture, sizeKinds } from './frame.js';
import { lineColours, paint } from './paint.js';
import { rangeOf, shortNumber } from './scale.js';

/** A line by its points, in the order of their x. */
export interface ChartLine {
	readonly label: string;
	readonly points: readonly (readonly [x: number, y: number])[];
}

/** How the chart is drawn. */
export interface LineChartOptions extends ChartSize {
	/** Default 'Lines'. */
	readonly title?: string;
	/** What the axes are. Default 'x' and 'y'. */
	readonly x?: string;
	readonly y?: string;
	/** An x that is marked by a dashed line, such as that of the best epoch, and what it is. */
	readonly marked?: { readonly x: number; readonly label: string };
	/** Whether y is a share that is written in percent. Default no. */
	readonly percent?: boolean;
}

const kinds: Kinds<LineChartOptions> = { title: is.text, x: is.text, y: is.text, marked: is.object, percent: is.flag, ...sizeKinds };
const linesKind = {
	expected: 'an array of lines { label, points } of finite numbers',
	fits: (value: unknown) => Array.isArray(value) && value.every(isLine),
	next: 'Leave out points that have no number.',
};
const isLine = (line: ChartLine | null | undefined) =>
	typeof line?.label === 'string' &&
	Array.isArray(line.points) &&
	line.points.every((point) => Array.isArray(point) && point.length === 2 && point.every(Number.isFinite));

/**
 * The chart as SVG, whose colours are variables of the page: `--ink`, `--first`, …. A line of one point is that point.
 *
 * @example
 * lineChart([{ label: 'training', points: [[1, 0.9], [2, 0.5]] }], { title: 'Loss', x: 'epoch', y: 'loss' });
 */
export function lineChart(lines: readonly ChartLine[], options: LineChartOptions = {}): string {
	argumentOf('lineChart', 'lines', lines, linesKind);
	const given = optionsOf('lineChart', options, kinds);
	const { title = 'Lines', x: across = 'x', y: up = 'y', width = 360, height = 240, marked, percent = false } = given;
	const points = lines.flatMap((line) => line.points);
	const show = percent ? (value: number) => `${short(100 * value)}%` : shortNumber;
	const xs = points.map(([x]) => x);
	const whole = xs.every(Number.isInteger);
	const frame = axes(
		{ width, height, top: 34 },
		{
			x: { range: rangeOf(xs, xs.length > 1 ? 0.02 : 0.5), title: across, show: shortNumber, about: 6, whole },
			y: { range: rangeOf(points.map(([, y]) => y)), title: up, show },
		},
	);
	const at = ([x, y]: readonly [number, number]) => `${short(frame.x(x))} ${short(frame.y(y))}`;
	const drawn = lines.map(({ label, points: own }, place) => {
		const colour = paint(lineColours[place % lineColours.length]!);
		const path = `<path d="M${own.map(at).join('L')}" fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round" stroke-linecap="round"/>`;
		const dots = own.map(
			(point) =>
				`<circle cx="${short(frame.x(point[0]))}" cy="${short(frame.y(point[1]))}" r="${own.length > 40 ? 1.2 : 2.6}" fill="${colour}"><title>${escaped(`${label}, ${across} ${shortNumber(point[0])}: ${show(point[1])}`)}</title></circle>`,
		);
		return `<g class="line">${own.length > 1 ? path : ''}${dots.join('')}</g>`;
	});
	const mark = marked
		? [
				`<line class="marked" x1="${short(frame.x(marked.x))}" y1="${frame.top}" x2="${short(frame.x(marked.x))}" y2="${frame.bottom}" stroke="${paint('soft')}" stroke-dasharray="3 3"><title>${escaped(marked.label)}</title></line>`,
			]
		: [];
	return picture({ width, height, title }, [...legend(lines, frame.left), ...frame.lines, ...mark, ...drawn]);
}

/** The names of lines with their colours, above the chart. */
function legend(lines: readonly ChartLine[], left: number): string[] {
	let x = left;
	return lines.map(({ label }, place) => {
		const colour = paint(lineColours[place % lineColours.length]!);
		const entry = `<g class="legend"><line x1="${short(x)}" y1="14" x2="${short(x + 14)}" y2="14" stroke="${colour}" stroke-width="3" stroke-linecap="round"/><text x="${short(x + 20)}" y="14" dy="0.35em" fill="${paint('ink')}">${escaped(label)}</text></g>`;
		x += 34 + textWidth(label) * 11;
		return entry;
	});
}
