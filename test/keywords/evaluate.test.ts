// Precision, recall and F1 of keywords, against figures by hand.
import { type Extractor, evaluateKeywords, rakeKeywords } from 'textloom/keywords';
import { describe, expect, it } from 'vitest';

/** An extractor that always finds these. */
const fixed = (...found: string[]): Extractor => ({
	...{ method: 'rake', options: {} },
	extract: () => found.map((keyword, i) => ({ keyword, score: 1 / (i + 1), positions: [0] })),
});

describe('evaluateKeywords', () => {
	it('counts what is equal after stemming, each once', async () => {
		const docs = [
			{ tokens: [], keys: ['Language models', 'Storms', 'ferry-crew', 'bread'] },
			{ tokens: [], keys: ['wind'] },
			{ tokens: [], keys: [] },
		];
		const found = await evaluateKeywords(fixed('language model', 'storm', 'storms', 'Ferry crews', 'dough', 'bread'), docs, {
			at: [1, 2, 5],
		});
		expect(found).toEqual([
			{ at: 1, precision: 1 / 2, recall: 1 / 8, f1: 0.4 / 2 },
			{ at: 2, precision: 1 / 2, recall: 1 / 4, f1: 2 / 3 / 2 },
			{ at: 5, precision: 4 / 5 / 2, recall: 1 / 2, f1: expect.closeTo((2 * 0.8) / 1.8 / 2) },
		]);
		const whole = await evaluateKeywords(fixed('language model', 'bread'), docs, { at: [5], stem: false });
		expect(whole[0]).toEqual({ at: 5, precision: 1 / 4, recall: 1 / 8, f1: expect.closeTo(1 / 6) });
	});

	it('takes an extractor over documents', async () => {
		const docs = [{ tokens: 'The old harbour is closed . A storm is near'.split(' '), keys: ['old harbour', 'storm'] }];
		const [first] = await evaluateKeywords(rakeKeywords(), docs);
		expect(first!.at).toBe(5);
		expect(first!.recall).toBe(1);
	});

	it('refuses documents without keys', async () => {
		await expect(evaluateKeywords(fixed(), [{ tokens: [], keys: [] }])).rejects.toThrow(
			'evaluateKeywords: expected documents with keys, got none.',
		);
		await expect(evaluateKeywords(fixed(), [{ tokens: [] }] as never)).rejects.toThrow(
			/evaluateKeywords: expected keys to be an array of texts, got nothing/,
		);
		await expect(evaluateKeywords(fixed(), [], { at: [0] })).rejects.toThrow(/^evaluateKeywords: expected at to be an array/);
	});
});
