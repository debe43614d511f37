// The report of a run in a real browser: charts are drawn where they can be seen, light and dark, wide and narrow, and nothing is fetched.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runReport } from 'textloom/report';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporary } from '../temporary.js';
import { chromium, noBrowser, openPage, type Page } from './browser.js';
import { runData } from './run-data.js';

const { folder, file } = temporary();
const path = file('report.html', runReport(runData));

/** Relative luminance (WCAG 2) of `rgb(r, g, b)`. */
function luminance(colour: string): number {
	const parts = colour.match(/[\d.]+/g)!.slice(0, 3);
	const [r, g, b] = parts.map((part) => {
		const share = Number(part) / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

const contrast = (a: string, b: string) => {
	const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
	return (light + 0.05) / (dark + 0.05);
};

describe.skipIf(chromium === undefined)(chromium === undefined ? `skipped, since ${noBrowser}` : 'in a browser', () => {
	let page: Page;
	beforeAll(async () => {
		page = await openPage(join(folder, 'profile'));
	}, 60_000);
	afterAll(() => page?.close());

	const modes = ['light', 'dark'].flatMap((mode) => [1200, 360].map((width) => [mode, width] as const));
	it.each(modes)('%s, %i pixels wide', async (mode, width) => {
		await page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: mode }] });
		await page.send('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: width < 500 });
		const first = page.events.length;
		await page.open(pathToFileURL(path).href);
		const events = page.events.slice(first);
		const asked = events.filter(({ method }) => method === 'Network.requestWillBeSent');
		expect(asked.map(({ params }) => (params!.request as { url: string }).url)).toEqual([pathToFileURL(path).href]);
		expect(events.filter(({ method }) => method === 'Log.entryAdded' || method === 'Runtime.exceptionThrown')).toEqual([]);

		const drawn = await page.evaluate<{ section: string; kind: string; boxes: number[][]; svg: number[] }[]>(`
			[...document.querySelectorAll('section svg')].flatMap((svg) => {
				const box = (element) => { const { x, y, width, height } = element.getBoundingClientRect(); return [x, y + scrollY, width, height]; };
				return ['path', 'rect', 'circle'].map((kind) => ({
					section: svg.closest('section').id, kind, svg: box(svg), boxes: [...svg.querySelectorAll(kind)].map(box),
				}));
			})`);
		const count = (section: string, kind: string) =>
			drawn.filter((one) => one.section === section && one.kind === kind).map(({ boxes }) => boxes.length);
		expect(count('training', 'path')).toEqual([2, 1, 1]);
		expect(count('training', 'circle')).toEqual([12, 6, 6]);
		expect(count('confusion', 'rect')).toEqual([16]);
		expect(count('calibration', 'rect')).toEqual([9]);
		expect(count('attention', 'rect')).toEqual([9]);
		for (const { boxes, svg } of drawn) {
			expect(svg[2]).toBeGreaterThan(60);
			for (const [x, y, w, h] of boxes as [number, number, number, number][]) {
				expect(w + h).toBeGreaterThan(0);
				expect([x >= svg[0]! - 1, y >= svg[1]! - 1, x + w <= svg[0]! + svg[2]! + 1, y + h <= svg[1]! + svg[3]! + 1]).toEqual([
					true,
					true,
					true,
					true,
				]);
			}
		}
		const { scroll, back, ink, soft, words } = await page.evaluate<{
			scroll: number;
			back: string;
			ink: string;
			soft: string;
			words: string[];
		}>(`({
			scroll: document.documentElement.scrollWidth,
			back: getComputedStyle(document.body).backgroundColor,
			ink: getComputedStyle(document.body).color,
			soft: getComputedStyle(document.querySelector('.soft')).color,
			words: [...document.querySelectorAll('.example .for, .example .against')].map((word) => getComputedStyle(word).backgroundColor),
		})`);
		expect(scroll).toBeLessThanOrEqual(width);
		expect(luminance(back) > 0.5).toBe(mode === 'light');
		expect(contrast(back, ink)).toBeGreaterThan(7);
		expect(contrast(back, soft)).toBeGreaterThan(4.5);
		expect(words).toHaveLength(2);
		expect(new Set(words).size).toBe(2);
	});

	it('lets nothing be fetched, whatever comes into it', async () => {
		const seen: string[] = [];
		const server = createServer((request, response) => {
			seen.push(request.url!);
			response.end();
		}).listen(0, '127.0.0.1');
		await new Promise((resolve) => server.once('listening', resolve));
		const { port } = server.address() as AddressInfo;
		await page.open(pathToFileURL(path).href);
		const blocked = await page.evaluate<string>(`new Promise((resolve) => {
			document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective));
			const image = document.createElement('img');
			image.src = 'http://127.0.0.1:${port}/seen.png';
			document.body.append(image);
		})`);
		expect([blocked, seen]).toEqual(['img-src', []]);
		expect(await page.evaluate('document.scripts.length')).toBe(0);
		await new Promise((resolve) => server.close(resolve));
	});
});
