// Asynchronous stages: plain functions, in order, several at a time; chains and threads keep them asynchronous.
import { setTimeout as pause } from 'node:timers/promises';
import { asyncMap, chain, clean, collect, map, pipe, words } from 'textloom';
import { asyncStage, type DataError } from 'textloom/stream';
import { describe, expect, expectTypeOf, it } from 'vitest';

const docs = Array.from({ length: 600 }, (_, n) => ({ n, text: `Text ${n}` }));
const double = asyncMap(async ({ n }: { n: number }) => ({ twice: 2 * n }));

describe('asyncMap', () => {
	it('takes a plain function, keeps order and types', async () => {
		const out = pipe(docs, double);
		expectTypeOf(out).toExtend<AsyncIterable<{ n: number; text: string; twice: number }>>();
		expect((await collect(out)).map(({ twice }) => twice)).toEqual(docs.map(({ n }) => 2 * n));
		expect(double.spec).toEqual({ stage: 'asyncMap', options: {} });
		const named = async ({ n }: { n: number }) => ({ m: n });
		expect(asyncMap(named).spec.stage).toBe('named');
	});

	it('has sixteen documents under way at once, and no more', async () => {
		let underWay = 0;
		let most = 0;
		const slow = asyncMap(async ({ n }: { n: number }) => {
			most = Math.max(most, ++underWay);
			await pause(n % 3);
			underWay--;
			return {};
		});
		expect((await collect(pipe(docs.slice(0, 100), slow))).map(({ n }) => n)).toEqual(docs.slice(0, 100).map(({ n }) => n));
		expect(most).toBe(16);
	});

	it('says at which document it failed, the first in the order of the documents, and starts no more', async () => {
		let started = 0;
		const failing = asyncMap(async ({ n }: { n: number }) => {
			started++;
			if (n === 7) await pause(5);
			if (n === 7 || n === 9) throw new RangeError(`n is ${n}`);
			return {};
		});
		await expect(collect(pipe(docs, failing))).rejects.toThrow(/^document 8: asyncMap: n is 7$/);
		expect(started).toBeLessThan(40);
	});

	it('counts documents on from one chunk to the next', async () => {
		const failing =
			(most: number) =>
			async ({ n }: { n: number }) => {
				if (n >= most) throw new RangeError(`n is ${n}`);
				return {};
			};
		await expect(collect(pipe(docs, asyncMap(failing(520), { stage: 'mine' })))).rejects.toThrow('document 521: mine: n is 520');
		const whole = asyncStage(
			async (some: readonly { n: number }[]) => {
				for (const doc of some) await failing(520)(doc);
				return [...some];
			},
			{ stage: 'mine' },
		);
		await expect(collect(pipe(docs, whole))).rejects.toThrow('document 521: mine: n is 520');
	});

	it('is waited for: apply throws and says what to do', async () => {
		expect(() => double.apply(docs)).toThrow('asyncMap: expected to be waited for, got apply. Use applyAsync');
		expect(await double.applyAsync([{ n: 4 }])).toEqual([{ n: 4, twice: 8 }]);
		expect(double.asynchronous).toBe(true);
	});

	it('looks at what it needs', async () => {
		const needing = asyncMap(async ({ text }: { text: string }) => ({ length: text.length }), { stage: 'mine', needs: { text: 'text' } });
		await expect(collect(pipe([{ text: 5 as unknown as string }], needing))).rejects.toThrow(
			'document 1: mine: expected a text in the field "text", got 5.',
		);
	});
});

describe('asyncStage', () => {
	it('may drop documents', async () => {
		const even = asyncStage(async (some: readonly { n: number }[]) => some.filter(({ n }) => n % 2 === 0));
		expect((await collect(pipe(docs, even))).length).toBe(300);
	});
});

describe('a function that is async', () => {
	it('is refused by map, at once', () => {
		// @ts-expect-error what an async function gives is no field
		expect(() => map(async () => ({}))).toThrow('map: expected the function to be a function that is not async, got [AsyncFunction');
	});

	it('is refused by map where only its result shows it, at the document', async () => {
		const late = map((() => Promise.reject(new Error('unheard'))) as () => object);
		await expect(collect(pipe(docs, late))).rejects.toThrow('document 1: map: expected the fields to add, got a promise. Use asyncMap.');
	});
});

describe('a chain with an asynchronous stage', () => {
	const stages = chain(clean(), double, words());

	it('is asynchronous, and does the same as its stages', async () => {
		expect(stages.asynchronous).toBe(true);
		expect(() => stages.apply(docs)).toThrow('asyncMap: expected to be waited for');
		const out = await collect(pipe(docs, stages));
		expect(await stages.applyAsync(docs)).toEqual(out);
		expect(out[3]).toEqual({ n: 3, text: 'text 3', twice: 6, tokens: ['text', '3'] });
		expect(chain(clean(), words()).asynchronous).toBeUndefined();
	});

	it('names the file and the line of a document', async () => {
		const failing = asyncMap(() => Promise.reject(new Error('the service is gone')), { stage: 'ask' });
		const placed = docs.map((doc) => ({ ...doc, file: 'a.csv', line: doc.n + 2 }));
		const error = (await collect(pipe(placed, chain(clean(), failing))).catch((error) => error)) as DataError;
		expect(error.message).toBe('a.csv:2: ask: the service is gone');
	});
});
