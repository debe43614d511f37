// Several losses by name: each counts by its own weight, and records and validations tell them apart.
import { tensor } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { sgd } from 'textloom/optim';
import { type FitSettings, fit, initialWeights, type Samples, type Trainable, trainingGraph } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { largestDifference } from './mixed.js';

/** Numbers [batch, 2] to a number and to a class; classes of −1 are left out. */
function twoHeads(factor = 1): Trainable<'x' | 'y' | 'targets'> {
	const [number, classes] = [nn.linear({ in: 2, out: 1 }), nn.linear({ in: 2, out: 3 })];
	return {
		parameters: { number: number.parameters, classes: classes.parameters },
		inputs: {
			x: { dtype: 'float32', shape: ['batch', 2] },
			y: { dtype: 'float32', shape: ['batch', 1] },
			targets: { dtype: 'int32', shape: ['batch'] },
		},
		apply: ({ x }) => ({ guess: number.apply(x), logits: classes.apply(x) }),
		loss: ({ guess, logits }, { y, targets }) => ({
			distance: nn.mseLoss(guess!, y),
			topic: nn.weighted(nn.crossEntropy(logits!, targets, { ignore: -1 }), factor),
		}),
	};
}

const size = 12;
/** Only the first five have a class: batches weigh differently in the two losses. */
const samples: Samples = {
	size,
	batch: (numbers) => {
		const all = Array.from(numbers);
		return {
			x: tensor(
				'float32',
				[all.length, 2],
				all.flatMap((i) => [Math.sin(i), Math.cos(3 * i)]),
			),
			y: tensor(
				'float32',
				[all.length, 1],
				all.map((i) => i / 6 - 1),
			),
			targets: tensor(
				'int32',
				[all.length],
				all.map((i) => (i < 5 ? i % 3 : -1)),
			),
		};
	},
	order: (_, { batchSize }) =>
		Array.from({ length: size / batchSize }, (_, i) => Uint32Array.from({ length: batchSize }, (_, j) => i * batchSize + j)),
	fingerprint: () => 'twelve',
};
const run = (model: Trainable, settings: FitSettings = {}) =>
	fit(model, samples, { optimizer: sgd({ rate: 0.5 }), batchSize: size, steps: 3, threads: 1, validation: samples, ...settings });

describe('two losses', () => {
	it('are told apart in records and validations, and their sum is the loss', async () => {
		const { history } = await run(twoHeads());
		for (const { loss, losses, validation } of history) {
			expect(Object.keys(losses!)).toEqual(['distance', 'topic']);
			expect(loss).toBeCloseTo(losses!.distance! + losses!.topic!, 6);
			expect(validation!.loss).toBeCloseTo(validation!.distance! + validation!.topic!, 6);
		}
		expect(history.at(-1)!.loss).toBeLessThan(history[0]!.loss);
	});

	it('add up over the batches of a step as in one large batch, where batches weigh differently in each', async () => {
		const whole = await run(twoHeads());
		for (const [batchSize, accumulate] of [
			[4, 3],
			[2, 6],
			[1, 12],
		] as const) {
			const { weights, history } = await run(twoHeads(), { batchSize, accumulate });
			expect(largestDifference(weights, whole.weights)).toBeLessThan(1e-6);
			for (const [place, { losses, validation }] of history.entries()) {
				for (const name of ['distance', 'topic']) {
					expect(losses![name]).toBeCloseTo(whole.history[place]!.losses![name]!, 6);
					expect(validation![name]).toBeCloseTo(whole.history[place]!.validation![name]!, 6);
				}
			}
		}
	});

	it('change nothing where nothing counts in a whole step', async () => {
		const without: Samples = {
			...samples,
			batch: (numbers, lengths) => ({
				...samples.batch(numbers, lengths),
				targets: tensor('int32', [numbers.length], new Int32Array(numbers.length).fill(-1)),
			}),
		};
		const start = initialWeights(twoHeads(), 0);
		for (const settings of [{ accumulate: 3, batchSize: 4 }, {}]) {
			const { weights, history } = await fit(twoHeads(), without, {
				optimizer: sgd({ rate: 0.5 }),
				batchSize: size,
				steps: 2,
				threads: 1,
				...settings,
			});
			for (const name of ['classes.weight', 'classes.bias']) expect(weights[name]!.data).toEqual(start[name]!.data);
			expect(weights['number.weight']!.data).not.toEqual(start['number.weight']!.data);
			expect(history.at(-1)!.losses!.topic).toBe(0);
		}
	});

	it('count by their factors', async () => {
		const model = (factor: number) => twoHeads(factor);
		const start = initialWeights(model(1), 0);
		const [half, none] = [await run(model(0.5), { steps: 1 }), await run(model(0), { steps: 1 })];
		const [whole] = [await run(model(1), { steps: 1 })];
		const moved = (result: typeof whole, name: string) =>
			Array.from(result.weights[name]!.data as Float32Array, (value, i) => value - (start[name]!.data[i] as number));
		for (const [i, by] of moved(half, 'classes.weight').entries()) expect(by).toBeCloseTo(moved(whole, 'classes.weight')[i]! / 2, 6);
		for (const by of moved(none, 'classes.weight')) expect(Math.abs(by)).toBe(0);
		expect(moved(none, 'number.weight')).toEqual(moved(whole, 'number.weight'));
		expect(none.history[0]!.losses!.topic).toBe(0);
	});
});

it.each([
	['no loss', () => ({}), 'model: expected a loss, got none. Give one, or several by name.'],
	[
		'a plain value',
		({ guess }: Record<string, unknown>) => guess,
		"model: expected loss to be a loss of two scalars, sum and weight, got a value of batch×1. Take one of nn's losses, or nn.loss of the losses of elements.",
	],
	[
		'one of several called loss',
		({ guess }: never, { y }: never) => ({ loss: nn.mseLoss(guess, y), other: nn.mseLoss(guess, y) }),
		'trainingGraph: expected other names than loss for one of several losses, got loss. Rename it.',
	],
] as const)('%s is refused', (_, loss, message) => {
	expect(() => trainingGraph({ ...twoHeads(), loss } as unknown as Trainable, sgd())).toThrow(message);
});
