// Steps that take several batches together are those of one large batch.
import { join } from 'node:path';
import {
	adam,
	createStepper,
	type FitSettings,
	fit,
	initialWeights,
	loadCheckpoint,
	type Optimizer,
	sgd,
	type Trainable,
	trainingGraph,
	transforms,
} from 'textloom';
import { describe, expect, it } from 'vitest';
import { temporary } from '../stream/temporary.js';
import { bits, largestDifference, line, mixed, mixedSamples, untimed } from './mixed.js';

const { folder } = temporary();
const clipped = transforms.clipByNorm({ norm: 0.05 })(sgd({ rate: 0.5 }));

describe.each([
	['host tables', 'host', sgd({ rate: 0.5 })],
	['dense tables', 'dense', sgd({ rate: 0.5 })],
	['clipping by norm and host tables', 'host', clipped],
	['clipping by norm and dense tables', 'dense', clipped],
] as const)('with %s', (_, tables, optimizer) => {
	// 210 samples: three whole steps, and one of 16 and 2.
	const run = (settings: FitSettings) => fit(mixed(), mixedSamples(210), { optimizer, tables, epochs: 2, threads: 1, ...settings });

	it('4 batches of 16 are one of 64', async () => {
		const [small, large] = [await run({ batchSize: 16, accumulate: 4 }), await run({ batchSize: 64 })];
		expect(small.history.map(({ step }) => step)).toEqual([4, 8]);
		expect(largestDifference(small.weights, large.weights)).toBeLessThan(1e-6);
		for (const [place, { loss, step }] of small.history.entries()) {
			expect(step).toBe(large.history[place]!.step);
			expect(Math.abs(loss - large.history[place]!.loss)).toBeLessThan(1e-6);
		}
		// Where it is another run, it shows.
		const other = await run({ batchSize: 16 });
		expect(largestDifference(small.weights, other.weights)).toBeGreaterThan(1e-3);
	});
});

it('clipping sees the gradient of all batches, not of each', async () => {
	const run = (optimizer: Optimizer) =>
		fit(mixed(), mixedSamples(64), { optimizer, batchSize: 16, accumulate: 4, steps: 1, threads: 1, tables: 'dense' });
	const [free, cut] = [await run(sgd({ rate: 1 })), await run(transforms.clipByNorm({ norm: 0.01 })(sgd({ rate: 1 })))];
	const start = initialWeights(mixed(), 0);
	const distance = ({ weights }: typeof free) =>
		Math.sqrt(Object.entries(weights).reduce((sum, [name, data]) => sum + data.reduce((s, x, i) => s + (x - start[name]![i]!) ** 2, 0), 0));
	expect(distance(free)).toBeGreaterThan(0.1);
	expect(distance(cut)).toBeCloseTo(0.01, 5);
});

describe('a stepper', () => {
	const samples = mixedSamples(24);
	const batchOf = (from: number, to: number) =>
		samples.batch(
			Uint32Array.from({ length: to - from }, (_, i) => from + i),
			7,
		);
	const open = (model: Trainable, accumulate: number, optimizer = sgd({ rate: 0.5 })) =>
		createStepper(trainingGraph(model, optimizer, { accumulate }), optimizer, initialWeights(model, 1), { threads: 1, seed: 4 });

	it('weighs batches of unequal size by their samples, with dropout masks of their own', async () => {
		const model = mixed({ dropout: 0.5 });
		const mask = Float32Array.from({ length: 24 * 16 }, (_, i) => (i % 3 === 0 ? 0 : 1.5));
		const bounds = [0, 10, 11, 24];
		const [together, whole] = [await open(model, 3), await open(model, 1)];
		for (const step of [1, 2]) {
			const { losses } = await together.step({
				batches: bounds.slice(1).map((to, i) => batchOf(bounds[i]!, to)),
				masks: bounds.slice(1).map((to, i) => [mask.slice(bounds[i]! * 16, to * 16)]),
				...{ rates: [0.5], step },
			});
			const { losses: expected } = await whole.step({ batches: [batchOf(0, 24)], masks: [[mask]], rates: [0.5], step });
			const mean = losses.reduce((sum, loss, i) => sum + (loss * (bounds[i + 1]! - bounds[i]!)) / 24, 0);
			expect(Math.abs(mean - expected[0]!)).toBeLessThan(1e-6);
		}
		expect(largestDifference(together.state(), whole.state())).toBeLessThan(1e-6);
		for (const stepper of [together, whole]) await stepper.release();
	});

	it('draws other masks for each batch and each step', async () => {
		const stepper = await open(mixed({ dropout: 0.5 }), 2);
		const same = [batchOf(0, 8), batchOf(0, 8)];
		const losses = [];
		for (const step of [1, 2]) losses.push(...(await stepper.step({ batches: same, rates: [0], step })).losses);
		expect(new Set(losses).size).toBe(4);
		await stepper.release();
		const without = await open(mixed(), 2);
		expect(new Set((await without.step({ batches: same, rates: [0], step: 1 })).losses).size).toBe(1);
		await without.release();
	});

	it('moves running statistics with each batch, as single steps do', async () => {
		const model = mixed({ norm: true });
		const [together, single] = [await open(model, 3), await open(model, 1)];
		const batches = [batchOf(0, 8), batchOf(8, 16), batchOf(16, 24)];
		await together.step({ batches, rates: [0], step: 1 });
		for (const [place, batch] of batches.entries()) await single.step({ batches: [batch], rates: [0], step: 1 + place });
		expect(bits(together.state())).toEqual(bits(single.state()));
		expect(together.state()['norm.running_mean']!.every((mean) => mean !== 0)).toBe(true);
		for (const stepper of [together, single]) await stepper.release();
	});
});

it('a run that was stopped in the middle of an epoch goes on to the same bits', async () => {
	const settings: FitSettings = { optimizer: adam({ rate: 0.01 }), batchSize: 8, accumulate: 3, epochs: 3, seed: 2, threads: 1 };
	const model = () => mixed({ dropout: 0.3, norm: true });
	const run = (more: FitSettings) => fit(model(), mixedSamples(100), { ...settings, ...more });
	const whole = await run({});
	const controller = new AbortController();
	const out = join(folder, 'stopped');
	const stopped = await run({
		folder: out,
		signal: controller.signal,
		callbacks: [{ onSteps: ({ step }) => void (step >= 6 && controller.abort()) }],
	});
	expect(stopped.interrupted).toBe(true);
	const { position } = (await loadCheckpoint(out))!;
	expect(position.epoch).toBe(1);
	expect(position.batch).toBeGreaterThan(0);
	await expect(run({ folder: out, existing: 'resume', accumulate: 2 })).rejects.toThrow(
		/expected the checkpoint in .* to be of this model, data and options/,
	);
	const resumed = await run({ folder: out, existing: 'resume' });
	expect(bits(resumed.weights)).toEqual(bits(whole.weights));
	expect(resumed.history.map(untimed)).toEqual(whole.history.map(untimed));
});

it('refuses a model that does not count its samples', () => {
	const { inputs, ...rest } = line();
	const renamed = {
		...rest,
		inputs: { x: { dtype: 'float32', shape: ['points', 1] }, y: { dtype: 'float32', shape: ['points', 1] } },
	} as const;
	expect(inputs.x.shape).toEqual(['batch', 1]);
	expect(() => trainingGraph(renamed, sgd(), { accumulate: 2 })).toThrow(
		'trainingGraph: expected an input with the size batch to accumulate by, got none.',
	);
	expect(trainingGraph(renamed, sgd()).accumulate).toBe(1);
});
