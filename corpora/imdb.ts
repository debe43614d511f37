// IMDB: film reviews, positive and negative. A. Maas et al.: Learning Word Vectors for Sentiment Analysis, 2011.
import { csv, type Documents, documentsFrom, jsonl } from 'textloom/stream';
import { type ClassificationCorpus, type CorpusFile, className, corpus, type LabelledText, type Reading } from './corpus.js';
import { textFiles } from './formats/tree.js';
import { closedLicence } from './github.js';

const classes = ['negative', 'positive'];

const archive: CorpusFile = {
	path: 'imdb/aclImdb_v1.tar.gz',
	rows: 25_000,
	size: 84_125_825,
	sha256: 'c40f74a18d3b61f90feba1e17730e0d38e8b97c05fde7008942e91923d1658fe',
	url: 'https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz',
};

/** One CSV file with all 50,000 reviews is about, too. Its order is not that of the published splits: the first half trains. */
const joined: CorpusFile = { path: 'imdb/IMDB Dataset.csv', rows: 25_000 };

/** The forms that a split may have, other than JSON Lines. */
const forms = (split: string): CorpusFile[] => [
	{ path: `aclImdb/${split}`, rows: 25_000 },
	{ path: `imdb/aclImdb/${split}`, rows: 25_000 },
	{ path: `imdb/${split}.csv`, rows: 25_000 },
	archive,
	joined,
];

/**
 * The Large Movie Review Dataset 1.0, 12,500 + 12,500 texts a class: as JSON Lines, as the folder `aclImdb`, as its archive, or as CSV with the
 * columns review and sentiment. Texts are raw, `<br />` included: `clean()` removes it.
 */
export const imdb: ClassificationCorpus = corpus(
	{
		name: 'imdb',
		title: 'IMDB Large Movie Review Dataset 1.0',
		kind: 'classification',
		published: 'https://ai.stanford.edu/~amaas/data/sentiment/',
		licence: closedLicence,
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
				{ path: 'imdb/train.jsonl', rows: 25_000 },
				...forms('train'),
			],
			test: [
				{
					path: 'imdb/test.jsonl.gz',
					rows: 25_000,
					size: 12_710_158,
					sha256: '93396cc0aa23b8bab3be6fc4dcf2b06500bfc9623660ada816a4dfb142a02963',
				},
				{ path: 'imdb/test.jsonl', rows: 25_000 },
				...forms('test'),
			],
		},
		sampleRows: 200,
	},
	(reading): Documents<LabelledText> => {
		if (/\.jsonl(\.gz)?$/.test(reading.path)) return lines(reading);
		return /\.csv(\.gz)?$/.test(reading.path) ? table(reading) : tree(reading);
	},
);

function lines({ path, options }: Reading): Documents<LabelledText> {
	return jsonl(path, {
		...options,
		record: ({ label, text }) => {
			if ((label !== 0 && label !== 1) || typeof text !== 'string') {
				throw new Error(`imdb: expected a label of 1 or 0 and a text, got label ${JSON.stringify(label)}. Is this the file of IMDB?`);
			}
			return { text, label: classes[label]! };
		},
	});
}

function table({ path, split, options }: Reading): Documents<LabelledText> {
	const rows = csv(path, {
		...options,
		header: true,
		fields: 2,
		record: ([text, label]) => ({ text: text!, label: classes.includes(label!) ? label! : className('imdb', classes, label) }),
	});
	if (!path.includes(joined.path)) return rows;
	return documentsFrom(async function* () {
		let row = 0;
		for await (const chunk of rows.chunks()) yield chunk.filter(() => row++ < joined.rows === (split === 'train'));
	});
}

function tree({ path, split, options }: Reading): Documents<LabelledText> {
	return textFiles(path, {
		...options,
		pick: (name) => {
			const [, part = split, folder] = /^(?:.*?(train|test)\/)?(pos|neg)\/[^/]+\.txt$/.exec(name) ?? [];
			if (folder === undefined || part !== split) return undefined;
			return (text) => ({ text, label: folder === 'pos' ? 'positive' : 'negative' });
		},
	});
}
