// MSRA: named entities in Chinese news. G.-A. Levow: The Third International Chinese Language Processing Bakeoff, 2006.
import { type Corpus, corpus, type TaggedSentence } from './corpus.js';
import { blocks } from './formats/blocks.js';
import { columns } from './formats/columns.js';
import { closedLicence, github } from './github.js';

const row = columns('msra-ner', '\t', ['character', 'tag']);

/** MSRA: characters with BIO tags of PER, LOC and ORG. One file has the sentences of the bakeoff's training and test parts. */
export const msraNer: Corpus<TaggedSentence, 'train'> = corpus(
	{
		name: 'msra-ner',
		title: 'MSRA, named entities in Chinese news',
		kind: 'tagging',
		published: 'https://github.com/SophonPlus/ChineseNlpCorpus',
		licence: closedLicence,
		splits: { train: 55_289 },
		files: {
			train: [
				{
					path: 'tagging/msra_ner_dh.txt',
					rows: 55_289,
					size: 15_018_708,
					sha256: '762144d4334117d51cf66c0478bb35fda215cb7ce98d941072a0cf84980f599c',
					archive: {
						path: 'tagging/dh_msra.zip',
						size: 3_441_608,
						sha256: '5a0b2e4c543d8a803b138b5488313425cdec26708e323388d37750c6bd35b4e9',
						url: github('SophonPlus/ChineseNlpCorpus', 'a0b781d72158bde242c0626c9e354d2b328865ff')('datasets/dh_msra/dh_msra.zip'),
						member: 'dh_msra.txt',
					},
				},
			],
		},
	},
	({ path, options }) =>
		blocks(path, {
			...options,
			row,
			block: (rows) => ({ tokens: rows.map(([token]) => token!), tags: rows.map(([, tag]) => tag!) }),
		}),
);
