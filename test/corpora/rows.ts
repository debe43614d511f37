// An example of each corpus: a file in the published form, and the documents that it is. A corpus without a row does not compile.
import type { OpenSplit } from 'textloom/corpora/corpus';
import type * as published from 'textloom/corpora/published';

/** The names under which the corpora are exported. */
export type CorpusName = keyof typeof published;

type DocumentOf<C> = C extends { readonly train: OpenSplit<infer D> } ? D : never;

/** An example of the preferred file of the training split. */
export interface CorpusRow<D> {
	readonly content: string;
	/** The files beside it. */
	readonly beside?: readonly string[];
	readonly docs: readonly D[];
	/** A record that is refused, with its line; `null` where anything is a record. */
	readonly bad: string | null;
}

export type CorpusRows = { readonly [Name in CorpusName]: CorpusRow<DocumentOf<(typeof published)[Name]>> };

const shopping = { content: 'cat,label,review\n书籍,1,好书\n', bad: '房子,1,大\n' };
const review = { text: '好书', category: '书籍', polarity: 'positive' };
const question = { content: 'NUM:dist How far ?\n', bad: 'Who ?\n' };
const asked = { text: 'How far ?', coarse: 'NUM', fine: 'NUM:dist' };
const book = { content: 'A\n\n B\n', docs: [{ text: 'A' }, { text: '' }, { text: ' B' }], bad: null };
const segmented = { content: '扬帆  远东\n', docs: [{ words: ['扬帆', '远东'] }], bad: null };

export const corpusRows: CorpusRows = {
	agNews: { content: '"4","A ""x""","B"\n', docs: [{ text: 'A "x" B', label: 'Sci/Tech' }], bad: '"5","a","b"\n' },
	chnSentiCorp: { content: 'label,review\n1,很好\n', docs: [{ text: '很好', label: 'positive' }], bad: '2,坏\n' },
	conll2003: {
		content: '-DOCSTART- -X- -X- O\n\nEU NNP B-NP B-ORG\n\n',
		docs: [{ tokens: ['EU'], tags: ['B-ORG'], pos: ['NNP'], chunks: ['B-NP'] }],
		bad: 'D E F\n',
	},
	imdb: {
		content: '{"label": 1, "text": "a<br />b"}\n',
		docs: [{ text: 'a<br />b', label: 'positive' }],
		bad: '{"label": 2, "text": "c"}\n',
	},
	msraNer: { content: '当\tO\n李\tB-PER\n\n', docs: [{ tokens: ['当', '李'], tags: ['O', 'B-PER'] }], bad: '坏\n' },
	multi30kDe: { content: 'A dog.\n', beside: ['Ein Hund.\n'], docs: [{ source: 'A dog.', target: 'Ein Hund.' }], bad: null },
	multi30kFr: { content: 'A dog.\n', beside: ['Un chien.\n'], docs: [{ source: 'A dog.', target: 'Un chien.' }], bad: null },
	onlineShopping: { ...shopping, docs: [{ ...review, label: 'positive' }] },
	onlineShoppingCategories: { ...shopping, docs: [{ ...review, label: '书籍' }] },
	peoplesDaily: {
		content: '19980101-01-001-001/m  [中央/n  电视台/n]nt  ，/w\n',
		docs: [
			{
				id: '19980101-01-001-001',
				words: ['中央', '电视台', '，'],
				tags: ['n', 'n', 'w'],
				compounds: [{ start: 0, end: 2, tag: 'nt' }],
			},
		],
		bad: '迈向/v\n',
	},
	ptb: { content: " no it was n't \n", docs: [{ text: "no it was n't" }], bad: null },
	sighanMsr: segmented,
	sst5: { content: '4 ||| a ||| b\n', docs: [{ text: 'a ||| b', label: 'very positive' }], bad: '5 ||| c\n' },
	sxu: segmented,
	tatoeba: { content: 'Hi.\t嗨。\n', docs: [{ source: 'Hi.', target: '嗨。' }], bad: 'Who?\n' },
	thucnews: { content: '标题\t3\n', docs: [{ text: '标题', label: 'education' }], bad: '没有类别\n' },
	timeMachine: book,
	tinyShakespeare: book,
	trec: { ...question, docs: [{ ...asked, label: 'NUM' }] },
	trecFine: { ...question, docs: [{ ...asked, label: 'NUM:dist' }] },
	twentyNewsgroups: {
		content: '{"label": "sci.space", "text": "From: x"}\n',
		docs: [{ text: 'From: x', label: 'sci.space' }],
		bad: '{"label": "alt.unknown", "text": "y"}\n',
	},
	udEnglish: {
		content: '# text = He\n1\tHe\the\tPRON\tPRP\t_\t0\troot\t_\t_\n\n',
		docs: [{ tokens: ['He'], tags: ['PRON'], lemmas: ['he'], xpos: ['PRP'], heads: [0], deprels: ['root'], text: 'He' }],
		bad: '1\ta\ta\tDET\tDT\t_\tx\tdet\t_\t_\n',
	},
	weiboNer: {
		content: '科0\tO\n10\tB-PER.NOM\n\n',
		docs: [{ tokens: ['科', '1'], places: [0, 0], tags: ['O', 'B-PER.NOM'] }],
		bad: '坏\tO\n',
	},
};
