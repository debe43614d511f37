// AG News: news in four classes. X. Zhang, J. Zhao, Y. LeCun: Character-level Convolutional Networks for Text Classification, 2015.
import { csv } from 'textloom/stream';
import { type ClassificationCorpus, className, corpus } from './corpus.js';
import { closedLicence, github } from './github.js';

const classes = ['World', 'Sports', 'Business', 'Sci/Tech'];
const at = github('mhjabreel/CharCnn_Keras', '555590db4219b1243abb1918effd6a7425a2d75f');

/**
 * AG News, 30,000 + 1,900 texts a class. Rows are class 1–4 and text, or class, title and description, which are joined by a space.
 * Texts are as published, damaged entities included: `clean({ repair: true })` mends them.
 */
export const agNews: ClassificationCorpus = corpus(
	{
		name: 'ag-news',
		title: 'AG News topic classification',
		kind: 'classification',
		published: 'http://groups.di.unipi.it/~gulli/AG_corpus_of_news_articles.html',
		licence: closedLicence,
		classes,
		splits: { train: 120_000, test: 7_600 },
		files: {
			train: [
				{
					path: 'ag_news/train.csv',
					rows: 120_000,
					size: 29_470_338,
					sha256: '76a0a2d2f92b286371fe4d4044640910a04a803fdd2538e0f3f29a5c6f6b672e',
					url: at('data/ag_news_csv/train.csv'),
				},
				{
					path: 'ag_news/train_subset_13k.csv.gz',
					rows: 13_420,
					size: 1_343_315,
					sha256: '94dbc5e772c2aab198df6eb15bec64da59eeece6de839bc1d1bb24c5ad481464',
				},
			],
			test: [
				{
					path: 'ag_news/test.csv',
					rows: 7_600,
					size: 1_857_427,
					sha256: '521465c2428ed7f02f8d6db6ffdd4b5447c1c701962353eb2c40d548c3c85699',
					url: at('data/ag_news_csv/test.csv'),
				},
			],
		},
		sampleRows: 600,
	},
	({ path, options }) =>
		csv(path, {
			...options,
			fields: [2, 3],
			record: ([label, ...texts], line) => {
				// One edition of the file has a header.
				if (line === 1 && label === 'Class Index') return undefined;
				return { text: texts.join(' '), label: className('ag-news', classes, label, 1) };
			},
		}),
);
