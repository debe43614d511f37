// THUCNews: titles of Chinese news in ten classes, 200,000 of them as J. Xu's Chinese-Text-Classification-Pytorch has them. M. Sun et al., 2016.
import { type ClassificationCorpus, className, corpus } from './corpus.js';
import { textLines } from './formats/lines.js';
import { closedLicence, github } from './github.js';

const classes = ['finance', 'realty', 'stocks', 'education', 'science', 'society', 'politics', 'sports', 'game', 'entertainment'];
const at = github('649453932/Chinese-Text-Classification-Pytorch', '6cb26819af7b646275aff8a4693676f2849e67f6');

/** THUCNews titles, 18,000 + 1,000 + 1,000 a class. */
export const thucnews: ClassificationCorpus<'train' | 'validation' | 'test'> = corpus(
	{
		name: 'thucnews',
		title: 'THUCNews, titles of Chinese news',
		kind: 'classification',
		published: 'http://thuctc.thunlp.org/',
		licence: closedLicence,
		classes,
		splits: { train: 180_000, validation: 10_000, test: 10_000 },
		files: {
			train: [
				{
					path: 'zh_titles/thucnews_train.txt',
					rows: 180_000,
					git: 'ffe8979a12879da0747847aca49e9a6c1d29898f',
					url: at('THUCNews/data/train.txt'),
				},
				{ path: 'zh_titles/thucnews_train_44k.txt', rows: 44_940 },
			],
			validation: [
				{
					path: 'zh_titles/thucnews_dev.txt',
					rows: 10_000,
					size: 551_313,
					sha256: '6ed73aa2c57ee1560c8f76570d48735c4b1c29ae4983fe3523d56e115813e175',
					url: at('THUCNews/data/dev.txt'),
				},
			],
			test: [
				{
					path: 'zh_titles/thucnews_test.txt',
					rows: 10_000,
					size: 551_596,
					sha256: 'ebecc8c896635ad69730083ca7b81d37c42c9a5779bc05c9d2479d894e34f026',
					url: at('THUCNews/data/test.txt'),
				},
			],
		},
	},
	({ path, options }) =>
		textLines(path, {
			...options,
			record: (line) => {
				const [text, label, ...more] = line.split('\t');
				if (label === undefined || more.length > 0) {
					throw new Error(
						`thucnews: expected a title, a tab and a class, got ${JSON.stringify(line.slice(0, 40))}. Correct or remove the line.`,
					);
				}
				return { text: text!, label: className('thucnews', classes, label) };
			},
		}),
);
