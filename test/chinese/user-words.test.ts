// Dictionaries of the user: files, encodings, lines that are wrong, many words.
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createSegmenter, DataError, fromJSON, segment, toJSON } from 'textloom';
import { describe, expect, it } from 'vitest';
import { temporary } from '../temporary.js';

const { folder, file } = temporary();
const text = '李小福是创新办主任也是云计算方面的专家';
const lines = '云计算 5 n\r\n李小福 2 nr\n\n创新办 3 i\n';
const tokens = ['李小福', '是', '创新办', '主任', '也', '是', '云计算', '方面', '的', '专家'];

/** 云计算 5 n and 李小福 2 nr in GB18030. */
const gb = Buffer.from('d4c6bcc6cbe32035206e0ac0eed0a1b8a32032206e720ab4b4d0c2b0ec203320690a', 'hex');

describe('user dictionaries', () => {
	it.each([
		['lines', lines.split('\n')],
		['a file', file('plain.txt', lines)],
		['a file with a byte order mark', file('mark.txt', `\ufeff${lines}`)],
		['a gzip file', file('packed.txt.gz', gzipSync(lines))],
		['UTF-16', file('wide.txt', Buffer.from(`\ufeff${lines}`, 'utf16le'))],
	])('are read: %s', (_, words) => {
		const segmenter = createSegmenter({ words });
		expect(segmenter.cut(text)).toEqual(tokens);
		expect(segmenter.tag(text)[0]).toEqual({ token: '李小福', tag: 'nr' });
		const later = createSegmenter();
		later.addWords(words);
		expect(later.cut(text)).toEqual(tokens);
	});

	it('are read in an encoding that is named; else the error names GB18030', () => {
		const path = file('gb.txt', gb);
		expect(createSegmenter({ words: path, encoding: 'gb18030' }).cut(text)).toEqual(tokens);
		const says = `createSegmenter: expected ${path} in UTF-8, got bytes that are none but can be read as GB18030. Pass encoding: 'gb18030', or save it as UTF-8.`;
		expect(() => createSegmenter({ words: path })).toThrow(says);
		expect(() => segment({ words: file('bytes.txt', Buffer.from([0xe4, 0xba, 0xff, 0x20, 0xff])) })).toThrow(
			/^segment: expected .* in UTF-8, got bytes that are none\./,
		);
	});

	it('are written into the description of a stage as lines', () => {
		const stage = segment({ words: file('saved.txt', lines), dictionary: ['我 5 r'] });
		const written = { mode: 'precise', hmm: true, dictionary: ['我 5 r'], words: ['云计算 5 n\r', '李小福 2 nr', '创新办 3 i'] };
		expect(stage.spec.options).toEqual({ ...written, offsets: false, tags: false });
		const back = fromJSON(toJSON(stage)) as typeof stage;
		expect(back.apply([{ text }])).toEqual(stage.apply([{ text }]));
	});

	it.each([
		['云计算 -5 n', 'got "云计算 -5 n"'],
		['云计算 5.5', 'a whole number from 0 to 2147483647'],
		['云计算 5,000 n', 'whole number'],
		['云计算 1e5', 'whole number'],
		['云计算 99999999999 n', 'whole number'],
		['云计算 5 N', 'a tag of letters a to z'],
		['云计算\t5\tn', 'expected spaces between word, frequency and tag'],
		['云'.repeat(1001), 'a word of at most 1000 characters'],
		['云计算 5\n好用 3', 'one word a line'],
	])('refuse the line %s', (line, says) => {
		expect(() => createSegmenter({ words: ['好用 300', '', line] })).toThrow(DataError);
		expect(() => segment({ words: ['好用 300', '', line] })).toThrow(says);
		expect(() => segment({ words: ['好用 300', '', line] })).toThrow(/^words:3: words: expected [^\n]+\.$/);
	});

	it('say the file and the line', () => {
		const path = file('wrong.txt', '好用 300\n\n云计算 x5 5.0\n');
		expect(() => createSegmenter({ words: path })).toThrow(`${path}:3: words: expected a frequency`);
		const main = file('main.txt', '我 5 r\n来到\n');
		expect(() => createSegmenter({ dictionary: main })).toThrow(`${main}:2: dictionary: expected a word, its frequency`);
		const none = join(folder, 'none.txt');
		expect(() => createSegmenter({ words: none })).toThrow(/^createSegmenter: expected a dictionary file that can be read, got "ENOENT/);
	});

	it.each(['来到', '来到 ', ' 5 v', '来到 v 5', '来到 -5', '来到 5v', '来到 9999999999'])(
		'refuse the line "%s" of a main dictionary',
		(line) => {
			expect(() => createSegmenter({ dictionary: ['我 5 r', line] })).toThrow(/^dictionary:2: dictionary: expected a word, its frequency/);
		},
	);

	it('let the last of equal words count, and need neither frequency nor tag', () => {
		const segmenter = createSegmenter({ words: ['杭研大厦', '网易杭研大厦 3', '网易杭研大厦 0', '来到了 1 v', '来到了 90000 xx'] });
		expect(segmenter.tag('来到了网易杭研大厦')).toEqual([
			{ token: '来到了', tag: 'xx' },
			{ token: '网易', tag: 'n' },
			{ token: '杭研大厦', tag: 'x' },
		]);
	});

	it('may have a million words', () => {
		const words = Array.from({ length: 1_000_000 }, (_, n) => `词${n.toString(36)}尾 ${1 + (n % 50)} n`);
		const path = file('million.txt', words.join('\n'));
		const start = performance.now();
		const segmenter = createSegmenter({ words: path });
		expect(segmenter.cut('看词lflr尾说词0尾')).toEqual(['看', '词lflr尾', '说', '词0尾']);
		expect(performance.now() - start).toBeLessThan(20_000);
	});
});
