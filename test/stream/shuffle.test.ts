import { collect, map, pipe, shuffle } from 'textloom';
import { describe, expect, expectTypeOf, it } from 'vitest';

const docs = Array.from({ length: 1000 }, (_, n) => ({ n }));
const double = map({ stage: 'double', options: {} }, ({ n }: { n: number }) => ({ twice: 2 * n }));

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
});
