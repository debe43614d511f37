import { fromJSON, toJSON, type Vocabulary, vocabulary } from 'textloom';
import { describe, expect, it } from 'vitest';

const docs = [{ tokens: ['b', 'a', 'c', 'a'] }, { tokens: ['a', 'b', 'constructor', '__proto__', ''] }, { tokens: [] }];

describe('vocabulary', () => {
	it('orders tokens by falling count, then by code point', async () => {
		const fitted = await vocabulary().fit(docs);
		expect(fitted.tokens).toEqual(['<pad>', '<unk>', 'a', 'b', '', '__proto__', 'c', 'constructor']);
		expect(fitted.size).toBe(8);
		expect(fitted.apply([{ tokens: ['a', 'zebra', '__proto__', 'toString', ''], n: 1 }])).toEqual([
			{ tokens: ['a', 'zebra', '__proto__', 'toString', ''], n: 1, ids: Int32Array.of(2, 1, 5, 1, 4) },
		]);
		expect(fitted.idOf('constructor')).toBe(7);
		expect(fitted.tokenOf(0)).toBe('<pad>');
		expect(fitted.encode([])).toEqual(new Int32Array(0));
	});

	it('leaves rare tokens out, and keeps no more than size', async () => {
		expect((await vocabulary({ minCount: 2 }).fit(docs)).tokens).toEqual(['<pad>', '<unk>', 'a', 'b']);
		expect((await vocabulary({ size: 3 }).fit(docs)).tokens).toEqual(['<pad>', '<unk>', 'a']);
	});

	it('counts the tokens; what it leaves out is unknown, special ones of the text count for themselves', async () => {
		expect((await vocabulary().fit(docs)).counts).toEqual([0, 0, 3, 2, 1, 1, 1, 1]);
		expect((await vocabulary({ minCount: 2 }).fit(docs)).counts).toEqual([0, 4, 3, 2]);
		expect((await vocabulary({ special: ['<pad>', '<unk>', 'c'], size: 4 }).fit(docs)).counts).toEqual([0, 5, 1, 3]);
	});

	it('gives special tokens their ids even where the text has them', async () => {
		const special = ['[PAD]', '[UNK]', 'c'];
		const fitted = await vocabulary({ special }).fit(docs);
		expect(fitted.tokens.slice(0, 4)).toEqual(['[PAD]', '[UNK]', 'c', 'a']);
		expect(fitted.idOf('c')).toBe(2);
	});

	it('comes back from its spec, through JSON', async () => {
		for (const options of [{}, { minCount: 2, size: 3, special: ['p', 'u'] }]) {
			const fitted = await vocabulary(options).fit(docs);
			const revived = fromJSON<Vocabulary>(JSON.stringify(toJSON(fitted)));
			expect(revived.tokens).toEqual(fitted.tokens);
			expect(revived.spec).toEqual(fitted.spec);
			expect(revived.encode(['a', 'x'])).toEqual(Int32Array.of(2, 1));
		}
	});

	it.each([
		[null, 'null'],
		[{ tokens: 'abc' }, '{"tokens":"abc"}'],
		[{ tokens: ['<pad>', '<unk>', 3] }, '3 at 2'],
		[{ tokens: ['<unk>', '<pad>'] }, '"<unk>" at 0'],
		[{ tokens: ['<pad>', '<unk>', 'a', 'b', 'a'] }, "'a' twice"],
		[{ tokens: ['<pad>', '<unk>', 'a'] }, 'counts that are not 3 whole numbers'],
		[{ tokens: ['<pad>', '<unk>', 'a'], counts: [0, 0, -1] }, 'counts that are not 3 whole numbers'],
	])('refuses the state %j', (state, got) => {
		const revived = () => fromJSON({ format: 2, stages: [{ stage: 'vocabulary', options: {}, state }] });
		expect(revived).toThrow(TypeError);
		expect(revived).toThrow(
			`vocabulary: expected a state { tokens: [<pad>, <unk>, …], counts: […] } of strings that differ, got ${got}. Save`,
		);
	});

	it('refuses options that cannot be meant', () => {
		expect(() => vocabulary({ minCount: 0 })).toThrow(/^vocabulary: expected minCount .* got 0\./);
		expect(() => vocabulary({ size: 2 })).toThrow(/^vocabulary: expected size .* above 2.* got 2\./);
		expect(() => vocabulary({ size: Number.NaN })).toThrow(RangeError);
		expect(() => vocabulary({ special: ['<pad>'] })).toThrow(TypeError);
		expect(() => vocabulary({ special: ['a', 'a'] })).toThrow(/differ/);
	});

	it('says so when it has nothing to learn from, and for an id it does not have', async () => {
		await expect(vocabulary().fit([])).rejects.toThrow(/^vocabulary: expected documents with tokens to fit on, got none/);
		const fitted = await vocabulary().fit(docs);
		await expect(vocabulary({ minCount: 9 }).fit(docs)).rejects.toThrow(
			'vocabulary: expected tokens that occur 9 times, got none: the most frequent occurs 3 times. Lower minCount.',
		);
		expect(() => fitted.tokenOf(8)).toThrow(/^vocabulary: expected an id from 0 to 7, got 8/);
	});

	it('keeps long tokens, lone surrogates included, exactly', async () => {
		const long = 'incomprehensibility\ud800';
		const fitted = await vocabulary().fit([{ tokens: [`${long} and so on`.slice(0, long.length)] }]);
		expect(fitted.tokens[2]).toBe(long);
	});
});
