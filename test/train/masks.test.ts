// Dropout masks of the kernel against the same formula in plain JavaScript.
import { sgd } from 'textloom/optim';
import { randomUint32 } from 'textloom/stream';
import { fit, initialWeights } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { Masks } from '../../dist/src/train/step/masks.js';
import { bits, mixed, mixedSamples } from './mixed.js';

const firstStream = 0x40000000;

/** Blocks of eight numbers from four hashes: the low halves, then the high ones; a half below `rate · 65536` drops. */
function reference({ rate, size, seed, stream }: { rate: number; size: number; seed: number; stream: number }): Float32Array {
	const dropped = Math.round(rate * 65536);
	return Float32Array.from({ length: size }, (_, i) => {
		const hash = randomUint32(seed, stream, 4 * Math.floor(i / 8) + (i % 4));
		const half = i % 8 < 4 ? hash & 0xffff : hash >>> 16;
		return half < dropped ? 0 : 65536 / (65536 - dropped);
	});
}
const plan = (rate: number, shape: readonly (number | string)[], place = 0) => ({ name: `mask.${place}`, rate, shape });

it.each([0.1, 0.5, 0.9])('a rate of %f: the formula, for every size and several masks', (rate) => {
	const plans = [plan(rate, ['batch', 3]), plan(rate / 2, ['batch', 'time', 1], 1)];
	const masks = new Masks(plans, 7);
	// Up and down, so that memories grow and old numbers lie behind new ones.
	for (const [step, [batch, time]] of (
		[
			[1, 1],
			[5, 9],
			[2, 3],
			[64, 100],
			[3, 5],
		] as const
	).entries()) {
		const drawn = plans.map((_, place) => masks.draw(place, { batch, time }, { from: step, draws: 1 }).slice());
		expect(drawn).toEqual([
			reference({ rate, size: 3 * batch, seed: 7, stream: firstStream + 2 * step }),
			reference({ rate: rate / 2, size: batch * time, seed: 7, stream: firstStream + 2 * step + 1 }),
		]);
	}
});

it.each([3, 8, 21])('masks of several steps are those of one after the other, of %i numbers each', (size) => {
	const masks = new Masks([plan(0.5, [size]), plan(0.3, ['batch'], 1)], 3);
	const draw = (from: number, draws: number) => [0, 1].map((place) => masks.draw(place, { batch: 5 }, { from, draws }).slice());
	const together = draw(10, 4);
	const single = [10, 11, 12, 13].map((step) => draw(step, 1));
	expect(together).toEqual([0, 1].map((place) => Float32Array.from(single.flatMap((drawn) => Array.from(drawn[place]!)))));
});

describe('the numbers', () => {
	const size = 1 << 20;
	const draw = (rate: number, { seed = 1, step = 1, place = 0 } = {}) =>
		new Masks([plan(rate, [size]), plan(rate, [size], 1)], seed).draw(place, {}, { from: step, draws: 1 }).slice();

	it.each([0.01, 0.1, 0.25, 0.5, 0.8])('a rate of %f is the share of zeros, and the mean is 1', (rate) => {
		const mask = draw(rate);
		const zeros = mask.reduce((count, value) => count + (value === 0 ? 1 : 0), 0) / size;
		// Five deviations.
		expect(Math.abs(zeros - rate)).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / size) + 1 / 65536);
		expect(mask.reduce((sum, value) => sum + value, 0) / size).toBeCloseTo(1, 1.9);
		const kept = [...new Set(mask)].sort();
		expect(kept).toHaveLength(2);
		// What is kept is scaled so that the expected mean is exactly 1 with the rate in steps of 2⁻¹⁶.
		expect(kept[1]! * (1 - Math.round(rate * 65536) / 65536)).toBeCloseTo(1, 6);
	});

	it('differ for another seed, step and mask, by as many as chance has it, and are the same for the same', () => {
		const mask = draw(0.5);
		expect(draw(0.5)).toEqual(mask);
		for (const other of [draw(0.5, { seed: 2 }), draw(0.5, { step: 2 }), draw(0.5, { place: 1 })]) {
			const differing = other.reduce((count, value, i) => count + (value === mask[i] ? 0 : 1), 0) / size;
			expect(Math.abs(differing - 0.5)).toBeLessThan(0.0025);
		}
		const [now, next] = [mask.subarray(0, -1), mask.subarray(1)];
		const alike = now.reduce((count, value, i) => count + (value === next[i] ? 1 : 0), 0) / size;
		expect(Math.abs(alike - 0.5)).toBeLessThan(0.0025);
	});

	it('a rate near 1 keeps something', () => {
		expect(draw(0.999999).some((value) => value > 0)).toBe(true);
		expect(draw(0.999999).every(Number.isFinite)).toBe(true);
	});
});

it('a mask of a size that no input names is refused', () => {
	expect(() => new Masks([plan(0.5, ['batch', 'heads'])], 0).draw(0, { batch: 2 }, { from: 1, draws: 1 })).toThrow(
		'batch: expected the size heads, got batch.',
	);
});

it('follow the seed of the run, and nothing else does where weights and order are given', async () => {
	const order = () => [0, 4].map((from) => Uint32Array.of(from, from + 1, from + 2, from + 3));
	const of = async (seed: number, dropout: number) => {
		const model = mixed({ dropout });
		const settings = { optimizer: sgd({ rate: 0.1 }), weights: initialWeights(model, 3), batchSize: 4, epochs: 1, threads: 1 };
		return bits((await fit(model, { ...mixedSamples(8), order }, { ...settings, seed })).weights);
	};
	expect(await of(1, 0)).toEqual(await of(2, 0));
	expect(await of(1, 0.5)).toEqual(await of(1, 0.5));
	expect(await of(1, 0.5)).not.toEqual(await of(2, 0.5));
});
