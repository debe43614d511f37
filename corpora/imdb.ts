// IMDB: film reviews, positive and negative. A. Maas et al.: Learning Word Vectors for Sentiment Analysis, 2011.
import { jsonl } from 'textloom';
import { type Corpus, corpus } from './corpus.js';

const classes = ['negative', 'positive'];

/** The Large Movie Review Dataset 1.0, 12,500 + 12,500 texts a class. Texts are raw, `<br />` included: `clean()` removes it. */
export const imdb: Corpus = corpus(
	{
		name: 'imdb',
		title: 'IMDB Large Movie Review Dataset 1.0',
		published: 'https://ai.stanford.edu/~amaas/data/sentiment/',
		licence: 'research / non-commercial use; no open licence, not to be passed on',
		classes,
		splits: { train: 25_000, test: 25_000 },
		files: {
			train: [
				{
					path: 'imdb/train.jsonl.gz',
					rows: 25_000,
					size: 13_014_116,
					sha256: '06ff50e0fd07522f62292053800a6a0a4cbc430445fe19cdbd8a976c69c7561a',
				},
			],
			test: [
				{
					path: 'imdb/test.jsonl.gz',
					rows: 25_000,
					size: 12_710_158,
					sha256: '93396cc0aa23b8bab3be6fc4dcf2b06500bfc9623660ada816a4dfb142a02963',
				},
			],
		},
		sampleRows: 200,
	},
	(path, counts) =>
		jsonl(path, {
			counts,
			record: ({ label, text }) => {
				if ((label !== 0 && label !== 1) || typeof text !== 'string') {
					throw new Error(`imdb: expected a label of 1 or 0 and a text, got label ${JSON.stringify(label)}. Is this the file of IMDB?`);
				}
				return { text, label: classes[label]! };
			},
		}),
);
