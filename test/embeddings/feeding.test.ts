// Vectors that feed models: stages from words to means and images, embeddings that begin with vectors, and models that learn from both.
import { join } from 'node:path';
import {
	chain,
	collect,
	documentFeatures,
	documentVector,
	fromJSON,
	load,
	logisticRegression,
	pipe,
	textClassification,
	toJSON,
	train,
	vectorImage,
	vocabulary,
	whitespace,
	wordVectors,
} from 'textloom';
import { ops, type Parameter } from 'textloom/graph';
import { attentionClassifier } from 'textloom/models/attention';
import { gruClassifier } from 'textloom/models/recurrent';
import { tagger } from 'textloom/models/tagger';
import { wordCnn } from 'textloom/models/word-cnn';
import * as nn from 'textloom/nn';
import { adam } from 'textloom/optim';
import type { Architecture } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { testRefusals } from '../refusals.js';
import { temporary } from '../temporary.js';

const { folder } = temporary();
const vectors = wordVectors({
	words: ['rain', 'storm', 'bread', 'cake', 'the'],
	width: 4,
	rows: Float32Array.of(2, 0, 0, 0, 1.9, 0.1, 0, 0, 0, 0, 3, 0, 0, 0, 2.8, 0.1, 0.5, 0.5, 0.5, 0.5),
	counts: Uint32Array.of(2, 2, 2, 2, 92),
});
const docs = (...texts: string[]) => texts.map((text) => ({ tokens: text.split(' ').filter(Boolean) }));

describe('a document’s vector', () => {
	it('is the mean of its words', async () => {
		const [known, empty, unknown] = await collect(
			pipe(docs('rain bread xyz', '', 'xyz'), documentVector(vectors, { preNormalize: false })),
		);
		expect(Array.from(known!.vector)).toEqual([1, 0, 1.5, 0]);
		expect(Array.from(empty!.vector)).toEqual([0, 0, 0, 0]);
		expect(Array.from(unknown!.vector)).toEqual([0, 0, 0, 0]);
		const [plain] = await collect(pipe(docs('rain bread'), documentVector(vectors)));
		expect(plain!.vector).toEqual(vectors.meanVector(['rain', 'bread']));
	});
	it('lets frequent words count less', async () => {
		const [doc] = await collect(pipe(docs('rain the'), documentVector(vectors, { preNormalize: false, smooth: 0.02 })));
		const [rain, the] = [0.02 / (0.02 + 0.02), 0.02 / (0.02 + 0.92)];
		expect(doc!.vector[0]).toBeCloseTo((rain * 2 + the * 0.5) / (rain + the), 6);
		expect(doc!.vector[1]).toBeCloseTo((the * 0.5) / (rain + the), 6);
	});
	it('is what a classifier learns of', async () => {
		const labelled = ['rain storm', 'storm', 'bread cake', 'cake'].map((text, i) => ({ text, label: i < 2 ? 'weather' : 'food' }));
		const fitted = await chain(whitespace(), documentFeatures(vectors), logisticRegression()).fit(labelled);
		const again = fromJSON(JSON.stringify(toJSON(fitted)));
		const found = await collect(pipe([{ text: 'bread' }, { text: 'rain rain' }], again));
		expect(found.map((doc) => (doc as unknown as { predicted: string }).predicted)).toEqual(['food', 'weather']);
	});
	it('of vectors with subwords is saved when these have rows', async () => {
		const unseen = (word: string) => (word.endsWith('s') ? vectors.get(word.slice(0, -1)) : undefined);
		const some = wordVectors({ words: ['rain'], width: 4, rows: vectors.get('rain')!, unseen: (word) => unseen(word) });
		expect(() => toJSON(documentVector(some))).toThrow(
			/^toJSON: expected plain JSON as state of "documentVector"\.subwords \(take vectors\.forWords\(words\) to have rows of them\), got a function\./,
		);
		const rows = some.forWords(['storms', 'rain', 'xyz', 'rain']);
		expect(rows.words).toEqual(['storms', 'rain']);
		expect(rows.get('storms')).toEqual(vectors.get('storm'));
		const revived = fromJSON(toJSON(documentVector(rows)));
		expect(await collect(pipe(docs('storms rain'), revived))).toEqual(await collect(pipe(docs('storms rain'), documentVector(some))));
		expect(Array.from(vectors.forWords(['the', 'cake']).counts!)).toEqual([92, 2]);
	});
});

describe('an image of words', () => {
	const rows = async (text: string, options?: Parameters<typeof vectorImage>[1]) =>
		(await collect(pipe(docs(text), vectorImage(vectors, options))))[0]!.image.map((row) => Array.from(row));
	const tiny = Math.fround(1e-10);
	it('has a row for each word, is cut and filled up as the course does', async () => {
		expect(await rows('rain xyz bread')).toEqual([Array.from(vectors.get('rain')!), Array.from(vectors.get('bread')!)]);
		expect(await rows('rain bread', { length: 3 })).toEqual([...(await rows('rain bread')), [tiny, tiny, tiny, tiny]]);
		expect(await rows('rain bread cake', { length: 2 })).toEqual(await rows('rain bread'));
		expect(await rows('rain xyz bread', { length: 3, unknown: 'padding', padding: 0 })).toEqual([
			...(await rows('rain')),
			[0, 0, 0, 0],
			...(await rows('bread')),
		]);
		expect(await rows('')).toEqual([]);
	});

	const [length, width] = [3, vectors.width];
	const imageCnn: Architecture = {
		spec: { model: 'image-cnn', options: { length, width } },
		inputs: { image: { dtype: 'float32', shape: ['batch', length, width] } },
		minLength: 1,
		build({ outputs }) {
			const conv = nn.conv2d({ in: 1, out: 8, kernel: [1, width] });
			const out = nn.linear({ in: 8 * length, out: outputs });
			return {
				parameters: { conv: conv.parameters, out: out.parameters },
				apply({ image }) {
					const one = ops.reshape(image!, ['batch', 1, length, width], [image!]);
					return out.apply(ops.reshape(ops.relu(conv.apply(one)), ['batch', 8 * length], [image!]));
				},
			};
		},
	};
	it('is what a convolution over words learns of, saved and loaded', async () => {
		const corpus = Array.from({ length: 32 }, (_, i) => {
			const [first, second] = [i % 2 ? 'rain' : 'storm', i % 3 ? 'bread' : 'cake'];
			return { text: i % 4 < 2 ? `${first} the` : `the ${second}`, label: i % 4 < 2 ? 'weather' : 'food' };
		});
		const place = join(folder, 'images');
		const { model } = await train(
			{
				...{ task: textClassification(), corpus, stages: chain(whitespace(), vectorImage(vectors, { length })), model: imageCnn },
				...{ optimizer: adam({ rate: 0.05 }), training: { epochs: 20, batchSize: 8, validation: 0, seed: 1 } },
			},
			{ out: place },
		);
		const texts = ['storm', 'cake', 'the rain', 'the bread'];
		const labels = ['weather', 'food', 'weather', 'food'];
		expect((await model.predict(texts)).map(({ label }) => label)).toEqual(labels);
		await model.close();
		const loaded = await load(place);
		expect((await loaded.predict(texts)).map(({ label }) => label)).toEqual(labels);
		await loaded.close();
	});
});

describe('an embedding of vectors', () => {
	const words = ['<pad>', '<unk>', 'rain', 'xyz', 'cake'];
	const draw = (i: number) => (Math.sin(i * 12.9898) + 1) / 2;
	const table = ({ weight }: { readonly weight: Parameter }) =>
		Array.from({ length: words.length }, (_, id) => Array.from(weight.initial([words.length, 4], draw).subarray(id * 4, id * 4 + 4)));

	it('begins with them by word, and with the initializer elsewhere', () => {
		const embed = nn.embedding({ from: vectors, words, padding: 0 });
		expect(embed.found).toBe(2);
		expect(embed.parameters.weight.shape).toEqual([5, 4]);
		expect(embed.parameters.weight.frozen).toBeFalsy();
		const rows = table(embed.parameters);
		expect(rows[0]).toEqual([0, 0, 0, 0]);
		expect(rows[2]).toEqual(Array.from(vectors.get('rain')!));
		expect(rows[4]).toEqual(Array.from(vectors.get('cake')!));
		const known = [...vectors.get('rain')!, ...vectors.get('cake')!];
		const deviation = Math.sqrt(known.reduce((sum, value) => sum + value * value, 0) / known.length);
		const usual = nn.normal(deviation)([5, 4], draw);
		expect(rows[3]).toEqual(Array.from(usual.subarray(12, 16)));
		const ones = nn.embedding({ from: vectors, words, initial: nn.ones, frozen: true });
		expect(table(ones.parameters)[1]).toEqual([1, 1, 1, 1]);
		expect(ones.parameters.weight.frozen).toBe(true);
	});
	it('takes subwords’ vectors for words without a row', () => {
		const known = wordVectors({ words: ['rain'], width: 4, rows: vectors.get('rain')!, unseen: () => vectors.get('bread') });
		const embed = nn.embedding({ from: known, words });
		expect(embed.found).toBe(5);
		expect(table(embed.parameters)[3]).toEqual(Array.from(vectors.get('bread')!));
	});
});

describe('models that begin with vectors', () => {
	const corpus = Array.from({ length: 24 }, (_, i) => ({
		text: [i % 2 ? 'rain the' : 'the bread', `word${i}`].join(' '),
		label: i % 2 ? 'weather' : 'food',
	}));
	const stages = () => chain(whitespace(), vocabulary());
	const rest = { task: textClassification(), corpus, optimizer: adam({ rate: 0.01 }) };
	const training = { epochs: 30, batchSize: 4, validation: 0, seed: 3 };

	it.each([
		['wordCnn', wordCnn({ vectors, frozen: true, filters: 8, kernels: [1, 2], dropout: 0 })],
		['gruClassifier', gruClassifier({ vectors, frozen: true, hidden: 8 })],
		['attentionClassifier', attentionClassifier({ vectors, frozen: true, heads: 2 })],
	])('%s knows words that it was not trained on, from those like them', async (_, model) => {
		const texts = [...corpus.map(({ text }) => text), 'storm', 'cake'];
		const known = await vocabulary().fit(texts.map((text) => ({ tokens: text.split(' ') })));
		const { model: trained } = await train({ ...rest, stages: chain(whitespace(), known), model, training });
		expect((await trained.predict(['storm', 'cake'])).map(({ label }) => label)).toEqual(['weather', 'food']);
		await trained.close();
	});
	it('have the vectors’ width in their spec, and not the vectors', () => {
		expect(wordCnn({ vectors }).spec.options).toMatchObject({ width: 4 });
		expect(JSON.stringify(tagger({ vectors }).spec)).not.toContain('rain');
	});
	it('need a vocabulary of words', async () => {
		const model = wordCnn({ vectors });
		expect(() => model.build({ outputs: 2, vocabulary: 5 })).toThrow(
			'wordCnn: expected stages that end in a vocabulary of words beside vectors, got others. Write chain(words(), vocabulary()).',
		);
		const strange = wordVectors({ words: ['REGEN'], width: 2, rows: Float32Array.of(1, 2) });
		await expect(train({ ...rest, stages: stages(), model: wordCnn({ vectors: strange }), training })).rejects.toThrow(
			/^embedding: expected vectors of some of the 27 words, got none of them, such as "the", "bread", "rain"\. Are the vectors/,
		);
	});
});

testRefusals({
	stages: {
		refuses: [
			[
				() => documentVector({} as never),
				'documentVector: expected the vectors to be word vectors, got {}. Take those of loadVectors(path)',
			],
			[() => vectorImage('v.txt' as never), "vectorImage: expected the vectors to be word vectors, got 'v.txt'."],
			[() => vectorImage(vectors, { length: 0 }), 'vectorImage: expected length to be a whole number from 1, got 0.'],
			[() => vectorImage(vectors, { padding: Number.NaN }), 'vectorImage: expected padding to be a finite number, got NaN.'],
			[() => documentFeatures(vectors, { smooth: 0 }), 'documentFeatures: expected smooth to be a number above 0, got 0.'],
			[
				() => documentVector(wordVectors({ words: ['a'], width: 1, rows: Float32Array.of(1) }), { smooth: 0.001 }),
				'documentVector: expected vectors with the counts of their words beside smooth, got vectors without.',
			],
		],
	},
	embeddings: {
		refuses: [
			[() => nn.embedding({ from: vectors } as never), 'embedding: expected words to be an array of texts, got nothing. Pass it.'],
			[() => nn.embedding({ from: {}, words: ['a'] } as never), 'embedding: expected from to be word vectors, got {}.'],
			[() => nn.embedding({ from: vectors, words: ['rain'], size: 3 } as never), 'embedding: expected an option that it has, got size.'],
			[
				() => nn.embedding({ from: vectors, words: ['Rain'] }),
				'embedding: expected vectors of some of the 1 words, got none of them, such as "Rain".',
			],
			[
				() => nn.embedding({ from: vectors, words: ['rain'], deviation: 1, initial: nn.zeros }),
				'embedding: expected initial or deviation, got both. Leave one out.',
			],
			[() => wordCnn({ vectors, width: 5 }), 'wordCnn: expected the width of the vectors, 4, got width 5. Leave width out.'],
			[
				() => gruClassifier({ frozen: true }),
				'gruClassifier: expected vectors beside frozen, got frozen alone. Pass both, or leave it out.',
			],
			[() => tagger({ vectors: 'v.txt' as never }), "tagger: expected vectors to be word vectors, or how they are learned, got 'v.txt'."],
		],
	},
});
