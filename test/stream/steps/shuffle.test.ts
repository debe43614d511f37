import { readdirSync } from 'node:fs';
import { collect, map, pipe, shuffle } from 'textloom';
import { describe, expect, expectTypeOf, it, vi } from 'vitest';
import { temporary } from '../../temporary.js';

const { folder } = temporary();

const docs = Array.from({ length: 1000 }, (_, n) => ({ n }));
const double = map(({ n }: { n: number }) => ({ twice: 2 * n }), { stage: 'double' });

describe('shuffle', () => {
	it('hands on each document once, in an order that depends on the seed only', async () => {
		const shuffled = pipe(docs, shuffle({ seed: 1 }), double);
		expectTypeOf(shuffled).toExtend<AsyncIterable<{ n: number; twice: number }>>();
		const first = await collect(shuffled);
		expect(first.map((doc) => doc.n)).not.toEqual(docs.map((doc) => doc.n));
		expect(first.map((doc) => doc.n).sort((a, b) => a - b)).toEqual(docs.map((doc) => doc.n));
		expect(await collect(shuffled)).toEqual(first);
		expect(await collect(pipe(docs, shuffle({ seed: 2 }), double))).not.toEqual(first);
	});

	it('takes no documents, and keeps whether they can be read again', async () => {
		expect(await collect(pipe([], shuffle({ seed: 1 })))).toEqual([]);
		expect(shuffle({ seed: 1 })(docs.values()).replayable).toBe(false);
		expect(shuffle({ seed: 1 })(docs).replayable).toBe(true);
	});

	it('has the same order whether documents go through a file or not, and leaves no file', async () => {
		vi.stubEnv('TMPDIR', folder);
		const rich = docs.map(({ n }) => ({
			n,
			text: 'é𝒳\ud800'.repeat(n % 50),
			tokens: ['a'],
			weights: new Map([['x', n]]),
			none: undefined,
		}));
		const all = await collect(pipe(rich, shuffle({ seed: 3 })));
		for (const inMemory of [0, 1, 999]) expect(await collect(pipe(rich, shuffle({ seed: 3, inMemory })))).toEqual(all);
		for await (const _ of pipe(rich, shuffle({ seed: 3, inMemory: 10 }))) break;
		await expect(collect(pipe([{ run: () => 1 }], shuffle({ seed: 3, inMemory: 0 })))).rejects.toThrow(
			/^shuffle: expected documents that can be copied to a file, got one that cannot/,
		);
		expect(readdirSync(folder)).toEqual([]);
		vi.unstubAllEnvs();
	});

	it('puts each document at each place about equally often', async () => {
		const places = new Float64Array(4 * 4);
		for (let seed = 0; seed < 400; seed++) {
			const order = await collect(pipe([0, 1, 2, 3], shuffle({ seed })));
			order.forEach((n, place) => {
				places[4 * n + place]!++;
			});
		}
		// 100 expected, standard deviation 8.7.
		for (const count of places) expect(Math.abs(count - 100)).toBeLessThan(40);
	});
});
