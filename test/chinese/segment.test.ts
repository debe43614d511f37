// Segmentation: what holds of any text, the stage, and segmenters of other packages.
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import {
	clean,
	collect,
	createSegmenter,
	fromJSON,
	parallel,
	pipe,
	type Segmenter,
	segment,
	segmentWith,
	stopwords,
	toJSON,
} from 'textloom';
import { describe, expect, it } from 'vitest';
import { type Refusal, testRefusals } from '../refusals.js';

const segmenter = createSegmenter();
const hostile = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string({
		unit: fc.constantFrom(
			'中',
			'国',
			'人',
			'龘',
			'的',
			'a',
			'5',
			'.',
			'%',
			'-',
			'\r',
			'\n',
			' ',
			'\x85',
			'\ufeff',
			'\ud83d',
			'\ude00',
			'\0',
		),
	}),
	fc.constantFrom('constructor', '__proto__', 'toString', '\ud800', '\0\0'),
);

describe('createSegmenter', () => {
	it('covers any text in the precise mode, with and without tags', () => {
		fc.assert(
			fc.property(hostile, fc.boolean(), (text, hmm) => {
				expect(segmenter.cut(text, { hmm }).join('')).toBe(text);
				const tagged = segmenter.tag(text, { hmm });
				expect(tagged.map(({ token }) => token).join('')).toBe(text);
				expect(tagged.every(({ tag }) => /^[a-z]+$/.test(tag))).toBe(true);
			}),
		);
	});

	it('says where tokens are, in UTF-16 units and in code points', () => {
		fc.assert(
			fc.property(hostile, fc.constantFrom('precise', 'full', 'search'), (text, mode) => {
				const characters = [...text];
				const placed = segmenter.tokenize(text, { mode });
				for (const { token, start, end } of placed) expect(text.slice(start, end)).toBe(token);
				for (const { token, start, end } of segmenter.tokenize(text, { mode, unit: 'codePoint' })) {
					expect(characters.slice(start, end).join('')).toBe(token);
				}
				const tokens = { precise: segmenter.cut, full: segmenter.cutFull, search: segmenter.cutForSearch }[mode](text);
				expect(placed.map(({ token }) => token)).toEqual(tokens);
			}),
		);
	});

	it('takes one character, only marks, and 10 MB in one line', () => {
		for (const text of ['', '好', '，', '😀', '\ud800', '%']) expect(segmenter.cut(text)).toEqual(text === '' ? [] : [text]);
		expect(segmenter.cut('，。！？……')).toEqual([...'，。！？……']);
		for (const unit of ['南京市长江大桥', '龘靐', '3.14a-%', '，']) {
			const text = unit.repeat(Math.ceil(10_000_000 / Buffer.byteLength(unit)));
			expect(segmenter.cut(text).length).toBeGreaterThan(900_000);
		}
		expect(segmenter.tag('龘靐'.repeat(100_000)).length).toBeGreaterThan(10_000);
	});

	it('keeps dictionaries apart', () => {
		const [own, other] = [createSegmenter(), createSegmenter({ words: ['北京清华大学 9999999 nt'] })];
		const text = '我来到北京清华大学';
		own.deleteWord('清华大学');
		expect(own.cut(text, { hmm: false })).toEqual(['我', '来到', '北京', '清华', '大学']);
		expect(other.cut(text)).toEqual(['我', '来到', '北京清华大学']);
		expect(other.tag(text).at(-1)).toEqual({ token: '北京清华大学', tag: 'nt' });
		expect(segmenter.cut(text)).toEqual(['我', '来到', '北京', '清华大学']);
		own.addWord('清华大学');
		expect(own.cut(text)).toEqual(['我', '来到', '北京', '清华大学']);
	});

	it('knows only the words of a dictionary of its own', () => {
		const own = createSegmenter({ dictionary: ['我 5 r', '来到 3 v', '', '清华大学 1'], hmm: false });
		expect(own.cut('我来到北京清华大学')).toEqual(['我', '来到', '北', '京', '清华大学']);
		expect(own.tag('我来到北京')).toEqual([
			...[
				{ token: '我', tag: 'r' },
				{ token: '来到', tag: 'v' },
			],
			...[
				{ token: '北', tag: 'x' },
				{ token: '京', tag: 'x' },
			],
		]);
		expect(createSegmenter({ dictionary: [] }).cutFull('我来')).toEqual(['我', '来']);
	});

	it('takes any text as a word', () => {
		const odd = ['constructor', '__proto__', 'toString', '\0', 'a\0'];
		const own = createSegmenter({ dictionary: [] });
		for (const word of odd) own.addWord(word, { frequency: 5, tag: 'zz' });
		expect(own.tag('__proto__ constructor')).toEqual([
			{ token: '__proto__', tag: 'zz' },
			{ token: ' ', tag: 'x' },
			{ token: 'constructor', tag: 'zz' },
		]);
	});
});

const row = (...refuses: readonly Refusal[]) => ({ refuses });
testRefusals({
	createSegmenter: row(
		[() => createSegmenter({ words: 5 as unknown as string }), /words to be a text that is not empty or an array of texts, got 5/],
		[() => createSegmenter({ hmmm: true } as object), 'Did you mean hmm?'],
		[() => createSegmenter({ encoding: 'gb' }), 'encoding'],
	),
	cut: row(
		[() => segmenter.cut(5 as unknown as string), 'cut: expected text to be a text, got 5'],
		[() => segmenter.cut('好', { hmm: 1 as unknown as boolean }), 'cut: expected hmm'],
	),
	tokenize: row([
		() => segmenter.tokenize('好', { mode: 'fast' as 'full' }),
		"tokenize: expected mode to be one of 'precise', 'full', 'search'",
	]),
	addWord: row(
		[() => segmenter.addWord(''), 'addWord: expected word to be a text of 1 to 1000 characters'],
		[() => segmenter.addWord('好'.repeat(1001)), 'addWord: expected word'],
		[() => segmenter.addWord('好', { frequency: -1 }), 'addWord: expected frequency to be a whole number from 0 to 2147483647, got -1'],
		[() => segmenter.addWord('好', { frequency: 1.5 }), 'addWord: expected frequency'],
	),
	deleteWord: row([() => segmenter.deleteWord(''), 'deleteWord: expected word']),
	suggestFrequency: row(
		[() => segmenter.suggestFrequency(''), 'suggestFrequency: expected parts'],
		[() => segmenter.suggestFrequency(['']), 'suggestFrequency: expected parts'],
	),
	segment: row(
		[() => segment({ tags: true, mode: 'full' }), 'segment: expected the mode precise with tags, got full'],
		[() => segment({ mode: 'quick' as 'full' }), 'segment: expected mode'],
	),
	segmentWith: row(
		[() => segmentWith('mine', {} as Segmenter), 'segmentWith: expected a function or an object with cut, got object'],
		[() => segmentWith('mine', () => [], { tags: true }), 'segmentWith: expected an object with tag for tags, got function'],
		[
			() => segmentWith('mine', { cut: () => [], tag: () => [{ word: 'a' }] } as never, { tags: true }).apply([{ text: 'a' }]),
			'segmentWith: expected an array of { word, tag } of "mine"',
		],
		[
			() => segmentWith('mine', () => [5] as unknown as string[]).apply([{ text: 'a' }]),
			'segmentWith: expected an array of texts of "mine"',
		],
		[
			() => segmentWith('mine', () => ['乙'], { offsets: true }).apply([{ text: '甲' }]),
			'segmentWith: expected tokens of "mine" that are parts of the text',
		],
	),
});

describe('segment', () => {
	const docs = ['他来到了网易杭研大厦。', '😀 easy_install装好云计算了', ''].map((text) => ({ text }));

	it('gives the tokens of the segmenter, with offsets and tags', async () => {
		const words = ['云计算 5 n', 'easy_install 3 eng'];
		const own = createSegmenter({ words });
		const stage = segment({ words, offsets: true, tags: true });
		for (const { text, tokens, offsets, tags } of await collect(stage(docs))) {
			expect(tokens.map((token, place) => ({ token, tag: tags[place] }))).toEqual(own.tag(text));
			expect(offsets.map(([start, end]) => text.slice(start, end))).toEqual(tokens);
		}
		const plain = await collect(segment({ hmm: false })(docs));
		expect(plain.map(({ tokens }) => tokens)).toEqual(docs.map(({ text }) => segmenter.cut(text, { hmm: false })));
		const searched = await collect(segment({ mode: 'search' })(docs));
		expect(searched.map(({ tokens }) => tokens)).toEqual(docs.map(({ text }) => segmenter.cutForSearch(text)));
	});

	it('comes back out of JSON, and does the same in threads', async () => {
		const stage = segment({ words: ['云计算 5 n'], offsets: true, tags: true });
		expect(stage.spec.options).toEqual({ mode: 'precise', hmm: true, words: ['云计算 5 n'], offsets: true, tags: true });
		const all = await collect(stage(docs));
		expect(await collect((fromJSON(toJSON(stage)) as typeof stage)(docs))).toEqual(all);
		expect(await collect(pipe(docs, parallel([stage], { workers: 2 })))).toEqual(all);
		const bare = segment();
		expect(await collect(pipe(docs, parallel([bare], { workers: 2 })))).toEqual(await collect(bare(docs)));
	});

	it('comes after what cleans, and later stages keep offsets and tags with their tokens', async () => {
		const cut = pipe([{ text: '<b>我</b>喜欢火锅' }], clean(), segment({ tags: true, offsets: true }), stopwords({ language: 'zh' }));
		const [doc] = await collect(cut);
		expect(doc!.tokens.length).toBe(doc!.tags.length);
		expect(doc!.tokens.map((_, place) => doc!.text.slice(...doc!.offsets[place]!))).toEqual(doc!.tokens);
	});
});

describe('the dictionary', () => {
	it('is there for threads that start later, in memory that they share', async () => {
		const index = new URL('../../dist/src/chinese/index.js', import.meta.url).href;
		const name = 'textloom: dictionary of jieba';
		const code = `const { getEnvironmentData, parentPort } = require('node:worker_threads');
			const head = new Int32Array(getEnvironmentData('${name}'), 0, 4);
			const before = [...head];
			import('${index}').then(({ createSegmenter }) => parentPort.postMessage({ before, tokens: createSegmenter().cut('他来到了网易杭研大厦') }));`;
		const worker = new Worker(code, { eval: true });
		const [{ before, tokens }] = await once(worker, 'message');
		await worker.terminate();
		// Filled, and with so many nodes.
		expect(before.slice(0, 2)).toEqual([2, 498_113]);
		expect(tokens).toEqual(['他', '来到', '了', '网易', '杭研', '大厦']);
	});
});

const load = createRequire(import.meta.url);
interface Other {
	cut(text: string, hmm?: boolean): string[];
	tag(text: string, hmm?: boolean): { word: string; tag: string }[];
}

describe('segmentWith', () => {
	const docs = [{ text: '我来到北京清华大学。' }];
	const expected = [
		{
			...docs[0]!,
			tokens: ['我', '来到', '北京', '清华大学', '。'],
			offsets: [
				[0, 1],
				[1, 3],
				[3, 5],
				[5, 9],
				[9, 10],
			],
		},
	];

	it('takes @node-rs/jieba', async () => {
		const { Jieba } = load('@node-rs/jieba') as { Jieba: { withDict(dict: Buffer): Other } };
		const jieba = Jieba.withDict((load('@node-rs/jieba/dict') as { dict: Buffer }).dict);
		expect(await collect(segmentWith('native', jieba, { offsets: true })(docs))).toEqual(expected);
		const tags = ['r', 'v', 'ns', 'nt', 'x'];
		expect(await collect(segmentWith('native', jieba, { offsets: true, tags: true })(docs))).toEqual([{ ...expected[0], tags }]);
	});

	it('takes a segmenter of createSegmenter', async () => {
		const tags = ['r', 'v', 'ns', 'nt', 'x'];
		expect(await collect(segmentWith('mine', createSegmenter(), { offsets: true, tags: true })(docs))).toEqual([{ ...expected[0], tags }]);
	});

	it('takes a function, which may write offsets', async () => {
		const places = [
			[0, 3],
			[3, 10],
		] as [number, number][];
		const mine = segmentWith(
			'mine',
			(_, offsets) => {
				offsets?.push(...places);
				return ['甲', '乙'];
			},
			{ offsets: true },
		);
		expect(await collect(mine(docs))).toEqual([{ ...docs[0], tokens: ['甲', '乙'], offsets: places }]);
	});
});
