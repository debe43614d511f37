import { batch, collect, concat, csv, dedupe, filter, interleave, pipe, skip, splitDocuments, take, tap } from 'textloom';
import { documentsFrom } from 'textloom/stream';
import { describe, expect, expectTypeOf, it } from 'vitest';

const docs = Array.from({ length: 1000 }, (_, n) => ({ n, text: `text ${n % 7}` }));
const numbers = (list: readonly { n: number }[]) => list.map(({ n }) => n);

/** Chunks of 10 documents without end, and what became of the source. */
function endless() {
	const state = { chunks: 0, closed: false };
	const source = documentsFrom(async function* () {
		try {
			for (;;) yield Array.from({ length: 10 }, (_, i) => ({ n: 10 * state.chunks + i, last: i === 9 ? state.chunks++ : 0 }));
		} finally {
			state.closed = true;
		}
	});
	return { source, state };
}

describe('verbs', () => {
	it('filter keeps what it is told to, with its type', async () => {
		const even = pipe(
			docs,
			filter((doc, index) => doc.n % 2 === 0 && index > 10),
		);
		expectTypeOf(even).toExtend<AsyncIterable<{ n: number; text: string }>>();
		expect(numbers(await collect(even)).slice(0, 3)).toEqual([12, 14, 16]);
		expect(await collect(even)).toEqual(await collect(even));
		const strings = pipe(
			['a', 1, 'b'],
			filter((item) => typeof item === 'string'),
		);
		expectTypeOf(strings).toExtend<AsyncIterable<string>>();
		expect(await collect(strings)).toEqual(['a', 'b']);
	});

	it('take and skip cut anywhere in a chunk, and are array slices', async () => {
		for (const count of [0, 1, 255, 256, 257, 999, 1000, 5000, Number.POSITIVE_INFINITY]) {
			expect(await collect(pipe(docs, take(count)))).toEqual(docs.slice(0, count));
			expect(await collect(pipe(docs, skip(count)))).toEqual(docs.slice(count));
		}
		expect(() => take(-1)).toThrow('take: expected count to be a whole number from 0, got -1.');
		expect(() => skip(1.5)).toThrow('skip: expected count to be a whole number from 0, got 1.5.');
	});

	it('take closes a source that goes on', async () => {
		const { source, state } = endless();
		expect(numbers(await collect(pipe(source, take(12))))).toEqual(Array.from({ length: 12 }, (_, n) => n));
		expect(state).toEqual({ chunks: 2, closed: true });
	});

	it('dedupe hands on the first of each key, whatever the key', async () => {
		expect(numbers(await collect(pipe(docs, dedupe())))).toEqual([0, 1, 2, 3, 4, 5, 6]);
		const keys = ['', 'constructor', '__proto__', 'x'.repeat(30), '\ud800'.repeat(30), '\udc00'.repeat(30), 'toString'];
		const twice = pipe([...keys, ...keys], dedupe({ by: (key) => key }));
		expect(await collect(twice)).toEqual(keys);
		expect(await collect(twice)).toEqual(keys);
		// Texts that differ somewhere, however long they are and wherever that is.
		const long = [0, 24, 255, 256, 5000, 9999].map((at) => ({ text: `${'x'.repeat(at)}y${'x'.repeat(9999 - at)}` }));
		expect(await collect(pipe([...long, ...long], dedupe()))).toEqual(long);
		// @ts-expect-error documents without a text need a key
		await expect(collect(pipe([{ n: 1 }], dedupe()))).rejects.toThrow('dedupe: expected the key of a document to be a text, got nothing.');
	});

	it('tap sees each document once, and waits for promises', async () => {
		const seen: number[] = [];
		const all = await collect(
			pipe(
				docs,
				tap(async (doc) => {
					await null;
					seen.push(doc.n);
				}),
			),
		);
		expect(all).toEqual(docs);
		expect(seen).toEqual(numbers(docs));
	});

	it('batch gathers over chunks', async () => {
		const batches = await collect(pipe(docs, batch(300)));
		expectTypeOf(batches).toEqualTypeOf<{ n: number; text: string }[][]>();
		expect(batches.map((one) => one.length)).toEqual([300, 300, 300, 100]);
		expect(batches.flat()).toEqual(docs);
		expect(() => batch(0)).toThrow('batch: expected size to be a whole number from 1, got 0.');
	});

	it('gives errors on, after the documents before them', async () => {
		const failing = documentsFrom(async function* () {
			yield docs.slice(0, 5);
			throw new Error('the disk is gone');
		});
		for (const step of [
			take(10),
			skip(1),
			tap(() => {}),
			batch(2),
			filter(() => true),
			dedupe({ by: (doc: { n: number }) => `${doc.n}` }),
		]) {
			let read = 0;
			const all = async () => {
				for await (const _ of pipe(failing, step as (docs: AsyncIterable<object>) => AsyncIterable<unknown>)) read++;
			};
			await expect(all()).rejects.toThrow('the disk is gone');
			expect(read).toBeGreaterThan(1);
		}
	});
});

describe('concat and interleave', () => {
	it('concat reads one source after the other', async () => {
		const all = concat(docs, ['a', 'b']);
		expectTypeOf(all).toExtend<AsyncIterable<{ n: number } | string>>();
		expect(await collect(all)).toEqual([...docs, 'a', 'b']);
		expect(all.replayable).toBe(true);
		expect(concat(docs, docs.values()).replayable).toBe(false);
		expect(concat(docs, csv('missing.csv')).replayable).toBe(true);
	});

	it('interleave takes turns, until all have ended or the first has', async () => {
		const three = ['abc', '12', 'x'].map((text) => [...text]);
		expect((await collect(interleave(three))).join('')).toBe('a1xb2c');
		expect((await collect(interleave(three, { until: 'first' }))).join('')).toBe('a1xb2');
		// After one that has ended it is the turn of the next.
		expect((await collect(interleave(['ab', '1', 'xyz', 'pq'].map((text) => [...text])))).join('')).toBe('a1xpbyqz');
		expect(await collect(interleave([]))).toEqual([]);
	});

	it('interleave draws by weights and seed, and keeps the order of each source', async () => {
		const [a, b] = ['a', 'b'].map((name) => Array.from({ length: 2000 }, (_, n) => ({ name, n })));
		const mixed = interleave([a!, b!], { weights: [3, 1], seed: 1, until: 'first' });
		const all = await collect(mixed);
		const share = all.filter(({ name }) => name === 'a').length / all.length;
		expect(Math.abs(share - 0.75)).toBeLessThan(0.03);
		for (const name of 'ab') expect(numbers(all.filter((doc) => doc.name === name)).every((n, i) => n === i)).toBe(true);
		expect(await collect(mixed)).toEqual(all);
		expect(await collect(interleave([a!, b!], { weights: [3, 1], seed: 2, until: 'first' }))).not.toEqual(all);
		expect(() => interleave([a!], { weights: [1, 2] })).toThrow('interleave: expected a weight above 0 for each of 1 sources, got 1, 2.');
	});

	it('interleave closes every source when it is left early', async () => {
		const sources = [endless(), endless()];
		await collect(pipe(interleave(sources.map(({ source }) => source)), take(3)));
		expect(sources.map(({ state }) => state.closed)).toEqual([true, true]);
	});
});

describe('splitDocuments', () => {
	it('divides without loss, by about the shares, the same each time', async () => {
		const parts = splitDocuments(docs, { train: 0.8, test: 0.2 }, { seed: 1 });
		const [train, test] = [await collect(parts.train), await collect(parts.test)];
		expect(Math.abs(train.length - 800)).toBeLessThan(50);
		expect(numbers([...train, ...test]).sort((a, b) => a - b)).toEqual(numbers(docs));
		expect(await collect(parts.train)).toEqual(train);
		expect(await collect(splitDocuments(docs, { train: 0.8, test: 0.2 }, { seed: 2 }).train)).not.toEqual(train);
	});

	it('keeps the part of a key when documents come and go', async () => {
		const by = { by: (doc: { n: number }) => String(doc.n) };
		const before = numbers(await collect(splitDocuments(docs, { a: 0.5, b: 0.5 }, by).a));
		const after = numbers(await collect(splitDocuments([...docs].reverse().slice(300), { a: 0.5, b: 0.5 }, by).a));
		expect(after.sort((a, b) => a - b)).toEqual(before.filter((n) => n < 700));
		expect(Math.abs(before.length - 500)).toBeLessThan(60);
	});

	it('refuses shares that do not sum to 1, and what can be read once', () => {
		expect(() => splitDocuments(docs, { a: 0.5, b: 0.6 })).toThrow('splitDocuments: expected shares from 0 that sum to 1, got 0.5, 0.6.');
		expect(() => splitDocuments(docs.values(), { a: 1 })).toThrow('splitDocuments: expected documents that can be read several times');
	});
});
