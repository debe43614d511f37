// The learners: of documents with features, in chains, saved and revived.
import { chain, clusters, fromJSON, latentDirichlet, latentSemantics, map, nonNegativeFactors, toJSON } from 'textloom';
import { kMeans, lda, nmf, truncatedSvd } from 'textloom/classic';
import { rowOf } from 'textloom/sparse';
import { describe, expect, it } from 'vitest';
import { counts } from './golden.js';

const docs = Array.from({ length: counts.rows }, (_, row) => ({ features: rowOf(counts, row), row }));
const names = Array.from({ length: counts.columns }, (_, column) => `term ${column}`);

describe('learners of topics', () => {
	it('learn what the functions of numbers do', async () => {
		const svd = await latentSemantics({ components: 3 }).fit(docs);
		expect(svd.components).toEqual(truncatedSvd(counts, { components: 3 }).components);
		expect(svd.apply(docs)[4]!.vector).toEqual(svd.transform(counts).slice(12, 15));
		const parts = await nonNegativeFactors({ components: 3, alpha: 0.001 }).fit(docs);
		const direct = nmf(counts, { components: 3, alpha: 0.001 });
		expect(parts.components).toEqual(direct.components);
		expect(parts.apply(docs)[4]!.topics).toEqual(direct.transform(counts).slice(12, 15));
		const topics = await latentDirichlet({ topics: 3, passes: 2 }).fit(docs);
		expect(topics.components).toEqual(lda(counts, { topics: 3, passes: 2 }).components);
		expect(topics.apply(docs)[4]!.topics).toEqual(topics.transform(counts).slice(12, 15));
		const groups = await clusters({ clusters: 3 }).fit(docs);
		expect(groups.apply(docs).map(({ cluster }) => cluster)).toEqual([...kMeans(counts, { clusters: 3 }).labels]);
	});

	it('come back with a pipeline, and name their terms', async () => {
		for (const learner of [
			latentSemantics({ components: 2 }),
			nonNegativeFactors({ components: 2, loss: 'kullback-leibler' }),
			latentDirichlet({ topics: 2, passes: 1 }),
			clusters({ clusters: 2 }),
		]) {
			const fitted = await learner.fit(docs);
			const back = fromJSON<typeof fitted>(JSON.stringify(toJSON(fitted)));
			expect(back.spec).toEqual(fitted.spec);
			expect(back.apply(docs)).toEqual(fitted.apply(docs));
			expect(back.topTerms(names, 3)).toEqual(fitted.topTerms(names, 3));
			expect(fitted.topTerms(names, 3).map((terms) => terms.length)).toEqual([3, 3]);
		}
	});

	it('learn at the end of a chain', async () => {
		const looked = map(({ row }: { row: number }) => ({ features: rowOf(counts, row) }), { stage: 'looked' });
		const fitted = await chain(looked, clusters({ clusters: 3 })).fit(docs.map(({ row }) => ({ row })));
		const found = fitted.apply(docs.map(({ row }) => ({ row }))).map(({ cluster }) => cluster);
		expect(found).toEqual([...kMeans(counts, { clusters: 3 }).labels]);
	});
});
