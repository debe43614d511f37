// Classifiers over documents: learned, applied, saved, revived, in a chain.

import type { AnyStage } from 'textloom';
import {
	chain,
	fromJSON,
	learner,
	linearSvm,
	logisticRegression,
	map,
	naiveBayes,
	nbSvm,
	nearestNeighbours,
	toJSON,
	words,
} from 'textloom';
import type { SparseVector } from 'textloom/sparse';
import { describe, expect, it } from 'vitest';

const texts = {
	sea: [
		'the ferry left the harbour',
		'a storm closed the harbour',
		'the crew sang on the ferry',
		'渡轮 驶离 港口',
		'constructor of ships ⛵ toString',
	],
	market: ['oil prices rose again', 'bread prices fell', 'the market closed lower', '油价 上涨', 'shares of oil fell 📉'],
};
const docs = Object.entries(texts).flatMap(([label, all]) => all.map((text) => ({ text, label })));

/** Counts of tokens as features: the columns are the tokens seen in fitting. */
const counting = learner(
	{
		start: () => new Set<string>(),
		add: (seen, docs: readonly { tokens: string[] }[]) => {
			for (const { tokens } of docs) for (const token of tokens) seen.add(token);
		},
		merge: (seen, other) => {
			for (const token of other) seen.add(token);
		},
		finish: (seen) => countsOf([...seen]),
	},
	{ stage: 'counting' },
);

function countsOf(names: readonly string[]) {
	const places = new Map(names.map((name, place) => [name, place]));
	return map(
		({ tokens }: { tokens: string[] }): { features: SparseVector } => {
			const counts = new Map<number, number>();
			for (const token of tokens) {
				const place = places.get(token);
				if (place !== undefined) counts.set(place, (counts.get(place) ?? 0) + 1);
			}
			const indices = Int32Array.from(counts.keys()).sort();
			return { features: { indices, values: Float32Array.from(indices, (place) => counts.get(place)!), size: names.length } };
		},
		{ stage: 'counting', state: names },
	);
}
const stages = { counting: (_: object, state: unknown) => (state === undefined ? (counting as never) : countsOf(state as string[])) };

const makers = {
	naiveBayes: () => naiveBayes(),
	complement: () => naiveBayes({ variant: 'complement' }),
	logisticRegression: () => logisticRegression({ c: 10 }),
	l1: () => logisticRegression({ penalty: 'l1', c: 100 }),
	linearSvm: () => linearSvm(),
	nbSvm: () => nbSvm(),
	nbLogistic: () => nbSvm({ classifier: 'logistic' }),
	nearestNeighbours: () => nearestNeighbours({ neighbours: 1 }),
};

describe.each(Object.entries(makers))('%s', (_, make) => {
	it('learns in a chain, says what it learned, and comes back from JSON', async () => {
		const fitted = await chain(words(), counting, make()).fit(docs);
		const out = fitted.apply(docs);
		expect(out.map(({ predicted }) => predicted)).toEqual(docs.map(({ label }) => label));
		const back = fromJSON<AnyStage>(JSON.stringify(toJSON(fitted, { stages })), { stages });
		const [unseen] = back.apply([{ text: 'harbour ferry 😀' }]);
		expect(unseen).toMatchObject({ predicted: 'sea' });
		expect(back.apply(docs)).toEqual(out);
	});

	it('learns the same again', async () => {
		const made = chain(words(), counting, make());
		const json = async () => JSON.stringify(toJSON(await made.fit(docs), { stages }));
		expect(await json()).toBe(await json());
	});
});

describe('calibration', () => {
	it.each(['sigmoid', 'isotonic', 'temperature'] as const)('%s holds out a share of each class, by seed', async (calibration) => {
		const featured = (await chain(words(), counting).fit(docs)).apply(docs);
		const many = Array.from({ length: 6 }, () => featured).flat();
		const fitted = await linearSvm({ calibration, scores: true, seed: 4 }).fit(many);
		const out = fitted.apply(many);
		for (const { scores, score, predicted } of out) {
			expect(scores![0]! + scores![1]!).toBeCloseTo(1, 12);
			expect(score).toBe(Math.max(...scores!));
			expect(predicted).toBe(fitted.classes[scores!.indexOf(score)]);
		}
		expect(out.filter(({ predicted, label }) => predicted === label).length).toBe(out.length);
		expect(fromJSON<AnyStage>(JSON.stringify(toJSON(fitted))).apply(many)).toEqual(out);
	});

	it('needs two documents of each class', async () => {
		const featured = (await chain(words(), counting).fit(docs)).apply(docs).slice(0, 6);
		await expect(linearSvm({ calibration: 'sigmoid' }).fit(featured)).rejects.toThrow(
			"linearSvm: expected two rows of each class to calibrate on some, got 1 of 'market'. Add rows, or leave calibration out.",
		);
	});
});

it('naive Bayes counts in parts what it counts of all', async () => {
	const featured = (await chain(words(), counting).fit(docs)).apply(docs);
	const { tally, fit } = naiveBayes();
	const parts = [featured.slice(0, 3), [], featured.slice(3)].map((some) => {
		const part = tally!.start();
		tally!.add(part, some);
		return structuredClone(part);
	});
	const whole = tally!.start();
	for (const part of parts) tally!.merge(whole, part);
	expect(toJSON(tally!.finish(whole))).toEqual(toJSON(await fit(featured)));
});

it('says which document has a number that is none', async () => {
	const row = (value: number) => ({ indices: Int32Array.of(1), values: Float32Array.of(value), size: 2 });
	const two = [
		{ features: row(1), label: 'a' },
		{ features: row(Number.NaN), label: 'b' },
	];
	await expect(linearSvm().fit(two)).rejects.toThrow('linearSvm: expected finite numbers, got NaN in row 1, column 1.');
	await expect(naiveBayes().fit(two)).rejects.toThrow('document 2: naiveBayes: expected finite numbers, got NaN');
});

it('names the features that say most for a class', async () => {
	const counted = await chain(words(), counting).fit(docs);
	const names = counted.spec.parts!.at(-1)!.state as string[];
	const { model } = await logisticRegression().fit(counted.apply(docs));
	const [market, sea] = model.topFeatures(names, 3);
	expect(market!.class).toBe('market');
	expect(market!.features.map(({ name }) => name)).toContain('prices');
	expect(sea!.features.map(({ name }) => name)).toContain('harbour');
	expect(sea!.features[0]!.weight).toBeGreaterThan(0);
	const bayes = (await naiveBayes().fit(counted.apply(docs))).model.topFeatures(names, 1);
	expect(bayes.map(({ features }) => features[0]!.name)).toEqual(['oil', 'the']);
});

it('refuses documents of other features, and a state that is none', async () => {
	const row = { indices: Int32Array.of(0), values: Float32Array.of(1), size: 2 };
	const two = [
		{ features: row, label: 'a' },
		{ features: { ...row, indices: Int32Array.of(1) }, label: 'b' },
	];
	const fitted = await linearSvm().fit(two);
	expect(() => fitted.apply([{ features: row }, { features: { ...row, size: 3 } }])).toThrow(
		'document 2: linearSvm: expected features of 2 columns, as in fitting, got 3. Take them from the same fitted stage.',
	);
	await expect(linearSvm().fit(two.slice(0, 1))).rejects.toThrow(
		/linearSvm: expected rows of at least two classes to fit on, got 1 row of the class 'a' only/,
	);
	await expect(linearSvm().fit([])).rejects.toThrow('expected rows of at least two classes to fit on, got no rows.');
	const saved = toJSON(fitted);
	for (const state of [
		{ kind: 'linear' },
		{ kind: 'odd' },
		[],
		'x',
		{ kind: 'calibrated', model: {} },
		{ kind: 'neighbours', classes: ['a', 'b'] },
	]) {
		const broken = { ...saved, stages: [{ ...saved.stages[0]!, state }] };
		expect(() => fromJSON(JSON.parse(JSON.stringify(broken)))).toThrow(
			/^linearSvm: expected the state of a fitted classifier, got .*Save the pipeline again\.$/,
		);
	}
});
