// Types of numbers as a policy: the same model in float64 and with float16 inside, its losses scaled.

import { join } from 'node:path';
import { ops, type Tensor, tensor } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { adam, sgd, transforms } from 'textloom/optim';
import { type FitSettings, fit, initialWeights, type Samples, type Trainable, trainingGraph } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { temporary } from '../temporary.js';
import { checkpointTensors } from './checkpoints.js';
import { bits, mixed, mixedSamples } from './mixed.js';
import { testStepper } from './steps.js';

const { folder } = temporary();

/** A GRU over words with attention, normalization and dropout: loops, softmax, masks. */
function sequence(dropout = 0.2): Trainable<'ids' | 'lengths' | 'targets'> {
	const embed = nn.embedding({ size: 40, width: 8, padding: 0 });
	const gru = nn.gru({ in: 8, out: 8, bidirectional: true });
	const block = nn.encoderBlock({ width: 16, heads: 2, dropout, activation: 'gelu' });
	const out = nn.linear({ in: 16, out: 3 });
	const mean = nn.meanOverTime();
	return {
		parameters: { embed: embed.parameters, gru: gru.parameters, block: block.parameters, out: out.parameters },
		inputs: {
			ids: { dtype: 'int32', shape: ['batch', 'time'] },
			lengths: { dtype: 'int32', shape: ['batch'] },
			targets: { dtype: 'int32', shape: ['batch'] },
		},
		apply: ({ ids, lengths }, mode) => {
			const { outputs } = gru.apply(embed.apply(ids), mode, { lengths });
			return { logits: out.apply(mean.apply(block.apply(outputs, mode, { lengths }), lengths)) };
		},
		loss: ({ logits }, { targets }) => nn.crossEntropy(logits!, targets),
	};
}
const texts: Samples = {
	size: 24,
	batch: (numbers) => {
		const all = Array.from(numbers);
		return {
			ids: tensor(
				'int32',
				[all.length, 6],
				all.flatMap((i) => Array.from({ length: 6 }, (_, t) => (t < 3 + (i % 4) ? 1 + ((i * 5 + t * 7) % 39) : 0))),
			),
			lengths: tensor(
				'int32',
				[all.length],
				all.map((i) => 3 + (i % 4)),
			),
			targets: tensor(
				'int32',
				[all.length],
				all.map((i) => i % 3),
			),
		};
	},
	fingerprint: () => 'texts',
};
const settings: FitSettings = { optimizer: adam({ rate: 0.01 }), batchSize: 8, epochs: 2, validation: texts, threads: 1, seed: 4 };
const farthest = (a: Readonly<Record<string, Tensor>>, b: Readonly<Record<string, Tensor>>) =>
	Math.max(
		...Object.entries(a).map(([name, { data }]) =>
			(data as Float32Array).reduce((most, value, i) => Math.max(most, Math.abs(value - (b[name]!.data as Float32Array)[i]!)), 0),
		),
	);

describe('float64', () => {
	it.each<FitSettings>([{}, { accumulate: 2 }, { stepsPerRun: 3, tables: 'graph' }])('works through the whole of fit: %j', async (more) => {
		const [single, double] = [
			await fit(sequence(), texts, { ...settings, ...more }),
			await fit(sequence(), texts, { ...settings, ...more, precision: { parameters: 'float64' } }),
		];
		for (const { dtype, data } of Object.values(double.weights)) expect([dtype, data.constructor]).toEqual(['float64', Float64Array]);
		expect(farthest(single.weights, double.weights)).toBeLessThan(1e-3);
		for (const [place, { loss, validation }] of double.history.entries()) {
			expect(loss).toBeCloseTo(single.history[place]!.loss, 5);
			expect(validation!.loss).toBeCloseTo(single.history[place]!.validation!.loss, 4);
		}
	});

	it('is more exact than float32: a step that float32 cannot tell is seen', async () => {
		const layer = nn.linear({ in: 1, out: 1, bias: false, initial: nn.ones });
		const model: Trainable<'x'> = {
			parameters: layer.parameters,
			inputs: { x: { dtype: 'float32', shape: ['batch', 1] } },
			apply: ({ x }) => ({ y: layer.apply(x) }),
			loss: ({ y }) => nn.loss(y!),
		};
		const samples: Samples = { size: 1, batch: () => ({ x: tensor('float32', [1, 1], [1]) }), fingerprint: () => 'one' };
		const run = (precision: FitSettings['precision']) =>
			fit(model, samples, { optimizer: sgd({ rate: 1e-9 }), steps: 1, threads: 1, precision });
		expect((await run({})).weights.weight!.data[0]).toBe(1);
		expect(1 - Number((await run({ parameters: 'float64' })).weights.weight!.data[0])).toBeCloseTo(1e-9, 14);
	});

	it('goes on from a checkpoint to the same bits, and has tables in the graph', async () => {
		const run = (more: FitSettings) =>
			fit(mixed({ dropout: 0.3, norm: true }), mixedSamples(40), {
				...settings,
				validation: undefined,
				precision: { parameters: 'float64' },
				...more,
			});
		const whole = await run({ epochs: 4 });
		const out = join(folder, 'double');
		await run({ epochs: 2, folder: out });
		expect(checkpointTensors(out)['inner.weight']!.dtype).toBe('float64');
		const resumed = await run({ epochs: 4, folder: out, existing: 'resume' });
		expect(resumed.weights).toEqual(whole.weights);
	});
});

describe('float16 inside', () => {
	it.each<FitSettings>([{}, { accumulate: 2 }])('comes to nearly the same, with weights of float32: %j', async (more) => {
		const [single, half] = [
			await fit(sequence(), texts, { ...settings, ...more }),
			await fit(sequence(), texts, { ...settings, ...more, precision: { compute: 'float16', lossScale: 1024 } }),
		];
		for (const { dtype } of Object.values(half.weights)) expect(dtype).toBe('float32');
		for (const [place, { loss, validation }] of half.history.entries()) {
			expect(Math.abs(loss - single.history[place]!.loss)).toBeLessThan(5e-3);
			expect(loss).not.toBe(single.history[place]!.loss);
			expect(Math.abs(validation!.loss - single.history[place]!.validation!.loss)).toBeLessThan(1e-2);
		}
	});

	it('gradients are those of float32 where a loss depends on a weight by itself and on what the model makes of it', async () => {
		const layer = nn.linear({ in: 4, out: 3 });
		const free = nn.linear({ in: 2, out: 1 });
		const { weight } = layer.parameters;
		const model: Trainable<'x' | 'targets'> = {
			parameters: { layer: layer.parameters, free: free.parameters },
			inputs: { x: { dtype: 'float32', shape: ['batch', 4] }, targets: { dtype: 'int32', shape: ['batch'] } },
			apply: ({ x }) => ({ logits: layer.apply(x), other: ops.reduceSum(layer.apply(ops.mul(x, 2)), { axes: [1] }) }),
			loss: ({ logits, other }, { targets }) => ({
				classes: nn.crossEntropy(logits!, targets),
				other: nn.loss(ops.mul(other!, other!)),
				weight: nn.loss(ops.mul(weight, weight)),
				free: nn.loss(ops.mul(free.parameters.weight, free.parameters.weight)),
				bias: nn.loss(ops.mul(free.parameters.bias!, 3)),
			}),
		};
		const samples: Samples = {
			size: 8,
			batch: (numbers) => ({
				x: tensor(
					'float32',
					[numbers.length, 4],
					Array.from({ length: 4 * numbers.length }, (_, i) => Math.sin(i + numbers[0]!)),
				),
				targets: tensor(
					'int32',
					[numbers.length],
					Array.from(numbers, (i) => i % 3),
				),
			}),
			fingerprint: () => 'eight',
		};
		const run = (precision: FitSettings['precision']) =>
			fit(model, samples, { optimizer: sgd({ rate: 0.1 }), batchSize: 8, steps: 1, threads: 1, precision });
		const [single, half, start] = [await run({}), await run({ compute: 'float16' }), initialWeights(model, 0)];
		for (const name of Object.keys(start)) {
			const moved = farthest({ [name]: start[name]! }, { [name]: single.weights[name]! });
			expect(moved, name).toBeGreaterThan(0.01);
			expect(farthest({ [name]: half.weights[name]! }, { [name]: single.weights[name]! }), name).toBeLessThan(0.02 * moved);
		}
	});

	it('masks stay finite: what is not looked at is not seen, and nothing is no number', async () => {
		const { history } = await fit(sequence(0), texts, { ...settings, precision: { compute: 'float16' } });
		for (const { loss } of history) expect(Number.isFinite(loss)).toBe(true);
	});
});

describe('a loss scale', () => {
	const stepperOf = (lossScale: number | 'dynamic', accumulate = 1) => {
		const optimizer = adam({ rate: 0.01 });
		const model = mixed();
		const graph = trainingGraph(model, optimizer, { accumulate, precision: { lossScale } });
		return { graph, open: async () => testStepper(graph, optimizer, initialWeights(model, 1), { threads: 1 }) };
	};
	const batch = mixedSamples(8).batch(
		Uint32Array.from({ length: 8 }, (_, i) => i),
		{ time: 7 },
	);
	const poisoned = { ...batch, numbers: tensor('float32', [8, 4], new Float32Array(32).fill(3e38)) };

	it('of a power of two changes no bit', async () => {
		const run = (precision: FitSettings['precision']) =>
			fit(mixed(), mixedSamples(40), { optimizer: sgd({ rate: 0.1 }), batchSize: 8, epochs: 1, threads: 1, precision });
		expect(bits((await run({ lossScale: 4096 })).weights)).toEqual(bits((await run({})).weights));
	});

	it.each([1, 2])('leaves out a step whose gradients are not finite, tables too: %i batches a step', async (accumulate) => {
		const { open } = stepperOf(1024, accumulate);
		const stepper = await open();
		const batches = new Array(accumulate).fill(batch);
		await stepper.step({ batches, rates: [0.01], step: 1 });
		const before = stepper.state();
		await stepper.step({ batches: [...batches.slice(1), poisoned], rates: [0.01], step: 2 });
		expect(bits(stepper.state())).toEqual(bits(before));
		await stepper.step({ batches, rates: [0.01], step: 3 });
		expect(bits(stepper.state())).not.toEqual(bits(before));
		await stepper.release();
	});

	it('does not count such a step: what follows is as if it had not been', async () => {
		const { open } = stepperOf(1024);
		const run = async (batches: readonly (typeof batch)[]) => {
			const stepper = await open();
			for (const [place, one] of batches.entries()) await stepper.step({ batches: [one], rates: [0.01], step: place + 1 });
			const found = bits(stepper.state());
			await stepper.release();
			return found;
		};
		expect(await run([batch, poisoned, poisoned, batch])).toEqual(await run([batch, batch]));
	});

	it('that is dynamic is halved then, and is in the checkpoint', async () => {
		const { open, graph } = stepperOf('dynamic');
		expect(Object.values(graph.scaling).map(({ data }) => data[0])).toEqual([65536, 0, 0]);
		const stepper = await open();
		const scale = () => Object.values(stepper.whole().scaling).map(({ data }) => data[0]);
		await stepper.step({ batches: [batch], rates: [0.01], step: 1 });
		expect(scale()).toEqual([65536, 1, 0]);
		await stepper.step({ batches: [poisoned], rates: [0.01], step: 2 });
		expect(scale()).toEqual([32768, 0, 1]);
		await stepper.release();
		const out = join(folder, 'scaled');
		const run = (more: FitSettings) =>
			fit(mixed(), mixedSamples(40), { ...settings, validation: undefined, precision: { lossScale: 'dynamic' }, ...more });
		const whole = await run({ epochs: 4 });
		await run({ epochs: 2, folder: out });
		const saved = () =>
			Object.entries(checkpointTensors(out)).flatMap(([name, { data }]) => (name.startsWith('scaling.') ? [Number(data[0])] : []));
		const ascending = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);
		expect(ascending(saved())).toEqual([0, 10, 65536]);
		expect(bits((await run({ epochs: 4, folder: out, existing: 'resume' })).weights)).toEqual(bits(whole.weights));
		// A scale of a power of two changes no bit, so the count of good steps tells that it went on.
		expect(ascending(saved())).toEqual([0, 20, 65536]);
	});

	it('that is dynamic doubles after 2,000 good steps, and then counts anew', async () => {
		const optimizer = sgd();
		const graph = trainingGraph(mixed(), optimizer, { precision: { lossScale: 'dynamic' } });
		const [scale, good] = Object.keys(graph.scaling) as [string, string];
		const scaling = { ...graph.scaling, [good]: tensor('int32', [], [1998]) };
		const start = { weights: initialWeights(mixed(), 1), slots: {}, ages: {}, carried: {}, scaling };
		const stepper = await testStepper(graph, optimizer, start, { threads: 1 });
		const found: unknown[] = [];
		for (let step = 1; step <= 4; step++) {
			await stepper.step({ batches: [batch], rates: [0], step });
			const { scaling: now } = stepper.whole();
			found.push([now[scale]!.data[0], now[good]!.data[0]]);
		}
		expect(found).toEqual([
			[65536, 1999],
			[131072, 0],
			[131072, 1],
			[131072, 2],
		]);
		// What the stepper was given is as it was.
		expect([graph.scaling[scale]!.data[0], scaling[good]!.data[0]]).toEqual([65536, 1998]);
		await stepper.release();
	});

	it('clipping sees gradients that were brought back', async () => {
		const optimizer = transforms.clipByNorm({ norm: 0.01 })(sgd({ rate: 1 }));
		const run = (precision: FitSettings['precision']) =>
			fit(mixed(), mixedSamples(8), { optimizer, batchSize: 8, steps: 1, threads: 1, tables: 'graph', precision });
		expect(farthest((await run({ lossScale: 512 })).weights, (await run({})).weights)).toBeLessThan(1e-7);
	});
});

it.each([
	[
		{ parameters: 'float64', compute: 'float16' },
		'precision: expected float32 parameters beside compute: float16, got float64. Leave one of them out.',
	],
	[{ compute: 'int8' }, "precision: expected compute to be 'float16', got 'int8'."],
	[{ lossScale: -1 }, 'precision: expected lossScale to be '],
	[{ lossscale: 2 }, 'precision: expected an option that it has, got lossscale. Did you mean lossScale?'],
])('refuses %j', (precision, message) => {
	expect(() => trainingGraph(sequence(), adam(), { precision: precision as never })).toThrow(message);
});
