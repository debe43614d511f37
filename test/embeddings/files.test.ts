// Files of vectors: gensim's are read, gensim reads ours, what is saved comes back to the last bit, and each bad file is one clear line.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import {
	type DataError,
	type LoadVectorsOptions,
	loadVectors,
	saveVectors,
	type VectorFormat,
	type WordVectors,
	wordVectors,
} from 'textloom';
import { readSafetensorsFile, tensor, writeSafetensors } from 'textloom/graph';
import { describe, expect, it } from 'vitest';
import { writeNumber } from '../../dist/src/embeddings/vectors/files/format-number.js';
import { numberOf, parseNumbers } from '../../dist/src/embeddings/vectors/files/parse-numbers.js';
import { temporary } from '../temporary.js';

const folder = new URL('../golden/embeddings/', import.meta.url).pathname;
const golden: { words: string[]; numbers: number[][] } & Record<'ours.txt' | 'ours.bin', { words: string[]; equal: boolean }> = JSON.parse(
	readFileSync(join(folder, 'vectors.json'), 'utf8'),
);
const { file, folder: place } = temporary();
const numbersOf = (vectors: WordVectors) => vectors.words.map((_, index) => Array.from(vectors.row(index)));

describe('files of gensim', () => {
	it.each(['gensim.txt', 'gensim.bin', 'glove.txt'])('%s is read, plain and packed, whole and in part', async (name) => {
		const path = join(folder, name);
		const packed = file(`${name}.gz`, gzipSync(readFileSync(path)));
		for (const from of [path, packed]) {
			const vectors = await loadVectors(from);
			expect(vectors.words).toEqual(golden.words);
			expect(numbersOf(vectors)).toEqual(golden.numbers);
		}
		const some = await loadVectors(path, { limit: 7 });
		expect(some.words).toEqual(golden.words.slice(0, 7));
		expect(some.size).toBe(7);
	});
	it.each(['ours.txt', 'ours.bin'] as const)('%s, which gensim read as it was meant, is what is written', async (name) => {
		expect(golden[name]).toEqual({ words: golden.words, equal: true });
		const path = join(place, name);
		await saveVectors(await loadVectors(join(folder, 'gensim.bin')), path);
		expect(readFileSync(path).equals(readFileSync(join(folder, name)))).toBe(true);
	});
});

describe('what is saved', () => {
	const random = wordVectors({
		words: Array.from({ length: 3000 }, (_, i) => `w${i}é`),
		width: 33,
		rows: Float32Array.from({ length: 3000 * 33 }, (_, i) => Math.sin(i * 1.7) * 10 ** ((i % 40) - 30)),
		counts: Uint32Array.from({ length: 3000 }, (_, i) => 3000 - i),
	});
	it.each(['a.txt', 'a.vec.gz', 'a.bin', 'a.bin.gz', 'a.safetensors'])('comes back of %s to the last bit', async (name) => {
		const path = join(place, name);
		await saveVectors(random, path);
		const back = await loadVectors(path);
		expect(back.words).toEqual(random.words);
		expect(numbersOf(back)).toEqual(numbersOf(random));
		expect(back.counts && Array.from(back.counts)).toEqual(name.endsWith('tensors') ? Array.from(random.counts!) : undefined);
		expect((await loadVectors(path, { limit: 10 })).words).toEqual(random.words.slice(0, 10));
	});
	it('GloVe’s text has no first line', async () => {
		const path = join(place, 'glove');
		await saveVectors(random, path, { format: 'glove', gzip: true });
		expect(gunzipSync(readFileSync(path)).toString().startsWith('w0é 0 ')).toBe(true);
		expect(numbersOf(await loadVectors(path))).toEqual(numbersOf(random));
	});
	it('is safetensors that any program reads', async () => {
		const path = join(place, 'a.safetensors');
		await saveVectors(random, path);
		const { tensors, metadata } = await readSafetensorsFile(path);
		expect(tensors.vectors!.shape).toEqual([3000, 33]);
		expect(JSON.parse(metadata.words!)).toEqual(random.words);
	});
	it('leaves nothing behind where it is refused', async () => {
		const spaced = wordVectors({ words: ['a b'], width: 1, rows: Float32Array.of(1) });
		await expect(saveVectors(spaced, join(place, 'no.txt'))).rejects.toThrow(
			'saveVectors: expected words without white space, which ends a word in this format, got "a b". Save as safetensors.',
		);
		await expect(saveVectors(random, join(place, 'no.xyz'))).rejects.toThrow(
			'saveVectors: expected a name that ends with .txt, .vec, .bin',
		);
		await expect(saveVectors(random, join(place, 'no.safetensors.gz'))).rejects.toThrow('saveVectors: expected safetensors unpacked');
		await expect(saveVectors({ ...random }, join(place, 'no.txt'))).rejects.toThrow('saveVectors: expected the vectors to be word vectors');
		expect(readdirSync(place).filter((name) => name.includes('no.') || name.includes('.tmp'))).toEqual([]);
		await saveVectors(spaced, join(place, 'yes.safetensors'));
		expect((await loadVectors(join(place, 'yes.safetensors'))).words).toEqual(['a b']);
	});
});

describe('what files hold beside the plain', () => {
	const load = (content: string | Uint8Array, options?: LoadVectorsOptions) => loadVectors(file('some', content), options);
	it('spaces at ends, tabs, CRLF, blank lines, a mark of UTF-8, exponents and signs', async () => {
		const vectors = await load('\ufeff3 2 \r\na  +1e0\t-.5 \r\n\r\n-1 2 3.\r\n5 1E-2 12345678901234567890\r\n');
		expect(vectors.words).toEqual(['a', '-1', '5']);
		expect(numbersOf(vectors)).toEqual([
			[1, -0.5],
			[2, 3],
			[Math.fround(0.01), Math.fround(Number('12345678901234567890'))],
		]);
	});
	it('words with spaces in them, where what is too much is no number', async () => {
		const vectors = await load('a 1 2\n. . . 3 4\nat name@domain.com 5 6\n');
		expect(vectors.words).toEqual(['a', '. . .', 'at name@domain.com']);
		expect(Array.from(vectors.get('. . .')!)).toEqual([3, 4]);
	});
	it('a line break after each row of a binary file, as the original program writes it', async () => {
		const row = (word: string, ...numbers: number[]) => [
			Buffer.from(`${word} `),
			Buffer.from(Float32Array.from(numbers).buffer),
			Buffer.from('\n'),
		];
		const vectors = await load(Buffer.concat([Buffer.from('2 3\n'), ...row('</s>', 1, 2, 3), ...row('b', 4, 5, 6)]));
		expect(vectors.words).toEqual(['</s>', 'b']);
		expect(Array.from(vectors.get('b')!)).toEqual([4, 5, 6]);
	});
	it('words of other encodings', async () => {
		const bytes = Buffer.concat([Buffer.from('1 1\n'), Buffer.from([0xb3, 0xc9]), Buffer.from(' 1\n')]);
		expect((await load(bytes, { encoding: 'gb18030' })).words).toEqual(['成']);
		expect((await load(bytes, { invalidUtf8: 'replace' })).words).toEqual(['\ufffd\ufffd']);
		await expect(load(bytes, { encoding: 'utf-16le' })).rejects.toThrow(
			'loadVectors: expected encoding to be the name of an encoding that has ASCII',
		);
	});
	it('rows across the blocks in which a file is read', async () => {
		const width = 3000;
		const row = Array.from({ length: width }, (_, i) => (i % 97) / 8);
		const text = Array.from({ length: 60 }, (_, i) => `w${i} ${row.map((value) => value + i).join(' ')}`).join('\n');
		const vectors = await load(text);
		expect(vectors.size).toBe(60);
		for (const i of [0, 17, 59]) expect(Array.from(vectors.row(i))).toEqual(row.map((value) => value + i));
	});
});

const good = readFileSync(join(folder, 'gensim.bin'));
const text = readFileSync(join(folder, 'gensim.txt'), 'utf8');
const withNaN = (() => {
	const bytes = Buffer.from(good);
	bytes.writeFloatLE(Number.NaN, bytes.indexOf('of ') + 7);
	return bytes;
})();
const stored = (metadata: Record<string, string>, values = [1, 2, 3, 4], shape = [2, 2]) =>
	writeSafetensors({ tensors: { vectors: tensor('float32', shape, values) }, metadata });

/** A file, what its error says after the file's name, and what is left where bad rows are skipped. */
type Bad = readonly [
	what: string,
	content: string | Uint8Array,
	says: string,
	left?: readonly string[] | undefined,
	options?: LoadVectorsOptions,
];

const bad: readonly Bad[] = [
	[
		'nothing',
		'',
		'loadVectors: expected vectors as word2vec, GloVe, fastText or safetensors write them, got nothing in FILE. Check the path.',
	],
	[
		'prose',
		'It was a dark night.\n',
		'loadVectors: expected vectors as word2vec, GloVe, fastText or safetensors write them, got a file that begins "It was',
	],
	[
		'fewer rows than said',
		'3 2\na 1 2\nb 3 4\n',
		'FILE:3: expected 3 rows as the first line says, got 2 before the end. Is the file whole?',
		['a', 'b'],
	],
	['more rows than said', '1 2\na 1 2\nb 3 4\n', 'FILE:3: expected 1 rows as the first line says, got more. Correct that line.', ['a']],
	['a short row', '2 2\na 1\nb 3 4\n', 'FILE:2: expected a word and 2 numbers, got 1 after "a". Is the line whole', ['b']],
	['a long row', '2 2\na 1 2\nb 3 4 5\n', 'FILE:3: expected a word and 2 numbers, got 3 after "b". Is the line whole', ['a']],
	['a row cut off', text.slice(0, -30), 'FILE:37: expected a word and 10 numbers, got 8 after "O\'Neill"', golden.words.slice(0, -1)],
	['NaN', '2 2\na 1 nan\nb 3 4\n', 'FILE:2: expected finite numbers after the word "a", got "nan". Leave the row out', ['b']],
	['Infinity', '2 2\na 1 2\nb 1e39 4\n', 'FILE:3: expected finite numbers after the word "b", got "1e39". Leave the row out', ['a']],
	['hexadecimal', '2 2\na 1 2\nb 0x10 4\n', 'FILE:3: expected finite numbers after the word "b", got "0x10".', ['a']],
	[
		'a word twice',
		'3 1\na 1\nb 2\na 3\n',
		'FILE:4: expected each word once, got "a" again (first in row 1). Leave it out with onError',
		['a', 'b'],
	],
	[
		'invalid UTF-8',
		Buffer.from('2 1\na\xff 1\nb 2\n', 'latin1'),
		"FILE:2: expected a word in the file's encoding, got bytes that are not. Name",
		['b'],
	],
	['dimension 0', '2 0\na\nb\n', 'loadVectors: expected rows of 1 to 1000000 numbers, got "2 0" in the first line in FILE.'],
	[
		'no header',
		'a 1 2\n',
		'loadVectors: expected a first line "rows numbers", such as 400000 100, got "a 1 2" in FILE.',
		undefined,
		{ format: 'word2vec' },
	],
	['too many rows for memory', '9000000000 300\na 1', 'loadVectors: expected vectors that fit into ', undefined],
	[
		'a binary file cut off',
		good.subarray(0, 1000),
		'FILE: byte 971: expected 36 rows as the first line says, got the end of the file after 21. Fetch it again.',
	],
	[
		'a binary file of fewer rows',
		Buffer.concat([Buffer.from('40'), good.subarray(2)]),
		'FILE: byte 1671: expected 40 rows as the first line says, got the end',
	],
	[
		'a binary file of more rows',
		Buffer.concat([Buffer.from('30'), good.subarray(2)]),
		'FILE: byte 1388: expected the end after 30 rows, as the first line says',
	],
	[
		'a binary file with NaN',
		withNaN,
		'FILE: byte 50: expected finite numbers after the word "of", got NaN or Infinity. Leave',
		golden.words.filter((word) => word !== 'of'),
	],
	['a binary file of another width', Buffer.concat([Buffer.from('36 9'), good.subarray(5)]), 'FILE: byte '],
	[
		'a binary file of dimension 0',
		'2 0\na b ',
		'loadVectors: expected a first line "rows numbers"',
		undefined,
		{ format: 'word2vec-binary' },
	],
	['a model of fastText that is cut off', Buffer.from([0xba, 0x16, 0x4f, 0x2f, 12, 0, 0, 0, 1]), 'loadVectors: expected'],
	[
		'tensors without words',
		stored({}),
		'loadVectors: expected the 2 words of its rows as a JSON array in the metadata under "words", got FILE without.',
	],
	['tensors with too few words', stored({ words: '["a"]' }), 'loadVectors: expected the 2 words of its rows as a JSON array'],
	[
		'tensors of dimension 0',
		stored({ words: '["a","b"]' }, [], [2, 0]),
		'loadVectors: expected a tensor "vectors" of float32 numbers, [words × width], got FILE',
	],
	[
		'tensors with NaN',
		stored({ words: '["a","b"]' }, [1, 2, Number.NaN, 4]),
		'FILE: byte 8: expected finite numbers of the word "b", got NaN',
		['a'],
	],
	['tensors cut off', stored({ words: '["a","b"]' }).subarray(0, -2), 'loadVectors: expected a whole safetensors file, got '],
	[
		'a file packed by zip',
		Buffer.from([0x50, 0x4b, 3, 4, 0, 0]),
		'loadVectors: expected text or gzip, got a zip file at FILE. Unpack it first.',
	],
	['damaged gzip', gzipSync('1 1\na 1\n').subarray(0, 20), 'FILE: expected a whole gzip file, got one that is damaged or cut off'],
];

describe('bad files', () => {
	const each = (what: string, run: () => Promise<void>) => it(what, run);
	for (const [what, content, says, left, options = {}] of bad)
		each(what, async () => {
			const path = file(`bad ${what}`, content);
			const error: Error = await loadVectors(path, options).then(
				() => expect.fail('nothing was refused'),
				(error) => error,
			);
			expect(error.message).toContain(says.replaceAll('FILE', path));
			expect(error.message).toMatch(/^[^\n]+expected [^\n]+[.?)]$/);
			const told: DataError[] = [];
			if (left === undefined) {
				await expect(loadVectors(path, { ...options, onError: 'skip' })).rejects.toThrow(error.message.slice(0, 40));
			} else {
				expect((await loadVectors(path, { ...options, onError: 'skip' })).words).toEqual(left);
				await loadVectors(path, { ...options, onError: (error) => told.push(error) });
				expect(told[0]!.message).toBe(error.message);
			}
		});
	it('memory is estimated of the first line, and watched where there is none', async () => {
		const row = `${'0.5 '.repeat(100)}\n`;
		const rows = Array.from({ length: 10_000 }, (_, i) => `w${i} ${row}`).join('');
		const [said, unsaid] = [file('said', `10000 100\n${rows}`), file('unsaid', rows)];
		await expect(loadVectors(said, { maxMemory: 1e6 })).rejects.toThrow(
			/expected vectors that fit into 1 MB of memory, got 10000 rows of 100 numbers in .*said, about 6 MB\. Read fewer, such as \{ limit: 992 \}, or set maxMemory\.$/,
		);
		await expect(loadVectors(unsaid, { maxMemory: 1e6 })).rejects.toThrow(
			/fit into 1 MB of memory, got more than 4096 rows of 100 numbers/,
		);
		expect((await loadVectors(said, { maxMemory: 1e6, limit: 992 })).size).toBe(992);
	});
	it('ends at a signal', async () => {
		const path = file('ended', text);
		await expect(loadVectors(path, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
	});
});

describe('numbers', () => {
	it('are written in the fewest digits that give the same float32, and read as Number reads them', () => {
		const bytes = Buffer.alloc(64);
		const into = new Float32Array(1);
		const shortest = (value: number) => {
			for (let digits = 1; digits < 9; digits++) if (Math.fround(Number(value.toPrecision(digits))) === value) return digits;
			return 9;
		};
		fc.assert(
			fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
				const end = writeNumber(value, bytes, 0);
				const text = bytes.toString('latin1', 0, end);
				expect(Math.fround(Number(text))).toBe(value);
				const digits = text.replace(/e.*$/, '').replace(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '');
				expect(digits.length).toBeLessThanOrEqual(shortest(value));
				expect(parseNumbers(bytes, 0, end, into)).toBe(true);
				expect(into[0]).toBe(value);
			}),
			{ numRuns: 3000 },
		);
	});
	it('of any form are those of Number', () => {
		const into = new Float32Array(1);
		const digits = fc.stringMatching(/^\d{0,25}$/);
		const forms = fc.tuple(
			fc.constantFrom('', '-', '+'),
			digits,
			fc.constantFrom('', '.'),
			digits,
			fc.stringMatching(/^(|[eE][+-]?\d{0,3})$/),
		);
		fc.assert(
			fc.property(forms, (parts) => {
				const text = parts.join('');
				const value = Math.fround(numberOf(text));
				const bytes = Buffer.from(text);
				expect(parseNumbers(bytes, 0, bytes.length, into)).toBe(Number.isFinite(value));
				if (Number.isFinite(value)) expect(into[0]).toBe(value);
			}),
			{ numRuns: 3000 },
		);
	});
});

it('a format is one of those that are known', async () => {
	const format: VectorFormat = 'word2vec';
	await expect(loadVectors(file('f', '1 1\na 1\n'), { format: 'gensim' as never })).rejects.toThrow(
		"expected format to be one of 'word2vec'",
	);
	writeFileSync(join(place, 'g'), '1 1\na 1\n');
	expect((await loadVectors(join(place, 'g'), { format })).words).toEqual(['a']);
});
