// Word2Vec and FastText: the kernel against plain loops, models that go on, what ends a run, and what is refused.
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	type FastTextOptions,
	fastTextVectors,
	loadVectors,
	loadWord2Vec,
	readFastText,
	trainFastText,
	trainWord2Vec,
	type Word2Vec,
	writeFastText,
} from 'textloom/embeddings';
import { describe, expect, it, vi } from 'vitest';
import { temporary } from '../temporary.js';
import { type PlainOptions, plainWord2Vec } from './plain-word2vec.js';

const { folder, file } = temporary();

/** Sentences over an alphabet of words: neighbours belong together, and some words are frequent. */
function sentencesOf(count: number, length = 9, size = 40): { tokens: string[] }[] {
	let state = 7;
	const draw = (limit: number) => {
		state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
		return Math.floor((state / 2 ** 32) * limit);
	};
	return Array.from({ length: count }, () => {
		const theme = draw(4);
		const tokens = Array.from({ length }, () => (draw(3) === 0 ? 'the' : `wörd${theme}${Math.floor(draw(size) * (draw(10) / 10))}`));
		return { tokens };
	});
}
const docs = sentencesOf(300);
const plain = (model: Word2Vec) => {
	const { dictionary, input, output } = model.toFastText();
	const rows = (matrix: typeof input) =>
		Array.from({ length: matrix.rows }, (_, row) => {
			const vector = new Float32Array(matrix.width);
			matrix.addRow(vector, row);
			return [...vector];
		});
	return { counts: [...dictionary.counts], input: rows(input), output: rows(output) };
};

describe('training', () => {
	const cases: Readonly<Record<string, FastTextOptions>> = {
		'skip-gram': { sg: true },
		'skip-gram, many negative samples and a width that is no multiple of four': { sg: true, negative: 13, vectorSize: 13 },
		'skip-gram, hierarchical softmax': { sg: true, hs: true },
		'skip-gram, both': { sg: true, hs: true, negative: 3 },
		'skip-gram, whole windows, all words': { sg: true, shrinkWindows: false, sample: 0, window: 2 },
		CBOW: {},
		'CBOW, sum': { cbowMean: false },
		'CBOW, hierarchical softmax': { hs: true, window: 8 },
		'FastText, skip-gram': { sg: true, minN: 3, maxN: 5, bucket: 50 },
		'FastText, CBOW': { minN: 2, maxN: 3, bucket: 50 },
		'FastText, CBOW of the sum, hierarchical softmax': { minN: 2, maxN: 3, bucket: 50, cbowMean: false, hs: true },
	};
	for (const [name, options] of Object.entries(cases)) {
		it(`${name}: the numbers of plain loops`, async () => {
			const given = { vectorSize: 20, epochs: 3, minCount: 2, sample: 0.05, seed: 5, alpha: 0.05, ...options };
			const train = options.maxN ? trainFastText : trainWord2Vec;
			const model = await train(docs, { ...given, workers: 1 });
			const { counts, input, output } = plain(model);
			const places = new Map(model.vectors.words.map((word, row) => [word, row]));
			const numbers = docs.map(({ tokens }) => tokens.flatMap((token) => places.get(token) ?? []));
			const { minN, maxN, bucket, vectorSize: width, hs } = model.settings;
			const found = plainWord2Vec(numbers, model.vectors.words, counts, {
				...model.settings,
				width,
				minN,
				maxN,
				bucket,
			} satisfies PlainOptions);
			const expected = hs ? found.nodes.slice(0, -1) : found.output;
			const distance = (a: number[][], b: number[][]) =>
				Math.max(...a.map((row, r) => Math.max(...row.map((x, i) => Math.abs(x - b[r]![i]!)))));
			expect([input.length, output.length]).toEqual([found.input.length, expected.length]);
			// Where a product is at the end of a place of σ's table, float32 may take the next one.
			expect(distance(input, found.input)).toBeLessThan(2e-3);
			expect(distance(output, expected)).toBeLessThan(2e-3);
			// And it has learned something.
			expect(Math.max(...output.flat().map(Math.abs))).toBeGreaterThan(0.05);
		});
	}

	it('puts words of one theme together', async () => {
		const { vectors, history } = await trainWord2Vec(sentencesOf(3000), { vectorSize: 32, epochs: 8, sg: true, workers: 1, window: 3 });
		const near = vectors.mostSimilar({ positive: 'wörd20', top: 5 });
		expect(near.map(({ word }) => word.slice(0, 5))).toEqual(Array(5).fill('wörd2'));
		expect(history).toHaveLength(8);
		expect(history.at(-1)!.loss).toBeLessThan(history[0]!.loss);
	});

	it('gives the same bits for the same seed with one worker, others for another seed', async () => {
		const of = async (seed: number) => plain(await trainWord2Vec(docs, { vectorSize: 8, seed, workers: 1 })).input;
		const [one, same, other] = [await of(3), await of(3), await of(4)];
		expect(same).toEqual(one);
		expect(other).not.toEqual(one);
	});

	it('reads documents once, so that a generator will do, and leaves no file behind', async () => {
		// The folder of all has files of other processes.
		vi.stubEnv('TMPDIR', mkdtempSync(join(folder, 'tmp-')));
		expect(tmpdir()).toContain(folder);
		const once = (function* () {
			yield* docs;
		})();
		const during: string[] = [];
		const onEpoch = () => void during.push(...readdirSync(tmpdir()));
		const model = await trainWord2Vec(once, { vectorSize: 8, epochs: 2, workers: 1, batchWords: 50, onEpoch });
		// Not even where the process is killed; where files cannot go while they are open, one folder is there.
		expect(during).toHaveLength(process.platform === 'win32' ? 2 : 0);
		expect(plain(model).input).toEqual(plain(await trainWord2Vec(docs, { vectorSize: 8, epochs: 2, workers: 1, batchWords: 50 })).input);
		expect(readdirSync(tmpdir())).toEqual([]);
		vi.stubEnv('TMPDIR', join(folder, 'nowhere'));
		await expect(trainWord2Vec(docs)).rejects.toThrow(
			/^trainWord2Vec: expected a temporary file in .*nowhere, 4 bytes a word, got: ENOENT.* Make room, or set TMPDIR\.$/,
		);
		vi.unstubAllEnvs();
	});

	it('takes halves of characters for U+FFFD, as files have them', async () => {
		const tokens = ['\ud800', '\ud801', '😀', 'a', '\udc00'];
		const { vectors } = await trainFastText([{ tokens }, { tokens }], { vectorSize: 4, minCount: 1, sample: 0, bucket: 10, workers: 1 });
		expect([...vectors.words].sort()).toEqual(['a', '😀', '\ufffd'].sort());
	});

	it('takes sentences of any length', async () => {
		const long = { tokens: Array.from({ length: 200_000 }, (_, i) => `w${(i * i) % 97}`) };
		const { vectors } = await trainWord2Vec([long, { tokens: ['w1'] }, { tokens: [] }], { vectorSize: 8, epochs: 1 });
		expect(vectors.size).toBeGreaterThan(40);
		expect([...vectors.counts!].reduce((a, b) => a + b, 0)).toBe(200_001);
	});
});

describe('words', () => {
	const given = [{ tokens: 'a a a a b b b c c d e'.split(' ') }];
	const of = async (options: Parameters<typeof trainWord2Vec>[1]) =>
		(await trainWord2Vec(given, { vectorSize: 4, epochs: 1, workers: 1, minCount: 1, sample: 0, ...options })).vectors.words.join(' ');

	it('come by falling count, equal ones in the order of first places', async () => {
		expect(await of({})).toBe('a b c d e');
		expect(await of({ sortedVocab: false })).toBe('a b c d e');
		expect(await of({ minCount: 2 })).toBe('a b c');
	});
	it('are no more than maxFinalVocab, by a higher least count', async () => {
		expect(await of({ maxFinalVocab: 3 })).toBe('a b c');
		expect(await of({ maxFinalVocab: 4 })).toBe('a b c');
	});
	it('are kept or left out by a rule', async () => {
		const trimRule = (word: string, count: number) => (word === 'e' ? 'keep' : count === 4 ? 'discard' : 'default');
		expect(await of({ minCount: 3, trimRule })).toBe('b e');
	});
	it('are forgotten while they are counted above maxVocabSize', async () => {
		expect(await of({ maxVocabSize: 3 })).toBe('a b e');
	});
});

describe('a model', () => {
	const start = () => trainWord2Vec(docs, { vectorSize: 8, epochs: 2, workers: 1, sg: true, hs: true, negative: 2 });

	it('goes on with new words or without, and stays as it was itself', async () => {
		const model = await start();
		const before = plain(model);
		const more = [{ tokens: 'the new wörd00 new the wörd10 new new the new'.split(' ') }, ...docs.slice(0, 20)];
		const without = await model.train(more, { workers: 1 });
		expect(without.vectors.words).toEqual(model.vectors.words);
		const withNew = await model.train(more, { addWords: true, workers: 1, epochs: 1 });
		expect(withNew.vectors.words).toEqual([...model.vectors.words, 'new']);
		expect(withNew.vectors.counts![0]).toBeGreaterThan(model.vectors.counts![0]!);
		expect(withNew.vectors.similarity('the', 'the')).toBeCloseTo(1, 6);
		expect(plain(model)).toEqual(before);
		expect(() => withNew.toFastText()).toThrow(/^toFastText: expected the tree of all counts/);
		expect(plain(without).input).not.toEqual(before.input);
	});

	it('comes back from its file as it was, and goes on from there as if it had not gone', async () => {
		const model = await start();
		const path = join(folder, 'model.safetensors');
		await model.save(path);
		const read = await loadWord2Vec(path);
		expect([read.settings, read.history, plain(read)]).toEqual([model.settings, model.history, plain(model)]);
		const [a, b] = [await model.train(docs, { workers: 1 }), await read.train(docs, { workers: 1 })];
		expect(plain(b)).toEqual(plain(a));
	});

	it('of FastText has vectors for words it has not seen, and is a .bin file like any other', async () => {
		const model = await trainFastText(docs, { vectorSize: 8, epochs: 2, workers: 1, bucket: 1000 });
		const path = join(folder, 'model.bin');
		await writeFastText(path, model.toFastText());
		const { words, unseen, rows } = fastTextVectors(await readFastText(path));
		expect(words).toEqual(model.vectors.words);
		expect(model.vectors.get('wörd999')).toEqual(unseen!('wörd999'));
		expect([...model.vectors.row(3)]).toEqual([...(rows as Float32Array[])[0]!.subarray(24, 32)]);
		const read = await (async () => {
			const saved = join(folder, 'fasttext.safetensors');
			await model.save(saved);
			return loadWord2Vec(saved);
		})();
		expect(read.vectors.get('wörd999')).toEqual(unseen!('wörd999'));
	});
});

it('a fastText file has words by falling counts, whatever their rows', async () => {
	const given = [{ tokens: 'c a a b b b a c b'.split(' ') }];
	const model = await trainFastText(given, {
		vectorSize: 6,
		minCount: 1,
		sample: 0,
		sortedVocab: false,
		bucket: 20,
		epochs: 1,
		workers: 1,
	});
	const path = join(folder, 'order.bin');
	await writeFastText(path, model.toFastText());
	const read = await loadVectors(path);
	expect(read.words).toEqual(['b', 'a', 'c']);
	await model.save(join(folder, 'order.safetensors'));
	expect((await loadWord2Vec(join(folder, 'order.safetensors'))).vectors.get('c')).toEqual(read.get('c'));
	const word2vec = await trainWord2Vec(given, { vectorSize: 4, minCount: 1, sample: 0, sortedVocab: false, epochs: 1, workers: 1 });
	await writeFastText(path, word2vec.toFastText());
	const words = await loadVectors(path);
	for (const word of ['a', 'b', 'c']) expect(words.get(word)).toEqual(word2vec.vectors.get(word));
});

describe('a model that goes on', () => {
	const small = { vectorSize: 8, epochs: 1, workers: 1, minCount: 2 } as const;

	it('takes what is left undefined, and the last rate, from itself', async () => {
		const model = await trainWord2Vec(docs, small);
		const more = await model.train(docs, { epochs: undefined, alpha: 0.00001, seed: undefined, onEpoch: undefined } as never);
		expect(more.history).toHaveLength(2);
		expect(more.settings).toEqual({ ...model.settings, alpha: 0.00001, minAlpha: 0.00001 });
	});

	it('of FastText with a tree has vectors of words that were added, though fastText has no file for it', async () => {
		const model = await trainFastText(docs, { ...small, hs: true, bucket: 50 });
		const more = await model.train([{ tokens: ['new', 'new', 'the'] }], { addWords: true });
		expect(more.vectors.words.at(-1)).toBe('new');
		expect(more.vectors.get('newer')).toHaveLength(8);
		expect(() => more.toFastText()).toThrow(/^toFastText: expected the tree of all counts/);
	});

	it('refuses a rate that rises, text that it knows no word of, and a checkpoint, which it would not write', async () => {
		const model = await trainWord2Vec(docs, small);
		await expect(model.train(docs, { minAlpha: 1 })).rejects.toThrow(/^train: expected minAlpha to be at most alpha, 0\.025, got 1\./);
		await expect(model.train([{ tokens: ['x', 'y'] }])).rejects.toThrow(
			/^train: expected words that the model has, got none among 2\. Pass other text, or addWords: true and a minCount that they reach\.$/,
		);
		await expect(model.train(docs, { checkpoint: 'run' } as never)).rejects.toThrow(
			/^train: expected an option that it has, got checkpoint/,
		);
	});
});

describe('a run', () => {
	it('takes a rate below the usual last one', async () => {
		const { settings } = await trainWord2Vec(docs, { vectorSize: 8, epochs: 1, alpha: 0.00001 });
		expect(settings.minAlpha).toBe(0.00001);
	});

	it('ends where numbers overflow', async () => {
		const run = trainWord2Vec(sentencesOf(3000), { vectorSize: 8, epochs: 50, alpha: 9, window: 50, sample: 0, workers: 1 });
		await expect(run).rejects.toThrow(
			/^trainWord2Vec: expected vectors of finite numbers, got NaN or Infinity in pass \d+: the learning rate 9 is too high\. Lower alpha\.$/,
		);
	});

	it('goes on from its checkpoint to the same bits', async () => {
		const options = { vectorSize: 8, epochs: 4, workers: 1, minCount: 2 } as const;
		const whole = await trainWord2Vec(docs, options);
		const checkpoint = join(folder, 'run.safetensors');
		const stopped = trainWord2Vec(docs, {
			...options,
			checkpoint,
			onEpoch({ epoch }) {
				if (epoch === 2) throw new Error('enough');
			},
		});
		await expect(stopped).rejects.toThrow('enough');
		const resumed = await trainWord2Vec(docs, { ...options, checkpoint });
		expect(plain(resumed)).toEqual(plain(whole));
		expect(resumed.history.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
		await expect(trainWord2Vec(docs, { ...options, alpha: 0.1, checkpoint })).rejects.toThrow(
			/^checkpoint: expected one of the same options and text/,
		);
		// As many words, the same ones, in the same order.
		const other = [{ tokens: 'a a a a b b b b c c'.split(' ') }, { tokens: 'a a a a a b b b c c'.split(' ') }] as const;
		const of = join(folder, 'counts.safetensors');
		await trainWord2Vec([other[0]], { ...options, sample: 0, checkpoint: of });
		await expect(trainWord2Vec([other[1]], { ...options, sample: 0, checkpoint: of })).rejects.toThrow(
			/^checkpoint: expected one of the same/,
		);
	});

	it('ends by its signal and by what a callback throws', async () => {
		const many = sentencesOf(20_000);
		const abort = new AbortController();
		const run = trainWord2Vec(many, { epochs: 500, signal: abort.signal, onProgress: () => abort.abort(new Error('stopped')) });
		await expect(run).rejects.toThrow('stopped');
		const failing = trainWord2Vec(many, {
			epochs: 500,
			onProgress({ wordsPerSecond, of }) {
				throw new Error(`at ${wordsPerSecond > 0} of ${of}`);
			},
		});
		await expect(failing).rejects.toThrow('at true of 180000');
		await expect(trainWord2Vec(many, { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before');
	});
});

describe('refuses', () => {
	const rows: Readonly<Record<string, readonly [() => Promise<unknown>, RegExp]>> = {
		'no documents': [() => trainWord2Vec([]), /^trainWord2Vec: expected words, got none in all documents\./],
		'documents without words': [() => trainWord2Vec([{ tokens: [] }]), /^trainWord2Vec: expected words, got none/],
		'documents without tokens': [() => trainWord2Vec([{ text: 'a' }] as never), /tokens/],
		'rare words alone': [
			() => trainWord2Vec([{ tokens: ['a', 'b', 'a'] }]),
			/^trainWord2Vec: expected words that occur at least 5 times, got 2 of which none is left\. Lower minCount \(5\) to at most 2, or pass more text\.$/,
		],
		'too many equal counts': [() => trainWord2Vec([{ tokens: ['a', 'b'] }], { minCount: 1, maxFinalVocab: 1 }), /Raise maxFinalVocab\.$/],
		'sentences of one word': [
			() => trainWord2Vec(Array.from({ length: 9 }, () => ({ tokens: ['a'] }))),
			/^trainWord2Vec: expected sentences with at least two words to learn from, got none\. Join short documents/,
		],
		'vectors of no numbers': [
			() => trainWord2Vec(docs, { vectorSize: 0 }),
			/^trainWord2Vec: expected vectorSize to be a whole number from 1, got 0/,
		],
		'nothing to predict': [() => trainWord2Vec(docs, { negative: 0 }), /^trainWord2Vec: expected something to predict/],
		'a rate that rises': [
			() => trainWord2Vec(docs, { alpha: 0.01, minAlpha: 0.1 }),
			/^trainWord2Vec: expected minAlpha to be at most alpha/,
		],
		'more than the memory that the kernel reaches': [
			() => trainFastText(docs, { vectorSize: 600, bucket: 4_000_000 }),
			/^trainFastText: expected training to take less than 4 GiB, got \d+\.\d GiB: .* Raise minCount, set maxFinalVocab, or lower vectorSize or bucket\.$/,
		],
		'a window that takes all memory': [
			() => trainWord2Vec(docs, { window: 1e9, workers: 1 }),
			/^trainWord2Vec: expected training to take less than 4 GiB, .* Lower window, negative, batchWords or workers \(1\)\.$/,
		],
		'blocks of any size': [
			() => trainWord2Vec(docs, { batchWords: 2 ** 40 }),
			/^trainWord2Vec: expected batchWords to be a whole number from 1 to 100000000, got 1099511627776\./,
		],
		'no rate': [() => trainWord2Vec(docs, { alpha: 0 }), /^trainWord2Vec: expected alpha to be a number above 0 and below 10, got 0\./],
		'a checkpoint that cannot be written, before anything is read': [
			() => trainWord2Vec([], { checkpoint: join(folder, 'nowhere', 'run') }),
			/expected to write run in folder .*nowhere, got: no such folder\. Create it first\.$/,
		],
		'a file of something else': [
			() => loadWord2Vec(file('other.safetensors', Buffer.from('08000000000000007b7d202020202020', 'hex'))),
			/^loadWord2Vec: expected a model that save\(\) has written/,
		],
		'vectors of a model that can be trained on': [
			async () => {
				const path = join(folder, 'trained.safetensors');
				await (await trainWord2Vec(docs, { vectorSize: 4, epochs: 1 })).save(path);
				return loadVectors(path);
			},
			/^loadVectors: expected vectors, got a model that can be trained on in .*\. Take \(await loadWord2Vec\(path\)\)\.vectors\.$/,
		],
		'a file that is not whole': [() => loadWord2Vec(file('half.safetensors', 'abc')), /expected/],
	};
	for (const [name, [call, says]] of Object.entries(rows)) {
		it(name, async () => {
			await expect((async () => call())()).rejects.toThrow(says);
		});
	}
});
