// Random numbers: uniform in every part, whatever counts up, and the same in every run.
import { permutation, randomFloat, randomUint32 } from 'textloom/stream';
import { describe, expect, it } from 'vitest';
import { randomDouble } from '../../dist/src/base/random.js';

/** Chi-squared of counts against equal ones, in standard deviations from what chance gives. */
function excess(counts: number[]): number {
	const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
	const chi2 = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
	return (chi2 - (counts.length - 1)) / Math.sqrt(2 * (counts.length - 1));
}

const places: { name: string; at: (i: number) => [seed: number, stream: number, index: number] }[] = [
	{ name: 'indices', at: (i) => [1, 0, i] },
	{ name: 'streams', at: (i) => [1, i, 0] },
	{ name: 'seeds', at: (i) => [i, 0, 0] },
	{ name: 'indices in steps of 65536', at: (i) => [0, 0, i << 16] },
	{ name: 'seed, stream and index together', at: (i) => [i, i, i] },
];

describe.each(places)('random numbers over $name', ({ at }) => {
	const n = 1 << 16;

	it('are uniform in their high and low bits, and in pairs', () => {
		const high = new Array<number>(256).fill(0);
		const low = new Array<number>(256).fill(0);
		const pairs = new Array<number>(256).fill(0);
		let before = 0;
		for (let i = 0; i < n; i++) {
			const x = randomUint32(...at(i));
			high[x >>> 24]!++;
			low[x & 255]!++;
			pairs[(before & 0xf0) | (x >>> 28)]!++;
			before = x >>> 24;
		}
		for (const counts of [high, low, pairs]) expect(Math.abs(excess(counts))).toBeLessThan(5);
	});

	it('are uniform as doubles: at the top, where the two halves meet, at the bottom, and at the bottom for each top', () => {
		const counts = { top: 45, seam: 22, bottom: 0 };
		const parts = Object.entries(counts).map(([name, shift]) => ({ name, shift, seen: new Array<number>(256).fill(0) }));
		const joint = new Array<number>(256).fill(0);
		for (let i = 0; i < n; i++) {
			const x = BigInt(randomDouble(...at(i)) * 2 ** 53);
			for (const { shift, seen } of parts) seen[Number((x >> BigInt(shift)) & 255n)]!++;
			// Four bits of what `randomFloat` gives for the same place, and the lowest four.
			joint[((randomFloat(...at(i)) * 16) << 4) | Number(x & 15n)]!++;
		}
		for (const { name, seen } of [...parts, { name: 'joint', seen: joint }])
			expect([name, Math.abs(excess(seen)) < 5]).toEqual([name, true]);
	});

	it('change half of the bits from one to the next', () => {
		let bits = 0;
		for (let i = 0; i < n; i++) {
			for (let x = randomUint32(...at(i)) ^ randomUint32(...at(i + 1)); x !== 0; x &= x - 1) bits++;
		}
		expect(bits / n).toBeGreaterThan(15.9);
		expect(bits / n).toBeLessThan(16.1);
	});
});

describe('random numbers', () => {
	it('are the same in every run', () => {
		expect([randomUint32(0, 0, 0), randomUint32(1, 2, 3), randomUint32(2 ** 32 - 1, 7, 2 ** 32 - 1)]).toEqual([
			3954683261, 2930885177, 434942389,
		]);
	});

	it('are floats below 1, in 32 bits too, with mean 1/2 and variance 1/12', () => {
		const floats = Float32Array.from({ length: 100_000 }, (_, i) => randomFloat(3, 1, i));
		const mean = floats.reduce((sum, x) => sum + x, 0) / floats.length;
		const variance = floats.reduce((sum, x) => sum + (x - mean) ** 2, 0) / floats.length;
		expect(Math.abs(mean - 0.5)).toBeLessThan(0.005);
		expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.001);
		expect(floats.every((x) => x >= 0 && x < 1)).toBe(true);
	});
});

describe('doubles', () => {
	it('have 53 bits, each of which is 0 and 1', () => {
		let [some, every] = [0n, 2n ** 53n - 1n];
		for (let i = 0; i < 1000; i++) {
			const x = randomDouble(1, 2, i);
			expect(x >= 0 && x < 1).toBe(true);
			const bits = x * 2 ** 53;
			expect(Number.isInteger(bits)).toBe(true);
			[some, every] = [some | BigInt(bits), every & BigInt(bits)];
		}
		expect([some, every]).toEqual([2n ** 53n - 1n, 0n]);
	});

	it('differ where floats of 24 bits meet', () => {
		const n = 1 << 18;
		const distinct = (draw: (index: number) => number) => new Set(Array.from({ length: n }, (_, i) => draw(i))).size;
		expect(distinct((i) => randomDouble(5, 0, i))).toBe(n);
		// Of n numbers among 2²⁴, n²/2²⁵ = 2,048 pairs are equal.
		const equal = n - distinct((i) => randomFloat(5, 0, i));
		expect(Math.abs(equal - 2048)).toBeLessThan(5 * Math.sqrt(2048));
	});
});

describe('permutation', () => {
	it.each([0, 1, 2, 1000])('holds each of %i numbers once, the same each time', (length) => {
		const order = permutation(length, 5);
		expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i));
		expect(permutation(length, 5)).toEqual(order);
	});

	it('differs by seed and stream, and gives each order equally often', () => {
		expect(permutation(100, 1)).not.toEqual(permutation(100, 2));
		expect(permutation(100, 1)).not.toEqual(permutation(100, 1, 1));
		const orders = new Map<string, number>();
		for (let seed = 0; seed < 24_000; seed++) {
			const order = permutation(4, seed).join('');
			orders.set(order, (orders.get(order) ?? 0) + 1);
		}
		expect(orders.size).toBe(24);
		expect(Math.abs(excess([...orders.values()]))).toBeLessThan(5);
	});
});
