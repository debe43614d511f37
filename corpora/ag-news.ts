// AG News: news in four classes. X. Zhang, J. Zhao, Y. LeCun: Character-level Convolutional Networks for Text Classification, 2015.
import { csv } from 'textloom';
import { type Corpus, corpus } from './corpus.js';

const classes = ['World', 'Sports', 'Business', 'Sci/Tech'];

/**
 * AG News, 30,000 + 1,900 texts a class. Rows are class 1–4 and text, or class, title and description, which are joined by a space.
 * Texts are as published, damaged entities included: `clean()` repairs them.
 */
export const agNews: Corpus = corpus(
	{
		name: 'ag-news',
		title: 'AG News topic classification',
		published: 'http://groups.di.unipi.it/~gulli/AG_corpus_of_news_articles.html',
		licence: 'research / non-commercial use; no open licence, not to be passed on',
		classes,
		splits: { train: 120_000, test: 7_600 },
		files: {
			train: [
				{ path: 'ag_news/train.csv.gz', rows: 120_000 },
				{ path: 'ag_news/train.csv', rows: 120_000 },
				{
					path: 'ag_news/train_subset_13k.csv.gz',
					rows: 13_420,
					size: 1_343_315,
					sha256: '94dbc5e772c2aab198df6eb15bec64da59eeece6de839bc1d1bb24c5ad481464',
				},
			],
			test: [
				{
					path: 'ag_news/test.csv.gz',
					rows: 7_600,
					size: 748_824,
					sha256: '3c277beb6ce3dd635407635cb90a7c5ceaf87168fabb3be218e39aa2b097f706',
				},
				{ path: 'ag_news/test.csv', rows: 7_600 },
			],
		},
		sampleRows: 600,
	},
	(path, counts) =>
		csv(path, {
			counts,
			fields: [2, 3],
			record: ([label, ...texts], line) => {
				// One edition of the file has a header.
				if (line === 1 && label === 'Class Index') return undefined;
				const name = classes[Number(label) - 1];
				if (name === undefined) {
					throw new Error(`ag-news: expected a class from 1 to 4, got ${JSON.stringify(label)}. Is this the file of AG News?`);
				}
				return { text: texts.join(' '), label: name };
			},
		}),
);
