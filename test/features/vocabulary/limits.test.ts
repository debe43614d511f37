// What a vocabulary keeps, in which order, and what it says when nothing is left.
import fc from 'fast-check';
import { toJSON, type VocabularyOptions, vocabulary } from 'textloom';
import { describe, expect, it } from 'vitest';
import { testRefusals } from '../../refusals.js';

const docs = [{ tokens: ['b', 'a', 'c', 'a'] }, { tokens: ['a', 'b', 'd'] }];
const own = async (options: VocabularyOptions) => (await vocabulary(options).fit(docs)).tokens.slice(2);

describe('limits', () => {
	it('leaves out what is too frequent, which is unknown then', async () => {
		expect(await own({ maxCount: 2 })).toEqual(['b', 'c', 'd']);
		expect(await own({ minCount: 2, maxCount: 2 })).toEqual(['b']);
		expect((await vocabulary({ maxCount: 2 }).fit(docs)).counts).toEqual([0, 3, 2, 1, 1]);
	});

	it.each<[VocabularyOptions, string]>([
		[{ minCount: 4 }, 'expected tokens that occur 4 times, got none: the most frequent occurs 3 times. Lower minCount.'],
		[{ minCount: 4, maxCount: 9 }, 'expected tokens that occur 4 times, got none: the most frequent occurs 3 times. Lower minCount.'],
		[{ special: ['a', 'b', 'c', 'd'] }, 'expected tokens beside the special ones, got none. Check the source.'],
		[
			{ special: ['c', 'd'], maxCount: 1 },
			'expected tokens that occur at most 1 times, got none: the rarest occurs 2 times. Raise maxCount.',
		],
	])('%j leaves nothing', async (options, message) => {
		await expect(vocabulary(options).fit(docs)).rejects.toThrow(`vocabulary: ${message}`);
	});

	it('says which limits leave nothing together', async () => {
		const gap = [{ tokens: ['a', 'b', 'b', 'b', 'b'] }];
		await expect(vocabulary({ minCount: 2, maxCount: 3 }).fit(gap)).rejects.toThrow(
			'vocabulary: expected tokens that occur 2 to 3 times, got none. Lower minCount, or raise maxCount.',
		);
	});

	it('counts beyond 2³²', () => {
		const { start, add, merge, finish } = vocabulary().tally!;
		const of = (counts: number[]) => {
			const part = start();
			add(part, [{ tokens: ['a', 'b'] }]);
			return Object.assign(part as object, { counts, tokens: counts.reduce((sum, count) => sum + count, 0) });
		};
		const whole = start();
		merge(whole, of([2 ** 32 - 1, 2 ** 33]));
		merge(whole, of([2 ** 33 + 2, 1]));
		const fitted = finish(whole);
		expect([fitted.tokens[2], fitted.counts[2]]).toEqual(['a', 2 ** 32 + 2 ** 33 + 1]);
		expect([fitted.tokens[3], fitted.counts[3]]).toEqual(['b', 2 ** 33 + 1]);
		expect(fitted.counts[1]).toBe(0);
	});
});

describe("ties: 'seen'", () => {
	const seen = vocabulary({ ties: 'seen' });

	it('orders tokens of one count as they came first', async () => {
		expect((await seen.fit([{ tokens: ['z', 'y', 'z'] }, { tokens: ['b', 'y', 'a'] }])).tokens).toEqual([
			'<pad>',
			'<unk>',
			'z',
			'y',
			'b',
			'a',
		]);
	});

	it('is the same whoever counts which documents', async () => {
		const doc = fc.record({ tokens: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 6 }) });
		const chunks = fc.array(fc.tuple(fc.array(doc, { minLength: 1, maxLength: 4 }), fc.integer({ min: 0, max: 2 })), {
			minLength: 1,
			maxLength: 8,
		});
		const { start, add, merge, finish } = seen.tally!;
		await fc.assert(
			fc.asyncProperty(chunks, async (chunks) => {
				const parts = [start(), start(), start()];
				let first = 0;
				for (const [docs, worker] of chunks) {
					add(parts[worker], docs, first);
					first += docs.length;
				}
				const whole = start();
				for (const part of parts) merge(whole, structuredClone(part));
				expect(toJSON(finish(whole))).toEqual(toJSON(await seen.fit(chunks.flatMap(([docs]) => docs))));
			}),
		);
	});
});

describe('table', () => {
	it('has the ids of special tokens by their names', async () => {
		const plain = await vocabulary().fit(docs);
		expect([plain.padId, plain.unkId, plain.bosId, plain.eosId]).toEqual([0, 1, undefined, undefined]);
		for (const [bos, eos] of [
			['<bos>', '<eos>'],
			['<s>', '</s>'],
			['[BOS]', '[EOS]'],
		] as const) {
			const fitted = await vocabulary({ special: ['<pad>', '<unk>', eos, bos] }).fit(docs);
			expect([fitted.bosId, fitted.eosId]).toEqual([3, 2]);
		}
	});

	it('gives tokens of ids, the first way back', async () => {
		const fitted = await vocabulary().fit([{ tokens: ['constructor', '__proto__', 'toString', ''] }]);
		const tokens = ['toString', '', 'constructor', '__proto__'];
		expect(fitted.decode(fitted.encode(tokens))).toEqual(tokens);
		expect(fitted.decode([0, fitted.idOf('valueOf')])).toEqual(['<pad>', '<unk>']);
		expect(() => fitted.decode([2, 6])).toThrow(/^vocabulary: expected an id from 0 to 5, got 6\./);
	});

	it('tells how much of documents it knows', async () => {
		const fitted = await vocabulary({ minCount: 2 }).fit(docs);
		const other = [{ tokens: ['a', 'a', 'x', '<unk>', 'x'] }, { tokens: ['y', '__proto__', 'c'] }];
		expect(await fitted.coverage(other, { top: 2 })).toEqual({
			...{ tokens: 8, known: 3, types: 6, knownTypes: 2, share: 3 / 8, typeShare: 2 / 6 },
			unknown: [
				{ token: 'x', count: 2 },
				{ token: '__proto__', count: 1 },
			],
		});
		expect(await fitted.coverage([])).toMatchObject({ tokens: 0, share: 1, typeShare: 1, unknown: [] });
		await expect(fitted.coverage([{ tokens: 5 as never }])).rejects.toThrow('document 1: coverage: expected an array of texts');
	});
});

testRefusals({
	vocabulary: {
		refuses: [
			[() => vocabulary({ minCount: 3, maxCount: 2 }), 'vocabulary: expected maxCount to be at least minCount, 3, got 2.'],
			[() => vocabulary({ maxCount: 0 }), 'vocabulary: expected maxCount to be a whole number from 1, got 0.'],
			[
				() => vocabulary({ approximate: {} as never }),
				'vocabulary: expected approximate to be an object { capacity } of a whole number from 1, got {}.',
			],
			[() => vocabulary({ approximate: { capacity: 0 } }), 'vocabulary: expected approximate to be an object { capacity }'],
			[
				() => vocabulary({ ties: 'seen', approximate: { capacity: 9 } }),
				"vocabulary: expected ties: 'seen' with exact counts, got approximate.",
			],
		],
	},
});
