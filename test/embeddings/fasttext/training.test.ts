// Training of classifiers: every loss learns, files and documents are the same, threads, going on, what is refused.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { fastText, fromJSON, toJSON } from 'textloom';
import {
	type FastTextClassifierOptions,
	fastTextClassifier,
	fastTextVectors,
	readFastText,
	trainFastTextClassifier,
} from 'textloom/embeddings';
import { describe, expect, it, vi } from 'vitest';
import type { SharedMemory } from '../../../dist/src/base/index.js';
import { wholeOptions } from '../../../dist/src/embeddings/fasttext/training/options.js';
import type { Plan } from '../../../dist/src/embeddings/fasttext/training/plan.js';
import { readDocuments } from '../../../dist/src/embeddings/fasttext/training/read-corpus.js';
import { LineReader, readPart } from '../../../dist/src/embeddings/fasttext/training/read-lines.js';
import { learnMatrices } from '../../../dist/src/embeddings/fasttext/training/session.js';
import { vocabularyOf } from '../../../dist/src/embeddings/fasttext/training/vocabulary.js';
import { temporary } from '../../temporary.js';
import { goldenFile, goldenModel } from './golden.js';

const { file, folder } = temporary();
const [one, many] = [goldenFile('one.txt'), goldenFile('many.txt')];
const small = { dim: 8, epoch: 30, lr: 0.5, thread: 1, wordNgrams: 2, bucket: 100 } satisfies FastTextClassifierOptions;
const documentsOf = (path: string) =>
	readFileSync(path, 'utf8')
		.trim()
		.split('\n')
		.map((line) => {
			const all = line.split(' ');
			const isLabel = (word: string) => word.startsWith('__label__');
			return { tokens: all.filter((word) => !isLabel(word)), label: all.filter(isLabel).map((word) => word.slice(9)) };
		});

describe('training of a fastText classifier', () => {
	it.each(['softmax', 'hs', 'ns'] as const)('%s learns labels that words tell', async (loss) => {
		const model = await trainFastTextClassifier(one, { ...small, loss });
		const { examples, precision } = await model.test(one);
		expect(examples).toBe(300);
		expect(precision).toBeGreaterThan(0.97);
	});

	it('ova learns several labels of a text', async () => {
		const model = await trainFastTextClassifier(many, { ...small, loss: 'ova' });
		const { precision, recall } = await model.test(many, { k: 4, threshold: 0.5 });
		expect(Math.min(precision, recall)).toBeGreaterThan(0.97);
		expect(
			model
				.predict('bread falls house', { k: 4, threshold: 0.5 })
				.map(({ label }) => label)
				.sort(),
		).toEqual(['food', '地方']);
	});

	it('gives the same model with one thread and a seed, another one with another seed', async () => {
		const [a, b, c] = await Promise.all([1, 1, 2].map((seed) => trainFastTextClassifier(one, { ...small, epoch: 3, seed })));
		expect(a!.state).toEqual(b!.state);
		expect(a!.state).not.toEqual(c!.state);
	});

	it('learns the same of documents as of lines', async () => {
		const options = { ...small, epoch: 3, minn: 2, maxn: 3 };
		const [lines, docs] = [await trainFastTextClassifier(many, options), await trainFastTextClassifier(documentsOf(many), options)];
		expect(docs.state).toEqual(lines.state);
		expect(docs.probabilities(['bread', 'falls'])).toEqual(lines.probabilities('bread falls\n'));
	});

	it('learns with several threads, of gzipped files and of lines of any length', async () => {
		const long = `__label__long ${'word '.repeat(200_000)}\n${readFileSync(one, 'utf8')}`;
		for (const path of [file('long.txt', long), file('long.txt.gz', gzipSync(long))]) {
			const model = await trainFastTextClassifier(path, { ...small, thread: 3 });
			expect(model.file.dictionary.tokens).toBe(long.match(/\S+|\n/g)!.length);
			expect(model.predict('word '.repeat(100))[0]!.label).toBe('long');
			expect((await model.test(one)).precision).toBeGreaterThan(0.95);
		}
	});

	it.each(['softmax', 'hs', 'ns', 'ova'] as const)('writes a %s file that reads as what was trained', async (loss) => {
		const model = await trainFastTextClassifier(one, { ...small, epoch: 2, loss, minn: 2, maxn: 3 });
		await model.save(`${folder}/saved.bin`);
		const again = fastTextClassifier(await readFastText(`${folder}/saved.bin`));
		expect(again.state).toEqual(model.state);
		expect(again.predict('rivers of bread', { k: 4 })).toEqual(model.predict('rivers of bread', { k: 4 }));
	});

	it('keeps words that are no UTF-8', async () => {
		const bytes = Buffer.concat([
			Buffer.from('__label__a caf'),
			Buffer.of(0xe9),
			Buffer.from(' x\n__label__b '),
			Buffer.of(0xff, 0xfe),
			Buffer.from(' y\n'),
		]);
		const model = await trainFastTextClassifier(file('latin1.txt', bytes), { ...small, epoch: 1 });
		await model.save(`${folder}/latin1.bin`);
		const { dictionary } = await readFastText(`${folder}/latin1.bin`);
		expect(dictionary).toEqual(model.file.dictionary);
		expect(Buffer.from(dictionary.bytes).includes(Buffer.of(0x66, 0xe9))).toBe(true);
	});

	it('goes on with new lines, words and labels, and keeps what it knows', async () => {
		const first = await trainFastTextClassifier(one, small);
		const more = file('more.txt', '__label__sky cloud shines moon\n__label__sky moon rises\n'.repeat(40));
		for (const from of [first.file, await readFastText(goldenModel('words'))]) {
			const model = await trainFastTextClassifier(more, { from, epoch: 5, lr: 0.2, thread: 1 });
			expect(model.labels).toContain('sky');
			expect(model.predict('moon rises')[0]!.label).toBe('sky');
			expect((await model.test(one)).precision).toBeGreaterThan(0.9);
			expect(model.file.args.dim).toBe(from.args.dim);
		}
		expect(first.labels).not.toContain('sky');
	});

	it('refuses to go on with other vectors, n-grams or another loss', async () => {
		const { file: from } = await trainFastTextClassifier(one, { ...small, epoch: 1 });
		await expect(trainFastTextClassifier(one, { from, dim: 9 })).rejects.toThrow(
			'trainFastTextClassifier: expected dim to be that of `from`, 8, got 9. Leave it out.',
		);
		await expect(trainFastTextClassifier(one, { from, loss: 'ova' })).rejects.toThrow(
			'expected loss to be that of `from`, softmax, got ova.',
		);
		await trainFastTextClassifier(one, { ...small, epoch: 1, from });
	});

	it('refuses to go on from a quantized model', async () => {
		const from = await readFastText(goldenModel('ftz'));
		await expect(trainFastTextClassifier(one, { from })).rejects.toThrow('got a quantized one. Go on from the .bin file.');
	});

	it('begins with vectors that were given', async () => {
		const pretrainedVectors = { words: ['river', 'elsewhere'], width: 2, rows: Float32Array.of(9, 8, 7, 6) };
		const model = await trainFastTextClassifier(one, { epoch: 1, lr: 1e-9, thread: 1, pretrainedVectors, minCount: 1 });
		const { words, rows, width } = fastTextVectors(model.file);
		const place = (word: string) => words.indexOf(word) * width;
		const [numbers] = rows as readonly Float32Array[];
		expect(numbers!.subarray(place('river'), place('river') + 2)).toEqual(Float32Array.of(9, 8));
		expect(numbers!.subarray(place('elsewhere'), place('elsewhere') + 2)).toEqual(Float32Array.of(7, 6));
		await expect(trainFastTextClassifier(one, { dim: 3, pretrainedVectors })).rejects.toThrow(
			'pretrainedVectors of 3 numbers, got 2. Set dim to 2.',
		);
	});

	it('tells how far it is, and stops where the signal says so', async () => {
		const told: number[] = [];
		await trainFastTextClassifier(one, small, { onProgress: ({ done, loss }) => told.push(done, loss) });
		expect(told.at(-2)).toBe(1);
		expect(told.at(-1)).toBeLessThan(1);
		const stop = new AbortController();
		const run = { onProgress: () => stop.abort(new Error('enough')), signal: stop.signal };
		await expect(trainFastTextClassifier(one, { ...small, epoch: 1_000_000 }, run)).rejects.toThrow('enough');
		await expect(trainFastTextClassifier(one, small, { signal: AbortSignal.abort(new Error('not at all')) })).rejects.toThrow('not at all');
		const reading = new AbortController();
		async function* endless() {
			for (let i = 0; ; i++) {
				if (i === 3000) reading.abort(new Error('read enough'));
				yield { tokens: ['river'], label: 'water' };
			}
		}
		await expect(trainFastTextClassifier(endless(), small, { signal: reading.signal })).rejects.toThrow('read enough');
	});

	it('stops all threads where one fails', async () => {
		const corpus = await readDocuments('test', documentsOf(one), { label: '__label__' }, undefined);
		const options = wholeOptions('test', { ...small, thread: 2 });
		const dictionary = vocabularyOf('test', corpus, options);
		let stopped: boolean | undefined;
		const thread = (train: (given: { memory: SharedMemory; plan: Plan }) => Promise<unknown>) => {
			let given: { memory: SharedMemory; plan: Plan };
			const call = async (name: string, argument: never) => {
				if (name === 'prepare') given = argument;
				return name === 'train' ? train(given) : undefined;
			};
			return { call } as never;
		};
		const failing = thread(async () => {
			throw new Error('broken');
		});
		const other = thread(async ({ memory, plan }) => {
			const stop = new Int32Array(memory.buffer, plan.layout.stop, 1);
			for (let turn = 0; turn < 1000 && !stopped; turn++) {
				await new Promise(setImmediate);
				stopped = Atomics.load(stop, 0) === 1;
			}
		});
		const session = { options, threads: [failing, other], dictionary, inputRows: dictionary.words + options.bucket, start: () => {} };
		await expect(learnMatrices('test', corpus, session)).rejects.toThrow('broken');
		await vi.waitFor(() => expect(stopped).toBe(true));
	});

	it('refuses texts that it cannot learn from, and says what to change', async () => {
		const refused = async (text: string, options: FastTextClassifierOptions, message: string | RegExp) =>
			expect(trainFastTextClassifier(file('refused.txt', text), { ...small, ...options })).rejects.toThrow(message);
		await refused('', {}, 'expected a text with words, got none');
		await refused('\n\n', {}, 'expected a text with words, got none');
		await refused('river bread\n', {}, 'expected labels, words that begin with __label__, got none');
		await refused(
			'__label__a river\n',
			{ minCount: 3 },
			'occur at least 3 times (minCount), got none: the most frequent one occurs 1 times. Lower minCount.',
		);
		await refused('__label__a river\n', { minCountLabel: 2 }, 'the most frequent one occurs 1 times. Lower minCountLabel.');
		await refused('__label__a river\n', { dim: 0 }, 'expected dim to be a whole number from 1, got 0');
		await refused(
			'__label__a river\n',
			{ bucket: 40_000_000, dim: 300 },
			/at most 4\.0 GB, got one of \d+\.\d GB.*Lower bucket or dim, or raise minCount/,
		);
		await refused(readFileSync(one, 'utf8'), { lr: 1e30 }, 'got NaN: the learning rate 1e+30 is too high. Lower lr.');
		await refused('__label__a river\n', { epochs: 1 } as never, 'got epochs. Did you mean epoch?');
		await expect(trainFastTextClassifier('nowhere.txt')).rejects.toThrow('got nothing at nowhere.txt');
		await expect(trainFastTextClassifier([])).rejects.toThrow('expected documents, got none');
		await expect(trainFastTextClassifier([{ tokens: ['a'], label: 3 as never }])).rejects.toThrow(
			'expected label to be a text or an array of texts, got number',
		);
		// A text is an iterable, too: of its characters.
		const odd = [
			{ tokens: ['a'], label: 'b' },
			{ tokens: 'bread' as never, label: 'b' },
		];
		await expect(trainFastTextClassifier(odd)).rejects.toThrow(
			'document 2: trainFastTextClassifier: expected an array of texts in the field "tokens", got "bread".',
		);
		const model = await trainFastTextClassifier(one, { ...small, epoch: 1 });
		await expect(model.test([{ label: 'b' } as never])).rejects.toThrow(
			'document 1: test: expected an array of texts in the field "tokens"',
		);
	});

	it('is a stage of pipelines, saved and revived', async () => {
		const fitted = await fastText({ ...small, k: 2, scores: true }).fit(documentsOf(one));
		const again = fromJSON(JSON.parse(JSON.stringify(toJSON(fitted)))) as typeof fitted;
		const docs = [{ tokens: ['river', 'runs'] }, { tokens: [] }];
		const found = fitted.apply(docs);
		expect(found[0]).toMatchObject({ predicted: 'water' });
		expect(found[0]!.predictions).toHaveLength(2);
		expect(found[0]!.scores![fitted.classes.indexOf('water')]).toBe(found[0]!.score);
		expect(again.apply(docs)).toEqual(found);
		expect(() =>
			fromJSON({ ...(toJSON(fitted) as object), stages: [{ stage: 'fastText', options: {}, state: { kind: 'fastText' } }] } as never),
		).toThrow();
	});
});

describe('reading of lines', () => {
	it('gives the same tokens whatever the blocks and parts', () => {
		const text = `${readFileSync(many, 'utf8')}\n\n \t last line\u000bwithout\0end 世界`;
		const path = file('parts.txt', text);
		const whole = readPart(path, 0, 1);
		const textsOf = ({ list }: typeof whole) =>
			Array.from(list.hashes, (_, i) => Buffer.from(list.bytes.subarray(list.starts[i], list.starts[i + 1])).toString());
		const tokensOf = (part: typeof whole) => part.chunks.flatMap(({ tokens }) => [...tokens].map((token) => textsOf(part)[token]));
		expect(tokensOf(whole)).toEqual(
			text.split('\n').flatMap((line, i, all) => [...line.split(/[\s\0]+/).filter(Boolean), ...(i < all.length - 1 ? ['</s>'] : [])]),
		);
		for (const parts of [2, 7, 500]) {
			expect(Array.from({ length: parts }, (_, part) => tokensOf(readPart(path, part, parts))).flat()).toEqual(tokensOf(whole));
		}
		const blocks = new LineReader();
		for (const byte of Buffer.from(text)) blocks.add(Uint8Array.of(byte));
		expect(tokensOf(blocks.finish())).toEqual(tokensOf(whole));
		expect(whole.list.counts[0]).toBe(text.split('\n').length - 1);
	});
});
