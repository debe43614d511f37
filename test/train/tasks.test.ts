// Tasks: each learns a handful of documents, says and measures what it should, is saved and loaded; so does one of the user's own.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	type AnyTask,
	chain,
	characterIds,
	clean,
	collect,
	csv,
	evaluate,
	load,
	type Model,
	pipe,
	type Recipe,
	subwords,
	type TrainOptions,
	textClassification,
	tokenClassification,
	train,
	vocabulary,
	words,
} from 'textloom';
import { tagger } from 'textloom/models/tagger';
import { wordCnn } from 'textloom/models/word-cnn';
import * as nn from 'textloom/nn';
import { adam } from 'textloom/optim';
import { afterAll, describe, expect, expectTypeOf, it } from 'vitest';
import { temporary } from '../temporary.js';

const { folder, file } = temporary();
const open: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(open.map((model) => model.close())));
const kept = <M extends { close(): Promise<void> }>(model: M): M => {
	open.push(model);
	return model;
};
const small = wordCnn({ width: 16, filters: 16, kernels: [1, 2], dropout: 0 });
const training = { epochs: 40, batchSize: 4, validation: 0, seed: 3 };
const rest = { model: small, optimizer: adam({ rate: 0.01 }), training };
const stages = () => chain(clean(), words(), vocabulary());

describe('several labels', () => {
	const docs = Array.from({ length: 24 }, (_, i) => ({
		text: [i % 2 ? 'rain' : '', i % 3 ? 'bread' : '', `word${i}`].join(' '),
		label: [...(i % 2 ? ['weather'] : []), ...(i % 3 ? ['food'] : [])],
	}));
	it('are each decided by itself', async () => {
		const { model } = await train({ task: textClassification({ problem: 'several labels' }), corpus: docs, stages: stages(), ...rest });
		kept(model);
		const said = await model.predict(['rain and bread', 'rain', 'bread']);
		expectTypeOf(said[0]!.label).toEqualTypeOf<readonly string[]>();
		expect(said.map(({ label }) => label)).toEqual([['food', 'weather'], ['weather'], ['food']]);
		const measured = await evaluate(model, docs);
		expect(measured).toMatchObject({ documents: 24, labels: ['food', 'weather'] });
		expect(measured.f1).toBeGreaterThan(0.9);
		expect(model.config.head).toEqual({ problem_type: 'multi_label_classification', id2label: { 0: 'food', 1: 'weather' } });
	});
});

describe('a number', () => {
	const degrees = ['awful', 'poor', 'fair', 'good', 'superb'];
	const docs = Array.from({ length: 40 }, (_, i) => ({ text: `a ${degrees[i % 5]} meal`, label: 10 + 2 * (i % 5) }));
	it('is learned in units of its own', async () => {
		const { model } = await train({ task: textClassification({ problem: 'number' }), corpus: docs, stages: stages(), ...rest });
		kept(model);
		const said = await model.predict(['a superb meal', 'an awful meal']);
		expect(said[0]!.value).toBeCloseTo(18, 0);
		expect(said[1]!.value).toBeCloseTo(10, 0);
		const { r2, meanAbsoluteError } = await evaluate(model, docs);
		expect(r2).toBeGreaterThan(0.95);
		expect(meanAbsoluteError).toBeLessThan(0.6);
	});

	it('must be one: the document is named', async () => {
		const task = textClassification({ problem: 'number' });
		await expect(train({ task, corpus: [{ text: 'a', label: 'b' as never }], stages: stages(), ...rest })).rejects.toThrow(
			'document 1: text-classification: expected a number in the field "label", got "b".',
		);
	});
});

describe('weights and smoothing', () => {
	const docs = Array.from({ length: 30 }, (_, i) => ({ text: `${i % 10 ? 'rain' : 'bread'} ${i % 3}`, label: i % 10 ? 'often' : 'rare' }));
	it('change the loss, and are kept with the model', async () => {
		const run = async (task: ReturnType<typeof textClassification>) => {
			const { model, history } = await train({ task, corpus: docs, stages: stages(), ...rest, training: { ...training, epochs: 1 } });
			kept(model);
			return { options: model.config.task.options, loss: history[0]!.loss };
		};
		const plain = await run(textClassification());
		const balanced = await run(textClassification({ weights: 'balanced', smoothing: 0.2 }));
		expect(balanced.loss).not.toBeCloseTo(plain.loss, 3);
		expect(balanced.options).toEqual({ problem: 'one label', smoothing: 0.2, weights: 'balanced' });
		await expect(run(textClassification({ weights: { often: 1, seldom: 2 } }))).rejects.toThrow('got one of "seldom"');
	});
});

describe('token classification', () => {
	const sentences = [
		['the dog runs', 'DET NOUN VERB'],
		['a cat sleeps', 'DET NOUN VERB'],
		['the old cat runs', 'DET ADJ NOUN VERB'],
		['dogs sleep', 'NOUN VERB'],
	].map(([tokens, tags]) => ({ tokens: tokens!.split(' '), tags: tags!.split(' ') }));
	const docs = Array.from({ length: 5 }, () => sentences).flat();
	const recipe = {
		task: tokenClassification(),
		corpus: docs,
		stages: chain(vocabulary(), characterIds({ minCount: 1 })),
		model: tagger({ width: 16, characterWidth: 8, filters: 8, hidden: 16, dropout: 0 }),
		optimizer: adam({ rate: 0.02 }),
		training: { ...training, epochs: 20 },
	};
	const out = join(folder, 'tagger');

	it('gives each token a tag, by its characters where it does not know it', async () => {
		const model = kept((await train(recipe, { out })).model);
		expect(await evaluate(model, docs)).toMatchObject({
			accuracy: 1,
			documentAccuracy: 1,
			tokens: docs.flatMap(({ tokens }) => tokens).length,
		});
		const [said] = await model.predict([{ tokens: ['the', 'old', 'dog', 'sleeps'] }]);
		expect(said!.tags).toEqual(['DET', 'ADJ', 'NOUN', 'VERB']);
		expect(said!.scores).toHaveLength(4);
		expect((await model.predict([{ tokens: [] }]))[0]).toMatchObject({ tags: [], warning: 'the text is empty' });
	});

	it('is loaded with its types, and with what it learned', async () => {
		const model = kept(await load(out, { task: tokenClassification }));
		const tagged = await collect(pipe([{ tokens: ['a', 'dog', 'sleeps'], id: 7 }], model));
		expectTypeOf(tagged[0]!.tags).toEqualTypeOf<readonly string[]>();
		expect(tagged[0]).toMatchObject({ id: 7, tags: ['DET', 'NOUN', 'VERB'], cut: false });
		expect(model.labels).toEqual(['ADJ', 'DET', 'NOUN', 'VERB']);
		await expect(load(out, { task: textClassification })).rejects.toThrow(
			'load: expected the task of the model, token-classification, got text-classification. Supply that one, or leave task out.',
		);
		await expect(load(out, { stage: {} } as never)).rejects.toThrow(
			'load: expected an option that it has, got stage. Did you mean stages?',
		);
		const any: Model = kept(await load(out, { device: 'cpu', threads: 1, optimize: true, trace: false }));
		expect((await any.predict([{ tokens: ['dogs'] }]))[0]).toMatchObject({ tags: ['NOUN'] });
	});

	it('refuses tags that are not as many as tokens, and cuts both together', async () => {
		const wrong = { ...recipe, corpus: [{ tokens: ['a'], tags: ['DET', 'X'] }, ...docs] };
		await expect(train(wrong)).rejects.toThrow('document 1: token-classification: expected a tag for each of 1 tokens, got 2.');
		const short = await train({ ...recipe, training: { ...training, epochs: 1, maxLength: 2 } });
		kept(short.model);
		const [said] = await short.model.predict([{ tokens: ['the', 'old', 'dog'] }]);
		expect(said).toMatchObject({ cut: true, warning: 'the text was cut at 2 of 3 tokens' });
		expect(said!.tags).toHaveLength(2);
	});
});

describe('a recipe', () => {
	const docs = Array.from({ length: 20 }, (_, i) => ({ text: i % 2 ? 'rain again' : 'fresh bread', label: i % 2 ? 'weather' : 'food' }));

	it('takes documents of one’s own, holds out one in ten of each class, and ends with any tokenizer', async () => {
		const path = file('tickets.csv', `text,label\n${docs.map(({ text, label }) => `${text},${label}`).join('\n')}\n`);
		const json = {
			pre_tokenizer: { type: 'Whitespace' },
			model: { type: 'WordLevel', vocab: { '<unk>': 0, rain: 1, bread: 2 }, unk_token: '<unk>' },
		};
		const { model } = await train({
			...{ task: textClassification(), corpus: csv<{ text: string; label: string }>(path, { header: true, columns: ['text', 'label'] }) },
			...{ stages: subwords(json), ...rest },
		});
		kept(model);
		expect((await model.predict(['rain', 'bread'])).map(({ label }) => label)).toEqual(['weather', 'food']);
		expect(model.config.training.documents).toBe(18);
	});

	it('obeys the epochs and the patience that it says, and trains a few documents long enough where it says nothing', async () => {
		const epochs = async (given: Recipe['training']) => {
			const { model, history } = await train({
				task: textClassification(),
				corpus: docs,
				stages: stages(),
				...rest,
				training: { batchSize: 4, validation: 0, ...given },
			});
			kept(model);
			return history.length;
		};
		expect(await epochs({ epochs: 2 })).toBe(2);
		expect(await epochs({})).toBeGreaterThanOrEqual(60);
	});

	it.each<[parts: object, says: string]>([
		[{ task: undefined }, 'train: expected task to be an object, got nothing. Pass it.'],
		[{ training: { epoch: 3 } }, 'train: expected an option that it has, got epoch. Did you mean epochs?'],
		[{ optimiser: adam() }, 'train: expected an option that it has, got optimiser. Did you mean optimizer?'],
		[{ corpus: 5 }, 'train: expected corpus to be a corpus, or documents that can be read several times, got 5. Pass one such as csv('],
	])('with %j is refused', async (parts, says) => {
		const recipe = { task: textClassification(), corpus: docs, stages: stages(), ...rest, ...parts } as unknown as Recipe<AnyTask>;
		await expect(train(recipe)).rejects.toThrow(says);
	});

	it('takes labels that are numbers or truth values by their texts, and documents whose columns only the file knows', async () => {
		const numbered = docs.map(({ text }, i) => ({ text, label: i % 2 ? 5 : false }));
		const { model } = await train({ task: textClassification(), corpus: numbered, stages: stages(), ...rest });
		kept(model);
		expect(model.labels).toEqual(['5', 'false']);
		expect((await evaluate(model, numbered)).accuracy).toBe(1);
		const path = file('rows.csv', `text,label\n${docs.map(({ text, label }) => `${text},${label}\n`).join('')}`);
		kept((await train({ task: textClassification(), corpus: csv(path), stages: stages(), ...rest, training: { epochs: 1 } })).model);
	});

	it('refuses labels that all differ, and a model of tokens for documents', async () => {
		const recipe = { task: textClassification(), stages: stages(), ...rest };
		const ids = Array.from({ length: 30 }, (_, i) => ({ text: `rain ${i}`, label: i }));
		await expect(train({ ...recipe, corpus: ids })).rejects.toThrow(
			'text-classification: expected labels that repeat, got 27 documents with 27 different ones, such as "0". Name the field of their classes; for numbers set problem:',
		);
		await expect(train({ ...recipe, corpus: docs, model: tagger() })).rejects.toThrow(
			'train: expected a model that says something of each document, as text-classification asks, got tagger, which says something of each token. Choose another, or set its each.',
		);
		await expect(train({ ...recipe, corpus: docs, model: wordCnn({ kernels: [3] }), training: { maxLength: 2 } })).rejects.toThrow(
			'expected maxLength to be a whole number from 3, got 2.',
		);
	});

	it('says why it ended, and of what it was', async () => {
		const run = async (training: NonNullable<Recipe['training']>) => {
			const { model, end, origin, sample } = await train({ task: textClassification(), corpus: docs, stages: stages(), ...rest, training });
			kept(model);
			return { end, origin, sample };
		};
		expect(await run({ epochs: 2 })).toEqual({ end: 'epochs', origin: '9 in 10 of your documents', sample: false });
		expect((await run({ steps: 2 })).end).toBe('steps');
		expect((await run({ epochs: 500, patience: 1, validation: 0.3 })).end).toBe('patience');
	});

	it('hands on how its steps are done', async () => {
		const recipe = { task: textClassification(), corpus: docs, stages: stages(), ...rest, training: { ...training, epochs: 3 } };
		const run = async (options: TrainOptions & { readonly signal?: undefined }) => {
			const { model, history } = await train(recipe, { threads: 2, ...options });
			kept(model);
			return history.map(({ loss }) => loss);
		};
		const usual = await run({});
		expect(await run({ update: 'graph' })).toEqual(usual);
		const parts = await run({ replicas: 2 });
		for (const [place, loss] of parts.entries()) expect(loss).toBeCloseTo(usual[place]!, 4);
		await expect(train(recipe, { update: 'gpu' as never })).rejects.toThrow(
			"train: expected update to be one of 'host', 'graph', got 'gpu'.",
		);
	});

	it('refuses options of a run that there are not', async () => {
		const recipe = { task: textClassification(), corpus: docs, stages: stages(), ...rest };
		await expect(train(recipe, { output: 'x' } as never)).rejects.toThrow(
			'train: expected an option that it has, got output. Did you mean out?',
		);
	});
});

describe('a task of one’s own', () => {
	const longer = () => ({
		name: 'longer',
		options: {},
		needs: { text: 'text' as const },
		learn: {
			start: () => ({ most: 0 }),
			add: (state: { most: number }, { text }: { text: string }) => Object.assign(state, { most: Math.max(state.most, text.length) }),
			finish: ({ most }: { most: number }) => ({ most }),
		},
		head: ({ most }: { most: number }) => ({
			outputs: 1,
			inputs: { targets: { dtype: 'float32' as const, shape: ['batch', 1] } },
			answer: ({ text }: { text: string }) => ({ targets: { data: [text.length / most], shape: [1] } }),
			loss: (logits: Parameters<typeof nn.mseLoss>[0], { targets }: Readonly<Record<string, typeof logits>>) =>
				nn.mseLoss(logits, targets!),
			...{ metrics: {}, monitor: [], config: {} },
			say: ({ data }: { data: ArrayLike<number> }) => ({ length: (data as Float32Array)[0]! * most }),
			measure: { start: () => ({}), add: () => {}, result: () => ({}), right: () => true },
		}),
	});
	const out = join(folder, 'longer');

	it('is saved by its name, and loaded with it supplied', async () => {
		const corpus = Array.from({ length: 10 }, (_, i) => ({ text: 'rain '.repeat(1 + (i % 3)) }));
		kept((await train({ task: longer() as AnyTask, corpus, stages: stages(), ...rest }, { out })).model);
		expect(JSON.parse(readFileSync(join(out, 'config.json'), 'utf8'))).toMatchObject({ task: 'longer', learned: { most: 15 } });
		await expect(load(out)).rejects.toThrow(
			'load: expected a task of textloom, got "longer", one of yours. Supply it: load(folder, { task: … }).',
		);
		const model = kept(await load(out, { task: longer as never }));
		expect((await model.predict(['rain rain rain ']))[0]).toHaveProperty('length');
		expect(existsSync(join(out, 'onnx/model.onnx'))).toBe(true);
	});
});
