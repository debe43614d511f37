// Replicas: parts of a batch at the same time come to what the whole batch comes to.
import { join } from 'node:path';
import { ops, tensor, type Value } from 'textloom/graph';
import { bert } from 'textloom/models/bert';
import { gruClassifier } from 'textloom/models/recurrent';
import { wordCnn } from 'textloom/models/word-cnn';
import * as nn from 'textloom/nn';
import { adam, sgd, transforms } from 'textloom/optim';
import {
	type FitSettings,
	fit,
	initialWeights,
	rowOperations,
	type Samples,
	startReplicas,
	type Trainable,
	tensorSamples,
	textClassifierModel,
	trainingGraph,
} from 'textloom/train';
import { afterAll, describe, expect, it } from 'vitest';
import { type FitTask, fitLoop } from '../../dist/src/train/fit/fit-loop.js';
import { fitOptions } from '../../dist/src/train/fit/position.js';
import { ReplicaLost } from '../../dist/src/train/step/replica-lost.js';
import { temporary } from '../temporary.js';
import { bits, largestDifference, mixed, mixedSamples, untimed } from './mixed.js';
import { testStepper } from './steps.js';

const { folder } = temporary();
const replicas = startReplicas(3);
afterAll(() => Promise.all(replicas.map((replica) => replica.close())));
const clipped = transforms.clipByNorm({ norm: 0.05 })(sgd({ rate: 0.5 }));

describe.each([
	['host tables', { tables: 'host', optimizer: sgd({ rate: 0.5 }) }],
	['tables in the graph', { tables: 'graph', optimizer: sgd({ rate: 0.5 }) }],
	['clipping by the norm of all', { tables: 'host', optimizer: clipped }],
	['an average of the weights', { tables: 'host', optimizer: transforms.averaged({ decay: 0.9 })(sgd({ rate: 0.5 })) }],
	['accumulation', { tables: 'host', optimizer: sgd({ rate: 0.5 }), batchSize: 16, accumulate: 2 }],
	['several steps in a run', { tables: 'graph', optimizer: sgd({ rate: 0.5 }), stepsPerRun: 3 }],
] as const)('with %s', (_, settings) => {
	// 70 samples: the last batch has 6.
	const run = (more: FitSettings) => fit(mixed(), mixedSamples(70), { epochs: 2, threads: 1, batchSize: 32, ...settings, ...more });

	it('2 and 3 come to what one does', async () => {
		const one = await run({});
		for (const count of [2, 3]) {
			const several = await run({ replicas: count });
			expect(largestDifference(several.weights, one.weights)).toBeLessThan(2e-6);
			for (const [place, { loss, step }] of several.history.entries()) {
				expect(step).toBe(one.history[place]!.step);
				expect(Math.abs(loss - one.history[place]!.loss)).toBeLessThan(1e-6);
			}
		}
		expect(bits((await run({ replicas: 2 })).weights)).toEqual(bits((await run({ replicas: 2 })).weights));
	});
});

it('in float64 the difference is that of its rounding', async () => {
	const run = (more: FitSettings) =>
		fit(mixed(), mixedSamples(64), {
			...{ epochs: 2, threads: 1, batchSize: 32, optimizer: sgd({ rate: 0.5 }), precision: { parameters: 'float64' }, ...more },
		});
	expect(largestDifference((await run({ replicas: 2 })).weights as never, (await run({})).weights as never)).toBeLessThan(1e-12);
});

const texts = (size: number, time: number) => ({
	ids: tensor(
		'int32',
		[size, time],
		Array.from({ length: size * time }, (_, i) => 1 + ((i * 7919) % 590)),
	),
	lengths: tensor(
		'int32',
		[size],
		Array.from({ length: size }, (_, i) => 3 + ((i * 5) % (time - 2))),
	),
	targets: tensor(
		'int32',
		[size],
		Array.from({ length: size }, (_, i) => i % 3),
	),
});

it.each([
	['word CNN', wordCnn({ width: 16, filters: 8, kernels: [1, 2], dropout: 0 })],
	['GRU', gruClassifier({ width: 12, hidden: 8, bidirectional: true })],
	['BERT', bert({ layers: 1, width: 16, heads: 2, dropout: 0, positions: 16 })],
])('the steps of a %s are those of one session', async (_, architecture) => {
	const model = textClassifierModel(architecture.build({ vocabulary: 600, outputs: 3 }));
	const batch = texts(13, 9);
	// Not Adam: it moves a weight whose gradient is but rounding as far as any other.
	const optimizer = sgd({ rate: 0.1 });
	const after = async (count: number) => {
		const graph = trainingGraph(model, optimizer, { replicas: count });
		const stepper = await testStepper(graph, optimizer, initialWeights(model, 3), { threads: 1, replicas: replicas.slice(0, count - 1) });
		const losses: number[] = [];
		for (let step = 1; step <= 5; step++) losses.push(...(await stepper.step({ batches: [batch], rates: [0.01], step })).losses);
		const state = stepper.state();
		await stepper.release();
		return { losses, state };
	};
	const one = await after(1);
	for (const count of [2, 4]) {
		const several = await after(count);
		for (const [place, loss] of several.losses.entries()) expect(Math.abs(loss - one.losses[place]!)).toBeLessThan(2e-6);
		expect(largestDifference(several.state, one.state)).toBeLessThan(5e-6);
	}
});

it('there may be fewer samples than replicas', async () => {
	const run = (more: FitSettings) =>
		fit(mixed(), mixedSamples(5), { epochs: 2, threads: 1, batchSize: 2, optimizer: sgd({ rate: 0.5 }), ...more });
	expect(largestDifference((await run({ replicas: 4 })).weights, (await run({})).weights)).toBeLessThan(1e-6);
});

/** A model that carries a state of each sample, and says what it has added up. */
const carrying = (): Trainable<'x' | 'y'> => {
	const layer = nn.linear({ in: 2, out: 2 });
	return {
		parameters: layer.parameters,
		inputs: { x: { dtype: 'float32', shape: ['batch', 2] }, y: { dtype: 'float32', shape: ['batch', 2] } },
		states: { h: { shape: ['batch', 2] } },
		apply: (inputs) => {
			const { x, h } = inputs as Readonly<Record<'x' | 'h', Value>>;
			const next = ops.tanh(ops.add(layer.apply(x), h));
			return { guess: next, h: next };
		},
		loss: ({ guess }, { y }) => nn.mseLoss(guess!, y),
	};
};
const rows: Samples = {
	...tensorSamples({
		x: tensor(
			'float32',
			[24, 2],
			Array.from({ length: 48 }, (_, i) => Math.sin(i)),
		),
		y: tensor(
			'float32',
			[24, 2],
			Array.from({ length: 48 }, (_, i) => Math.cos(i)),
		),
	}),
	order: () => Array.from({ length: 4 }, (_, batch) => Uint32Array.from({ length: 6 }, (_, i) => batch * 6 + i)),
};

it('each replica goes on with its part of the states, also after it was stopped', async () => {
	const run = (more: FitSettings) =>
		fit(carrying(), rows, { epochs: 3, threads: 1, batchSize: 6, optimizer: adam({ rate: 0.05 }), ...more });
	const [one, two] = [await run({}), await run({ replicas: 2 })];
	expect(largestDifference(two.weights, one.weights)).toBeLessThan(1e-6);
	const controller = new AbortController();
	const out = join(folder, 'carried');
	const stop = { onSteps: ({ step }: { step: number }) => void (step >= 6 && controller.abort()) };
	await run({ replicas: 2, folder: out, signal: controller.signal, callbacks: [stop] });
	const resumed = await run({ replicas: 2, folder: out, existing: 'resume' });
	expect(bits(resumed.weights)).toEqual(bits(two.weights));
	expect(resumed.history.map(untimed)).toEqual(two.history.map(untimed));
	await expect(run({ replicas: 3, folder: out, existing: 'resume' })).rejects.toThrow(/expected .*checkpoint/i);
});

it('dropout is drawn for each part, the same for the same seed', async () => {
	const run = (seed: number) => fit(mixed({ dropout: 0.5 }), mixedSamples(32), { epochs: 1, threads: 1, batchSize: 32, replicas: 2, seed });
	expect(bits((await run(1)).weights)).toEqual(bits((await run(1)).weights));
	expect(largestDifference((await run(1)).weights, (await run(2)).weights)).toBeGreaterThan(0);
});

it.each([
	[
		'a layer that looks at the whole batch',
		() => trainingGraph(mixed({ norm: true }), adam(), { replicas: 2 }),
		/^trainingGraph: expected layers that look at each sample by itself with replicas, got some that move norm\..*, as batchNorm does\./,
	],
	[
		'diagnosis',
		() => trainingGraph(mixed(), adam(), { replicas: 2, diagnose: true }),
		/^trainingGraph: expected replicas or diagnose, got both/,
	],
	['no number', () => trainingGraph(mixed(), adam(), { replicas: 0 }), /expected replicas to be a whole number from 1, got 0/],
])('%s is refused', (_, make, message) => {
	expect(make).toThrow(message);
});

it('a stepper without its replicas is refused, and masks of the whole batch', async () => {
	const graph = trainingGraph(mixed({ dropout: 0.5 }), adam(), { replicas: 2 });
	await expect(testStepper(graph, adam(), initialWeights(mixed(), 0))).rejects.toThrow(
		'createStepper: expected 1 replicas beside this one, got 0. Start them: startReplicas(1).',
	);
	const stepper = await testStepper(graph, adam(), initialWeights(mixed(), 0), { replicas: replicas.slice(0, 1) });
	const [batch] = [mixedSamples(4).batch(Uint32Array.of(0, 1, 2, 3), {})];
	const rows = rowOperations(graph, adam(), { rate: 0.1, step: 1 });
	await expect(stepper.step({ batches: [batch!], rates: [0.1], step: 1, rows, masks: [[new Float32Array(64)]] })).rejects.toThrow(
		'step: expected no masks with replicas, which draw their own, got some. Leave them out.',
	);
	await stepper.release();
});

it('auto takes what is faster, and a run that goes on stays with it', async () => {
	const out = join(folder, 'auto');
	const started: number[] = [];
	const onStart = ({ replicas }: { replicas: number }) => void started.push(replicas);
	const run = (more: FitSettings) =>
		fit(mixed(), mixedSamples(70), {
			epochs: 2,
			batchSize: 32,
			threads: 2,
			optimizer: sgd({ rate: 0.5 }),
			callbacks: [{ onStart }],
			...more,
		});
	const controller = new AbortController();
	const stop = { onSteps: ({ step }: { step: number }) => void (step >= 3 && controller.abort()) };
	await run({ replicas: 'auto', folder: out, signal: controller.signal, callbacks: [{ onStart }, stop] });
	const { weights } = await run({ replicas: 'auto', folder: out, existing: 'resume' });
	expect(started[1]).toBe(started[0]);
	expect([1, 2]).toContain(started[0]);
	expect(bits(weights)).toEqual(bits((await run({ replicas: started[0]! })).weights));
	// Where there is nothing to choose it is one.
	await run({ replicas: 'auto', threads: 1 });
	await fit(mixed({ norm: true }), mixedSamples(70), { epochs: 1, threads: 2, replicas: 'auto', callbacks: [{ onStart }] });
	expect(started.slice(-2)).toEqual([1, 1]);
});

it('an id that the table has not is an error as with one session, and the next step is as ever', async () => {
	const graph = trainingGraph(mixed(), adam(), { replicas: 2 });
	const stepper = await testStepper(graph, adam(), initialWeights(mixed(), 0), { replicas: replicas.slice(0, 1) });
	const batch = mixedSamples(8).batch(
		Uint32Array.from({ length: 8 }, (_, i) => i),
		{},
	);
	for (const place of [0, 55]) {
		const ids = { ...batch.ids!, data: Int32Array.from(batch.ids!.data as Int32Array).fill(9000, place, place + 1) };
		await expect(stepper.step({ batches: [{ ...batch, ids }], rates: [0.1], step: 1 })).rejects.toThrow(
			/^table embed\.weight: expected ids in \[0, 700\), got 9000/,
		);
	}
	expect((await stepper.step({ batches: [batch], rates: [0.1], step: 1 })).losses).toHaveLength(1);
	await stepper.release();
});

it('a replica that is gone ends the step, with the weights as they were before it', async () => {
	const [own] = startReplicas(1);
	const graph = trainingGraph(mixed(), adam(), { replicas: 2 });
	const stepper = await testStepper(graph, adam(), initialWeights(mixed(), 0), { replicas: [own!] });
	const batch = mixedSamples(8).batch(
		Uint32Array.from({ length: 8 }, (_, i) => i),
		{},
	);
	await stepper.step({ batches: [batch], rates: [0.1], step: 1 });
	const before = bits(stepper.state());
	// Not while ONNX Runtime may be at work in it.
	await own!.call('release', undefined);
	await own!.terminate();
	await expect(stepper.step({ batches: [batch], rates: [0.1], step: 2 })).rejects.toThrow(
		/^fit: expected replicas to go on, got the end of one, as where memory is too small\. Go on with fewer, or smaller batches\./,
	);
	expect(bits(stepper.state())).toEqual(before);
	await stepper.release();
});

it('a run whose replica is gone writes a checkpoint, and says why it ends', async () => {
	const calls: string[] = [];
	const graph = trainingGraph(mixed(), adam());
	const call = async (name: string) => {
		calls.push(name);
		if (name === 'step') throw new ReplicaLost('gone');
	};
	const task = {
		stepper: { call },
		graph,
		optimizer: adam(),
		train: mixedSamples(8),
		folder: join(folder, 'lost'),
		fingerprint: '',
		facts: {},
	};
	await expect(fitLoop(task as unknown as FitTask, fitOptions({ epochs: 1, batchSize: 4 }))).rejects.toThrow('gone');
	expect(calls).toEqual(['begin', 'step', 'save']);
});
