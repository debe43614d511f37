// Parameters that a kernel updates in host memory: the weights, slots and averages that the graph's own update gives.
import { ops, tensor } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { adagrad, adam, adamw, type Optimizer, rmsprop, sgd, transforms } from 'textloom/optim';
import {
	type FitSettings,
	fit,
	initialWeights,
	type Trainable,
	type TrainingGraphOptions,
	tensorSamples,
	trainingGraph,
} from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { bits, largestDifference, mixed, mixedSamples } from './mixed.js';
import { testStepper } from './steps.js';

const { averaged, clipByNorm, clipByValue, groups, l1, l2, weightDecay } = transforms;
const optimizers: readonly (readonly [name: string, optimizer: Optimizer])[] = [
	['SGD', sgd({ rate: 0.5 })],
	['SGD with a penalty', sgd({ rate: 0.5, weightDecay: 0.01 })],
	['Adam', adam({ rate: 0.02 })],
	['AdamW', adamw({ rate: 0.02 })],
	['AdaGrad', adagrad({ rate: 0.05 })],
	['momentum', sgd({ rate: 0.1, momentum: 0.9, dampening: 0.3, weightDecay: 0.01 })],
	["Nesterov's momentum", clipByNorm({ norm: 0.1 })(sgd({ rate: 0.1, momentum: 0.9, nesterov: true }))],
	['RMSProp', rmsprop({ rate: 0.005 })],
	['centered RMSProp with momentum', rmsprop({ rate: 0.002, alpha: 0.9, epsilon: 1e-4, momentum: 0.8, centered: true, weightDecay: 0.01 })],
	['clipping by the norm of all', clipByNorm({ norm: 0.05 })(adam({ rate: 0.02 }))],
	['clipping by norm between others', clipByValue({ value: 0.01 })(clipByNorm({ norm: 0.02 })(l2({ penalty: 0.1 })(sgd({ rate: 0.5 }))))],
	['L1', l1({ penalty: 0.01 })(sgd({ rate: 0.1 }))],
	[
		'decay, an average and groups',
		groups({ rules: [{ match: 'bias$', rate: 0.5, decay: false }] })(
			averaged({ decay: 0.9 })(weightDecay({ decay: 0.1 })(adam({ rate: 0.02 }))),
		),
	],
];

describe.each(optimizers)('%s', (_, optimizer) => {
	const run = (more: FitSettings) =>
		fit(mixed(), mixedSamples(70), { epochs: 3, threads: 1, batchSize: 32, tables: 'graph', optimizer, ...more });

	it('is as in the graph', async () => {
		// The norms are sums of other orders, and Adam moves a weight whose gradient is but rounding as far as any other.
		const [host, graph] = [await run({}), await run({ update: 'graph' })];
		expect(largestDifference(host.weights, graph.weights)).toBeLessThan(1e-4);
		const together = { batchSize: 16, accumulate: 2 };
		expect(largestDifference((await run(together)).weights, (await run({ ...together, update: 'graph' })).weights)).toBeLessThan(1e-4);
	});
});

it('without norms both ways give the same bits', async () => {
	const nesterov = sgd({ rate: 0.1, momentum: 0.9, nesterov: true });
	for (const optimizer of [adam({ rate: 0.02 }), sgd({ rate: 0.5 }), nesterov]) {
		const run = (more: FitSettings) =>
			fit(mixed(), mixedSamples(70), { epochs: 3, threads: 1, batchSize: 32, tables: 'graph', optimizer, ...more });
		expect(bits((await run({})).weights)).toEqual(bits((await run({ update: 'graph' })).weights));
	}
});

it('slots are where they were, and what is frozen or moved by layers stays out of it', async () => {
	const model = mixed({ norm: true });
	const states = [];
	for (const update of ['host', 'graph'] as const) {
		const graph = trainingGraph(model, adam(), { update });
		expect(graph.updates).toBe(update);
		expect(graph.step!.length).toBeGreaterThan(0);
		const stepper = await testStepper(graph, adam(), initialWeights(model, 1), { threads: 1 });
		const batch = mixedSamples(8).batch(
			Uint32Array.from({ length: 8 }, (_, i) => i),
			{},
		);
		for (let step = 1; step <= 4; step++) await stepper.step({ batches: [batch], rates: [0.01], step });
		states.push(stepper.state());
		await stepper.release();
	}
	expect(Object.keys(states[0]!)).toEqual(expect.arrayContaining(['inner.weight:exp_avg', 'out.bias:exp_avg_sq', 'norm.running_mean']));
	expect(bits(states[0]!)).toEqual(bits(states[1]!));
});

it.each([
	['an optimizer without instructions', { optimizer: { ...adam(), updateRows: undefined } }],
	['several steps in a run', { tables: 'graph', stepsPerRun: 2 }],
	['float64', { precision: { parameters: 'float64' } }],
	['a loss scale', { precision: { compute: 'float16', lossScale: 'dynamic' } }],
] as readonly [string, FitSettings][])('with %s the graph updates', (_, { optimizer = adam(), ...options }) => {
	expect(trainingGraph(mixed(), optimizer, options as TrainingGraphOptions).updates).toBe('graph');
});

it('a weight that two layers share is one parameter', async () => {
	const [first, second] = [nn.linear({ in: 3, out: 3 }), nn.linear({ in: 3, out: 3 })];
	const model: Trainable<'x' | 'y'> = {
		parameters: { first: first.parameters, again: first.parameters, second: second.parameters },
		inputs: { x: { dtype: 'float32', shape: ['batch', 3] }, y: { dtype: 'float32', shape: ['batch', 3] } },
		apply: ({ x }) => ({ guess: second.apply(ops.tanh(first.apply(ops.tanh(first.apply(x))))) }),
		loss: ({ guess }, { y }) => nn.mseLoss(guess!, y),
	};
	const numbers = (from: number) =>
		tensor(
			'float32',
			[8, 3],
			Array.from({ length: 24 }, (_, i) => Math.sin(from + i)),
		);
	const samples = tensorSamples({ x: numbers(0), y: numbers(1) });
	const run = (more: FitSettings) =>
		fit(model, samples, { epochs: 20, batchSize: 4, threads: 1, optimizer: adam({ rate: 0.05 }), ...more });
	expect(bits((await run({})).weights)).toEqual(bits((await run({ update: 'graph' })).weights));
});

it('a step whose loss is no number changes nothing', async () => {
	const stepper = await testStepper(trainingGraph(mixed(), adam()), adam(), initialWeights(mixed(), 1), { threads: 1 });
	const batch = mixedSamples(8).batch(
		Uint32Array.from({ length: 8 }, (_, i) => i),
		{},
	);
	await stepper.step({ batches: [batch], rates: [0.01], step: 1 });
	const before = bits(stepper.state());
	const broken = { ...batch, numbers: { ...batch.numbers!, data: new Float32Array(32).fill(Number.NaN) } };
	expect(await stepper.step({ batches: [broken], rates: [0.01], step: 2, maxLoss: 100 })).toMatchObject({
		losses: [Number.NaN],
		worst: expect.any(String),
	});
	expect(bits(stepper.state())).toEqual(before);
	await stepper.release();
});
