// What is hidden of a text: so many tokens, the same in each run, others in each epoch, never the first and the last.

import { describe, expect, it } from 'vitest';
import { masker } from '../../dist/src/pretrained/masking.js';

const size = 1000;
const mask = 4;
const plain = Int32Array.from({ length: size - 5 }, (_, id) => id + 5);
/** Every third token goes on with the word before it. */
const continues = Uint8Array.from({ length: size }, (_, id) => (id % 3 === 0 ? 1 : 0));
const tokens = { mask, plain, continues };
const text = (length: number) => Int32Array.from({ length }, (_, i) => (i === 0 ? 2 : i === length - 1 ? 3 : 5 + ((i * 7) % 900)));

describe('masking', () => {
	it('hides 15% of the tokens: 80% by the mask, 10% by another, 10% as they are', () => {
		const hide = masker({}, tokens);
		const counts = { told: 0, masked: 0, same: 0, tokens: 0 };
		for (let at = 0; at < 300; at++) {
			const ids = text(102);
			const { ids: shown, places, targets } = hide(ids, { seed: 1, epoch: 0, text: at });
			expect(places).toEqual(Int32Array.from(places).sort());
			expect(new Set(places).size).toBe(15);
			expect([...places].every((place) => place > 0 && place < 101)).toBe(true);
			expect(targets).toEqual(places.map((place) => ids[place]!));
			for (const [place, id] of ids.entries()) if (!places.includes(place)) expect(shown[place]).toBe(id);
			counts.tokens += 100;
			counts.told += places.length;
			counts.masked += places.filter((place) => shown[place] === mask).length;
			counts.same += places.filter((place) => shown[place] === ids[place]).length;
		}
		expect(counts.told / counts.tokens).toBeCloseTo(0.15);
		expect(counts.masked / counts.told).toBeCloseTo(0.8, 1);
		expect(counts.same / counts.told).toBeCloseTo(0.1, 1);
	});

	it('is a function of seed, epoch and text', () => {
		const hide = masker({}, tokens);
		const draw = (seed: number, epoch: number, number: number) => [...hide(text(60), { seed, epoch, text: number }).places].join();
		expect(draw(1, 0, 0)).toBe(draw(1, 0, 0));
		expect(new Set([draw(1, 0, 0), draw(2, 0, 0), draw(1, 1, 0), draw(1, 0, 1)]).size).toBe(4);
	});

	it('hides the subwords of a word together', () => {
		const hide = masker({ wholeWords: true }, tokens);
		for (let at = 0; at < 50; at++) {
			const ids = text(102);
			const places = new Set(hide(ids, { seed: 1, epoch: 0, text: at }).places);
			for (const place of places) {
				// A word begins at the last token that does not go on with another.
				if (place > 1 && continues[ids[place]!]) expect(places.has(place - 1)).toBe(true);
				if (place < 100 && continues[ids[place + 1]!]) expect(places.has(place + 1)).toBe(true);
			}
			expect(places.size).toBeLessThanOrEqual(15);
		}
	});

	it('hides one token at least, and refuses shares that are more than all', () => {
		expect(masker({}, tokens)(text(4), { seed: 1, epoch: 0, text: 0 }).places).toHaveLength(1);
		expect(() => masker({ masked: 0.8, random: 0.3 }, tokens)).toThrow(
			'masking: expected masked and random to be at most 1 together, got 0.8 and 0.3. Lower one of them.',
		);
	});
});
