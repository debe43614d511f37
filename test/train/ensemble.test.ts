// Several models as one: by the mean of their probabilities or by votes, whatever their kinds.
import {
	chain,
	characters,
	clean,
	collect,
	counts,
	type Ensemble,
	ensemble,
	evaluate,
	type Model,
	map,
	type Predictor,
	pipe,
	type TextClassification,
	termIds,
	textClassification,
	train,
	vocabulary,
	words,
} from 'textloom';
import { charCnn } from 'textloom/models/char-cnn';
import { nbSvmClassifier } from 'textloom/models/linear';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { labelled } from '../cli/run.js';
import { corpusOf, tiny } from './tiny.js';

const docs = labelled(30);
const open: { close(): Promise<void> }[] = [];
afterAll(() => Promise.all(open.map((model) => model.close())));
const kept = <M extends { close(): Promise<void> }>(model: M): M => {
	open.push(model);
	return model;
};
type One = Model<TextClassification>;

describe('models of different kinds', () => {
	let models: [One, One, One];
	beforeAll(async () => {
		const { optimizer: _, training: __, ...plain } = tiny();
		const terms = chain(clean(), words(), counts({ binary: true }), termIds());
		models = [
			kept((await train(tiny({ training: { epochs: 2 } }))).model),
			kept((await train({ ...plain, stages: terms, model: nbSvmClassifier() })).model),
			kept(
				(
					await train(
						tiny({
							stages: chain(characters(), vocabulary()),
							model: charCnn({ length: 40, filters: 4, convolutions: [{ kernel: 3, pool: 2 }], hidden: [8] }),
							training: { epochs: 1 },
						}),
					)
				).model,
			),
		];
	});

	const each = async (texts: readonly string[]) => Promise.all(models.map((model) => model.predict(texts)));
	const texts = ['rain and fog', 'soup and bread', 'ferry', ''];

	it('say the mean of the probabilities by their weights', async () => {
		const weights = [2, 1, 1];
		const both = ensemble(models, { weights });
		const said = await both.predict(texts);
		expectTypeOf(said[0]!.label).toEqualTypeOf<string>();
		const single = await each(texts);
		for (const [place, { text, label, score, probabilities, votes }] of said.entries()) {
			expect(text).toBe(texts[place]);
			const means = both.labels.map((_, at) =>
				single.reduce((sum, one, model) => sum + (weights[model]! / 4) * one[place]!.probabilities[at]!, 0),
			);
			for (const [at, mean] of means.entries()) expect(probabilities[at]).toBeCloseTo(mean, 6);
			expect(score).toBeCloseTo(Math.max(...means), 6);
			expect(label).toBe(both.labels[means.indexOf(Math.max(...means))]);
			expect(votes).toEqual(single.map((one) => one[place]!.label));
		}
		expect(said.at(-1)).toMatchObject({ cut: false, warning: 'the text is empty' });
	});

	it('are evaluated together and each by itself, and are a step of a pipe that keeps fields', async () => {
		const both = ensemble(models);
		const measured = await evaluate(both, corpusOf(docs).test());
		const single = [];
		for (const model of models) single.push((await evaluate(model, docs)).accuracy);
		expect(measured.memberAccuracies).toEqual(single);
		expect(measured).toMatchObject({ documents: 30, labels: ['food', 'travel', 'weather'] });
		const [first] = await collect(pipe([{ text: 'rain', id: 7, warning: 'mine' }], both));
		expect(first).toMatchObject({ text: 'rain', id: 7, warning: 'mine' });
		expect(Reflect.ownKeys(first!).filter((key) => typeof key === 'symbol')).toEqual([]);
	});

	it('answer nothing below a threshold', async () => {
		const both = ensemble(models, { threshold: 1 });
		const [said] = await both.predict(['rain']);
		expectTypeOf(said!.label).toEqualTypeOf<string | null>();
		expect(said!.label).toBe(null);
		expect(await evaluate(both, docs)).toMatchObject({ coverage: 0, accuracy: 0, answeredAccuracy: 0 });
	});

	it('name the document that they cannot read, by its number in the stream', async () => {
		const many: object[] = Array.from({ length: 3000 }, () => ({ text: 'rain' }));
		many[2500] = { words: 'rain' };
		await expect(collect(pipe(many, ensemble(models) as Ensemble))).rejects.toThrow('document 2501: ');
	});

	it.each<[string, readonly unknown[], object | undefined, RegExp]>([
		['one model', [0], undefined, /expected two models or more, got 1\. Load them first/],
		['a path', [0, 'runs/a'], undefined, /expected two models or more/],
		['too few weights', [0, 1], { weights: [1] }, /expected a weight for each of 2 models, not all 0, got 1\./],
		['no weight at all', [0, 1], { weights: [0, 0] }, /not all 0, got 0, 0\./],
		['a weight below 0', [0, 1], { weights: [1, -1] }, /expected weights to be an array, each item a number from 0/],
		['another vote', [0, 1], { vote: 'loud' }, /expected vote to be .*soft.*, got 'loud'/],
		['a threshold beyond 1', [0, 1], { threshold: 1.2 }, /expected threshold to be a share from 0 to 1, got 1\.2/],
	])('refuse %s', (_, which, options, message) => {
		const chosen = which.map((one) => (typeof one === 'number' ? models[one]! : one));
		expect(() => ensemble(chosen as One[], options as never)).toThrow(message);
	});

	it('refuse models of other labels or other problems', async () => {
		const training = { epochs: 1 };
		const two = kept((await train(tiny({ corpus: corpusOf(docs.filter(({ label }) => label !== 'travel')), training }))).model);
		expect(() => ensemble([models[0], two])).toThrow('expected the same labels of each model, got "travel", which only model 1 has.');
		expect(() => ensemble([two, models[0]])).toThrow('got "travel", which only model 2 has.');
		const task = textClassification({ problem: 'several labels' });
		const several = docs.map(({ text, label }) => ({ text, label: [label] }));
		const { corpus: _, ...rest } = tiny({ training });
		const other = kept((await train({ ...rest, task, corpus: several })).model);
		expect(() => ensemble([models[0], other])).toThrow(
			'expected models of one label for each text, got multi_label_classification of model 2.',
		);
	});
});

describe('a hard vote', () => {
	let model: One;
	beforeAll(async () => {
		model = kept((await train(tiny({ training: { epochs: 1 } }))).model);
	});
	/** A predictor that says fixed probabilities of every document. */
	const saying = (...probabilities: number[]): Predictor<TextClassification> => {
		const label = model.labels[probabilities.indexOf(Math.max(...probabilities))]!;
		const said = map(() => ({ label, score: Math.max(...probabilities), probabilities, cut: false }));
		const step = (source: Iterable<object>) => pipe(source, said);
		const { config, task, labels, predict } = model;
		return Object.assign(step, { config, task, labels, predict, close: async () => {} }) as unknown as Predictor<TextClassification>;
	};
	it.each<[string, readonly (readonly number[])[], readonly number[] | undefined, number, number]>([
		[
			'the label that most say, though the mean is another one',
			[
				[0, 0.9, 0.1],
				[0.4, 0.3, 0.3],
				[0.4, 0.3, 0.3],
			],
			undefined,
			1,
			0,
		],
		[
			'of equal votes that of the larger mean',
			[
				[0.6, 0.3, 0.1],
				[0.2, 0.7, 0.1],
			],
			undefined,
			1,
			1,
		],
		[
			'votes by weight',
			[
				[0.4, 0.35, 0.25],
				[0.1, 0.2, 0.7],
				[0.1, 0.2, 0.7],
			],
			[3, 1, 1],
			2,
			0,
		],
		[
			'equal sums of weights that are rounded',
			[
				[0.9, 0, 0.1],
				[0.3, 0.4, 0.3],
				[0.3, 0.4, 0.3],
			],
			[0.3, 0.1, 0.2],
			0,
			0,
		],
	])('says %s', async (_, all, weights, soft, hard) => {
		const models = all.map((one) => saying(...one));
		const given = weights ? { weights } : {};
		const [bySoft] = await ensemble(models, { vote: 'soft', ...given }).predict(['a']);
		const [byHard] = await ensemble(models, { vote: 'hard', ...given }).predict(['a']);
		expect(bySoft!.label).toBe(model.labels[soft]);
		expect(byHard!.label).toBe(model.labels[hard]);
		expect(byHard!.probabilities).toEqual(bySoft!.probabilities);
		expect(byHard!.score).toBe(byHard!.probabilities[hard]);
	});
});
