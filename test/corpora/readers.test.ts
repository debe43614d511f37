// How corpora read their files: what a document is, and what is said of bad rows.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import { collect, DataError, type Documents } from 'textloom';
import { timeMachine } from 'textloom/corpora/books';
import { chnSentiCorp } from 'textloom/corpora/chn-senti-corp';
import { conll2003 } from 'textloom/corpora/conll2003';
import { imdb } from 'textloom/corpora/imdb';
import { msraNer } from 'textloom/corpora/msra-ner';
import { multi30kDe } from 'textloom/corpora/multi30k';
import { onlineShopping, onlineShoppingCategories } from 'textloom/corpora/online-shopping';
import { peoplesDaily } from 'textloom/corpora/peoples-daily';
import { ptb } from 'textloom/corpora/ptb';
import { sighanMsr } from 'textloom/corpora/sighan';
import { sst5 } from 'textloom/corpora/sst5';
import { tatoeba } from 'textloom/corpora/tatoeba';
import { thucnews } from 'textloom/corpora/thucnews';
import { trec, trecFine } from 'textloom/corpora/trec';
import { twentyNewsgroups } from 'textloom/corpora/twenty-newsgroups';
import { udEnglish } from 'textloom/corpora/ud-english';
import { weiboNer } from 'textloom/corpora/weibo-ner';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const data = process.env.TEXTLOOM_DATA;

let folder: string;
const put = (path: string, content: string | Uint8Array) => {
	mkdirSync(dirname(join(folder, path)), { recursive: true });
	writeFileSync(join(folder, path), content);
};
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'textloom-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The documents before an error, and the error. */
async function until<D>(docs: Documents<D>): Promise<[D[], string | undefined]> {
	const read: D[] = [];
	try {
		for await (const doc of docs) read.push(doc);
	} catch (error) {
		expect(error).toBeInstanceOf(DataError);
		return [read, (error as Error).message];
	}
	return [read, undefined];
}

/** A number of something over all documents. */
async function total<D>(docs: Documents<D>, size: (doc: D) => number): Promise<number> {
	return (await collect(docs)).reduce((sum, doc) => sum + size(doc), 0);
}

describe('lines', () => {
	it('of SST-5', async () => {
		put('text_classification/sst5_dev.txt', "4 ||| a ||| b\n0 ||| it 's\n5 ||| c\n");
		const [read, error] = await until(sst5.validation(folder));
		expect(read).toEqual([
			{ text: 'a ||| b', label: 'very positive' },
			{ text: "it 's", label: 'very negative' },
		]);
		expect(error).toMatch(/sst5_dev\.txt:3: sst5: expected a class from 0 to 4, got "5"\. Is this the file of sst5\?$/);
	});

	it('of TREC, coarse and fine', async () => {
		put('text_classification/trec_test.txt', 'NUM:dist How far ?\nHUM:dist Who ?\n');
		const both = { text: 'How far ?', coarse: 'NUM', fine: 'NUM:dist' };
		const error = /trec_test\.txt:2: trec: expected "CLASS:class question", got "HUM:dist Who \?"/;
		expect(await until(trec.test(folder))).toEqual([[{ ...both, label: 'NUM' }], expect.stringMatching(error)]);
		expect(await until(trecFine.test(folder))).toEqual([[{ ...both, label: 'NUM:dist' }], expect.stringMatching(error)]);
		expect([trec.classes.length, trecFine.classes.length]).toEqual([6, 50]);
	});

	it('of THUCNews, where a bad one may be left out', async () => {
		put('zh_titles/thucnews_dev.txt', '标题\t3\n没有类别\n多\t1\t2\n坏\tx\n空\t\n最后\t9\n');
		const docs = thucnews.validation(folder, { onError: 'skip' });
		expect(await collect(docs)).toEqual([
			{ text: '标题', label: 'education' },
			{ text: '最后', label: 'entertainment' },
		]);
		expect(docs.counts).toEqual({ read: 2, skipped: 4, replaced: 0 });
		const errors: (string | undefined)[] = [];
		await collect(
			thucnews.validation(folder, { onError: ({ message, line }) => errors.push(`${line} ${message.includes('thucnews: expected')}`) }),
		);
		expect(errors).toEqual(['2 true', '3 true', '4 true', '5 true']);
	});

	it('of PTB and of a book, empty ones too', async () => {
		put('lm/ptb.valid.txt.gz', gzipSync(" no it was n't \n <unk> N \n"));
		expect(await collect(ptb.validation(folder))).toEqual([{ text: "no it was n't" }, { text: '<unk> N' }]);
		put('lm/timemachine.txt', 'The Time Machine\r\n\r\n I\r\n');
		expect(await collect(timeMachine.train(folder))).toEqual([{ text: 'The Time Machine' }, { text: '' }, { text: ' I' }]);
	});

	it('of Tatoeba', async () => {
		put('parallel/tatoeba_eng-cmn.txt', 'Hi.\t嗨。\nRun.\t跑。\tCC-BY\nWho?\n');
		const [read, error] = await until(tatoeba.train(folder));
		expect(read).toEqual([
			{ source: 'Hi.', target: '嗨。' },
			{ source: 'Run.', target: '跑。' },
		]);
		expect(error).toMatch(/:3: tatoeba: expected English, a tab and Chinese, got "Who\?"/);
	});

	it('of words', async () => {
		put('segmentation/msr_test_gold.utf8', '扬帆  远东  。  \r\n\n海运  业\n');
		expect(await collect(sighanMsr.test(folder))).toEqual([{ words: ['扬帆', '远东', '。'] }, { words: ['海运', '业'] }]);
	});

	it("of People's Daily, with compounds", async () => {
		const first = '19980101-01-001-001/m  通过/p  [中央/n  电视台/n]nt  ，/w  [[中国/ns  人民/n]nt  /w  银行/n]nt';
		put(
			'segmentation/pd199801.txt',
			'19980101-01-001-001/m  通过/p  [中央/n  电视台/n]nt  ，/w  [/w\n\n19980101-01-001-002/m  //w  a/b/n\n',
		);
		expect(await collect(peoplesDaily.train(folder))).toEqual([
			{
				id: '19980101-01-001-001',
				words: ['通过', '中央', '电视台', '，', '['],
				tags: ['p', 'n', 'n', 'w', 'w'],
				compounds: [{ start: 1, end: 3, tag: 'nt' }],
			},
			{ id: '19980101-01-001-002', words: ['/', 'a/b'], tags: ['w', 'n'], compounds: [] },
		]);
		put('segmentation/pd199801.txt', `${first}\n`);
		expect((await until(peoplesDaily.train(folder)))[1]).toMatch(/:1: peoples-daily: expected word\/tag, got "\/w"/);
		for (const [line, what] of [
			['迈向/v', 'a paragraph that begins with its number, got "迈向/v"'],
			['19980101-01-001-001/m  电视台/n]nt', 'an opening bracket before the closing one'],
			['19980101-01-001-001/m  [电视台/n', 'a closing bracket for each opening one'],
			['19980101-01-001-001/m  电视台', 'word/tag, got "电视台"'],
		]) {
			put('segmentation/pd199801.txt', `${line}\n`);
			expect((await until(peoplesDaily.train(folder)))[1]).toContain(`:1: peoples-daily: expected ${what}`);
		}
	});
});

describe('tables', () => {
	it('of ChnSentiCorp', async () => {
		put('zh_sentiment/ChnSentiCorp_htl_all.csv', '\ufefflabel,review\n1,"不错,""好"""\n2,差\n');
		const [read, error] = await until(chnSentiCorp.train(folder));
		expect(read).toEqual([{ text: '不错,"好"', label: 'positive' }]);
		expect(error).toMatch(/\.csv:3: chn-senti-corp: expected a class from 0 to 1, got "2"/);
	});

	it('of online shopping, by polarity and by category', async () => {
		put('zh_sentiment/online_shopping_10_cats.csv', 'cat,label,review\n书籍,1,"\ufeff好\n书"\n酒店,0,差\n房子,0,差\n');
		const rows = [
			{ text: '好\n书', category: '书籍', polarity: 'positive' },
			{ text: '差', category: '酒店', polarity: 'negative' },
		];
		const [read, error] = await until(onlineShopping.train(folder));
		expect(read).toEqual(rows.map((row) => ({ ...row, label: row.polarity })));
		expect(error).toMatch(/\.csv:5: online-shopping: expected a category of 书籍, .*, got "房子"/);
		expect((await until(onlineShoppingCategories.train(folder)))[0]).toEqual(rows.map((row) => ({ ...row, label: row.category })));
	});
});

describe('parallel lines', () => {
	const file = (part: string, language: string) => `parallel/multi30k/${part}.${language}.gz`;

	it('of Multi30k', async () => {
		put(file('val', 'en'), gzipSync('A dog.\nTwo men.\n'));
		expect(() => multi30kDe.validation(folder)).toThrow(/expected parallel\/multi30k\/val\.en\.gz with parallel\/multi30k\/val\.de\.gz in/);
		put(file('val', 'de'), gzipSync('Ein Hund.\nZwei M\u00e4nner.\n'));
		const docs = multi30kDe.validation(folder);
		expect(await collect(docs)).toEqual([
			{ source: 'A dog.', target: 'Ein Hund.' },
			{ source: 'Two men.', target: 'Zwei M\u00e4nner.' },
		]);
		expect(docs.counts).toEqual({ read: 2, skipped: 0, replaced: 0 });
		expect(await collect(docs)).toHaveLength(2);
	});

	it.each([
		['a\nb\n', 'x\n', /val\.de\.gz:2: expected a line for each line of .*val\.en\.gz, got the end/],
		['a\n', 'x\ny\n', /val\.en\.gz:2: expected a line for each line of .*val\.de\.gz, got the end/],
	])('must be as many (%j, %j)', async (english, german, error) => {
		put(file('val', 'en'), gzipSync(english));
		put(file('val', 'de'), gzipSync(german));
		expect((await until(multi30kDe.validation(folder)))[1]).toMatch(error);
	});
});

describe('blocks', () => {
	it('of CoNLL-2003', async () => {
		put('tagging/conll2003_valid.txt', '-DOCSTART- -X- -X- O\n\nEU NNP B-NP B-ORG\nrejects VBZ B-VP O\n\n\nPeter NNP B-NP B-PER');
		expect(await collect(conll2003.validation(folder))).toEqual([
			{ tokens: ['EU', 'rejects'], tags: ['B-ORG', 'O'], pos: ['NNP', 'VBZ'], chunks: ['B-NP', 'B-VP'] },
			{ tokens: ['Peter'], tags: ['B-PER'], pos: ['NNP'], chunks: ['B-NP'] },
		]);
	});

	it('lose a sentence with a bad row whole, and name the row', async () => {
		put('tagging/conll2003_test.txt', 'A B C O\n\nD E F\nG H I O\nbad\n\nJ K L O\n');
		const errors: string[] = [];
		const docs = conll2003.test(folder, { onError: ({ message }) => errors.push(message) });
		expect((await collect(docs)).map(({ tokens }) => tokens)).toEqual([['A'], ['J']]);
		expect(errors).toEqual([
			expect.stringMatching(/:3: conll2003: expected word, part of speech, chunk, entity, got "D E F"\. Correct or remove the sentence\.$/),
		]);
		expect(docs.counts).toEqual({ read: 2, skipped: 1, replaced: 0 });
		expect((await until(conll2003.test(folder)))[0]).toHaveLength(1);
	});

	it('of Weibo and MSRA', async () => {
		put('tagging/weibo_ner_dev.txt', '科0\tO\n10\tB-PER.NOM\n👍1\tO\n\n坏\tO\n');
		const [read, error] = await until(weiboNer.validation(folder));
		expect(read).toEqual([{ tokens: ['科', '1', '👍'], places: [0, 0, 1], tags: ['O', 'B-PER.NOM', 'O'] }]);
		expect(error).toMatch(/weibo_ner_dev\.txt:5: weibo-ner: expected a character and its place, got "坏"/);
		put('tagging/msra_ner_dh.txt', '当\tO\n李\tB-PER\n\n希\tO\n');
		expect(await collect(msraNer.train(folder))).toEqual([
			{ tokens: ['当', '李'], tags: ['O', 'B-PER'] },
			{ tokens: ['希'], tags: ['O'] },
		]);
	});

	it('of CoNLL-U', async () => {
		const row = (...fields: (string | number)[]) => fields.join('\t');
		const rows = [
			'# sent_id = 1',
			"# text = He doesn't",
			row(1, 'He', 'he', 'PRON', 'PRP', '_', 2, 'nsubj', '_', '_'),
			row('2-3', "doesn't", '_', '_', '_', '_', '_', '_', '_', '_'),
			row(2, 'does', 'do', 'AUX', 'VBZ', '_', 0, 'root', '_', '_'),
			row(3, "n't", 'not', 'PART', 'RB', '_', 2, 'advmod', '_', '_'),
			row('3.1', 'x', 'x', 'VERB', 'VB', '_', '_', '_', '2:conj', '_'),
			'',
			row(1, 'a', 'a', 'DET', 'DT', '_', 'x', 'det', '_', '_'),
		];
		put('tagging/en_ewt-ud-dev.conllu', rows.join('\n'));
		const [read, error] = await until(udEnglish.validation(folder));
		expect(read).toEqual([
			{
				tokens: ['He', 'does', "n't"],
				tags: ['PRON', 'AUX', 'PART'],
				lemmas: ['he', 'do', 'not'],
				xpos: ['PRP', 'VBZ', 'RB'],
				heads: [2, 0, 2],
				deprels: ['nsubj', 'root', 'advmod'],
				text: "He doesn't",
			},
		]);
		expect(error).toMatch(/\.conllu:9: ud-english: expected HEAD to be a number, got "x"/);
	});

	it.skipIf(!data)('have the words that are published (skipped without TEXTLOOM_DATA)', async () => {
		expect(await total(udEnglish.train(data), ({ tokens }) => tokens.length)).toBe(204_577);
		expect(await total(udEnglish.validation(data), ({ heads }) => heads.length)).toBe(25_147);
		expect(await total(udEnglish.test(data), ({ lemmas }) => lemmas.length)).toBe(25_094);
		expect(await total(msraNer.train(data), ({ tags }) => tags.length)).toBe(2_342_480);
		expect(await total(sighanMsr.test(data), ({ words }) => words.length)).toBe(106_873);
		expect(await total(ptb.test(data), ({ text }) => text.split(' ').length + 1)).toBe(78_669 + 3_761);
	});
});

describe('trees', () => {
	const reviews = {
		'aclImdb/README': 'no review',
		'aclImdb/test/neg/0_2.txt': 'bad<br />',
		'aclImdb/test/pos/0_10.txt': 'gut \u00fc',
		'aclImdb/train/neg/1_1.txt': 'worse',
		'aclImdb/train/pos/2_9.txt': 'fine',
		'aclImdb/train/unsup/0_0.txt': 'who knows',
	};
	const test = [
		{ text: 'bad<br />', label: 'negative' },
		{ text: 'gut \u00fc', label: 'positive' },
	];
	const train = [
		{ text: 'worse', label: 'negative' },
		{ text: 'fine', label: 'positive' },
	];
	const tar = async (files: Record<string, string | Uint8Array>) =>
		gzipSync(await packTar(Object.entries(files).map(([name, body]) => ({ header: { name, size: Buffer.byteLength(body) }, body }))));

	it.each(['', 'imdb/'])('of IMDB in a folder (%j)', async (where) => {
		for (const [name, text] of Object.entries(reviews)) put(where + name, text);
		expect([await collect(imdb.train(folder)), await collect(imdb.test(folder))]).toEqual([train, test]);
	});

	it('of IMDB in the archive, which is not unpacked', async () => {
		put('imdb/aclImdb_v1.tar.gz', await tar({ ...reviews, '../../evil.txt': 'x', '/aclImdb/train/pos/../x.txt': 'y' }));
		const docs = imdb.train(folder);
		expect([await collect(docs), await collect(docs), await collect(imdb.test(folder))]).toEqual([train, train, test]);
		expect(docs.counts).toEqual({ read: 2, skipped: 0, replaced: 0 });
	});

	it('that are damaged say so', async () => {
		const whole = await tar(
			Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`aclImdb/train/pos/${i}_9.txt`, `${Math.sqrt(i)}`.repeat(50)])),
		);
		for (const [what, bytes] of [
			['cut off', whole.subarray(0, whole.length / 2)],
			['no gzip', Buffer.from('not an archive')],
			['no tar', gzipSync(Buffer.alloc(2000, 'x'))],
		] as const) {
			put('imdb/aclImdb_v1.tar.gz', bytes);
			const [, error] = await until(imdb.train(folder));
			expect([what, error]).toEqual([
				what,
				expect.stringMatching(/aclImdb_v1\.tar\.gz: expected a whole archive, got one that is damaged or cut off \(.+\)\. Remove it/),
			]);
		}
	});

	it('of 20 Newsgroups, which are Latin-1', async () => {
		const files = {
			'20news-bydate-train/sci.space/1': Buffer.from('From: J\u00fcrgen', 'latin1'),
			'20news-bydate-test/sci.med/2': Buffer.from('x'),
		};
		put('20newsgroups/20news-bydate.tar.gz', await tar(files));
		const posting = { text: 'From: J\u00fcrgen', label: 'sci.space' };
		expect(await collect(twentyNewsgroups.train(folder))).toEqual([posting]);
		for (const [name, body] of Object.entries(files)) put(`20newsgroups/${name}`, body);
		expect(await collect(twentyNewsgroups.train(folder))).toEqual([posting]);
		put('20newsgroups/20news-bydate-train/alt.unknown/3', 'y');
		const [, error] = await until(twentyNewsgroups.train(folder));
		expect(error).toMatch(
			/20news-bydate-train\/alt\.unknown\/3:1: 20newsgroups: expected a text and the name of a group, got "alt\.unknown"/,
		);
		expect(await collect(twentyNewsgroups.train(folder, { onError: 'skip' }))).toEqual([posting]);
	});

	it('may be tables: IMDB as CSV', async () => {
		put('imdb/train.csv', 'review,sentiment\n"a, b",positive\nc,0\nd,sad\n');
		const [read, error] = await until(imdb.train(folder));
		expect(read).toEqual([
			{ text: 'a, b', label: 'positive' },
			{ text: 'c', label: 'negative' },
		]);
		expect(error).toMatch(/imdb\/train\.csv:4: imdb: expected a class from 0 to 1, got "sad"/);
	});

	it('and one table of both halves', async () => {
		const rows = Array.from({ length: 25_002 }, (_, i) => `t${i},${i % 2 ? 'positive' : 'negative'}\n`);
		put('imdb/IMDB Dataset.csv', `review,sentiment\n${rows.join('')}`);
		expect((await collect(imdb.train(folder))).length).toBe(25_000);
		expect(await collect(imdb.test(folder))).toEqual([
			{ text: 't25000', label: 'negative' },
			{ text: 't25001', label: 'positive' },
		]);
	});
});

it('has the types of the documents, and no splits that are not there', async () => {
	const types = () => {
		// @ts-expect-error: TREC has no validation part.
		trec.validation();
		// @ts-expect-error: ChnSentiCorp has no test part.
		chnSentiCorp.test();
		// @ts-expect-error: Tatoeba has pairs, not texts with labels.
		collect(tatoeba.train()).then(([pair]) => pair!.label);
	};
	expect(types).toBeTypeOf('function');
	put('tagging/weibo_ner_dev.txt', '科0\tO\n');
	const places: number[] = (await collect(weiboNer.validation(folder)))[0]!.places;
	expect(places).toEqual([0]);
});
