import { collect, pipe, progress } from 'textloom';
import type { Progress } from 'textloom/stream';
import { describe, expect, it } from 'vitest';

const docs = Array.from({ length: 1000 }, (_, n) => ({ n }));

describe('progress', () => {
	it('tells where chunks end, and at the end, in every pass', async () => {
		const told: Progress[] = [];
		const watched = pipe(
			docs,
			progress((state) => told.push(state), { every: 300 }),
		);
		expect(await collect(watched)).toEqual(docs);
		expect(told.map((state) => state.documents)).toEqual([512, 768, 1000, 1000]);
		expect(told.every(({ documents, seconds, perSecond }) => seconds > 0 && Math.abs(perSecond - documents / seconds) < 1e-6)).toBe(true);
		await collect(watched);
		expect(told.map((state) => state.documents)).toEqual([512, 768, 1000, 1000, 512, 768, 1000, 1000]);
	});

	it('tells zero when there are no documents', async () => {
		const told: number[] = [];
		await collect(
			pipe(
				[],
				progress((state) => told.push(state.documents)),
			),
		);
		expect(told).toEqual([0]);
	});

	it('refuses an interval that is none', () => {
		expect(() => progress(() => {}, { every: 0 })).toThrow(/progress: expected every to be a whole number from 1, got 0/);
	});
});
