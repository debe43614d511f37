// Explanations: gradients against central differences and coefficients, occlusion against predictions without the word, attention, places in the text.
import { join } from 'node:path';
import {
	type AnyTask,
	chain,
	characters,
	clean,
	createExplainer,
	explain,
	load,
	type Model,
	type Recipe,
	termIds,
	textClassification,
	tfidf,
	tokenClassification,
	train,
	vocabulary,
	words,
} from 'textloom';
import { createSession, emit, fromOnnx, input, ops, readOnnx, readOnnxFile, tensor, writeOnnx } from 'textloom/graph';
import { attentionClassifier, charCnn, gruClassifier, svmClassifier, tagger, termMlp, wordCnn } from 'textloom/models';
import { adam } from 'textloom/optim';
import type { Architecture } from 'textloom/train';
import { afterAll, describe, expect, it } from 'vitest';
import { temporary } from '../temporary.js';

const { folder } = temporary();
const open: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(open.map((model) => model.close())));

const corpus = [
	['rain all day', 'sun and a light wind', 'snow in the hills', 'rain and wind'],
	['bread and cheese', 'soup with fresh bread', 'a plate of cheese', 'rice with beans'],
	['a late goal', 'the keeper saved twice', 'two goals and a draw', 'the goal stood'],
].flatMap((texts, place) => texts.map((text) => ({ text, label: ['weather', 'food', 'sport'][place]! })));

const byWords = () => chain(clean(), words(), vocabulary());
const byCharacters = () => chain(clean(), characters(), vocabulary());
const byTerms = () => chain(clean(), words(), tfidf({ ngramRange: [1, 2] }), termIds());

async function trained(name: string, model: Architecture, stages: Recipe['stages'], task: AnyTask = textClassification()): Promise<Model> {
	const steps = { optimizer: adam({ rate: 0.02 }), training: { epochs: 3, batchSize: 4, validation: 0, seed: 3 } };
	const recipe = { task, corpus, stages, model, ...(!model.solve && steps) };
	const { model: made } = await train(recipe as Recipe, { out: join(folder, name), threads: 1 });
	open.push(made);
	return made;
}

/** Models of each kind of lookup: of words, of characters that are padded and cut, with time first, of heads, of terms. */
const models = {
	'word-cnn': () => trained('word-cnn', wordCnn({ width: 8, filters: 6, kernels: [2, 3] }), byWords()),
	'char-cnn': () =>
		trained('char-cnn', charCnn({ length: 24, filters: 6, convolutions: [{ kernel: 3, pool: 2 }], hidden: [8] }), byCharacters()),
	gru: () => trained('gru', gruClassifier({ width: 8, hidden: 6, bidirectional: true, pooling: 'attention' }), byWords()),
	attention: () => trained('attention', attentionClassifier({ width: 8, heads: 2 }), byWords()),
	'term-mlp': () => trained('term-mlp', termMlp(), byTerms()),
} as const;

const texts = ['rain and a goal', 'Fresh bread', 'the keeper saved the cheese on a plate of rice'];

describe.each(Object.entries(models))('gradient × input of %s', (name, make) => {
	it('is what the logit changes by with the size of the token’s vector', async () => {
		const model = await make();
		const found = await explain(model, texts);
		const expected = await differences(join(folder, name, 'onnx/model.onnx'), model, found);
		for (const [place, { tokens }] of found.entries()) {
			for (const [at, { weight }] of tokens.entries()) expect(weight).toBeCloseTo(expected[place]![at]!, 2);
			expect(tokens.some(({ weight }) => Math.abs(weight) > 1e-3)).toBe(true);
		}
	});
});

/** Of each token the central difference of the explained logit, as its vector (or its weight) is made larger and smaller. */
async function differences(path: string, model: Model, explained: readonly { text: string; label?: string }[]): Promise<number[][]> {
	const factor = input('factor', 'float32', ['batch', 'places']);
	const imported = fromOnnx(readOnnx(writeOnnx(await readOnnxFile(path))), {
		after: (value, { op, inputs }) => {
			if (op !== 'Gather' || inputs[0] !== 'embed.weight') return value;
			const first = value.shape[0] === 'time' ? ops.transpose(factor) : factor;
			const like = ops.reshape(first, value.shape.slice(0, 2), [value]);
			return ops.mul(value, ops.unsqueeze(like, [2]));
		},
	});
	const { weights } = model.config.inputs;
	const session = await createSession(
		writeOnnx(emit(weights ? imported : { ...imported, inputs: { ...imported.inputs, factor }, order: [...imported.order, 'factor'] })),
	);
	const all: number[][] = [];
	for (const { text, label } of explained) {
		const [doc] = (await model.stages.applyAsync([{ text }])) as { ids: Int32Array; weights?: Float32Array }[];
		const { ids } = doc!;
		const time = Math.max(ids.length, model.config.minLength);
		const padded = (numbers: ArrayLike<number>) => Array.from({ length: time }, (_, at) => numbers[at] ?? 0);
		const logit = async (at: number, size: number) => {
			const sizes = (count: number) => Array.from({ length: count }, (_, place) => (place === at ? size : 1));
			const feeds = {
				ids: tensor('int32', [1, time], padded(ids)),
				...(session.inputs.includes('lengths') && { lengths: tensor('int32', [1], [ids.length]) }),
				...(session.inputs.includes('factor') && { factor: tensor('float32', [1, 24], sizes(24)) }),
				...(doc!.weights && {
					weights: tensor('float32', [1, time], padded(doc!.weights.map((weight, place) => weight * (place === at ? size : 1)))),
				}),
			};
			if (feeds.factor && !session.inputs.includes('lengths')) feeds.factor = tensor('float32', [1, 24], sizes(24));
			else if (feeds.factor) feeds.factor = tensor('float32', [1, time], sizes(time));
			const { logits } = await session.run(feeds);
			return Number(logits!.data[model.labels.indexOf(label!)]);
		};
		const own: number[] = [];
		for (let at = 0; at < ids.length; at++) own.push(((await logit(at, 1.01)) - (await logit(at, 0.99))) / 0.02);
		all.push(own);
	}
	await session.release();
	return all;
}
