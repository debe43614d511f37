// Cross-validation: equal to scikit-learn's, with nothing learned from what is held out.
import { chain, documents, filter, learner, map, pipe, take, vocabulary, whitespace } from 'textloom';
import { crossValidate, groupKFold, kFold, stratifiedKFold, trainTestSplit } from 'textloom/selection';
import { documentsFrom } from 'textloom/stream';
import { describe, expect, it } from 'vitest';
import { golden } from './golden.js';
import { centroid, counting, type Doc, majority } from './learners.js';

const { docs } = golden;
const labels = docs.map(({ label }) => label);
const ordered = stratifiedKFold(labels, { folds: 3, shuffle: false });
const classifier = () => chain(whitespace(), centroid());

describe('cross-validation', () => {
	it.each(Object.keys(golden.scores) as (keyof typeof golden.scores)[])('has the scores of scikit-learn: %s', async (score) => {
		const done = await crossValidate(classifier(), docs, { folds: ordered, score });
		expect(done.predictions).toEqual(golden.predictions);
		const theirs = golden.scores[score];
		for (const [fold, value] of done.scores.entries()) expect(value).toBeCloseTo(theirs[fold]!, 12);
		const mean = theirs.reduce((a, b) => a + b) / 3;
		expect(done.mean).toBeCloseTo(mean, 12);
		expect(done.deviation).toBeCloseTo(Math.sqrt(theirs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3), 12);
		expect(done.seconds).toBeGreaterThan(0);
	});

	it('learns from the training documents of each fold, and from nothing else', async () => {
		const fits: Doc[][] = [];
		const folds = stratifiedKFold(labels, { folds: 3, seed: 5 });
		const told: object[] = [];
		const { scores } = await crossValidate(majority(fits), docs, { folds: 3, seed: 5, onFold: (done) => told.push(done) });
		expect(fits).toEqual(folds.map(({ train }) => Array.from(train, (row) => docs[row])));
		expect(told).toMatchObject(scores.map((score, fold) => ({ fold, folds: 3, score })));
	});

	it('lets a vocabulary see the training documents alone, too', async () => {
		const sizes: number[] = [];
		const watching = learner(async (some: AsyncIterable<{ ids: Int32Array; label: string }>) => {
			let largest = 0;
			for await (const { ids } of some) largest = Math.max(largest, ...ids);
			sizes.push(largest + 1);
			return map(() => ({ predicted: 'sea' }));
		});
		await crossValidate(chain(whitespace(), vocabulary(), watching), docs, { folds: ordered });
		const expected = ordered.map(({ train }) => new Set(Array.from(train, (row) => docs[row]!.text.split(' ')).flat()).size + 2);
		expect(sizes).toEqual(expected);
	});

	it('applies what learns nothing once to each document, before the first learner', async () => {
		for (const source of [
			docs,
			documents(docs),
			documentsFrom(async function* () {
				yield* [docs.slice(0, 4), docs.slice(4)];
			}),
		]) {
			for (const inMemory of [0, 1000]) {
				const { stage, seen } = counting();
				const done = await crossValidate(chain(stage, whitespace(), centroid()), source, { folds: ordered, inMemory });
				expect(seen()).toBe(docs.length);
				expect(done.predictions).toEqual(golden.predictions);
			}
		}
	});

	it('asks a function for a pipeline once for each fold', async () => {
		const asked: number[] = [];
		const make = (fold: number) => {
			asked.push(fold);
			return classifier();
		};
		expect((await crossValidate(make, docs, { folds: ordered })).predictions).toEqual(golden.predictions);
		expect(asked).toEqual([0, 1, 2]);
	});

	it('takes folds as they are, one alone, and those of groups', async () => {
		const held = trainTestSplit(docs, { test: 6, seed: 1, stratify: 'label' });
		const one = await crossValidate(classifier(), docs, { folds: [held] });
		expect(one.scores).toHaveLength(1);
		expect(one.predictions.filter((label) => label !== undefined)).toHaveLength(6);
		for (const row of held.test) expect(one.predictions[row]).toBeTypeOf('string');
		const groups = groupKFold(
			docs.map(({ text }) => text.length),
			{ folds: 4 },
		);
		expect((await crossValidate(majority(), docs, { folds: groups })).scores).toHaveLength(4);
		// By arrays in any order, as from elsewhere.
		const folds = ordered.map(({ train, test }) => ({ train: Array.from(train).reverse(), test: Array.from(test) }));
		expect((await crossValidate(classifier(), docs, { folds: folds as never })).predictions).toEqual(golden.predictions);
	});

	it('takes a stage that has nothing to learn, labels by a function, other fields, and a score of your own', async () => {
		const rule = map(({ text }: { text: string }) => ({ sea: /boat|ferry|harbour|sea/.test(text), sure: text.length }), { stage: 'rule' });
		const truth = ({ label }: Doc) => label === 'sea';
		let seen = 0;
		const { predictions, mean } = await crossValidate(rule, docs, {
			...{ folds: 3, label: truth, predicted: 'sea' },
			score(labels, predicted, some) {
				seen += some.length;
				for (const [i, doc] of some.entries()) {
					const { sea, sure, label, text } = doc as Doc & { sea: boolean; sure: number };
					expect([sea, label === 'sea', sure]).toEqual([predicted[i], labels[i], text.length]);
				}
				return -labels.filter((label, i) => label !== predicted[i]).length;
			},
		});
		expect(seen).toBe(docs.length);
		expect(predictions).toEqual(docs.map(({ text }) => /boat|ferry|harbour|sea/.test(text)));
		expect(mean).toBeLessThan(0);
	});

	it('divides without heed of classes where told', async () => {
		const fits: Doc[][] = [];
		await crossValidate(majority(fits), docs, { folds: 4, stratify: false, seed: 2 });
		expect(fits).toEqual(kFold(docs.length, { folds: 4, seed: 2 }).map(({ train }) => Array.from(train, (row) => docs[row])));
	});

	it('works on the fewest documents that there can be', async () => {
		const two = ['a', 'a', 'b', 'b'].map((label) => ({ text: label, label }));
		expect((await crossValidate(classifier(), two, { folds: 2 })).scores).toEqual([1, 1]);
		expect((await crossValidate(majority(), two.slice(0, 2), { folds: 2 })).predictions).toEqual(['a', 'a']);
	});

	it('ends by the signal, before it begins, between folds and while it learns', async () => {
		const reason = new Error('enough');
		await expect(crossValidate(classifier(), docs, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
		for (const when of ['fold', 'fit']) {
			const controller = new AbortController();
			const fits: Doc[][] = [];
			const slow = learner(async (some: AsyncIterable<Doc>) => {
				if (when === 'fit' && fits.length === 1) controller.abort(reason);
				for await (const _ of some);
				fits.push([]);
				return map(() => ({ predicted: 'sea' }));
			});
			const onFold = () => when === 'fold' && controller.abort(reason);
			await expect(crossValidate(slow, docs, { signal: controller.signal, onFold })).rejects.toBe(reason);
			expect(reason.message).toBe('enough');
			expect(fits).toHaveLength(1);
		}
	});
});

// biome-ignore lint/suspicious/noExplicitAny: as JavaScript calls it.
const cross = crossValidate as any;
const named = (text: string) => map(() => ({ predicted: text }));

it.each<[call: () => Promise<unknown>, message: string]>([
	[
		() => cross(),
		'crossValidate: expected pipeline to be something that learns, a stage, or a function that makes one of these, got nothing. Pass chain(words(), …).',
	],
	[
		() => cross({}, docs),
		'crossValidate: expected pipeline to be something that learns, a stage, or a function that makes one of these, got {}.',
	],
	[
		() => cross(() => 5, docs),
		'crossValidate: expected a function that makes a chain, a learner or a stage, got number. Return chain(words(), …).',
	],
	[
		() => cross(vocabulary, docs),
		'crossValidate: expected pipeline to be something that learns, a stage, or a function that makes one of these, got [Function',
	],
	[() => cross(majority(), 5), 'crossValidate: expected source to be documents: an array, an iterable or an async iterable, got 5.'],
	[() => cross(majority(), docs.values()), 'crossValidate: expected documents that can be read several times, got a generator or stream'],
	[() => cross(majority(), docs, { fold: 3 }), 'crossValidate: expected an option that it has, got fold. Did you mean folds?'],
	[
		() => cross(majority(), docs, { folds: 1 }),
		'crossValidate: expected folds to be a whole number from 2, or an array of folds { train, test }, got 1.',
	],
	[
		() => cross(majority(), docs, { folds: [] }),
		'crossValidate: expected folds to be a whole number from 2, or an array of folds { train, test }, got [].',
	],
	[
		() => cross(majority(), docs, { score: 'f1' }),
		"crossValidate: expected score to be one of 'accuracy', 'balancedAccuracy', 'f1Macro', 'f1Micro', 'f1Weighted' or a function, got 'f1'.",
	],
	[() => cross(majority(), docs, { folds: 30 }), 'stratifiedKFold: expected at least 30 rows of each class for 30 folds, got 12 of "sea".'],
	[() => cross(majority(), [], {}), 'stratifiedKFold: expected at least 5 rows of each class for 5 folds, got none.'],
	[() => cross(majority(), [], { stratify: false }), 'kFold: expected at least 5 rows for 5 folds, got 0.'],
	[
		() => cross(majority(), docs, { label: 'topic' }),
		'crossValidate: expected a text, a number or a truth value as "topic" of document 1, got nothing.',
	],
	[
		() => cross(majority(), docs, { folds: [{ train: [0, 1], test: [1, 2] }] }),
		'crossValidate: expected fold 1 to divide some of the rows 0 to 29, got row 1 on both sides. Make it with kFold, or with trainTestSplit.',
	],
	[
		() => cross(majority(), docs, { folds: [{ train: [0, 99], test: [1] }] }),
		'crossValidate: expected fold 1 to divide some of the rows 0 to 29, got row 99.',
	],
	[
		() => cross(majority(), docs, { folds: [{ train: [0, 0], test: [1] }] }),
		'crossValidate: expected fold 1 to divide some of the rows 0 to 29, got rows that are no whole numbers, or twice the same.',
	],
	[
		() => cross(majority(), docs, { folds: [{ train: [], test: [1] }] }),
		'crossValidate: expected fold 1 to divide some of the rows 0 to 29, got 0 rows to learn from and 1 to test on.',
	],
	[
		() => cross(chain(take(5), majority()), docs),
		'crossValidate: expected stages that hand on each document in its place, got take. Do that before: pipe(docs, take(…)).',
	],
	[
		() =>
			cross(
				chain(
					filter(({ text }: Doc) => !text.includes('sea')),
					majority(),
				),
				docs,
			),
		'crossValidate: expected stages that hand on each of 30 documents, got 29 of them. Leave documents out, or add some, before: pipe(docs, …).',
	],
	[
		() =>
			cross(
				chain(
					majority(),
					filter(({ text }: Doc) => !text.includes('sea')),
				),
				docs,
				{ folds: ordered },
			),
		'crossValidate: expected a prediction for each of 10 documents, got 9. Leave documents out, or add some, before: pipe(docs, …).',
	],
	[
		() => cross(chain(vocabulary(), majority()), docs),
		'fold 1: document 1: vocabulary: expected an array of texts in the field "tokens", got nothing',
	],
	[
		() => cross(chain(whitespace(), vocabulary({ minCount: 99 })), docs),
		'fold 1: vocabulary: expected tokens that occur 99 times, got none',
	],
	[
		() => cross(chain(whitespace(), vocabulary()), docs),
		'crossValidate: expected a prediction in the field "predicted", got nothing (the documents have text, label, tokens, ids). Put a classifier at the end, or name its field: { predicted: … }.',
	],
	[
		() =>
			cross(
				named('1'),
				docs.map((doc) => ({ ...doc, label: 1 })),
				{ folds: 2 },
			),
		'crossValidate: expected predictions of the type of the labels, number, got string in "predicted".',
	],
	[
		() => cross(named('a'), docs, { score: () => Number.NaN }),
		'crossValidate: expected the score to be a finite number, got NaN. Correct the function that gives it.',
	],
])('%s is refused: %s', async (call, message) => {
	const error = await call().catch((error: unknown) => error);
	expect(error).toBeInstanceOf(Error);
	expect((error as Error).message.slice(0, message.length)).toBe(message);
	expect((error as Error).message).toMatch(/^[^\n]+: expected [^\n]+[.?)]$/);
});

it('does what is to be done to documents before', async () => {
	const short = pipe(
		documents(docs),
		filter(({ text }: Doc) => text.length < 45),
	);
	const done = await crossValidate(majority(), short, { folds: 2 });
	expect(done.predictions.length).toBe(docs.filter(({ text }) => text.length < 45).length);
});
