// A look into a step: gradient norms, dead units and ratios of update to weight are what they are by hand, and looking changes nothing.
import { backward, createSession, emit, input, ops, type Tensor, tensor, writeOnnx } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { adam, type Optimizer, sgd } from 'textloom/optim';
import {
	fit,
	initialWeights,
	type Minibatch,
	type Trainable,
	type TrainingGraphOptions,
	tensorSamples,
	trainingGraph,
} from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { bits, mixed, mixedSamples } from './mixed.js';
import { testStepper } from './steps.js';

const samples = mixedSamples(40);
const batchOf = (from: number, to: number) =>
	samples.batch(
		Uint32Array.from({ length: to - from }, (_, i) => from + i),
		{ time: 7 },
	);
const norm = (numbers: ArrayLike<number>) => Math.hypot(...Array.from(numbers));

/** The norms of a model's gradients, straight from `backward`. */
async function normsOf(model: Trainable, weights: Readonly<Record<string, Tensor>>, batch: Minibatch) {
	const inputs = Object.fromEntries(Object.entries(model.inputs).map(([name, { dtype, shape }]) => [name, input(name, dtype, shape)]));
	const named = Object.fromEntries(nn.namedParameters(model.parameters));
	const gradients = backward(nn.meanLoss(model.loss(model.apply(inputs, nn.prediction), inputs) as nn.Loss), Object.values(named));
	const outputs = Object.fromEntries(Object.keys(named).map((name, place) => [`d ${name}`, gradients[place]!]));
	const session = await createSession(writeOnnx(emit({ inputs: { ...inputs, ...named }, outputs })));
	const results = await session.run({ ...batch, ...weights });
	await session.release();
	return Object.fromEntries(Object.keys(named).map((name) => [name, norm(results[`d ${name}`]!.data as Float32Array)]));
}

async function diagnosed(batches: readonly Minibatch[], options: TrainingGraphOptions, optimizer: Optimizer = sgd({ rate: 0.3 })) {
	const start = initialWeights(mixed(), 1);
	const stepper = await testStepper(trainingGraph(mixed(), optimizer, { diagnose: true, ...options }), optimizer, start, { threads: 1 });
	const { layers } = await stepper.step({ batches, rates: [0.3], step: 1, diagnose: true });
	const { layers: none } = await stepper.step({ batches, rates: [0], step: 2 });
	expect(none).toBeUndefined();
	const end = stepper.state();
	await stepper.release();
	return { layers: layers!, start, end };
}

describe.each(['host', 'graph'] as const)('with a %s table', (tables) => {
	it('norms are those of backward, ratios those of the weights before and after', async () => {
		const { layers, start, end } = await diagnosed([batchOf(0, 40)], { tables });
		const expected = await normsOf(mixed(), start, batchOf(0, 40));
		expect(Object.keys(layers.parameters).sort()).toEqual(Object.keys(expected).sort());
		// Row 0 is that of padding: a mean by lengths has no gradient there.
		for (const [name, { gradient, update }] of Object.entries(layers.parameters)) {
			expect(gradient, name).toBeGreaterThan(0);
			expect(gradient / expected[name]!, name).toBeCloseTo(1, 4);
			const moved = end[name]!.map((value, i) => value - (start[name]!.data[i] as number));
			expect(update / (norm(moved) / norm(end[name]!)), name).toBeCloseTo(1, 4);
			// Plain gradient descent moves by rate · gradient.
			expect(norm(moved) / (0.3 * gradient), name).toBeCloseTo(1, 3);
		}
	});

	it('of a step of several batches they are those of the whole', async () => {
		const parts = await diagnosed([batchOf(0, 16), batchOf(16, 32), batchOf(32, 40)], { tables, accumulate: 3 });
		const whole = await diagnosed([batchOf(0, 40)], { tables });
		for (const [name, { gradient, update }] of Object.entries(whole.layers.parameters)) {
			expect(parts.layers.parameters[name]!.gradient / gradient, name).toBeCloseTo(1, 4);
			expect(parts.layers.parameters[name]!.update / update, name).toBeCloseTo(1, 4);
		}
	});

	it('weights are bit for bit the same with and without; records hold what was found', async () => {
		const settings = { optimizer: adam({ rate: 0.01 }), batchSize: 8, epochs: 2, validateEvery: 3, tables, threads: 1 };
		const model = () => mixed({ dropout: 0.3, norm: true });
		const [plain, looked] = [await fit(model(), samples, settings), await fit(model(), samples, { ...settings, diagnose: true })];
		expect(bits(looked.weights)).toEqual(bits(plain.weights));
		expect(looked.history.map(({ step }) => step)).toEqual([3, 6, 9, 10]);
		for (const { layers } of looked.history) {
			expect(Object.keys(layers!.parameters).sort()).toEqual(
				['embed.weight', 'inner.bias', 'inner.weight', 'norm.bias', 'norm.weight', 'out.bias', 'out.weight'].sort(),
			);
			for (const { gradient, update } of Object.values(layers!.parameters)) {
				expect(gradient).toBeGreaterThanOrEqual(0);
				expect(update).toBeGreaterThanOrEqual(0);
			}
			expect(Object.keys(layers!.dead)).toEqual(['relu']);
		}
		for (const record of plain.history) expect(record.layers).toBeUndefined();
	});
});

it('the row of padding counts in no norm, wherever the table is', async () => {
	// A plain mean reads padding, too.
	const embed = nn.embedding({ size: 700, width: 80, initial: nn.constantly(0.5), padding: 0 });
	const model: Trainable<'ids' | 'y'> = {
		parameters: { embed: embed.parameters },
		inputs: { ids: { dtype: 'int32', shape: ['batch', 2] }, y: { dtype: 'float32', shape: ['batch', 80] } },
		apply: ({ ids }) => ({ guess: ops.reduceMean(embed.apply(ids), { axes: [1] }) }),
		loss: ({ guess }, { y }) => nn.mseLoss(guess!, y),
	};
	const batch = { ids: tensor('int32', [2, 2], [0, 3, 0, 4]), y: tensor('float32', [2, 80], new Float32Array(160)) };
	const found = [];
	for (const tables of ['host', 'graph'] as const) {
		const stepper = await testStepper(trainingGraph(model, sgd(), { tables, diagnose: true }), sgd(), initialWeights(model, 0), {
			threads: 1,
		});
		found.push(
			(await stepper.step({ batches: [batch], rates: [0.1], step: 1, diagnose: true })).layers!.parameters['embed.weight']!.gradient,
		);
		await stepper.release();
	}
	// guess = 0.25 everywhere; d loss/d row = 2 · 0.25/160 · 1/2 for each of 80 numbers in two rows.
	const expected = Math.sqrt(160) * ((2 * 0.25) / 160 / 2);
	for (const gradient of found) expect(gradient / expected).toBeCloseTo(1, 5);
});

it.each([
	['all', -1000, 1],
	['some', 0, undefined],
	['none', 1000, 0],
] as const)('%s units are dead with a bias of %f', async (_, bias, share) => {
	const [inner, out] = [nn.linear({ in: 2, out: 8 }), nn.linear({ in: 8, out: 1 })];
	const conv = nn.conv1d({ in: 1, out: 4, kernel: 1 });
	const model: Trainable<'x' | 'y'> = {
		parameters: { inner: inner.parameters, out: out.parameters, conv: conv.parameters },
		inputs: { x: { dtype: 'float32', shape: ['batch', 2] }, y: { dtype: 'float32', shape: ['batch', 1] } },
		apply: ({ x }) => {
			const channels = ops.reduceMean(ops.relu(conv.apply(ops.unsqueeze(x, [1]))), { axes: [1, 2] });
			return { guess: ops.add(out.apply(ops.relu(inner.apply(x))), ops.unsqueeze(channels, [1])) };
		},
		loss: ({ guess }, { y }) => nn.mseLoss(guess!, y),
	};
	// Units 0 to 5 add up their inputs, which are above 0; the last two units take them away, and so do the first two channels.
	const weights = {
		...initialWeights(model, 0),
		'inner.weight': tensor(
			'float32',
			[8, 2],
			Float32Array.from({ length: 16 }, (_, i) => (i < 12 ? 1 : -1)),
		),
		'inner.bias': tensor('float32', [8], new Float32Array(8).fill(bias)),
		'conv.weight': tensor('float32', [4, 1, 1], [-1, -1, 1, 1]),
		'conv.bias': tensor('float32', [4], new Float32Array(4).fill(bias)),
	};
	const data = tensorSamples({ x: tensor('float32', [4, 2], [1, 2, 3, 4, 5, 6, 7, 8]), y: tensor('float32', [4, 1], [0, 1, 0, 1]) });
	const { history } = await fit(model, data, { optimizer: sgd({ rate: 0 }), weights, diagnose: true, steps: 1, threads: 1 });
	expect(Object.values(history[0]!.layers!.dead).sort()).toEqual(share === undefined ? [0.25, 0.5] : [share, share]);
});

it('a graph that was not built for it is refused', async () => {
	const stepper = await testStepper(trainingGraph(mixed(), sgd()), sgd(), initialWeights(mixed(), 0), { threads: 1 });
	await expect(stepper.step({ batches: [batchOf(0, 4)], rates: [1], step: 1, diagnose: true })).rejects.toThrow(
		'step: expected a graph that can be diagnosed, got one that cannot. Build it with diagnose: true.',
	);
	await stepper.release();
});
