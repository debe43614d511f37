// Padding and batches.
import { batches, collect, padIds, pipe } from 'textloom';
import { describe, expect, it } from 'vitest';

const text = (...ids: number[]) => Int32Array.from(ids);

describe('padIds', () => {
	it('pads to the longest, cuts at maxLength, keeps to minLength', () => {
		expect(padIds([text(5, 6, 7), text(), text(8)])).toEqual({
			ids: text(5, 6, 7, 0, 0, 0, 8, 0, 0),
			lengths: text(3, 0, 1),
			size: 3,
			time: 3,
		});
		expect(padIds([text(5, 6, 7)], { maxLength: 2 })).toEqual({ ids: text(5, 6), lengths: text(2), size: 1, time: 2 });
		expect(padIds([text(5)], { minLength: 3 })).toEqual({ ids: text(5, 0, 0), lengths: text(1), size: 1, time: 3 });
		expect(padIds([])).toEqual({ ids: text(), lengths: text(), size: 0, time: 1 });
	});
});

describe('batches', () => {
	const docs = [3, 1, 4, 1, 5].map((length, n) => ({ n, ids: new Int32Array(length).fill(n + 1) }));

	it('keeps the order of the stream; the last batch is what is left', async () => {
		const all = await collect(pipe(docs, batches({ size: 2 })));
		expect(all.map((batch) => batch.docs.map((doc) => doc.n))).toEqual([[0, 1], [2, 3], [4]]);
		expect(all.map(({ size, time }) => [size, time])).toEqual([
			[2, 3],
			[2, 4],
			[1, 5],
		]);
		expect(all[0]!.ids).toEqual(text(1, 1, 1, 2, 0, 0));
	});

	it('sorts by length within buckets', async () => {
		const all = await collect(pipe(docs, batches({ size: 2, bucket: 3 })));
		expect(all.map((batch) => batch.docs.map((doc) => doc.n))).toEqual([[1, 3], [0, 2], [4]]);
	});

	it('refuses sizes that are none', () => {
		expect(() => batches({ size: 0 })).toThrow('batches: expected size to be a whole number from 1, got 0');
		expect(() => batches({ bucket: 1.5 })).toThrow('bucket');
	});
});
