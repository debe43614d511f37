// Pictures of points: from the numbers of the SVG itself, no label overlaps another; text is escaped; widths.
import fc from 'fast-check';
import { htmlPage, type ScatterPoint, scatterLayout, scatterPlot, textWidth } from 'textloom/report';
import { describe, expect, it } from 'vitest';
import { crosses } from '../../dist/src/report/boxes.js';
import { testRefusals } from '../refusals.js';

interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
	text: string;
}

const numbersOf = (tag: string): Record<string, number> =>
	Object.fromEntries([...tag.matchAll(/([\w-]+)="(-?[\d.]+)"/g)].map(([, name, value]) => [name, Number(value)]));
const unescaped = (text: string) =>
	text
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&amp;/g, '&');

/** What an SVG says of itself. */
function read(svg: string) {
	const size = numbersOf(/<svg [^>]*>/.exec(svg)![0]);
	const fontSize = size['font-size']!;
	const labels = svg.slice(svg.indexOf('<g class="labels"'), svg.indexOf('</g>', svg.indexOf('<g class="labels"')));
	const boxes = [...labels.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, tag, text]): Box => {
		const { x, y, textLength } = numbersOf(tag!);
		return { x: x!, y: y! - fontSize, width: textLength!, height: 1.25 * fontSize, text: unescaped(text!) };
	});
	const circles = [...svg.matchAll(/<circle cx="([\d.-]+)" cy="([\d.-]+)"/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
	return {
		width: size.width!,
		height: size.height!,
		boxes,
		circles,
		leaders: [...svg.matchAll(/<line [^>]*>/g)].map(([tag]) => numbersOf(tag)),
	};
}

/** Pairs that overlap by more than the rounding of two decimals. */
function overlaps(boxes: readonly Box[]): string[] {
	const apart = 0.02;
	return boxes.flatMap((a, i) =>
		boxes.slice(i + 1).flatMap((b) => {
			const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
			const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
			return across > apart && down > apart ? [`${a.text} and ${b.text}`] : [];
		}),
	);
}

/** Points of a few heaps. */
const heaps = (count: number, label = (i: number) => `word${i}`): ScatterPoint[] =>
	Array.from({ length: count }, (_, i) => ({
		x: Math.sin(i * 12.9898) * 3 + (i % 5) * 4,
		y: Math.cos(i * 78.233) * 2 + (i % 3) * 5,
		label: label(i),
	}));

describe('labels', () => {
	it.each([20, 150, 600])('of %d points do not overlap, and lie in the picture', (count) => {
		const { svg, placed, led, leftOut } = scatterLayout(heaps(count), { title: 'Words' });
		const { boxes, circles, width, height, leaders } = read(svg);
		expect(overlaps(boxes)).toEqual([]);
		for (const { x, y, width: w, height: h } of boxes) {
			expect(x >= 0 && y >= 0 && x + w <= width && y + h <= height).toBe(true);
		}
		expect(circles).toHaveLength(count);
		expect(boxes).toHaveLength(placed + led);
		expect(placed + led + leftOut.length).toBe(count);
		expect(leaders).toHaveLength(led);
		if (count === 20) expect({ led, leftOut }).toEqual({ led: 0, leftOut: [] });
		if (count === 600) expect(svg).toContain(`>${leftOut.length} of 600 labels found no place</text>`);
	});

	it('fc: never overlap, whatever the points', () => {
		const point = fc.record({
			x: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.double({ noNaN: true, min: -1e300, max: 1e300 })),
			y: fc.integer({ min: 0, max: 40 }),
			label: fc.string({ maxLength: 30, unit: fc.constantFrom('a', 'W', ' ', '<', '词', '&', '\u0301', '\0') }),
		});
		fc.assert(
			fc.property(fc.array(point, { maxLength: 60 }), (points) => {
				const { boxes, circles } = read(scatterPlot(points, { width: 300, height: 200 }));
				expect(overlaps(boxes)).toEqual([]);
				expect(circles.flat().every(Number.isFinite)).toBe(true);
			}),
			{ numRuns: 100, seed: 1 },
		);
	});

	it('of the first points are placed first, and others make room for those that find none', () => {
		const same = Array.from({ length: 60 }, (_, i) => ({ x: 0, y: 0, label: `label ${i}` }));
		const { leftOut, svg } = scatterLayout(same, { leaders: false });
		const { boxes } = read(svg);
		expect(boxes).toHaveLength(60 - leftOut.length);
		expect(boxes.map(({ text }) => text)).toEqual(same.slice(0, boxes.length).map(({ label }) => label));
		// Lines bring more of them to a place.
		expect(scatterLayout(same).leftOut.length).toBeLessThan(leftOut.length);
		// Two whose best places are one: both are there.
		expect(scatterLayout(same.slice(0, 2)).leftOut).toEqual([]);
	});

	it('are the same each time, and lines end at their label', () => {
		const points = heaps(200);
		const svg = scatterPlot(points);
		expect(scatterPlot(points)).toBe(svg);
		const { leaders, boxes, circles } = read(svg);
		expect(leaders.length).toBeGreaterThan(0);
		for (const { x1, y1, x2, y2 } of leaders) {
			expect(circles.some(([x, y]) => x === x1 && y === y1)).toBe(true);
			const touches = boxes.some(
				({ x, y, width, height }) => x2! >= x - 2.02 && x2! <= x + width + 2.02 && y2! >= y - 0.02 && y2! <= y + height + 0.02,
			);
			expect(touches).toBe(true);
		}
	});

	it('that are long are cut, but whole where the mouse is', () => {
		const label = `Donaudampfschifffahrts${'gesellschaft'.repeat(20)}`;
		const svg = scatterPlot([{ x: 0, y: 0, label }], { width: 300, height: 200 });
		const [box] = read(svg).boxes;
		expect(box!.text).toMatch(/^Donau[a-z]*…$/);
		expect(box!.width).toBeLessThanOrEqual(100);
		expect(svg).toContain(`<title>${label}</title>`);
	});

	it('are escaped, and what XML cannot hold is replaced', () => {
		const svg = scatterPlot([{ x: 0, y: 0, label: '<a href="x">&\0\ud800' }], { title: '</svg><script>' });
		expect(svg).toContain(
			'data-label="&lt;a href=&quot;x&quot;&gt;&amp;\ufffd\ufffd"><title>&lt;a href=&quot;x&quot;&gt;&amp;\ufffd\ufffd</title>',
		);
		expect(svg).toContain('>&lt;/svg&gt;&lt;script&gt;</text>');
		expect(svg.match(/<svg|<script/g)).toEqual(['<svg']);
	});
});

describe('points', () => {
	it('have one scale on both axes, y upwards', () => {
		const { circles } = read(
			scatterPlot([
				{ x: 0, y: 0 },
				{ x: 3, y: 0 },
				{ x: 0, y: 3 },
			]),
		);
		const [[x, y], [right], [, up]] = circles as [readonly [number, number], readonly [number, number], readonly [number, number]];
		expect(right - x).toBeCloseTo(y - up, 1);
		expect(up).toBeLessThan(y);
	});

	it('may be none, one, or in one place', () => {
		expect(read(scatterPlot([])).circles).toEqual([]);
		expect(read(scatterPlot([{ x: 1e308, y: -1e308 }])).circles).toHaveLength(1);
		expect(new Set(read(scatterPlot(Array.from({ length: 3 }, () => ({ x: 5, y: 5 })))).circles.map(String)).size).toBe(1);
	});

	it('have the colours of their groups, which the legend names', () => {
		const points = ['a', 'b', 'a', '<c>'].map((group, i) => ({ x: i, y: i, group }));
		const svg = scatterPlot(points);
		const fills = [...svg.matchAll(/fill="(#\w+)"\/>\n/g)].map(([, fill]) => fill);
		expect(fills[0]).toBe(fills[2]);
		expect(new Set(fills).size).toBe(3);
		expect([...svg.matchAll(/<g class="legend">.*>([^<]+)<\/text><\/g>/g)].map(([, text]) => text)).toEqual(['a', 'b', '&lt;c&gt;']);
	});
});

describe('widths', () => {
	it('are those of Helvetica, of Chinese characters, and none of marks', () => {
		expect(textWidth('iW')).toBeCloseTo(0.222 + 0.944, 9);
		expect(textWidth('词向量')).toBe(3);
		expect(textWidth('ＡＢ，')).toBe(3);
		expect(textWidth('한국')).toBe(2);
		expect(textWidth('한국'.normalize('NFD'))).toBe(2);
		expect(textWidth('é')).toBe(textWidth('e'));
		expect(textWidth('e\u0301')).toBe(textWidth('e'));
		expect(textWidth('😀')).toBe(1);
		expect(textWidth('')).toBe(0);
		const { boxes } = read(scatterPlot([{ x: 0, y: 0, label: '词向量 ab' }]));
		expect(boxes[0]!.width).toBeCloseTo(12 * (3 + 0.278 + 1.112), 1);
	});
});

it('a page holds the picture, and nothing from elsewhere', () => {
	const svg = scatterPlot(heaps(3));
	const page = htmlPage(svg, { title: 'King & queen' });
	expect(page).toContain(svg);
	expect(page).toContain('<title>King &amp; queen</title>');
	expect(page.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|src=|@import/);
});

it('lines meet boxes that they go through', () => {
	const box = { x: 2, y: 2, width: 2, height: 1 };
	expect(crosses(0, 0, 6, 5, box)).toBe(true);
	expect(crosses(0, 2.5, 6, 2.5, box)).toBe(true);
	expect(crosses(3, 0, 3, 9, box)).toBe(true);
	expect(crosses(0, 0, 1.9, 1.9, box)).toBe(false);
	expect(crosses(0, 3, 6, 3, box)).toBe(false);
	expect(crosses(0, 4, 6, 5, box)).toBe(false);
});

testRefusals({
	scatterPlot: {
		refuses: [
			[
				() => scatterPlot([{ x: Number.NaN, y: 0 }]),
				/scatterPlot: expected points to be an array of points \{ x, y, label\?, group\? \} of finite numbers, got/,
			],
			[() => scatterPlot([{ x: 0, y: 0, label: 5 as never }]), /scatterPlot: expected points to be an array/],
			[() => scatterPlot([], { size: 5 } as never), 'scatterPlot: expected an option that it has, got size. It has title, width, height,'],
			[() => scatterPlot([], { width: 10 }), 'scatterPlot: expected width to be a whole number from 100 to 20000, got 10.'],
		],
	},
	htmlPage: { refuses: [[() => htmlPage('<p>'), "htmlPage: expected svg to be an SVG picture, got '<p>'."]] },
});
