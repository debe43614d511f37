// What charts share: the picture with its title, axes with grid and numbers.
import { is } from '../../base/index.js';
import { escaped, short } from '../markup.js';
import { paint } from './paint.js';
import { scale, ticks } from './scale.js';

/** Sizes in pixels, as options of charts. */
export interface ChartSize {
	/** Default 360. */
	readonly width?: number;
	/** Default 240. */
	readonly height?: number;
}

const pixels = {
	expected: 'a whole number from 100 to 4000',
	fits: (value: unknown) => is.whole(100).fits(value) && (value as number) <= 4000,
};

/** The kinds of sizes. */
export const sizeKinds = { width: pixels, height: pixels };

/** An SVG picture; `title` is what a screen reader says, and `lines` are its elements. */
export function picture({ width, height, title }: { width: number; height: number; title: string }, lines: readonly string[]): string {
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escaped(title)}" viewBox="0 0 ${short(width)} ${short(height)}" width="${short(width)}" height="${short(height)}" font-family="system-ui, sans-serif" font-size="11">`,
		`<title>${escaped(title)}</title>`,
		...lines,
		'</svg>',
		'',
	].join('\n');
}

/** An axis: its range, what its numbers are, and how these are written. */
export interface Axis {
	readonly range: readonly [least: number, most: number];
	readonly title: string;
	readonly show: (value: number) => string;
	/** About how many numbers. */
	readonly about?: number;
	/** Whether its numbers are whole. */
	readonly whole?: boolean;
}

/** Axes with their grid, and from numbers to places. */
export interface Axes {
	readonly lines: readonly string[];
	x(value: number): number;
	y(value: number): number;
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

/** Draws the axes of a chart; `top` is left free above it. */
export function axes(
	{ width, height, top }: { readonly width: number; readonly height: number; readonly top: number },
	{ x: across, y: up }: { readonly x: Axis; readonly y: Axis },
): Axes {
	const [left, right, bottom] = [46, width - 18, height - 36];
	const [x, y] = [scale(across.range, [left, right]), scale(up.range, [bottom, top])];
	const marks = ({ range, about = 5, whole = false }: Axis) => ticks(...range, about).filter((tick) => !whole || Number.isInteger(tick));
	const rows = marks(up).map((tick) => {
		const at = short(y(tick));
		return `<line x1="${left}" y1="${at}" x2="${right}" y2="${at}" stroke="${paint('line')}"/><text x="${left - 6}" y="${at}" dy="0.35em" text-anchor="end" fill="${paint('soft')}">${escaped(up.show(tick))}</text>`;
	});
	const columns = marks(across).map((tick) => {
		const at = short(x(tick));
		return `<line x1="${at}" y1="${bottom}" x2="${at}" y2="${bottom + 4}" stroke="${paint('soft')}"/><text x="${at}" y="${bottom + 16}" text-anchor="middle" fill="${paint('soft')}">${escaped(across.show(tick))}</text>`;
	});
	const base = `<line x1="${left}" y1="${bottom}" x2="${right}" y2="${bottom}" stroke="${paint('soft')}"/>`;
	const names = [
		`<text x="${short((left + right) / 2)}" y="${height - 4}" text-anchor="middle" fill="${paint('soft')}">${escaped(across.title)}</text>`,
		`<text transform="translate(10 ${short((top + bottom) / 2)}) rotate(-90)" text-anchor="middle" fill="${paint('soft')}">${escaped(up.title)}</text>`,
	];
	return { lines: [...rows, base, ...columns, ...names], x, y, left, right, top, bottom };
}
