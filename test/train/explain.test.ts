// Explanations: gradients against central differences and coefficients, occlusion against predictions without the word, attention, places in the text.
import { join } from 'node:path';
import {
	type AnyTask,
	chain,
	characterIds,
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
	const { model: made } = await train(recipe as Recipe, { out: join(folder, name), existing: 'overwrite', threads: 1 });
	open.push(made);
	return made;
}

const cache = new Map<string, Promise<Model>>();
/** A model that an earlier test has trained, from its folder. */
function loaded(name: string): Promise<Model> {
	if (!cache.has(name)) {
		const model = load(join(folder, name), { threads: 1 });
		cache.set(name, model);
		open.push({ close: async () => (await model).close() });
	}
	return cache.get(name)!;
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
			for (const [at, { weight }] of tokens.entries()) expect(weight).toBeCloseTo(expected[place]![at]!, 3);
			expect(tokens.some(({ weight }) => Math.abs(weight) > 0.01)).toBe(true);
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
	/** A model of characters pads them to one length. */
	const places = (time: number) => (session.inputs.includes('lengths') ? time : 24);
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
				...(session.inputs.includes('factor') && { factor: tensor('float32', [1, places(time)], sizes(places(time))) }),
				...(doc!.weights && {
					weights: tensor('float32', [1, time], padded(doc!.weights.map((weight, place) => weight * (place === at ? size : 1)))),
				}),
			};
			const { logits } = await session.run(feeds);
			return Number(logits!.data[model.labels.indexOf(label!)]);
		};
		const own: number[] = [];
		for (let at = 0; at < ids.length; at++) own.push(((await logit(at, 1.001)) - (await logit(at, 0.999))) / 0.002);
		all.push(own);
	}
	await session.release();
	return all;
}

describe('gradient × input of a linear model', () => {
	it('is coefficient × value of each term', async () => {
		const model = await trained('svm', svmClassifier(), byTerms());
		const { graph } = readOnnx(writeOnnx(await readOnnxFile(join(folder, 'svm', 'onnx/model.onnx'))));
		const { data, shape } = graph.initializers.get('terms.weight')!;
		const rows = data as Float32Array;
		for (const { text, label, tokens } of await explain(model, texts)) {
			const [doc] = (await model.stages.applyAsync([{ text }])) as { ids: Int32Array; weights: Float32Array }[];
			const column = model.labels.indexOf(label!);
			const expected = Array.from(doc!.ids, (id, at) => rows[id * shape[1]! + column]! * doc!.weights[at]!);
			expect(tokens.map(({ weight }) => weight)).toEqual(expected.map((value) => expect.closeTo(value, 6)));
			for (const { token, start, end } of tokens) expect(text.toLowerCase().slice(start, end)).toBe(token);
		}
		const [{ tokens } = { tokens: [] }] = await explain(model, ['A goal. FRESH bread']);
		expect(tokens.find(({ token }) => token === 'fresh bread')).toMatchObject({ start: 8, end: 19 });
	});
});

describe('occlusion', () => {
	it('is the fall of the probability in the prediction without the word', async () => {
		const model = await loaded('word-cnn');
		const text = 'rain and a goal';
		const [{ prediction, tokens, label } = { tokens: [] }] = await explain(model, [text], { method: 'occlusion' });
		const place = model.labels.indexOf(label!);
		const [whole, ...parts] = await model.predict([text, 'and a goal', 'rain a goal', 'rain and goal', 'rain and a']);
		const probability = (said: object | undefined) => (said as { probabilities: number[] }).probabilities[place]!;
		expect(prediction).toEqual({ label: whole!.label, score: whole!.score, probabilities: whole!.probabilities });
		expect(tokens.map(({ weight }) => weight)).toEqual(parts.map((part) => expect.closeTo(probability(whole) - probability(part), 6)));
		// Two words at a time share the fall; a label may be asked for; the unknown token may stand for a word.
		const [{ tokens: spans } = { tokens: [] }] = await explain(model, [text], { method: 'occlusion', span: 2, label: 'food' });
		const food = model.labels.indexOf('food');
		const [behind] = await model.predict(['a goal']);
		const fall = (whole as { probabilities: number[] }).probabilities[food]! - (behind as { probabilities: number[] }).probabilities[food]!;
		expect(spans.slice(0, 2).map(({ weight }) => weight)).toEqual([expect.closeTo(fall / 2, 6), expect.closeTo(fall / 2, 6)]);
		const [{ tokens: replaced } = { tokens: [] }] = await explain(model, [text], { method: 'occlusion', by: 'unknown' });
		const [unknown] = await model.predict(['zzzz and a goal']);
		expect(replaced[0]!.weight).toBeCloseTo(probability(whole) - probability(unknown), 6);
	});

	it('takes terms out as they are', async () => {
		const model = await loaded('svm');
		const [{ tokens } = { tokens: [] }] = await explain(model, ['fresh bread'], { method: 'occlusion' });
		expect(tokens.map(({ token }) => token)).toEqual(['bread', 'fresh', 'fresh bread']);
		expect(tokens.find(({ token }) => token === 'bread')!.weight).toBeGreaterThan(0);
	});
});

describe('attention', () => {
	it('is what the model has: shares of words, or of each word for each', async () => {
		const [gru, heads] = await Promise.all(['gru', 'attention'].map(loaded));
		const [first] = await explain(gru!, texts, { method: 'attention' });
		expect(first!.tokens.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 5);
		expect(first).not.toHaveProperty('label');
		const { graph } = await readOnnxFile(join(folder, 'gru', 'onnx/model.onnx'));
		expect(graph.nodes.filter(({ op }) => op === 'Scan')).toHaveLength(1);
		for (const { tokens, attention } of await explain(heads!, texts, { method: 'attention' })) {
			expect(attention).toHaveLength(tokens.length);
			for (const row of attention!) expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
		}
	});
});

describe('an explanation', () => {
	it('is plain JSON that does not change, whatever other texts are there', async () => {
		const model = await loaded('word-cnn');
		const all = await explain(model, texts);
		expect(JSON.parse(JSON.stringify(all))).toEqual(all);
		const explainer = await createExplainer(model, { threads: 1 });
		const alone = await explainer.explain([texts[1]!]);
		await explainer.close();
		expect(alone[0]!.tokens.map(({ weight }) => weight)).toEqual(all[1]!.tokens.map(({ weight }) => expect.closeTo(weight, 5)));
		expect(Object.keys(alone[0]!)).toEqual(['text', 'prediction', 'label', 'method', 'tokens', 'cut']);
		expect(alone[0]!.tokens.map(({ token, start, end }) => [token, start, end])).toEqual([
			['fresh', 0, 5],
			['bread', 6, 11],
		]);
	});

	it('has places in the text as it was given, though the stages have cleaned it', async () => {
		const model = await loaded('word-cnn');
		const text = '<b>Rain</b> &amp; a  GOAL';
		const [{ tokens } = { tokens: [] }] = await explain(model, [text, '']);
		expect(tokens.map(({ token, start, end }) => [token, text.slice(start, end)])).toEqual([
			['rain', 'Rain'],
			['&', '&'],
			['a', 'a'],
			['goal', 'GOAL'],
		]);
	});
});

describe('refuses', () => {
	it.each([
		[{ method: 'gradients' }, /^explain: expected method to be one of /],
		[{ span: 2 }, 'explain: expected span with method occlusion, got it with gradient. Leave it out.'],
		[{ by: 'unknown', method: 'attention' }, 'explain: expected by with method occlusion, got it with attention. Leave it out.'],
		[{ label: 'foods' }, 'explain: expected label to be one of food, sport, weather, got foods. Did you mean food?'],
		[
			{ label: 'food', method: 'attention' },
			'explain: expected no label with method attention, which is of no label, got one. Leave it out.',
		],
		[{ method: 'attention' }, 'explain: expected a model with attention, got word-cnn without. Take method gradient or occlusion.'],
	])('%j', async (options, message) => {
		const model = await loaded('word-cnn');
		await expect(explain(model, texts, options as never)).rejects.toThrow(message);
	});

	it('what is no text, what is no such model, and a folder that holds another model by now', async () => {
		const model = await loaded('word-cnn');
		await expect(explain(model, [1] as never)).rejects.toThrow('explain: expected texts or documents, got number at place 0. Correct it.');
		await expect(explain(model, 'a' as never)).rejects.toThrow('explain: expected an array of texts or documents, got string.');
		await expect(explain({ task: model.task } as never, texts)).rejects.toThrow(
			'explain: expected a model of text-classification that train or load gave, got something else.',
		);
		const tags = corpus.map(({ text }) => ({ tokens: text.split(' '), tags: text.split(' ').map((word) => String(word.length > 3)) }));
		const { model: tagging } = await train({
			...{ task: tokenClassification(), corpus: tags, stages: chain(vocabulary(), characterIds()), optimizer: adam() },
			...{ model: tagger({ width: 4, hidden: 4 }), training: { epochs: 1, validation: 0 } },
		});
		open.push(tagging);
		await expect(explain(tagging, texts)).rejects.toThrow('got one of token-classification.');
		await trained('word-cnn', wordCnn({ width: 8, filters: 6, kernels: [2] }), byWords());
		await expect(explain(model, texts)).rejects.toThrow(/^explain: expected the model that was loaded from .*, got another one by now/);
	});
});
