// A picture of points in the plane with their labels, as SVG.
import { argumentOf, is, type Kinds, optionsOf } from '../base/index.js';
import type { Box } from './boxes.js';
import { escaped, short } from './markup.js';
import { type Placed, placeLabels } from './place-labels.js';
import { shortened, textWidth } from './text-width.js';

/** A point. */
export interface ScatterPoint {
	readonly x: number;
	readonly y: number;
	/** What is written beside it, and shown where the mouse is over it. */
	readonly label?: string;
	/** Points of one group have one colour, and the group a line in the legend. */
	readonly group?: string;
}

/** How it is drawn. */
export interface ScatterOptions {
	readonly title?: string;
	/** In pixels. Default 960 × 720. */
	readonly width?: number;
	readonly height?: number;
	/** Height of the labels in pixels. Default 12. */
	readonly fontSize?: number;
	/** Of a point. Default 2.5. */
	readonly radius?: number;
	/** Whether labels for which there is no room beside their point may be at a distance, with a line to it. Default yes. */
	readonly leaders?: boolean;
}

/** A picture, and what of it is not to be seen in it. */
export interface ScatterLayout {
	readonly svg: string;
	/** Labels that are written beside their point, and with a line. */
	readonly placed: number;
	readonly led: number;
	/** Labels that found no place, in the order of the points. */
	readonly leftOut: readonly string[];
}

const pixels = {
	expected: 'a whole number from 100 to 20000',
	fits: (value: unknown) => is.whole(100).fits(value) && (value as number) <= 20_000,
};
const kinds: Kinds<ScatterOptions> = {
	title: is.text,
	...{ width: pixels, height: pixels, fontSize: is.positive, radius: is.positive, leaders: is.flag },
};
const pointsKind = {
	expected: 'an array of points { x, y, label?, group? } of finite numbers',
	fits: (value: unknown) => Array.isArray(value) && value.every(isPoint),
	next: 'Leave out points that have no place.',
};
const isPoint = (value: ScatterPoint | null | undefined) =>
	Number.isFinite(value?.x) &&
	Number.isFinite(value?.y) &&
	[value!.label, value!.group].every((text) => text === undefined || typeof text === 'string');

/** Colours that people with any colour vision can tell apart (Okabe & Ito 2008). */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#8a7d00', '#555555'];
const edge = 16;
/** Left and right of a label, so that neighbours do not read as one. */
const padding = 2;
/** Between lines of text, as a share of their height. */
const leading = 1.25;

/**
 * The picture as SVG: both axes have one scale, and no label overlaps another. Labels of the first points are placed first; how many found no place is
 * written below.
 *
 * @example
 * await writeFile('words.svg', scatterPlot([{ x: 0, y: 1, label: 'king' }, { x: 1, y: 0, label: 'queen' }]));
 */
export function scatterPlot(points: readonly ScatterPoint[], options: ScatterOptions = {}): string {
	return scatterLayout(points, options).svg;
}

/** The same, with what was done with the labels. */
export function scatterLayout(points: readonly ScatterPoint[], options: ScatterOptions = {}): ScatterLayout {
	argumentOf('scatterPlot', 'points', points, pointsKind);
	const { title, width = 960, height = 720, fontSize = 12, radius = 2.5, leaders = true } = optionsOf('scatterPlot', options, kinds);
	const groups = [...new Set(points.flatMap(({ group }) => group ?? []))];
	const legend = legendOf(groups, width, fontSize);
	const top = title === undefined ? edge : edge + fontSize * leading * 1.5;
	const below = edge + fontSize * leading * (legend.lines + 1);
	const area = { x: edge, y: top, width: width - 2 * edge, height: Math.max(height - top - below, 1) };
	const at = scaled(points, area, 2 * fontSize);
	const most = width / 3 / fontSize;
	const labelled = points.flatMap(({ label }, id) =>
		label === undefined || label === '' ? [] : { id, text: shortened(oneLine(label), most), label },
	);
	const sizes = labelled.map(({ id, text }) => ({
		...{ x: at[id]![0], y: at[id]![1], width: textWidth(text) * fontSize + 2 * padding, height: fontSize * leading },
	}));
	const places = placeLabels(sizes, { area, points: at, radius, leaders });
	const leftOut = labelled.filter((_, i) => !places[i]).map(({ label }) => label);
	const colour = (group: string | undefined) => colours[group === undefined ? 0 : groups.indexOf(group) % colours.length]!;
	const lines = places.flatMap((place, i) => (place?.leader ? leader(at[labelled[i]!.id]!, place.leader) : []));
	const circles = points.map(({ label, group }, id) => circle(at[id]!, radius, colour(group), label));
	const texts = places.flatMap((place, i) => (place ? text(place, labelled[i]!, fontSize) : []));
	const note = leftOut.length > 0 ? [`${leftOut.length} of ${labelled.length} labels found no place`] : [];
	const svg = [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Helvetica, Arial, sans-serif" font-size="${short(fontSize)}">`,
		`<rect width="${width}" height="${height}" fill="white"/>`,
		...(title === undefined ? [] : [heading(oneLine(title), width, fontSize)]),
		`<g class="leaders" stroke="#999" stroke-width="0.6">`,
		...lines,
		'</g>',
		'<g class="points">',
		...circles,
		'</g>',
		'<g class="labels" fill="#222">',
		...texts,
		'</g>',
		...legend.draw(height - below + fontSize * leading, colour),
		...note.map((line) => `<text class="note" x="${edge}" y="${short(height - edge / 2)}" fill="#777">${line}</text>`),
		'</svg>',
	];
	const led = places.filter((place) => place?.leader).length;
	return { svg: `${svg.join('\n')}\n`, placed: labelled.length - leftOut.length - led, led, leftOut };
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** Points in the area, y upwards, both axes with one scale, `inset` from its edges. */
function scaled(points: readonly ScatterPoint[], area: Box, inset: number): [x: number, y: number][] {
	const range = (values: readonly number[]) => {
		let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
		for (const value of values) [least, most] = [Math.min(least, value), Math.max(most, value)];
		// Halves, so that the range of the largest numbers is one.
		return { middle: least / 2 + most / 2, half: most / 2 - least / 2 };
	};
	if (points.length === 0) return [];
	const [x, y] = [range(points.map((point) => point.x)), range(points.map((point) => point.y))];
	const room = (size: number, half: number) => (half > 0 ? Math.max(size / 2 - inset, 1) / half : Number.POSITIVE_INFINITY);
	const least = Math.min(room(area.width, x.half), room(area.height, y.half));
	const scale = Number.isFinite(least) ? least : 1;
	return points.map((point) => [
		area.x + area.width / 2 + (point.x - x.middle) * scale,
		area.y + area.height / 2 - (point.y - y.middle) * scale,
	]);
}

function heading(title: string, width: number, fontSize: number): string {
	const size = fontSize * 1.3;
	const text = escaped(shortened(title, (width - 2 * edge) / size));
	return `<text class="title" x="${edge}" y="${short(edge + size)}" font-size="${short(size)}" fill="#222">${text}</text>`;
}

function circle([x, y]: readonly [number, number], radius: number, colour: string, label: string | undefined): string {
	const open = `<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}" fill="${colour}"`;
	if (label === undefined) return `${open}/>`;
	return `${open} data-label="${escaped(label)}"><title>${escaped(label)}</title></circle>`;
}

function leader([x, y]: readonly [number, number], [toX, toY]: readonly [number, number]): string {
	return `<line x1="${short(x)}" y1="${short(y)}" x2="${short(toX)}" y2="${short(toY)}"/>`;
}

/** Labels are as wide as was reckoned with, whatever the font. */
function text({ x, y, width }: Placed, { text, label }: { text: string; label: string }, fontSize: number): string {
	const length = `textLength="${short(width - 2 * padding)}" lengthAdjust="spacingAndGlyphs"`;
	return `<text x="${short(x + padding)}" y="${short(y + fontSize)}" ${length} data-label="${escaped(label)}">${escaped(text)}</text>`;
}

/** Groups in lines below the picture. */
function legendOf(groups: readonly string[], width: number, fontSize: number) {
	const gap = fontSize * 1.5;
	let [x, line] = [edge, groups.length > 0 ? 1 : 0];
	const places = groups.map((group) => {
		const text = shortened(oneLine(group), width / 3 / fontSize);
		const size = textWidth(text) * fontSize + gap;
		if (x > edge && x + size > width - edge) [x, line] = [edge, line + 1];
		const place = { group, text, x, line };
		x += size + gap / 2;
		return place;
	});
	const draw = (top: number, colour: (group: string) => string) =>
		places.map(({ group, text, x, line }) => {
			const y = top + (line - 1) * fontSize * leading;
			const mark = `<circle cx="${short(x + fontSize / 3)}" cy="${short(y - fontSize / 3)}" r="${short(fontSize / 3)}" fill="${colour(group)}"/>`;
			return `<g class="legend">${mark}<text x="${short(x + fontSize)}" y="${short(y)}" fill="#222">${escaped(text)}</text></g>`;
		});
	return { lines: line, draw };
}
