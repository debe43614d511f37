// One label for each document: a threshold below which the answer is none, one sigmoid unit for two classes, what an evaluation counts.
import { join } from 'node:path';
import {
	type ClassificationMeasures,
	chain,
	clean,
	counts,
	evaluate,
	type LogitsHead,
	load,
	type OneLabel,
	type Prediction,
	type Task,
	type TrainProgress,
	termIds,
	textClassification,
	train,
	words,
} from 'textloom';
import { input, tensor } from 'textloom/graph';
import { reliability, rocAucScore } from 'textloom/metrics';
import { bayesClassifier } from 'textloom/models/linear';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { labelled } from '../cli/run.js';
import { run } from '../nn/apply-layer.js';
import { temporary } from '../temporary.js';
import { corpusOf, tiny } from './tiny.js';

const { folder } = temporary();
const docs = labelled(30);
const two = docs.filter(({ label }) => label !== 'travel');
const open: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(open.map((model) => model.close())));
const kept = <M extends { close(): Promise<void> }>(model: M): M => {
	open.push(model);
	return model;
};

/** Adds up an evaluation of what was said of documents, as `evaluate` does. */
function measured<Said extends object, Measured extends object>(
	task: Task<{ readonly label: string | number | boolean }, Said, Measured>,
	names: readonly string[],
	pairs: readonly (readonly [truth: string, said: Said])[],
): Measured {
	const { measure } = task.head({ names, counts: names.map(() => 1) } as never);
	const state = measure.start();
	for (const [label, said] of pairs) measure.add(state, { label }, said);
	return measure.result(state);
}
const said = (label: string | null, ...probabilities: number[]): Prediction => ({
	label: label!,
	score: Math.max(...probabilities),
	probabilities,
});

describe('an evaluation', () => {
	it('has calibration error and, of two labels, the area under the curve, as metrics compute them', () => {
		const pairs = [
			['ham', said('ham', 0.9, 0.1)],
			['ham', said('spam', 0.3, 0.7)],
			['spam', said('spam', 0.2, 0.8)],
			['spam', said('ham', 0.6, 0.4)],
		] as const;
		const truth = pairs.map(([label]) => label);
		const spam = pairs.map(([, { probabilities }]) => probabilities[1]!);
		expect(measured(textClassification(), ['ham', 'spam'], pairs)).toMatchObject({
			accuracy: 0.5,
			ece: reliability(truth, spam).ece,
			rocAuc: rocAucScore(truth, spam),
			confusion: [
				[1, 1],
				[1, 1],
			],
		});
		// Of documents of one class there is no curve.
		expect(measured(textClassification(), ['ham', 'spam'], pairs.slice(0, 2))).not.toHaveProperty('rocAuc');
		expect(measured(textClassification(), ['eggs', 'ham', 'spam'], [['ham', said('ham', 0, 1, 0)]])).not.toHaveProperty('rocAuc');
	});

	it('counts what a threshold leaves without an answer', () => {
		const task = textClassification({ threshold: 0.7 });
		const found = measured(
			task,
			['ham', 'spam'],
			[
				['ham', said('ham', 0.9, 0.1)],
				['ham', said(null, 0.6, 0.4)],
				['spam', said('ham', 0.8, 0.2)],
				['spam', said(null, 0.5, 0.5)],
			],
		);
		expectTypeOf(found.coverage).toEqualTypeOf<number>();
		expect(found).toMatchObject({
			...{ accuracy: 0.25, coverage: 0.5, answeredAccuracy: 0.5 },
			confusion: [
				[1, 0],
				[1, 0],
			],
			classes: { ham: { precision: 0.5, recall: 0.5, support: 2 }, spam: { precision: 0, recall: 0, support: 2 } },
		});
	});

	it('of 10,000 classes has figures for each and no table of confusions', () => {
		const names = Array.from({ length: 10_000 }, (_, i) => `class ${String(i).padStart(4, '0')}`);
		const probabilities = names.map(() => 0);
		probabilities[77] = 1;
		const found = measured(textClassification(), names, [
			[names[77]!, { label: names[77]!, score: 1, probabilities }],
			[names[78]!, { label: names[77]!, score: 1, probabilities }],
		]);
		expect(found.confusion).toEqual([]);
		expect(found.accuracy).toBe(0.5);
		expect(found.classes[names[77]!]).toEqual({ precision: 0.5, recall: 1, f1: 2 / 3, support: 1 });
	});
});

describe('a threshold', () => {
	const out = join(folder, 'model');
	beforeAll(async () => {
		kept((await train(tiny({ training: { epochs: 6 } }), { out })).model);
	});

	it('given at loading leaves out labels below it, the score stays', async () => {
		const always = kept(await load(out, { task: textClassification }));
		const never = kept(await load(out, { threshold: 1 }));
		const [label, none] = await Promise.all([always.predict(['rain and bread']), never.predict(['rain and bread'])]);
		expectTypeOf(label[0]!.label).toEqualTypeOf<string>();
		expectTypeOf(none[0]!.label).toEqualTypeOf<string | null>();
		expect(none[0]).toEqual({ ...label[0], label: null });
		const { coverage, answeredAccuracy } = await evaluate(never, docs);
		expect([coverage, answeredAccuracy]).toEqual([0, 0]);
		const each = (await always.predict(docs)).map(({ score }) => score);
		const middle = [...each].sort((a, b) => a - b)[15]!;
		const half = kept(await load(out, { threshold: middle }));
		expect((await evaluate(half, docs)).coverage).toBeCloseTo(each.filter((score) => score >= middle).length / 30, 10);
	});

	it('of the recipe is kept with the model, and can be taken back', async () => {
		const place = join(folder, 'cautious');
		const { model } = await train(tiny({ task: textClassification({ threshold: 1 }) as never, training: { epochs: 1 } }), { out: place });
		kept(model);
		expect((await kept(await load(place)).predict(['rain']))[0]!.label).toBe(null);
		expect((await kept(await load(place, { threshold: 0 })).predict(['rain']))[0]!.label).toEqual(expect.any(String));
	});

	it('is refused where it says nothing', async () => {
		const place = join(folder, 'number');
		const { corpus: _, ...rest } = tiny({ training: { epochs: 1 } });
		const task = textClassification({ problem: 'number' });
		kept((await train({ ...rest, task, corpus: docs.map(({ text }, label) => ({ text, label })) }, { out: place })).model);
		await expect(load(place, { threshold: 0.5 })).rejects.toThrow(
			'load: expected a threshold for a model of one label for each text, got one for regression. Leave it out.',
		);
		await expect(load(out, { threshold: 1.5 })).rejects.toThrow('load: expected threshold to be a share from 0 to 1, got 1.5.');
	});
});

describe('one sigmoid unit', () => {
	const names = ['food', 'weather'];
	const learned = { names, counts: [30, 10] };
	const numbers = [-2, -0.5, 0, 0.3, 4];
	it.each([
		['plain', {}],
		['smoothed', { smoothing: 0.2 }],
		['balanced', { weights: 'balanced' }],
		['balanced and smoothed', { weights: 'balanced', smoothing: 0.2 }],
		['of one class alone', { weights: { food: 0 } }],
	] as const)('has the loss of a softmax over 0 and its logit: %s', async (_, options) => {
		const heads = (['sigmoid', 'softmax'] as const).map((output) => textClassification({ ...options, output }).head(learned));
		const classes = [0, 1, 1, 0, 1];
		const feeds = {
			one: tensor('float32', [5, 1], numbers),
			both: tensor(
				'float32',
				[5, 2],
				numbers.flatMap((x) => [0, x]),
			),
			targets: tensor('float32', [5, 1], classes),
			numbers: tensor('int32', [5], classes),
		};
		const inputs = {
			...{ one: input('one', 'float32', [5, 1]), both: input('both', 'float32', [5, 2]) },
			...{ targets: input('targets', 'float32', [5, 1]), numbers: input('numbers', 'int32', [5]) },
		};
		const sigmoid = heads[0]!.loss(inputs.one, { targets: inputs.targets }) as { sum: never; weight: never };
		const softmax = heads[1]!.loss(inputs.both, { targets: inputs.numbers }) as { sum: never; weight: never };
		const found = await run(inputs, { a: sigmoid.sum, b: softmax.sum, c: sigmoid.weight, d: softmax.weight }, feeds);
		const of = (name: string) => Number((found[name]!.data as Float32Array)[0]);
		expect(of('a')).toBeCloseTo(of('b'), 5);
		expect(of('c')).toBeCloseTo(of('d'), 5);
	});

	it('says the probabilities of both labels without overflow', () => {
		const head = textClassification({ output: 'sigmoid' }).head(learned) as LogitsHead<OneLabel, Prediction, ClassificationMeasures>;
		const saidOf = (logit: number) => head.say(tensor('float32', [1], [logit]), {});
		expect(saidOf(0)).toEqual({ label: 'food', score: 0.5, probabilities: [0.5, 0.5] });
		expect(saidOf(Math.fround(Math.log(3)))).toMatchObject({
			label: 'weather',
			score: expect.closeTo(0.75, 6),
			probabilities: [expect.closeTo(0.25, 6), expect.closeTo(0.75, 6)],
		});
		expect(saidOf(-800)).toMatchObject({ label: 'food', score: 1, probabilities: [1, 0] });
	});

	it('learns, is saved and loaded', async () => {
		const out = join(folder, 'sigmoid');
		let classes: Readonly<Record<string, number>> | undefined;
		const onProgress = (progress: TrainProgress) => {
			if (progress.phase === 'start') classes = progress.classes;
		};
		const { model, history } = await train(
			tiny({ task: textClassification({ output: 'sigmoid' }), corpus: corpusOf(two), training: { epochs: 20, validation: 0.2 } }),
			{ out, onProgress },
		);
		kept(model);
		// What is held out has both classes in their shares, as with a softmax.
		const counts = names.map((name) => two.filter(({ label }) => label === name).length);
		expect(classes).toEqual(Object.fromEntries(names.map((name, place) => [name, expect.closeTo(0.8 * counts[place]!, 0)])));
		expect(history[0]!.validation).toHaveProperty('accuracy');
		const again = kept(await load(out, { task: textClassification }));
		expect(await again.predict(['rain'])).toEqual(await model.predict(['rain']));
		expect(again.labels).toEqual(names);
		expect(again.config.head).toMatchObject({ output: 'sigmoid', id2label: { 0: 'food', 1: 'weather' } });
		expect(await evaluate(again, two)).toMatchObject({ accuracy: 1, rocAuc: 1, labels: names });
	});

	it('is refused for other numbers of classes', async () => {
		await expect(train(tiny({ task: textClassification({ output: 'sigmoid' }) }))).rejects.toThrow(
			"text-classification: expected two classes for output: 'sigmoid', got 3. Leave output out, or take the other classes out.",
		);
	});
});

it.each([
	[{ problem: 'number', threshold: 0.5 }, 'expected no threshold for number, got one. Leave it out.'],
	[{ problem: 'several labels', output: 'sigmoid' }, 'expected no output for several labels, got one.'],
	[{ problem: 'several labels', weights: 'balanced' }, 'expected no weights for several labels, got one.'],
	[{ threshold: -0.1 }, 'expected threshold to be a share from 0 to 1, got -0.1.'],
	[{ output: 'relu' }, "expected output to be one of 'softmax', 'sigmoid', got 'relu'."],
])('refuses %j', (options, message) => {
	expect(() => textClassification(options as never)).toThrow(`textClassification: ${message}`);
});

it('refuses labels that the training did not have, and no documents', async () => {
	const { model } = await train(tiny({ training: { epochs: 1 } }));
	kept(model);
	await expect(evaluate(model, [...docs, { text: 'a', label: 'sport' }])).rejects.toThrow(
		'document 31: text-classification: expected one of food, travel, weather, got "sport".',
	);
	await expect(evaluate(model, [])).rejects.toThrow('evaluate: expected documents with answers, got none. Check the source.');
});

it('learns a class that one document has, and one of 10,000 classes', async () => {
	const training = { epochs: 1 };
	const one = await train(tiny({ corpus: corpusOf([...docs, { text: 'a late goal', label: 'sport' }]), training }));
	kept(one.model);
	expect((await evaluate(one.model, docs)).classes.sport).toEqual({ precision: 0, recall: 0, f1: 0, support: 0 });
	// One twice: labels that are all different are a field of something else.
	const many = Array.from({ length: 10_001 }, (_, i) => ({ text: `word${i % 3}`, label: `class ${i % 10_000}` }));
	const terms = chain(clean(), words(), counts(), termIds());
	const { corpus: _, optimizer: __, training: ___, ...rest } = tiny();
	const { model } = await train({ ...rest, corpus: many, stages: terms, model: bayesClassifier() });
	kept(model);
	const found = await evaluate(model, many.slice(0, 3));
	expect(found.labels).toHaveLength(10_000);
	expect(found.confusion).toEqual([]);
});
