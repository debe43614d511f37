// What a stepper refuses: one line each, before anything has changed.
import { tensor } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { sgd } from 'textloom/optim';
import { initialWeights, type Minibatch, type StepBatch, type Trainable, type TrainingGraphOptions, trainingGraph } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { bits, line, mixed, mixedSamples } from './mixed.js';
import { dataOf, testStepper } from './steps.js';

const samples = mixedSamples(20);
const batchOf = (from: number, to: number, time = 7) =>
	samples.batch(
		Uint32Array.from({ length: to - from }, (_, i) => from + i),
		{ time },
	);
const batch = batchOf(0, 4);
const plain = {};
const several = { stepsPerRun: 3, tables: 'graph' } as const;
const together = { accumulate: 3 } as const;
const mask = (length: number) => new Float32Array(length).fill(1);

it.each<[string, TrainingGraphOptions, Omit<StepBatch, 'step'>, string]>([
	[
		'no batch',
		plain,
		{ batches: [], rates: [1] },
		'step: expected 1 to 1 batches and a rate for each step, got 0 and 1. Build the graph with stepsPerRun or accumulate for more.',
	],
	[
		'two batches',
		plain,
		{ batches: [batch, batch], rates: [1] },
		'step: expected 1 to 1 batches and a rate for each step, got 2 and 1. Build',
	],
	[
		'four of three',
		several,
		{ batches: [batch, batch, batch, batch], rates: [1, 1, 1, 1] },
		'step: expected 1 to 3 batches and a rate for each step, got 4 and 4. Build',
	],
	['no rate', plain, { batches: [batch], rates: [] }, 'step: expected 1 to 1 batches and a rate for each step, got 1 and 0. Build'],
	[
		'one rate for two steps',
		several,
		{ batches: [batch, batch], rates: [1] },
		'step: expected 1 to 3 batches and a rate for each step, got 2 and 1. Build',
	],
	[
		'two rates for one step',
		together,
		{ batches: [batch, batch], rates: [1, 1] },
		'step: expected 1 to 3 batches and a rate for each step, got 2 and 2. Build',
	],
	[
		'a missing input',
		plain,
		{ batches: [without(batch, 'targets')], rates: [1] },
		"batch: expected targets to be int32 batch, got none. Make it as the model's inputs say.",
	],
	[
		'a missing input of the last batch',
		together,
		{ batches: [batch, without(batch, 'ids')], rates: [1] },
		'batch: expected ids to be int32 batch×time, got none.',
	],
	[
		'a wrong type',
		plain,
		{ batches: [{ ...batch, targets: tensor('float32', [4], [0, 1, 2, 0]) }], rates: [1] },
		'batch: expected targets to be int32 batch, got float32 4.',
	],
	[
		'a wrong width',
		plain,
		{ batches: [{ ...batch, numbers: tensor('float32', [4, 3], mask(12)) }], rates: [1] },
		'batch: expected numbers to be float32 batch×4, got float32 4×3.',
	],
	[
		'sizes that differ',
		plain,
		{ batches: [{ ...batch, targets: tensor('int32', [3], [0, 1, 2]) }], rates: [1] },
		'batch: expected targets to be int32 batch, got int32 3 where batch is 4.',
	],
	[
		'batches of two sizes in one run',
		several,
		{ batches: [batch, batchOf(4, 7)], rates: [1, 1] },
		'step: expected batches of one size in one run, got batch 4, time 7 and batch 3, time 7. Run them one after the other.',
	],
	[
		'batches of two lengths in one run',
		several,
		{ batches: [batch, batchOf(4, 8, 9)], rates: [1, 1] },
		'step: expected batches of one size in one run, got batch 4, time 7 and batch 4, time 9.',
	],
	[
		'masks for one batch of two',
		together,
		{ batches: [batch, batch], rates: [1], masks: [[mask(64)]] },
		'step: expected 1 masks for each of 2 batches, got 1. Leave them out to draw them.',
	],
	[
		'too many masks',
		plain,
		{ batches: [batch], rates: [1], masks: [[mask(64), mask(64)]] },
		'step: expected 1 masks for each of 1 batches, got 2. Leave them out to draw them.',
	],
	[
		'a mask of another size',
		plain,
		{ batches: [batch], rates: [1], masks: [[mask(63)]] },
		'session: expected 64 numbers in input mask.0 of 4×16, got 63.',
	],
	[
		'an id outside the table',
		plain,
		{ batches: [{ ...batch, ids: tensor('int32', [4, 1], [1, 2, 700, 3]) }], rates: [1] },
		'table embed.weight: expected ids in [0, 700), got 700 at position 2.',
	],
])('%s', async (_, options, request, message) => {
	const model = mixed({ dropout: 0.5 });
	const optimizer = sgd({ rate: 1 });
	const stepper = await testStepper(trainingGraph(model, optimizer, options), optimizer, initialWeights(model, 0), { threads: 1 });
	const before = stepper.state();
	const error = await stepper.step({ ...request, step: 1 }).catch((error: Error) => error);
	expect(error).toBeInstanceOf(Error);
	expect((error as Error).message).toContain(message);
	expect((error as Error).message).not.toContain('\n');
	expect(bits(stepper.state())).toEqual(bits(before));
	// And goes on.
	const { losses } = await stepper.step({ batches: [batch], rates: [1], step: 1 });
	expect(losses.every(Number.isFinite)).toBe(true);
	await stepper.release();
});

function without(batch: Minibatch, name: string): Minibatch {
	return Object.fromEntries(Object.entries(batch).filter(([key]) => key !== name));
}

it('what a batch holds beside the inputs is left alone', async () => {
	const stepper = await testStepper(trainingGraph(mixed(), sgd(), several), sgd(), initialWeights(mixed(), 0), { threads: 1 });
	const more = { ...batch, note: tensor('float32', [1], [1]) };
	const { losses } = await stepper.step({ batches: [more, batch], rates: [0, 0], step: 1 });
	expect(losses[0]).toBe(losses[1]);
	await stepper.release();
});

it('evaluates a batch, and refuses one that does not fit', async () => {
	const stepper = await testStepper(trainingGraph(mixed(), sgd()), sgd(), initialWeights(mixed(), 0), { threads: 1 });
	const { losses, outputs } = await stepper.evaluate(batch, ['logits']);
	expect([losses.loss!.weight, outputs.logits!.data.length]).toEqual([4, 12]);
	await expect(stepper.evaluate(without(batch, 'lengths'))).rejects.toThrow('batch: expected lengths to be int32 batch, got none.');
	await stepper.release();
});

describe('the beginning', () => {
	it('needs all weights, of their sizes', async () => {
		const graph = trainingGraph(mixed(), sgd());
		const weights = initialWeights(mixed(), 0);
		const { 'out.bias': _, ...fewer } = weights;
		await expect(testStepper(graph, sgd(), fewer)).rejects.toThrow(
			'createStepper: expected 3 numbers of float32 for out.bias, got none. Begin with weights of this network.',
		);
		await expect(testStepper(graph, sgd(), { ...weights, 'embed.weight': mask(80) })).rejects.toThrow(
			'expected 56000 numbers of float32 for embed.weight, got 80 of float32.',
		);
	});

	it.each(['rate', 'step', 'weight'])('an input cannot have the name %s, which is taken', (name) => {
		const { parameters } = line();
		const layer = nn.linear({ in: 1, out: 1 });
		const model: Trainable = {
			parameters: { ...parameters, ...layer.parameters },
			inputs: { x: { dtype: 'float32', shape: ['batch', 1] }, [name]: { dtype: 'float32', shape: ['batch', 1] } },
			apply: ({ x }) => ({ guess: layer.apply(x!) }),
			loss: ({ guess }, inputs) => nn.mseLoss(guess!, inputs[name]!),
		};
		expect(() => trainingGraph(model, sgd())).toThrow(
			new RegExp(`^trainingGraph: expected inputs of other names than ${name}, which is (taken|a parameter)\\. Rename it\\.$`),
		);
	});

	it('warns of parameters that the loss does not depend on: they stay as they are', async () => {
		const [used, unused] = [nn.linear({ in: 1, out: 1 }), nn.linear({ in: 1, out: 1 })];
		const model: Trainable = {
			...line(),
			parameters: { used: used.parameters, unused: unused.parameters },
			apply: ({ x }) => ({ guess: used.apply(x!) }),
		} as Trainable;
		const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
		const graph = trainingGraph(model, sgd());
		expect((await warned).message).toContain('expected the loss to depend on every parameter, got none on unused.weight, unused.bias.');
		const start = initialWeights(model, 0);
		const stepper = await testStepper(graph, sgd(), start, { threads: 1 });
		await stepper.step({ batches: [{ x: tensor('float32', [1, 1], [1]), y: tensor('float32', [1, 1], [5]) }], rates: [0.1], step: 1 });
		const end = stepper.state();
		await stepper.release();
		expect(end['unused.weight']).toEqual(dataOf(start['unused.weight']!));
		expect(end['used.weight']).not.toEqual(dataOf(start['used.weight']!));
	});
});
