import { createRequire } from 'node:module';
import fc from 'fast-check';
import { chain, characters, fromJSON, pinyin, pinyinOf, pinyinReadings, stopwords, toJSON } from 'textloom';
import { describe, expect, it } from 'vitest';
import { sentences, words } from './readings.js';

const rows = (list: string) =>
	list
		.trim()
		.split('\n')
		.map((row): [string, string] => [row.slice(0, row.indexOf(' ')), row.slice(row.indexOf(' ') + 1)]);
const ofTokens = (text: string, options = {}) => pinyin(options).apply([{ tokens: text.split(' ') }])[0]!.pinyin;

describe('pinyin of words', () => {
	it.each(rows(words))('%s', (word, reading) => {
		expect(pinyinOf(word)).toBe(reading);
		expect(ofTokens(word)).toEqual([reading]);
		// The same word among others.
		expect(ofTokens(`我们 ${word} ， 了解`)).toEqual(['wǒ men', reading, '，', 'liǎo jiě']);
	});

	it.each(rows(sentences))('%s', (sentence, reading) => {
		expect(pinyinOf(sentence)).toBe(reading);
	});
});

describe('pinyin', () => {
	it('follows the words that tokens are', () => {
		expect(ofTokens('银行 行走 行 ， 行 长')).toEqual(['yín háng', 'xíng zǒu', 'xíng', '，', 'háng', 'zhǎng']);
		expect(ofTokens('慢慢 地 走 在 大地 上')).toEqual(['màn màn', 'de', 'zǒu', 'zài', 'dà dì', 'shàng']);
		expect(ofTokens('他 吃 完 了 ， 跑 得 很快')).toEqual(['tā', 'chī', 'wán', 'le', '，', 'pǎo', 'de', 'hěn kuài']);
		expect(ofTokens('汽车 长度')).toEqual(['qì chē', 'cháng dù']);
		expect(pinyinOf('汽车长度')).toBe('qì chē cháng dù');
	});

	it('reads characters in the company that they are in', () => {
		const stage = chain(characters(), pinyin());
		expect(stage.apply([{ text: '去重庆银行，得到' }])[0]!.pinyin).toEqual(['qù', 'chóng', 'qìng', 'yín', 'háng', '，', 'dé', 'dào']);
	});

	it('stays with the tokens that a later stage keeps', () => {
		const stage = chain(pinyin({ tones: 'numbers' }), stopwords({ language: 'zh' }));
		expect(stage.apply([{ tokens: ['我', '的', '银行', 'ok', '重庆'] }])[0]).toMatchObject({
			tokens: ['银行', 'ok', '重庆'],
			pinyin: ['yin2 hang2', 'ok', 'chong2 qing4'],
		});
	});

	it.each([
		['绿色的女人', {}, 'lǜ sè de nǚ rén'],
		['绿色的女人', { tones: 'numbers' }, 'lü4 se4 de5 nü3 ren2'],
		['绿色的女人', { tones: 'none', umlaut: 'v' }, 'lv se de nv ren'],
		['绿色的女人', { tones: 'none', umlaut: 'v', join: '' }, 'lvsedenvren'],
		['中国安全', { parts: 'initials' }, 'zh g q'],
		['举行远东绿月云', { parts: 'finals' }, 'ǚ íng üǎn ōng ǜ üè ǘn'],
		['举行远东绿月云', { parts: 'finals', tones: 'numbers', umlaut: 'v' }, 'v3 ing2 van3 ong1 v4 ve4 vn2'],
		['有用二', { parts: 'finals', tones: 'none' }, 'ou ong er'],
		['中国安全', { parts: 'first', join: '' }, 'zgaq'],
		['你好，world 3D 打印！', {}, 'nǐ hǎo ，world 3D dǎ yìn ！'],
		['你好，world 3D 打印！', { others: 'drop' }, 'nǐ hǎo dǎ yìn'],
		['你好, ok\n打印', { others: 'space' }, 'nǐ hǎo , o k\ndǎ yìn'],
		['不是一天', {}, 'bù shì yī tiān'],
		['不是一天', { sandhi: true }, 'bú shì yì tiān'],
		['单雄信去银行', {}, 'dān xióng xìn qù yín háng'],
		['单雄信去银行', { surnames: 'first' }, 'shàn xióng xìn qù yín háng'],
		['“曾国藩”和单先生', { surnames: 'first' }, '“ zēng guó fān ” hé dān xiān shēng'],
		['曾国藩和单先生', { surnames: 'all' }, 'zēng guó fān hé shàn xiān shēng'],
		['尉迟恭', { surnames: 'first' }, 'yù chí gōng'],
		['万俟先生', { surnames: 'first' }, 'mò qí xiān shēng'],
		['朝阳', { custom: { 朝阳: 'zhāo yáng' } }, 'zhāo yáng'],
		['在朝阳区，朝阳', { custom: { 朝阳: 'zhāo yáng', 朝阳区: 'cháo yáng qū' } }, 'zài cháo yáng qū ， zhāo yáng'],
		['銀行', { custom: { 銀行: 'a b' } }, 'a b'],
		['〇𠮷々', {}, 'líng 𠮷 tóng'],
		['', {}, ''],
		['，', {}, '，'],
		['了', {}, 'liǎo'],
		['\ud842你\udfb7', {}, '\ud842 nǐ \udfb7'],
		['constructor __proto__', {}, 'constructor __proto__'],
	] as const)('%j %j', (text, options, expected) => {
		expect(pinyinOf(text, options)).toBe(expected);
		expect(pinyin({ on: 'text', ...options }).apply([{ text }])[0]).toEqual({ text, pinyin: expected });
	});

	it('tells every reading, the one that counts first', () => {
		expect(pinyinReadings('行')).toEqual(['xíng', 'háng', 'hàng', 'héng']);
		expect(['a', '，', '𠮷'].map(pinyinReadings)).toEqual([[], [], []]);
		expect(pinyin({ on: 'text', all: true }).apply([{ text: '银行ok' }])[0]!.pinyin).toEqual([
			['yín'],
			['háng', 'xíng', 'hàng', 'héng'],
			['ok'],
		]);
		// One where tones were all that told them apart.
		expect(pinyin({ all: true, tones: 'none' }).apply([{ tokens: ['行走', 'a'] }])[0]!.pinyin).toEqual([
			[['xing', 'hang', 'heng'], ['zou']],
			[['a']],
		]);
	});

	it('gives letters for a character model in the place of the text', () => {
		const stage = chain(pinyin({ on: 'text', into: 'text', tones: 'none', umlaut: 'v', join: '' }), characters());
		expect(stage.apply([{ text: '女孩' }])).toEqual([{ text: 'nvhai', tokens: [...'nvhai'] }]);
		expect(() => chain(characters(), pinyin({ on: 'text', into: 'text' }))).toThrow('Put pinyin() first.');
	});

	it('has null for a token without Chinese where that is dropped', () => {
		expect(ofTokens('B超 ok ，', { others: 'drop' })).toEqual(['chāo', null, null]);
		expect(ofTokens('B超 ok ，', { others: 'drop', all: true })).toEqual([[['chāo']], null, null]);
	});

	it('keeps the readings of one pipeline from others, and from the library', () => {
		const library = createRequire(import.meta.url)('pinyin-pro') as { pinyin(text: string): string };
		const own = pinyin({ custom: { 银行: 'yín xíng', 了: 'liào' } });
		const docs = [{ tokens: ['银行', '了', '银', '行'] }];
		expect(own.apply(docs)[0]!.pinyin).toEqual(['yín xíng', 'liào', 'yín', 'xíng']);
		expect(pinyin().apply(docs)[0]!.pinyin).toEqual(['yín háng', 'le', 'yín', 'háng']);
		expect(library.pinyin('银行')).toBe('yín háng');
		expect(fromJSON(JSON.stringify(toJSON(own))).apply(docs)).toEqual(own.apply(docs));
		expect(pinyin({ custom: { 行: 'a', 了: 'b' } }).spec).toEqual(pinyin({ custom: { 了: 'b', 行: 'a' } }).spec);
	});

	it('reads long runs as it reads their parts', () => {
		const unit = '重庆银行的校长觉得音乐很重要';
		expect(pinyinOf(unit.repeat(50))).toBe(Array.from({ length: 50 }, () => pinyinOf(unit)).join(' '));
	});

	it('has a piece for each code point where others are spaced, and one entry a token', () => {
		const unit = fc.constantFrom('银', '行', '了', '不', '單', '𠮷', 'a', ' ', '，', '\ud83d', '😀', '々');
		fc.assert(
			fc.property(fc.string({ unit, maxLength: 60 }), fc.constantFrom('off', 'first', 'all'), (text, surnames) => {
				const [all] = pinyin({ on: 'text', all: true, others: 'space', surnames }).apply([{ text }]);
				expect(all!.pinyin).toHaveLength([...text].length);
				const tokens = text.match(/\p{Script=Han}{1,2}|\P{Script=Han}/gu) ?? [];
				expect(pinyin({ surnames, others: 'drop' }).apply([{ tokens }])[0]!.pinyin).toHaveLength(tokens.length);
				// What is left out is what is not Chinese.
				expect(pinyinOf(text, { others: 'drop', tones: 'none' })).toMatch(/^[a-zü ]*$/);
			}),
		);
	});

	it.each([
		[() => pinyin({ tone: 'marks' } as never), 'pinyin: expected an option that it has, got tone. Did you mean tones?'],
		[() => pinyinOf(5 as never), 'pinyinOf: expected text to be a text, got 5. Correct it.'],
		[() => pinyinOf('a', { tones: 'symbol' as never }), "pinyinOf: expected tones to be one of 'marks', 'numbers', 'none', got 'symbol'."],
		[
			() => pinyin({ umlaut: 'v' }),
			"pinyin: expected tones 'numbers' or 'none' beside umlaut 'v', got 'marks'. Leave umlaut out, or say tones.",
		],
		[() => pinyin({ into: 'text' } as never), "pinyin: expected into 'pinyin' beside on, got 'text'. Leave into out, or on."],
		[() => pinyin({ on: 'text', into: 'text', all: true } as never), "pinyin: expected into 'pinyin' beside all, got 'text'."],
		[() => pinyin({ custom: { 银行: 'yín' } }), 'pinyin: expected custom to be words of Chinese characters with a syllable for each'],
		[
			() => pinyin({ custom: { 银行: 'yin2 hang2' } }),
			'pinyin: expected custom to be words of Chinese characters with a syllable for each, tones as marks',
		],
		[() => pinyin({ custom: { B超: 'bì chāo' } }), 'pinyin: expected custom to be words of Chinese characters'],
		[() => pinyin({ custom: { '': '' } }), 'pinyin: expected custom to be words of Chinese characters'],
		[() => pinyinReadings('银行'), "pinyinReadings: expected character to be one character, got '银行'. Correct it."],
	])('refuses %s', (call, message) => {
		expect(call).toThrow(RangeError);
		expect(call).toThrow(message);
	});
});
