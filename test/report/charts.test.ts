// Charts and reports as strings: what is drawn of data, what is escaped, what is refused. What it looks like is tested in a browser.
import { heatMap, lineChart, reliabilityDiagram, runReport, segmentsOf } from 'textloom/report';
import { describe, expect, it } from 'vitest';
import { refused } from './refused.js';
import { runData } from './run-data.js';

const count = (svg: string, what: RegExp) => [...svg.matchAll(what)].length;

describe('lineChart', () => {
	it('draws each line in the frame, larger numbers higher, and names it', () => {
		const svg = lineChart(
			[
				{
					label: 'a & b',
					points: [
						[0, 0],
						[1, 1],
						[2, 4],
					],
				},
				{ label: 'one', points: [[1, 2]] },
			],
			{ title: 'T' },
		);
		const [path] = [...svg.matchAll(/<path d="M([^"]*)"/g)];
		const points = path![1]!.split('L').map((point) => point.split(' ').map(Number));
		expect(points.map(([x]) => x)).toEqual(points.map(([x]) => x).sort((a, b) => a! - b!));
		expect(points[2]![1]!).toBeLessThan(points[1]![1]!);
		expect(count(svg, /<circle/g)).toBe(4);
		expect(svg).toContain('a &amp; b');
		expect(svg).toContain('aria-label="T"');
	});

	it('draws one point, and equal ones, without numbers that are none', () => {
		for (const points of [
			[[1, 5]],
			[
				[1, 5],
				[2, 5],
			],
			[],
		] as const) {
			expect(lineChart([{ label: 'a', points }])).not.toMatch(/NaN|Infinity/);
		}
	});
});

describe('heatMap', () => {
	it('fills cells by their share of the row or of the largest, and writes numbers where there is room', () => {
		const opacities = (svg: string) => [...svg.matchAll(/fill-opacity="([\d.]+)"/g)].map(([, value]) => Number(value));
		const table = [
			[4, 1],
			[0, 8],
		];
		expect(opacities(heatMap(table, { full: 'row' }))).toEqual([0.81, 0.24, 0.05, 1]);
		expect(opacities(heatMap(table))).toEqual([0.525, 0.169, 0.05, 1]);
		expect(heatMap(table, { rows: ['<a>', 'b'] })).toContain('&lt;a&gt; → 1: 4');
		expect(heatMap(table, { cell: 14 })).not.toMatch(/>8<\/text>/);
	});
});

describe('reliabilityDiagram', () => {
	it('has a bar for each bin with predictions', () => {
		const svg = reliabilityDiagram(runData.reliability!.bins);
		expect([count(svg, /<rect/g), count(svg, /class="diagonal"/g)]).toEqual([9, 1]);
	});
});

describe('segmentsOf', () => {
	it('cuts a text where tokens begin and end, and adds up what overlaps', () => {
		const tokens = [
			{ token: 'oil', weight: 1, start: 0, end: 3 },
			{ token: 'oil price', weight: 9, start: 0, end: 9 },
		];
		expect(segmentsOf('oil price up', tokens)).toEqual([{ text: 'oil', weight: 4 }, { text: ' price', weight: 6 }, { text: ' up' }]);
		expect(segmentsOf('', [])).toEqual([]);
	});

	it('are the tokens themselves where most have no place', () => {
		expect(
			segmentsOf('你好', [
				{ token: 'ni', weight: 1 },
				{ token: 'hao', weight: -1 },
			]),
		).toEqual([{ text: 'ni', weight: 1 }, { text: ' ' }, { text: 'hao', weight: -1 }]);
	});
});

describe('runReport', () => {
	it('is one page without scripts and addresses, in which nothing of the data is markup', () => {
		const page = runReport(runData);
		expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org\/2000\/svg)|<b>| src=|@import|url\(/);
		expect(page).toContain('ag-news &amp; &lt;script&gt;');
		expect(page).toContain('油价上涨');
		expect(count(page, /<section /g)).toBe(7);
	});

	it('says what is missing, and why', () => {
		const page = runReport({ title: 'empty', missing: { training: 'Because & so.' } });
		expect(count(page, /class="empty"/g)).toBe(7);
		expect(page).toContain('Because &amp; so.');
	});

	it('lists confusions where there are many labels, and the classes that are told worst', () => {
		const labels = Array.from({ length: 80 }, (_, i) => `class ${i}`);
		const confusion = labels.map((_, row) => labels.map((_, column) => (row === column ? 5 : row === 0 && column === 7 ? 3 : 0)));
		const classes = Object.fromEntries(labels.map((label, i) => [label, { precision: 1, recall: 1, f1: i / 80, support: 5 }]));
		const page = runReport({ title: 'many', labels, confusion, classes });
		expect(page).toContain('<td>class 0</td><td>class 7</td><td>3</td>');
		expect(page).toContain('The 60 of lowest F1 of 80 classes');
	});
});

describe('refuses', () => {
	it.each(refused)('%s', (_, draw, message) => expect(draw).toThrow(message));
});
