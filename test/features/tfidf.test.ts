import { readFileSync } from 'node:fs';
import { fromJSON, type Tfidf, type TfidfOptions, tfidf, toJSON } from 'textloom';
import { describe, expect, it } from 'vitest';

interface Golden {
	made_by: string;
	documents: string[][];
	unseen: string[];
	cases: { options: TfidfOptions; weights: Record<string, number>[] }[];
}
const golden: Golden = JSON.parse(readFileSync(new URL('../golden/features/tfidf.json', import.meta.url), 'utf8'));
const docs = golden.documents.map((tokens) => ({ tokens }));

describe('tfidf', () => {
	it.each(golden.cases)(`gives the weights of ${golden.made_by}: $options`, async ({ options, weights }) => {
		const fitted = await tfidf(options).fit(docs);
		const ours = [...docs, { tokens: golden.unseen }].map(({ tokens }) => fitted.weights(tokens));
		expect(ours).toHaveLength(weights.length);
		ours.forEach((got, i) => {
			expect([...got.keys()].sort()).toEqual(Object.keys(weights[i]!).sort());
			for (const [token, weight] of got) expect(weight).toBeCloseTo(weights[i]![token]!, 12);
		});
	});

	it('counts a token once in each document', async () => {
		const fitted = await tfidf({ smooth: false }).fit(docs);
		expect(fitted.documents).toBe(7);
		expect(fitted.idf('storm')).toBeCloseTo(Math.log(7 / 3) + 1, 12);
		expect(fitted.idf('zeppelin')).toBeUndefined();
		expect((await tfidf({ minDf: 3 }).fit(docs)).size).toBe(3);
	});

	it('takes odd words, and no words', async () => {
		const fitted = await tfidf().fit([{ tokens: ['constructor', '__proto__', ''] }, { tokens: [] }]);
		expect([...fitted.weights(['__proto__', 'toString', '']).keys()]).toEqual(['__proto__', '']);
		expect(fitted.weights([]).size).toBe(0);
		await expect(tfidf().fit([])).rejects.toThrow(/^tfidf: expected documents with terms to fit on, got none/);
	});

	it('comes back from its spec, through JSON', async () => {
		const fitted = await tfidf({ sublinear: true, minDf: 2 }).fit(docs);
		const revived = fromJSON<Tfidf>(JSON.stringify(toJSON(fitted)));
		expect(revived.weights(docs[0]!.tokens)).toEqual(fitted.weights(docs[0]!.tokens));
		expect(revived.spec).toEqual(fitted.spec);
	});

	it.each<[string, (state: { [key: string]: unknown }, numbers: { [key: string]: { array: string; base64: string } }) => void]>([
		['without tokens', (state) => delete state.tokens],
		['of tokens that are no texts', (state) => Object.assign(state, { tokens: [1] })],
		['of equal tokens', (state) => Object.assign(state, { tokens: (state.tokens as string[]).map(() => 'a') })],
		['without documents', (state) => Object.assign(state, { documents: -1 })],
		['of counts above the documents', (state) => Object.assign(state, { documents: 1 })],
		['of a list instead of numbers', (state) => Object.assign(state, { columns: [0, 1] })],
		[
			'of columns that are not there',
			(_, numbers) =>
				Object.assign(numbers['0.tfidf.columns']!, { base64: Buffer.from(new Int32Array(14).fill(3).buffer).toString('base64') }),
		],
		[
			'of prefixes that are not there',
			(_, numbers) =>
				Object.assign(numbers['0.tfidf.prefixes']!, { base64: Buffer.from(new Int32Array(16).fill(99).buffer).toString('base64') }),
		],
	])('refuses a state %s', async (_, change) => {
		const saved = JSON.parse(JSON.stringify(toJSON(await tfidf({ ngramRange: [1, 2], minDf: 2 }).fit(docs))));
		fromJSON(structuredClone(saved));
		change(saved.stages[0].state, saved.numbers);
		expect(() => fromJSON(saved)).toThrow(/^tfidf: expected a state .*, got .*\. Save the pipeline again/);
	});

	it('refuses options that cannot be meant', () => {
		expect(() => tfidf({ minDf: 1.5 })).toThrow(/^tfidf: expected minDf .* got 1\.5/);
		expect(() => tfidf({ norm: 'l3' as 'l2' })).toThrow(/^tfidf: expected norm .* got 'l3'/);
	});
});
