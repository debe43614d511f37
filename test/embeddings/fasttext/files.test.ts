// fastText's files: read as fastText does, written byte for byte, refused where they are damaged.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { collect, loadVectors } from 'textloom';
import { fastTextClassifier, fastTextDictionary, fastTextMatrix, fastTextVectors, readFastText, writeFastText } from 'textloom/embeddings';
import { describe, expect, it } from 'vitest';
import { bracketed, subwordBuckets } from '../../../dist/src/embeddings/fasttext/subwords.js';
import { temporary } from '../../temporary.js';
import { golden, goldenFile, goldenModel } from './golden.js';

const { file, folder } = temporary();
const cases = Object.entries(golden.cases);

describe('files of fastText', () => {
	it.each(cases)('%s: words and vectors are those of fastText', async (name, { words, vectors, subwords }) => {
		const read = await readFastText(goldenModel(name));
		const parts = name === 'skipgram' || name === 'cbow' ? fastTextVectors(read) : undefined;
		if (!parts) return;
		expect(parts.words).toEqual(words);
		const rows = (parts.rows as readonly Float32Array[])[0]!;
		for (const [word, vector] of Object.entries(vectors)) {
			const place = words.indexOf(word);
			const found = place >= 0 ? rows.subarray(place * parts.width, (place + 1) * parts.width) : parts.unseen?.(word);
			if (subwords[word]!.length === 0) expect(found).toBeUndefined();
			else expect([...found!]).toEqual(vector);
		}
	});

	it('numbers n-grams of characters as fastText does', async () => {
		const { args, dictionary } = await readFastText(goldenModel('skipgram'));
		for (const [word, rows] of Object.entries(golden.cases.skipgram!.subwords)) {
			const own = golden.cases.skipgram!.words.indexOf(word);
			const buckets = word === '</s>' ? [] : subwordBuckets(bracketed(word), args).map((bucket) => bucket + dictionary.words);
			expect(own < 0 ? buckets : [own, ...buckets], word).toEqual(rows);
		}
	});

	it.each(cases)('%s: predictions are those of fastText', async (name, { labels, predictions }) => {
		if (!predictions) return;
		const model = fastTextClassifier(await readFastText(goldenModel(name)));
		expect(model.labels.map((label) => `__label__${label}`)).toEqual(labels);
		const more = name === 'hs' ? 0 : 1e-5;
		for (const { text, k, threshold, labels, scores } of predictions) {
			const found = model.predict(text, { k: k < 0 ? 1000 : k, threshold });
			expect(found.length, text).toBe(labels.length);
			for (const [i, { label, score }] of found.entries()) {
				expect(score + more, `${text} ${i}`).toBeCloseTo(scores[i]!, 6);
				expect(`__label__${label}`).toBe(labels[i]);
			}
		}
	});

	it.each(cases)('%s: a test has the figures of fastText', async (name, { test = {}, testLabel = {} }) => {
		if (Object.keys(test).length === 0) return;
		const model = fastTextClassifier(await readFastText(goldenModel(name)));
		const lines = goldenFile(name === 'ova' ? 'many.txt' : 'one.txt');
		for (const [k, [examples, precision, recall]] of Object.entries(test)) {
			const scores = await model.test(lines, { k: Number(k) });
			expect(scores.examples).toBe(examples);
			expect(scores.precision).toBeCloseTo(precision, 10);
			expect(scores.recall).toBeCloseTo(recall, 10);
		}
		const { labels } = await model.test(lines);
		for (const [label, { precision, recall, f1score }] of Object.entries(testLabel)) {
			const found = labels[label.replace('__label__', '')]!;
			expect(found.recall).toBeCloseTo(recall!, 10);
			expect(found.f1).toBeCloseTo(f1score!, 10);
			if (precision === null) expect(found.precision).toBeNaN();
			else expect(found.precision).toBeCloseTo(precision, 10);
		}
	});

	it.each(cases)('%s: what is written is what was read', async (name) => {
		const path = `${folder}/${name}`;
		await writeFastText(path, await readFastText(goldenModel(name)));
		const [ours, theirs] = [readFileSync(path), readFileSync(goldenModel(name))];
		// Buckets that were kept come in the order of fastText's hash table there.
		expect(ours.equals(theirs)).toBe(true);
	});

	it('reads gzipped files', async () => {
		const { args } = await readFastText(file('skipgram.bin.gz', gzipSync(readFileSync(goldenModel('skipgram')))));
		expect(args).toMatchObject({ model: 'skipgram', loss: 'ns', dim: 4, bucket: 100, minn: 2, maxn: 4 });
	});

	it('names the byte at which a file is cut off, wherever that is', async () => {
		const bytes = readFileSync(goldenModel('pruned'));
		for (let size = 0; size < bytes.length; size += size < 300 ? 7 : 211) {
			const path = file('cut.ftz', bytes.subarray(0, size));
			await expect(readFastText(path)).rejects.toThrow(
				/readFastText: expected .*, got the end of the file at byte \d+ of .*cut\.ftz\. Is it a file of fastText/,
			);
		}
		await expect(readFastText(file('long.ftz', Buffer.concat([bytes, Buffer.of(0)])))).rejects.toThrow(
			/expected the end of the file, got more bytes/,
		);
	});

	it('refuses what is no file of fastText', async () => {
		const bytes = readFileSync(goldenModel('skipgram'));
		const changed = (change: (view: DataView) => void) => {
			const copy = Uint8Array.from(bytes);
			change(new DataView(copy.buffer));
			return readFastText(file('changed.bin', copy));
		};
		await expect(readFastText(file('text.bin', 'the 0.1 0.2\n'))).rejects.toThrow(/mark of a fastText file, 793712314, got \d+ at byte 0/);
		await expect(changed((view) => view.setInt32(4, 13, true))).rejects.toThrow('version 11 or 12, got 13 at byte 4');
		await expect(changed((view) => view.setInt32(8, 0, true))).rejects.toThrow('dim to be from 1 to 65536, got 0 at byte 8');
		await expect(changed((view) => view.setInt32(32, 9, true))).rejects.toThrow('loss to be from 1 to 4, got 9 at byte 32');
		await expect(changed((view) => view.setInt32(64, 2 ** 30, true))).rejects.toThrow(
			/words and labels that are all entries, got 1073741824 entries/,
		);
		await expect(changed((view) => view.setInt32(8, 5, true))).rejects.toThrow(/an input matrix of 5 columns, got 119 rows, 4 columns/);
		await expect(readFastText('nowhere.bin')).rejects.toThrow('got nothing at nowhere.bin');
	});

	it('says which function reads a model of the other kind', async () => {
		const [words, classes] = [await readFastText(goldenModel('skipgram')), await readFastText(goldenModel('softmax'))];
		expect(() => fastTextClassifier(words)).toThrow(
			'expected a model of the kind supervised, got skipgram. fastTextVectors reads vectors of others.',
		);
		expect(fastTextVectors(classes).words).toContain('river');
	});

	it('refuses words that the format cannot hold', async () => {
		const args = { ...(await readFastText(goldenModel('cbow'))).args, dim: 1, bucket: 0 };
		const dictionary = fastTextDictionary([
			{ text: 'a', count: 2 },
			{ text: 'b\0c', count: 1 },
		]);
		const rows = fastTextMatrix(2, 1, Float32Array.of(1, 2));
		await expect(writeFastText(`${folder}/zero.bin`, { args, dictionary, input: rows, output: rows })).rejects.toThrow(
			'writeFastText: expected words without U+0000, which ends a word in this format, got "b\\u0000c". Leave the character out of the text.',
		);
	});

	it('has vectors that are read as those of any file: byte order marks, bad words and rows, memory', async () => {
		const args = { ...(await readFastText(goldenModel('cbow'))).args, dim: 1, bucket: 0, maxn: 0 };
		const path = `${folder}/odd.bin`;
		const write = async (words: readonly Uint8Array[], numbers: readonly number[]) => {
			const rows = fastTextMatrix(words.length, 1, Float32Array.from(numbers));
			const starts = Uint32Array.from([0, ...words.map((_, i) => Buffer.concat(words.slice(0, i + 1)).length)]);
			const dictionary = { words: words.length, bytes: Buffer.concat(words), starts, counts: Float64Array.from(words, () => 1), tokens: 9 };
			await writeFastText(path, { args, dictionary, input: rows, output: rows });
		};
		await write([Buffer.from('\ufeffa'), Buffer.from('a')], [1, 2]);
		expect((await loadVectors(path)).words).toEqual(['\ufeffa', 'a']);
		expect(fastTextVectors(await readFastText(path)).words).toEqual(['\ufeffa', 'a']);
		await write([Buffer.of(0xe9), Buffer.from('b'), Buffer.of(0xe8), Buffer.from('c')], [1, Number.NaN, 3, 4]);
		await expect(loadVectors(path)).rejects.toThrow(/odd\.bin: word 1: expected a word in the file's encoding, got bytes that are not\./);
		await expect(loadVectors(path, { encoding: 'latin1' })).rejects.toThrow(/odd\.bin: word 2: expected finite numbers of the word "b"/);
		expect((await loadVectors(path, { encoding: 'latin1', onError: 'skip' })).words).toEqual(['é', 'è', 'c']);
		const told: string[] = [];
		const left = await loadVectors(path, { invalidUtf8: 'replace', limit: 2, onError: ({ message }) => told.push(message) });
		expect([...left.words, left.get('c')?.[0], left.counts]).toEqual(['\ufffd', 'c', 4, undefined]);
		expect(told).toHaveLength(2);
		await expect(loadVectors(path, { maxMemory: 100 })).rejects.toThrow(/^loadVectors: expected vectors that fit into 1 MB of memory/);
	});

	it('makes a file of words and rows', async () => {
		const words = [
			{ text: 'a', count: 1 },
			{ text: '世界', count: 3 },
		];
		const args = { ...(await readFastText(goldenModel('cbow'))).args, dim: 2 };
		const dictionary = fastTextDictionary(words);
		const rows = fastTextMatrix(2, 2, Float32Array.of(1, 2, 3, 4));
		await writeFastText(`${folder}/own.bin`, { args: { ...args, bucket: 0 }, dictionary, input: rows, output: rows });
		const parts = fastTextVectors(await readFastText(`${folder}/own.bin`));
		expect(parts.words).toEqual(['世界', 'a']);
		expect(parts.counts).toEqual(Float64Array.of(3, 1));
		expect((await collect([parts.rows]))[0]).toEqual([Float32Array.of(1, 2, 3, 4)]);
	});
});
