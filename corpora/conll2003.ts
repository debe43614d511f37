// CoNLL-2003: named entities in English news. E. Tjong Kim Sang, F. De Meulder, 2003.
import { type Corpus, corpus, type TaggedSentence } from './corpus.js';
import { blocks } from './formats/blocks.js';
import { columns } from './formats/columns.js';
import { github } from './github.js';

const at = github('neubig/nn4nlp-code', '970d91a51664b3d91a9822b61cd76abea20218cb');

/** A sentence with named entities as `tags` (BIO2: B- begins every entity), parts of speech and chunks. */
export interface NewsSentence extends TaggedSentence {
	pos: string[];
	chunks: string[];
}

const row = columns('conll2003', ' ', ['word', 'part of speech', 'chunk', 'entity']);

/** CoNLL-2003, English. The lines that begin a document (-DOCSTART-) are left out. */
export const conll2003: Corpus<NewsSentence, 'train' | 'validation' | 'test'> = corpus(
	{
		name: 'conll2003',
		title: 'CoNLL-2003, named entities in English news',
		kind: 'tagging',
		published: 'https://www.clips.uantwerpen.be/conll2003/ner/',
		licence: 'research / non-commercial use; the texts belong to Reuters, not to be passed on',
		splits: { train: 14_041, validation: 3_250, test: 3_453 },
		files: {
			train: [
				{
					path: 'tagging/conll2003_train.txt',
					rows: 14_041,
					size: 3_283_418,
					sha256: 'c99b26852dabf57ca9d30a0e892b84544cc8962003151e14a71077c55dc66db5',
					url: at('data/ner/conll2003/train.txt'),
				},
			],
			validation: [
				{
					path: 'tagging/conll2003_valid.txt',
					rows: 3_250,
					size: 827_441,
					sha256: 'f1f6469322876887de1d04acd43c59b02f59d5b02acf42c027132fa1bf349cb2',
					url: at('data/ner/conll2003/valid.txt'),
				},
			],
			test: [
				{
					path: 'tagging/conll2003_test.txt',
					rows: 3_453,
					size: 748_093,
					sha256: '82e0c72d262f86ad3e78b15c5d980bbf87cb205aa4bf6d2d97643f463f8d7ff7',
					url: at('data/ner/conll2003/test.txt'),
				},
			],
		},
	},
	({ path, options }) =>
		blocks(path, {
			...options,
			row: (line) => (line.startsWith('-DOCSTART-') ? undefined : row(line)),
			block: (rows) => {
				const column = (place: number) => rows.map((fields) => fields[place]!);
				return { tokens: column(0), tags: column(3), pos: column(1), chunks: column(2) };
			},
		}),
);
