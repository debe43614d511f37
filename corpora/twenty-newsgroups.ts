// 20 Newsgroups, by date: postings of 1993 in twenty groups. K. Lang: NewsWeeder, 1995; J. Rennie's edition.
import { jsonl } from 'textloom/stream';
import { type ClassificationCorpus, type CorpusFile, corpus, type LabelledText } from './corpus.js';
import { textFiles } from './formats/tree.js';

const groups = `alt.atheism comp.graphics comp.os.ms-windows.misc comp.sys.ibm.pc.hardware comp.sys.mac.hardware comp.windows.x misc.forsale
	rec.autos rec.motorcycles rec.sport.baseball rec.sport.hockey sci.crypt sci.electronics sci.med sci.space soc.religion.christian
	talk.politics.guns talk.politics.mideast talk.politics.misc talk.religion.misc`.split(/\s+/);

/** The forms that a split may have. The archive is the one that scikit-learn fetches. */
const files = (split: string, rows: number): CorpusFile[] => [
	{ path: `20newsgroups/${split}.jsonl`, rows },
	{ path: `20newsgroups/20news-bydate-${split}`, rows },
	{
		path: '20newsgroups/20news-bydate.tar.gz',
		rows,
		sha256: '8f1b2514ca22a5ade8fbb9cfa5727df95fa587f4c87b786e15c759fa66d95610',
		url: 'https://ndownloader.figshare.com/files/5975967',
	},
];

/** 20 Newsgroups. Headers, quotes and footers are kept. In JSON Lines (label, text), as a folder, or as its archive. */
export const twentyNewsgroups: ClassificationCorpus = corpus(
	{
		name: '20newsgroups',
		title: '20 Newsgroups, by date',
		kind: 'classification',
		published: 'http://qwone.com/~jason/20Newsgroups/',
		licence: 'public postings; research / non-commercial use',
		classes: groups,
		splits: { train: 11_314, test: 7_532 },
		files: { train: files('train', 11_314), test: files('test', 7_532) },
	},
	({ path, split, options }) => {
		if (!/\.jsonl(\.gz)?$/.test(path)) {
			return textFiles(path, {
				...options,
				encoding: 'latin1',
				pick: (name) => {
					const [, part = split, label] = /^(?:.*?20news-bydate-(train|test)\/)?([^/]+)\/\d+$/.exec(name) ?? [];
					if (label === undefined || part !== split) return undefined;
					return (text) => labelled(text, label);
				},
			});
		}
		return jsonl(path, { ...options, record: ({ text, label }) => labelled(text, label) });
	},
);

function labelled(text: unknown, label: unknown): LabelledText {
	if (typeof text === 'string' && typeof label === 'string' && groups.includes(label)) return { text, label };
	throw new Error(
		`20newsgroups: expected a text and the name of a group, got ${JSON.stringify(label)}. Is this the file of 20 Newsgroups?`,
	);
}
