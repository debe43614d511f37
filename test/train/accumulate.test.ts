// Steps that take several batches together are those of one large batch.
import { join } from 'node:path';
import { tensor } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { adam, type Optimizer, sgd, transforms } from 'textloom/optim';
import { type FitSettings, fit, initialWeights, loadCheckpoint, type Trainable, tensorSamples, trainingGraph } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { temporary } from '../temporary.js';
import { bits, largestDifference, mixed, mixedSamples, untimed } from './mixed.js';
import { dataOf, testStepper } from './steps.js';

const { folder } = temporary();
const clipped = transforms.clipByNorm({ norm: 0.05 })(sgd({ rate: 0.5 }));

describe.each([
	['host tables', 'host', sgd({ rate: 0.5 })],
	['tables in the graph', 'graph', sgd({ rate: 0.5 })],
	['clipping by norm and host tables', 'host', clipped],
	['clipping by norm and tables in the graph', 'graph', clipped],
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
		fit(mixed(), mixedSamples(64), { optimizer, batchSize: 16, accumulate: 4, steps: 1, threads: 1, tables: 'graph' });
	const [free, cut] = [await run(sgd({ rate: 1 })), await run(transforms.clipByNorm({ norm: 0.01 })(sgd({ rate: 1 })))];
	const start = initialWeights(mixed(), 0);
	const distance = ({ weights }: typeof free) =>
		Math.sqrt(
			Object.entries(weights).reduce(
				(sum, [name, data]) => sum + dataOf(data).reduce((s, x, i) => s + (x - dataOf(start[name]!)[i]!) ** 2, 0),
				0,
			),
		);
	expect(distance(free)).toBeGreaterThan(0.1);
	expect(distance(cut)).toBeCloseTo(0.01, 5);
});

it('a model that is but a table takes several batches together, too', async () => {
	const embed = nn.embedding({ size: 700, width: 80 });
	const model: Trainable<'ids' | 'y'> = {
		parameters: { embed: embed.parameters },
		inputs: { ids: { dtype: 'int32', shape: ['batch'] }, y: { dtype: 'float32', shape: ['batch', 80] } },
		apply: ({ ids }) => ({ guess: embed.apply(ids) }),
		loss: ({ guess }, { y }) => nn.mseLoss(guess!, y),
	};
	const samples = tensorSamples({ ids: tensor('int32', [4], [1, 2, 1, 3]), y: tensor('float32', [4, 80], new Float32Array(320)) });
	const run = (settings: FitSettings) => fit(model, samples, { optimizer: sgd({ rate: 1 }), steps: 1, threads: 1, ...settings });
	const [apart, together] = [await run({ batchSize: 1, accumulate: 4 }), await run({ batchSize: 4 })];
	expect(largestDifference(apart.weights, together.weights)).toBeLessThan(1e-6);
});

describe('a stepper', () => {
	const samples = mixedSamples(24);
	const batchOf = (from: number, to: number) =>
		samples.batch(
			Uint32Array.from({ length: to - from }, (_, i) => from + i),
			{ time: 7 },
		);
	const open = (model: Trainable, accumulate: number, optimizer = sgd({ rate: 0.5 })) =>
		testStepper(trainingGraph(model, optimizer, { accumulate }), optimizer, initialWeights(model, 1), { threads: 1, seed: 4 });

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

	it('that could not finish a step goes on as if it had not been', async () => {
		const model = mixed();
		const [failed, fresh] = [await open(model, 2), await open(model, 2)];
		const next = batchOf(8, 16);
		const bad = { ...next, ids: { ...next.ids!, data: Int32Array.from(next.ids!.data as Int32Array, (id, i) => (i === 5 ? 700 : id)) } };
		// The gradients of the first batch are there when the second is refused.
		await expect(failed.step({ batches: [batchOf(0, 8), bad], rates: [0.5], step: 1 })).rejects.toThrow(
			/expected ids in \[0, 700\), got 700/,
		);
		expect(bits(failed.state())).toEqual(bits(fresh.state()));
		for (const stepper of [failed, fresh]) await stepper.step({ batches: [batchOf(16, 20), batchOf(20, 24)], rates: [0.5], step: 1 });
		expect(bits(failed.state())).toEqual(bits(fresh.state()));
		for (const stepper of [failed, fresh]) await stepper.release();
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

describe('a loss of tokens', () => {
	/** Every token counts as much as any other, wherever it stands. */
	const tagger: Trainable<'ids' | 'targets'> = (() => {
		const [embed, out] = [nn.embedding({ size: 9, width: 6 }), nn.linear({ in: 6, out: 3 })];
		return {
			parameters: { embed: embed.parameters, out: out.parameters },
			inputs: { ids: { dtype: 'int32', shape: ['batch', 'time'] }, targets: { dtype: 'int32', shape: ['batch', 'time'] } },
			apply: ({ ids }) => ({ logits: out.apply(embed.apply(ids)) }),
			loss: ({ logits }, { targets }) => nn.crossEntropy(logits!, targets, { ignore: -1 }),
		};
	})();
	const lengths = [1, 9];
	const texts = {
		size: 2,
		lengths: { time: lengths },
		batch: (numbers: Uint32Array, { time = 9 }: { time?: number }) => {
			const each = (number: (sample: number, place: number) => number, padding: number) =>
				Array.from(numbers, (sample) =>
					Array.from({ length: time }, (_, i) => (i < lengths[sample]! ? number(sample, i) : padding)),
				).flat();
			return {
				ids: tensor(
					'int32',
					[numbers.length, time],
					each((sample, i) => (3 * sample + i) % 9, 0),
				),
				targets: tensor(
					'int32',
					[numbers.length, time],
					each((sample, i) => (sample + i) % 3, -1),
				),
			};
		},
		fingerprint: () => 'two texts',
	};

	it('one text of 1 token and one of 9, one after the other, are the batch of both', async () => {
		const run = (settings: FitSettings) =>
			fit(tagger, texts, { optimizer: sgd({ rate: 1 }), steps: 3, threads: 1, validation: texts, ...settings });
		const [apart, together] = [await run({ batchSize: 1, accumulate: 2 }), await run({ batchSize: 2 })];
		expect(largestDifference(apart.weights, together.weights)).toBeLessThan(1e-6);
		for (const [place, { loss, validation }] of together.history.entries()) {
			expect(Math.abs(apart.history[place]!.loss - loss)).toBeLessThan(1e-6);
			expect(Math.abs(apart.history[place]!.validation!.loss - validation!.loss)).toBeLessThan(1e-6);
		}
		// A mean over texts would weigh the one token as much as the nine.
		expect(together.history[0]!.loss).not.toBe(together.history[1]!.loss);
	});

	it('a batch in which nothing counts is no error, and changes nothing', async () => {
		const empty = { ids: tensor('int32', [2, 2], [1, 2, 3, 4]), targets: tensor('int32', [2, 2], [-1, -1, -1, -1]) };
		for (const accumulate of [1, 2]) {
			const stepper = await testStepper(trainingGraph(tagger, sgd(), { accumulate }), sgd(), initialWeights(tagger, 1), { threads: 1 });
			const before = stepper.state();
			const { parts } = await stepper.step({ batches: new Array(accumulate).fill(empty), rates: [1], step: 1 });
			for (const part of parts) expect(part).toEqual({ loss: { sum: 0, weight: 0 } });
			expect(bits(stepper.state())).toEqual(bits(before));
			await stepper.release();
		}
	});
});
