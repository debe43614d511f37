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
		const ours = fitted.apply([...docs, { tokens: golden.unseen }]).map((doc) => doc.weights);
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
		expect((await tfidf({ minDocuments: 3 }).fit(docs)).size).toBe(3);
	});

	it('takes odd words, and no words', async () => {
		const fitted = await tfidf().fit([{ tokens: ['constructor', '__proto__', ''] }, { tokens: [] }]);
		expect([...fitted.weights(['__proto__', 'toString', '']).keys()]).toEqual(['__proto__', '']);
		expect(fitted.weights([]).size).toBe(0);
		await expect(tfidf().fit([])).rejects.toThrow(/^tfidf: expected documents with tokens to fit on, got none/);
	});

	it('comes back from its spec, through JSON', async () => {
		const fitted = await tfidf({ sublinear: true, minDocuments: 2 }).fit(docs);
		const revived = fromJSON<Tfidf>(JSON.stringify(toJSON(fitted)));
		expect(revived.weights(docs[0]!.tokens)).toEqual(fitted.weights(docs[0]!.tokens));
		expect(revived.spec).toEqual(fitted.spec);
	});

	const counted = { documents: 2, tokens: ['a'], counts: { numbers: 'counts' } };
	it.each([
		[null, []],
		[{}, []],
		[{ documents: 2, tokens: ['a'], counts: [1] }, []],
		[counted, []],
		[counted, [3]],
	])('refuses the state %j with the counts %j', (state, counts) => {
		const numbers = { counts: { array: 'Int32Array', base64: Buffer.from(Int32Array.from(counts).buffer).toString('base64') } };
		const revived = () => fromJSON({ format: 2, stages: [{ stage: 'tfidf', options: {}, state }], numbers });
		expect(revived).toThrow(/^tfidf: expected a state .*, got .*\. Save the pipeline again/);
	});

	it('refuses options that cannot be meant', () => {
		expect(() => tfidf({ minDocuments: 0.5 })).toThrow(/^tfidf: expected minDocuments .* got 0\.5/);
		expect(() => tfidf({ norm: 'l1' as 'l2' })).toThrow(/^tfidf: expected norm .* got 'l1'/);
	});
});
