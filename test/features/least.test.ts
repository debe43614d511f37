// The two kinds of least counts: documents that have a token (`minDf`), and occurrences of it (`minCount`).
import { tfidf, vocabulary } from 'textloom';
import { expect, it } from 'vitest';

const docs = [{ tokens: ['oil', 'oil', 'gas'] }, { tokens: ['gas'] }];

it('tfidf counts documents', async () => {
	const { spec } = await tfidf({ minDf: 2 }).fit(docs);
	expect((spec.state as { tokens: string[] }).tokens).toEqual(['gas']);
	expect(() => tfidf({ minCount: 2 } as never)).toThrow('tfidf: expected an option that it has, got minCount.');
});

it('vocabulary counts occurrences', async () => {
	expect((await vocabulary({ minCount: 2 }).fit(docs)).tokens).toEqual(['<pad>', '<unk>', 'gas', 'oil']);
	expect(() => vocabulary({ minDf: 2 } as never)).toThrow('vocabulary: expected an option that it has, got minDf.');
});
