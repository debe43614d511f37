// Subword models trained here: against Hugging Face's trainers (test/golden/text/subwords.py), and encoded by both of their libraries.
import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';
import { bpe, collect, csv, type SubwordStage, subwords, unigram, wordpiece } from 'textloom';
import { beforeAll, describe, expect, it } from 'vitest';

const read = (path: string) => new URL(`../../${path}`, import.meta.url);
const golden = JSON.parse(readFileSync(read('test/golden/text/subwords.json'), 'utf8'));
const news = csv(read('corpora/samples/ag-news.csv').pathname, { record: ([_, ...rest]) => ({ text: rest.join(' ') }) });

const hostile = [
	'',
	' ',
	'  two  spaces  and an end ',
	'tab\tline\nbreak\r\nand\u00a0more\u2003',
	'constructor __proto__ toString hasOwnProperty',
	"don't they'll I'd we've 'S",
	'1,234.56 $9.99 50% #1 @home a_b',
	'Crème brûlée, naïve ÅNGSTRÖM ﬁne ①②',
	'漢字かな交じり文 中文分词 한국어',
	'😀 👩‍👩‍👧 🇫🇷 a😀b',
	'next\u0085line \ufeff mark\u2028line',
	'nul\u0000 bell\u0007 soft\u00adhyphen zero\u200bwidth \ufeffmark \ufffd',
	'x'.repeat(150),
	'[UNK] <unk> [CLS] ## ##ing ▁ ▁the Ġthe',
	'العربية हिन्दी ไทย',
];
const encodings = async (stage: SubwordStage, texts: readonly string[]) =>
	(await collect(stage(texts.map((text) => ({ text }))))).map(({ ids, tokens }) => ({ ids: [...ids], tokens }));

const learners = {
	'bpe of bytes': bpe({ size: 700, special: ['<pad>'] }),
	'bpe of characters': bpe({ size: 500, byteLevel: false, alphabet: 60 }),
	wordpiece: wordpiece({ size: 500 }),
	'wordpiece with case': wordpiece({ size: 500, lowercase: false, special: ['[UNK]'] }),
	unigram: unigram({ size: 500 }),
	'unigram of some words': unigram({ size: 400, words: 800, maxLength: 4, special: ['<pad>', '<unk>'] }),
};

describe.each(Object.entries(learners))('%s', (name, learner) => {
	let stage: SubwordStage;
	beforeAll(async () => {
		stage = await learner.fit(news);
	});

	it('has as many tokens as were asked for, each id once', () => {
		expect(stage.size).toBe((learner.spec.options as { size: number }).size);
		expect(new Set(Array.from({ length: stage.size }, (_, id) => stage.tokenOf(id))).size).toBe(stage.size);
	});

	it('is encoded by @huggingface/tokenizers as by the stage', async () => {
		const texts = [...(await collect(news)).slice(0, 100).map(({ text }) => text), ...hostile];
		const other = new Tokenizer(JSON.parse(JSON.stringify(stage.json)), {});
		const theirs = texts.map((text) => {
			const { ids, tokens } = other.encode(text);
			return { ids, tokens };
		});
		// Where two orders of the same pieces are equally probable (0 00, 00 0) the two libraries choose differently.
		const comparable = (all: typeof theirs) => (name.startsWith('unigram') ? all.map(({ ids }) => ids.toSorted()) : all);
		expect(comparable(await encodings(stage, texts))).toEqual(comparable(theirs));
	});

	it('learns the same from a generator, one text at a time', async () => {
		const again = await learner.fit(
			(async function* () {
				for await (const doc of news) yield doc;
			})(),
		);
		expect(again.json).toEqual(stage.json);
	});

	it('comes back from its spec', async () => {
		const { state } = JSON.parse(JSON.stringify(stage.spec));
		expect(await encodings(subwords(state), hostile)).toEqual(await encodings(stage, hostile));
	});
});

describe('what was learned', () => {
	const total = async (stage: SubwordStage) => (await collect(stage(news))).reduce((sum, { ids }) => sum + ids.length, 0);
	const model = (stage: SubwordStage) => stage.json.model as unknown as { vocab: Record<string, number>; merges: unknown };
	const ordered = (vocab: Record<string, number>) => Object.keys(vocab).sort((a, b) => vocab[a]! - vocab[b]!);

	it.each([
		['byteLevel', bpe({ size: 700, special: ['<pad>'] })],
		['characters', bpe({ size: 500, byteLevel: false, alphabet: 60 })],
	])('bpe (%s): the tokens and merges of Hugging Face, in order', async (name, learner) => {
		const stage = await learner.fit(news);
		const { vocab, merges } = model(stage);
		expect({ tokens: await total(stage), vocab: ordered(vocab), merges }).toEqual(golden[name]);
	});

	it('wordpiece: the tokens of Hugging Face', async () => {
		const stage = await wordpiece({ size: 500, special: ['[UNK]'] }).fit(news);
		expect({ tokens: await total(stage), vocab: Object.keys(model(stage).vocab).sort() }).toEqual({
			...golden.wordpiece,
			vocab: golden.wordpiece.vocab.sort(),
		});
	});

	it('unigram: no more tokens than Hugging Face, to 1%', async () => {
		expect(await total(await unigram({ size: 500 }).fit(news))).toBeLessThan(1.01 * golden.unigram.tokens);
	});

	it('unigram: characters of any script, long runs of them without a space', async () => {
		const docs = ['天地玄黄宇宙洪荒日月盈昃辰宿列张', 'ภาษาไทยไม่มีช่องว่าง', 'plain words', '😀😀😀'].map((text) => ({
			text: text.repeat(40),
		}));
		const stage = await unigram({ size: 120 }).fit(docs);
		const unknown = stage.idOf('<unk>');
		for (const { text, ids } of await collect(stage(docs))) {
			expect([...ids]).not.toContain(unknown);
			expect(ids.length).toBeLessThan(text.length / 4);
		}
	});

	it('the most frequent words, where there are too many', async () => {
		const rare = Array.from({ length: 200 }, (_, i) => ({ text: `often ${i.toString(36)}` }));
		const stage = await bpe({ size: 300, byteLevel: false, minCount: 0, words: 10 }).fit(rare);
		expect(ordered(model(stage).vocab)).toContain('▁often');
		expect(stage.size).toBeLessThan(40);
	});

	it('bpe of bytes gives back any text', async () => {
		const stage = await bpe({ size: 300 }).fit(news);
		for (const { text, ids } of await collect(stage(hostile.map((text) => ({ text }))))) expect(await stage.decode(ids)).toBe(text);
	});

	it('wordpiece puts [CLS] and [SEP] around a text, where it has them', async () => {
		const docs = [{ text: 'low lower lowest' }];
		expect((await (await wordpiece({ size: 40, minCount: 1 }).fit(docs)).applyAsync(docs))[0]!.tokens).toEqual([
			'[CLS]',
			'low',
			'lower',
			'lowest',
			'[SEP]',
		]);
	});

	it('ends before size where no pair is left', async () => {
		const stage = await bpe({ size: 1000, byteLevel: false }).fit([{ text: 'aab aab __proto__ __proto__' }]);
		expect(ordered(model(stage).vocab).slice(-2)).toEqual(['▁__proto__', '▁aab']);
	});
});

describe('what cannot be learned', () => {
	const docs = [{ text: 'abc' }];

	it('a vocabulary smaller than its characters', async () => {
		await expect(bpe({ size: 200 }).fit(docs)).rejects.toThrow(
			/^bpe: expected size to be at least 256, for 256 characters and 0 special tokens, got 200\./,
		);
		await expect(bpe({ size: 4, byteLevel: false }).fit(docs)).rejects.toThrow(
			/^bpe: expected size to be at least 5, for 4 characters and 1/,
		);
		await expect(unigram({ size: 4 }).fit(docs)).rejects.toThrow(/^unigram: expected size to be at least 5, for 4 characters and 1/);
		await expect(wordpiece({ size: 7 }).fit(docs)).rejects.toThrow(/^wordpiece: expected size to be at least 10, for 5 characters and 5/);
	});

	it('anything from no text', async () => {
		await expect(bpe({ size: 300 }).fit([])).rejects.toThrow(/^bpe: expected documents with words in their text to fit on, got none\./);
		await expect(unigram({ size: 300 }).fit([{ text: '' }])).rejects.toThrow(/^unigram: expected documents with words/);
		await expect(wordpiece({ size: 300 }).fit([{ text: ' ' }])).rejects.toThrow(/^wordpiece: expected documents with words/);
	});

	it.each([
		[() => bpe({ size: 0 }), /^bpe: expected size .* got 0\./],
		[() => bpe({ size: Number.NaN }), /^bpe: expected size .* got NaN\./],
		[() => wordpiece({ size: 300, words: 0 }), /^wordpiece: expected words .* got 0\./],
		[() => bpe({ size: 300, minCount: -1 }), /^bpe: expected minCount .* got -1\./],
		[() => bpe({ size: 300, alphabet: 0, byteLevel: false }), /^bpe: expected alphabet .* got 0\./],
		[() => bpe({ size: 300, alphabet: 100 }), /^bpe: expected no alphabet with byteLevel, got 100\./],
		[() => bpe({ size: 300, special: ['a', 'a'] }), /^bpe: expected special to be an array of tokens that differ/],
		[() => wordpiece({ size: 300, special: ['[PAD]'] }), /^wordpiece: expected special to include \[UNK\]/],
		[() => unigram({ size: 300, maxLength: 0 }), /^unigram: expected maxLength .* got 0\./],
		[() => unigram({ size: 300, words: 1.5 }), /^unigram: expected words .* got 1\.5\./],
		[() => unigram({ size: 300, special: [] }), /^unigram: expected special to include <unk>/],
		[() => bpe({ size: 300, byteLevel: false, special: [] }), /^bpe: expected special to include <unk>/],
	])('options that cannot be meant (%#)', (make, message) => {
		expect(make).toThrow(message);
		expect(make).toThrow(RangeError);
	});
});
