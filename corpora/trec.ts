// TREC questions by what they ask for, in 6 coarse and 50 fine classes. X. Li, D. Roth: Learning Question Classifiers, 2002.
import { type ClassificationCorpus, type CorpusFacts, corpus, type LabelledText, type Reading } from './corpus.js';
import { textLines } from './formats/lines.js';
import { closedLicence, github } from './github.js';

const fine = {
	ABBR: 'abb exp',
	DESC: 'def desc manner reason',
	ENTY: 'animal body color cremat currency dismed event food instru lang letter other plant product religion sport substance symbol techmeth termeq veh word',
	HUM: 'desc gr ind title',
	LOC: 'city country mount other state',
	NUM: 'code count date dist money ord other perc period speed temp volsize weight',
};
const coarseClasses = Object.keys(fine);
const fineClasses = Object.entries(fine).flatMap(([coarse, names]) => names.split(' ').map((name) => `${coarse}:${name}`));

// One archive has both files. Its training file is Latin-1.
const archive = {
	path: 'text_classification/qc.zip',
	size: 125_456,
	sha256: '091fb01e50883014d150acb7d5013d787136968b3f955ae01725a65e7e80f304',
	url: github('nltk/nltk_data', '5db857e6f7df11eabb5e5665836db9ec8df07e28')('packages/corpora/qc.zip'),
	encoding: 'latin1' as const,
};

const facts = {
	kind: 'classification',
	published: 'https://cogcomp.seas.upenn.edu/Data/QA/QC/',
	licence: closedLicence,
	splits: { train: 5_452, test: 500 },
	files: {
		train: [
			{
				path: 'text_classification/trec_train.txt',
				rows: 5_452,
				size: 335_859,
				sha256: '016243a7ddb380241c94eabcf073a210b9a83a2e772347cb5ed844722a192faf',
				archive: { ...archive, member: 'qc/train.txt' },
			},
		],
		test: [
			{
				path: 'text_classification/trec_test.txt',
				rows: 500,
				size: 23_354,
				sha256: '033f22c028c2bbba9ca682f68ffe204dc1aa6e1cf35dd6207f2d4ca67f0d0e8e',
				archive: { ...archive, member: 'qc/test.txt' },
			},
		],
	},
} satisfies Omit<CorpusFacts<'train' | 'test'>, 'name' | 'title'>;

/** A question with both of its classes. */
export interface Question extends LabelledText {
	coarse: string;
	/** With the coarse class: 'DESC:manner'. */
	fine: string;
}

const read =
	(label: 'coarse' | 'fine') =>
	({ path, options }: Reading) =>
		textLines(path, {
			...options,
			record: (line): Question => {
				const [, name = '', coarse = '', text = ''] = /^(([^: ]+):[^ ]+) (.*)$/s.exec(line) ?? [];
				if (!fineClasses.includes(name)) {
					throw new Error(`trec: expected "CLASS:class question", got ${JSON.stringify(line.slice(0, 40))}. Is this the file of TREC?`);
				}
				return { text: text.trim(), label: label === 'fine' ? name : coarse, coarse, fine: name };
			},
		});

/** TREC with the 6 coarse classes as labels. */
export const trec: ClassificationCorpus<'train' | 'test', Question> = corpus(
	{ name: 'trec', title: 'TREC questions, 6 classes', classes: coarseClasses, ...facts },
	read('coarse'),
);

/** TREC with the 50 fine classes as labels. */
export const trecFine: ClassificationCorpus<'train' | 'test', Question> = corpus(
	{ name: 'trec-fine', title: 'TREC questions, 50 classes', classes: fineClasses, ...facts },
	read('fine'),
);
