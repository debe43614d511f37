// A random sample: its size, its order, and that each document is as likely as the others.
import { collect, pipe, sample } from 'textloom';
import { describe, expect, it } from 'vitest';
import { placeAmong } from '../../../dist/src/stream/steps/sample.js';

const docs = Array.from({ length: 10_000 }, (_, n) => ({ n }));
const numbers = async (size: number, seed = 0, input = docs) => (await collect(pipe(input, sample(size, { seed })))).map(({ n }) => n);

describe('sample', () => {
	it('takes so many documents, in order, the same each time', async () => {
		const first = await numbers(100);
		expect(first).toHaveLength(100);
		expect(new Set(first).size).toBe(100);
		expect(first).toEqual([...first].sort((a, b) => a - b));
		expect(await numbers(100)).toEqual(first);
		expect(await numbers(100, 1)).not.toEqual(first);
		const stream = pipe(docs, sample(10));
		expect(await collect(stream)).toEqual(await collect(stream));
	});

	it('takes a share of them', async () => {
		const tenth = await numbers(0.1);
		expect(tenth.length).toBeGreaterThan(900);
		expect(tenth.length).toBeLessThan(1100);
		expect(await numbers(0.1)).toEqual(tenth);
	});

	it('takes each with the same probability', async () => {
		const seen = new Array(20).fill(0);
		for (let seed = 0; seed < 2000; seed++) for (const n of await numbers(5, seed, docs.slice(0, 20))) seen[n]++;
		// Expected 500 each, with a standard deviation of 19.
		for (const count of seen) expect(Math.abs(count - 500)).toBeLessThan(100);
	});

	it.each([2 ** 26, 2 ** 32])('reaches each place of %d, which 24 random bits do not', (places) => {
		// Multiples of 2⁻²⁴ reach a fourth of 2²⁶ places, and of 2³² every 256th: the last places of all would be 0.
		const [wide, most] = [2 ** 24, 200_000];
		const last = new Array<number>(4).fill(0);
		const top = new Array<number>(4).fill(0);
		for (let seed = 0; seed < most; seed++) {
			const place = placeAmong(seed, places - 1);
			if (!(place >= 0 && place < places)) expect(place).toBe(`below ${places}`);
			last[(place % (places / wide)) % 4]!++;
			top[Math.floor(place / (places / 4))]!++;
		}
		// A quarter each, with a standard deviation of 194.
		for (const count of [...last, ...top]) expect(Math.abs(count - most / 4)).toBeLessThan(5 * 194);
	});

	it('takes all where there are no more, and none of none', async () => {
		expect(await numbers(20_000)).toHaveLength(10_000);
		expect(await numbers(0)).toEqual([]);
		expect(await numbers(5, 0, [])).toEqual([]);
		expect(sample(5)(docs.values()).replayable).toBe(false);
	});

	it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses a size of %s', (size) => {
		expect(() => sample(size)).toThrow(/^sample: expected size to be a number of documents, or a share below 1, got /);
	});
});
