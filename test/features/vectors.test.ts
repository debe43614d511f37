// Vectorizers: columns, names and numbers of scikit-learn's on our own texts, for documents that were learned from and for others; SMART's letters as gensim has them.
import { readFileSync } from 'node:fs';
import {
	type AnyStage,
	bm25,
	counts,
	fromJSON,
	hashing,
	oneHot,
	parallel,
	pipe,
	tfidf,
	toJSON,
	type Vectorizer,
	type VectorizerLearner,
	whitespace,
} from 'textloom';
import { rowOf, type SparseMatrix, type SparseVector, sparseMatrix, toDense } from 'textloom/sparse';
import { describe, expect, it } from 'vitest';

type Row = readonly [columns: number[], values: number[]];
interface Golden {
	readonly made_by: string;
	readonly texts: readonly string[];
	readonly later: readonly string[];
	readonly cases: readonly { stage: string; options: object; columns: number; names: string[]; rows: Row[]; unseen: Row[] }[];
	readonly smart: readonly { letters: string; weights: Record<string, number>[] }[];
}
const golden: Golden = JSON.parse(readFileSync(new URL('../golden/features/vectors.json', import.meta.url), 'utf8'));
const docsOf = (texts: readonly string[]) => texts.map((text) => ({ text, tokens: text.split(/\s+/).filter((token) => token !== '') }));
const docs = docsOf(golden.texts);
const makers = { counts, tfidf } as Record<string, (options: object) => VectorizerLearner<object>>;

function expectRow({ indices, values }: SparseVector, [columns, numbers]: Row): void {
	expect([...indices]).toEqual(columns);
	for (const [place, value] of numbers.entries()) expect(Math.abs(values[place]! - value)).toBeLessThan(1e-6);
}
const expectRows = (matrix: SparseMatrix, rows: readonly Row[]) => {
	expect(matrix.rows).toBe(rows.length);
	for (const [place, row] of rows.entries()) expectRow(rowOf(matrix, place), row);
};

describe(`as ${golden.made_by}`, () => {
	it.each(golden.cases.filter(({ stage }) => stage !== 'hashing'))(
		'$stage $options',
		async ({ stage, options, columns, names, rows, unseen }) => {
			const { fitted, matrix } = await makers[stage]!(options).fitTransform(docs);
			expect(fitted.names()).toEqual(names);
			expect([fitted.size, matrix.columns, fitted.documents]).toEqual([columns, columns, docs.length]);
			expectRows(matrix, rows);
			// Fitting alone, through JSON, gives the same rows.
			const apart = fromJSON<Vectorizer<object>>(JSON.stringify(toJSON((await makers[stage]!(options).fit(docs)) as unknown as AnyStage)));
			expectRows(await apart.matrix(docs), rows);
			expectRows(await apart.matrix(docsOf(golden.later)), unseen);
		},
	);

	it.each(golden.cases.filter(({ stage }) => stage === 'hashing'))('hashing $options', ({ options, rows, unseen }) => {
		const stage = hashing(options);
		for (const [texts, wanted] of [
			[golden.texts, rows],
			[golden.later, unseen],
		] as const) {
			for (const [place, { features }] of stage.apply(docsOf(texts)).entries()) expectRow(features, wanted[place]!);
		}
	});

	it.each(golden.smart)("SMART's $letters", async ({ letters, weights }) => {
		const { fitted, matrix } = await tfidf({ formula: letters, dtype: 'float64' }).fitTransform(docs);
		for (const [place, wanted] of weights.entries()) {
			const { indices, values } = rowOf(matrix, place);
			const ours = Object.fromEntries(
				[...indices].flatMap((column, i) => (values[i] === 0 ? [] : [[fitted.names()[column]!, values[i]!]])),
			);
			expect(Object.keys(ours).sort()).toEqual(Object.keys(wanted).sort());
			for (const [term, weight] of Object.entries(wanted)) expect(ours[term]).toBeCloseTo(weight, 9);
		}
	});
});

it('documents out of threads are counted there, and the matrix is the same', async () => {
	const many = Array.from({ length: 120 }, (_, i) => docs.map((doc) => ({ text: `${doc.text} ${i % 7}` }))).flat();
	const stages = whitespace();
	const make = () => tfidf({ ngramRange: [1, 2], minDf: 2 });
	const one = await make().fitTransform(pipe(many, stages));
	const two = await make().fitTransform(pipe(many, parallel(stages, { workers: 2 })));
	expect(two.matrix).toEqual(one.matrix);
	expect(two.fitted.spec).toEqual(one.fitted.spec);
});

it("the course's formulas", async () => {
	const texts = [{ tokens: ['oil', 'oil', 'gas'] }, { tokens: ['gas'] }, { tokens: ['wind', 'oil'] }, { tokens: ['sun'] }];
	const textbook = (await tfidf({ formula: 'textbook', dtype: 'float64' }).fit(texts)).weights(['oil', 'oil', 'gas', 'sun']);
	expect([...textbook.keys()]).toEqual(['oil', 'gas', 'sun']);
	expect(textbook.get('oil')).toBeCloseTo((2 / 3) * Math.log(4 / 3), 12);
	expect(textbook.get('sun')).toBeCloseTo(Math.log(4 / 2), 12);
	const plain = (await tfidf({ formula: 'plain', dtype: 'float64' }).fit(texts)).weights(['oil', 'oil', 'sun']);
	expect(plain.get('oil')).toBeCloseTo(2 * Math.log(4 / 2), 12);
	expect(plain.get('sun')).toBeCloseTo(Math.log(4), 12);
});

it('BM25 is its formula, and finds what a query is about', async () => {
	const texts = ['oil prices rise', 'oil oil oil and gas', 'a film about a ferry'].map((text) => ({ tokens: text.split(' ') }));
	const { fitted, matrix } = await bm25({ k1: 1.5, b: 0.6, delta: 0.5, dtype: 'float64' }).fitTransform(texts);
	const [n, mean] = [3, 13 / 3];
	const weight = (count: number, having: number, length: number) =>
		Math.log(1 + (n - having + 0.5) / (having + 0.5)) * ((count * 2.5) / (count + 1.5 * (0.4 + (0.6 * length) / mean)) + 0.5);
	expect(toDense(matrix)[5 + matrix.columns - 5 + fitted.columnOf('oil')]).toBeCloseTo(weight(3, 2, 5), 12);
	expect(fitted.search(matrix, { tokens: ['oil', 'nowhere'] }, 2).map(({ row }) => row)).toEqual([1, 0]);
	expect(fitted.scores(matrix, { tokens: ['ferry'] })[2]).toBeCloseTo(weight(1, 1, 5), 12);
});

it('one-hot vectors and the way back', async () => {
	const fitted = await oneHot().fit([{ tokens: ['周杰伦', '陈奕迅', '王力宏', '周杰伦'] }]);
	const [doc] = fitted.apply([{ tokens: ['王力宏', 'unknown', '周杰伦'] }]);
	const dense = toDense(sparseMatrix(doc!.vectors));
	expect([...dense]).toEqual([0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0]);
	expect(fitted.tokenOf(dense.subarray(0, 5))).toBe('王力宏');
	expect(() => fitted.tokenOf([1])).toThrow('oneHot: expected a row of 5 numbers, got 1.');
	const revived = fromJSON<typeof fitted>(toJSON(fitted));
	expect(revived.apply([{ tokens: ['陈奕迅'] }])[0]!.vectors).toEqual([fitted.vector('陈奕迅')]);
});

it('characters need texts, words tokens', async () => {
	await expect(counts({ analyzer: 'char' }).fit([{ tokens: ['a'] }] as never)).rejects.toThrow(
		/counts: expected a text in the field "text"/,
	);
	await expect(counts().fit([{ text: 'a' }] as never)).rejects.toThrow(/counts: expected .* in the field "tokens"/);
	await expect(counts().fitTransform([{ text: 'a' }] as never)).rejects.toThrow(/counts: expected .* in the field "tokens"/);
});

it('a term may stand millions of times in a document', async () => {
	const many = 2 ** 22 + 5;
	const { fitted, matrix } = await counts({ analyzer: 'char' }).fitTransform([{ text: `${'a'.repeat(many)}b` }, { text: 'ba' }]);
	expect([...toDense(matrix)]).toEqual([many, 1, 1, 1]);
	expect([...fitted.features({ text: `b${'a'.repeat(many)}` }).values]).toEqual([many, 1]);
});

it('idf is that of the formula', async () => {
	const texts = [{ tokens: ['a', 'b'] }, { tokens: ['a'] }, { tokens: ['a'] }];
	const idf = async (options: object) => (await tfidf(options).fit(texts)).idf('b');
	expect(await idf({})).toBeCloseTo(Math.log(4 / 2) + 1, 12);
	expect(await idf({ smooth: false })).toBeCloseTo(Math.log(3) + 1, 12);
	expect(await idf({ useIdf: false })).toBe(1);
	expect(await idf({ formula: 'plain' })).toBeCloseTo(Math.log(3), 12);
	expect(await idf({ formula: 'nfc' })).toBeCloseTo(Math.log2(3), 12);
});

it('a word that is shorter than the n-grams is a term, of a query too', async () => {
	const fitted = await tfidf({ analyzer: 'char_wb', ngramRange: [5, 5] }).fit([{ text: 'a bb' }, { text: 'a cc' }]);
	expect([...fitted.weights([' ', 'a', ' ']).keys()]).toEqual([' a ']);
});

it('terms of tokens with blanks in them are in the order of their names', async () => {
	const fitted = await counts({ ngramRange: [1, 2] }).fit([{ tokens: ['a', 'b'] }, { tokens: ['a b', 'a\tc', ''] }]);
	expect(fitted.names()).toEqual(['', 'a', 'a\tc', 'a\tc ', 'a b', 'a b', 'a b a\tc', 'b']);
});

it.each<[string, () => Promise<unknown>, RegExp]>([
	['no documents', () => tfidf().fit([]), /^tfidf: expected documents with terms to fit on, got none in 0\./],
	[
		'no terms',
		() => counts({ ngramRange: [2, 2] }).fit([{ tokens: ['a'] }]),
		/^counts: expected documents with terms to fit on, got none in 1\./,
	],
	[
		'minDf too high',
		() => tfidf({ minDf: 50 }).fit(docs),
		/^tfidf: expected terms that 50 documents have \(minDf\), got none: the most frequent is in \d+ of 12\. Lower minDf\./,
	],
	['a share', () => tfidf({ minDf: 0.9 }).fit(docs), /^tfidf: expected terms that 0\.9 of the documents have \(minDf\), got none/],
	[
		'maxDf too low',
		() => counts({ maxDf: 1 }).fit([{ tokens: ['a'] }, { tokens: ['a'] }]),
		/^counts: expected terms that at most 1 documents have \(maxDf\), got none: the rarest is in 2 of 2\. Raise maxDf\./,
	],
	['a range', async () => counts({ ngramRange: [2, 1] }), /^counts: expected ngramRange to be two whole numbers/],
	['half a document', async () => counts({ minDf: 1.5 }), /^counts: expected minDf to be a whole number of documents from 1/],
	['letters', async () => tfidf({ formula: 'xyz' }), /^tfidf: expected formula to be .*SMART's letters/],
	['two formulas', async () => tfidf({ formula: 'ltc', smooth: false }), /^tfidf: expected formula alone, got smooth beside it\./],
	[
		'limits that leave nothing between',
		() => counts({ minDf: 2, maxDf: 3 }).fit(Array.from({ length: 9 }, (_, i) => ({ tokens: i < 8 ? ['a', 'b'] : ['c'] }))),
		/^counts: expected terms that 2 to 3 documents have \(minDf, maxDf\), got none\. Lower minDf, or raise maxDf\./,
	],
	[
		'a document without tokens',
		async () => (await tfidf().fit(docs)).features({ text: 'x' } as never),
		/^tfidf: expected an array of texts in the field "tokens"/,
	],
	['a slope alone', async () => tfidf({ slope: 0.5 }), /^tfidf: expected slope with a formula such as lfu/],
])('refuses %s', async (_, run, says) => {
	await expect(run()).rejects.toThrow(says);
});
