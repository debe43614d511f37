// The parameter plan: each parameter once, under all its names; frozen is a fact from which everything follows; names are any text.
import { join } from 'node:path';
import { createSession, fromOnnx, ops, readOnnx, tensor, type Value } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { adam, averageSlot, sgd, transformed, transforms } from 'textloom/optim';
import {
	exportModel,
	type FitSettings,
	fit,
	initialWeights,
	parameterPlan,
	type Samples,
	type Trainable,
	type TrainingGraphOptions,
	trainingGraph,
} from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { temporary } from '../temporary.js';
import { checkpointTensors } from './checkpoints.js';
import { bits, mixed, mixedSamples } from './mixed.js';
import { dataOf, testStepper } from './steps.js';

const { folder } = temporary();

/** Words [batch, time] to the next word; the table of words is the last map's weight, too. */
function tied(): Trainable<'ids' | 'targets'> {
	const embed = nn.embedding({ size: 7, width: 4 });
	const { weight } = embed.parameters;
	return {
		parameters: { embed: embed.parameters, head: { decoder: { weight } } },
		inputs: { ids: { dtype: 'int32', shape: ['batch', 'time'] }, targets: { dtype: 'int32', shape: ['batch', 'time'] } },
		apply: ({ ids }) => ({ logits: ops.matMul(embed.apply(ids), ops.transpose(weight)) }),
		loss: ({ logits }, { targets }) => nn.crossEntropy(logits!, targets),
	};
}
const words: Samples = {
	size: 6,
	batch: (numbers) => ({
		ids: tensor(
			'int32',
			[numbers.length, 2],
			Array.from(numbers).flatMap((i) => [i, (i * 2) % 7]),
		),
		targets: tensor(
			'int32',
			[numbers.length, 2],
			Array.from(numbers).flatMap((i) => [(i + 1) % 7, i]),
		),
	}),
	fingerprint: () => 'words',
};

describe('a weight that two layers share', () => {
	it('is one parameter of two names', () => {
		expect(parameterPlan(tied().parameters).map(({ name, names }) => [name, names])).toEqual([
			['embed.weight', ['embed.weight', 'head.decoder.weight']],
		]);
	});

	it('counts once in clipping: the step has the length that was asked for', async () => {
		const optimizer = transforms.clipByNorm({ norm: 0.01 })(sgd({ rate: 1 }));
		const start = initialWeights(tied(), 3)['embed.weight']!;
		const { weights } = await fit(tied(), words, { optimizer, steps: 1, batchSize: 6, seed: 3, threads: 1 });
		expect(Object.keys(weights)).toEqual(['embed.weight']);
		const moved = dataOf(weights['embed.weight']!).map((value, i) => value - dataOf(start)[i]!);
		expect(Math.hypot(...moved)).toBeCloseTo(0.01, 5);
	});

	it('moves once by a group that names either use, and is frozen by either', async () => {
		const by = async (match: string, rest: object) => {
			const optimizer = transforms.groups({ rules: [{ match, ...rest }] })(sgd({ rate: 0.1 }));
			return (await fit(tied(), words, { optimizer, steps: 2, batchSize: 6, threads: 1 })).weights;
		};
		const plain = await fit(tied(), words, { optimizer: sgd({ rate: 0.05 }), steps: 2, batchSize: 6, threads: 1 });
		expect(bits(await by('^embed', { rate: 0.5 }))).toEqual(bits(plain.weights));
		expect(bits(await by('decoder', { rate: 0.5 }))).toEqual(bits(plain.weights));
		await expect(by('decoder', { frozen: true })).resolves.toEqual(initialWeights(tied(), 0));
	});

	it('stands once in the checkpoint and in the exported file; weights are found by either name', async () => {
		const out = join(folder, 'tied');
		const { weights } = await fit(tied(), words, { optimizer: adam(), steps: 2, folder: out, threads: 1 });
		expect(Object.keys(checkpointTensors(out)).sort()).toEqual([
			'embed.weight',
			'optimizer.exp_avg.embed.weight',
			'optimizer.exp_avg_sq.embed.weight',
		]);
		const onnx = exportModel(tied(), { 'head.decoder.weight': weights['embed.weight']! });
		expect(Object.keys(fromOnnx(readOnnx(onnx)).initializers)).toEqual(['embed.weight']);
		const session = await createSession(onnx);
		const { logits } = await session.run({ ids: tensor('int32', [1, 2], [1, 2]) }, { outputs: ['logits'] });
		expect(logits!.shape).toEqual([1, 2, 7]);
		await session.release();
		const again = await fit(tied(), words, {
			optimizer: sgd({ rate: 0 }),
			steps: 1,
			weights: { 'head.decoder.weight': weights['embed.weight']! },
			threads: 1,
		});
		expect(again.weights).toEqual(weights);
	});
});

describe('a table outside the graph', () => {
	const embed = nn.embedding({ size: 700, width: 80 });
	const { weight } = embed.parameters;
	/** The tables outside of a model that makes a scalar of ids `[batch, time]`. */
	const outside = (apply: (ids: Value) => Value, { dtype = 'int32' as 'int32' | 'int64', frozen = false, optimizer = sgd() } = {}) => {
		const own = frozen ? nn.embedding({ size: 700, width: 80, frozen: true }) : embed;
		const head = nn.linear({ in: 80, out: 1 });
		const model: Trainable<'ids'> = {
			parameters: { embed: own.parameters, head: head.parameters },
			inputs: { ids: { dtype, shape: ['batch', 'time'] } },
			apply: ({ ids }) => ({ y: frozen ? own.apply(ids) : apply(ids), other: ops.reduceSum(head.parameters.weight) }),
			loss: ({ y, other }) => ({ y: nn.loss(ops.mul(y!, y!)), other: nn.loss(other!) }),
		};
		return trainingGraph(model, optimizer).tables.map(({ name }) => name);
	};

	it('is one whose only use is a lookup of its rows by ids of int32 that are fed, and that learns', () => {
		expect(outside((ids) => embed.apply(ids))).toEqual(['embed.weight']);
		expect(outside((ids) => embed.apply(ops.transpose(ids)))).toEqual(['embed.weight']);
		expect(outside((ids) => embed.apply(ids), { optimizer: sgd({ momentum: 0.9 }) })).toEqual([]);
		expect(outside((ids) => embed.apply(ids), { dtype: 'int64' })).toEqual([]);
		expect(outside((ids) => embed.apply(ops.add(ids, 1)))).toEqual([]);
		// Used twice, by a lookup or otherwise.
		expect(outside((ids) => ops.add(embed.apply(ids), ops.mul(embed.apply(ids), 2)))).toEqual([]);
		expect(outside((ids) => ops.matMul(embed.apply(ids), ops.transpose(weight)))).toEqual([]);
		// Columns instead of rows.
		expect(outside((ids) => ops.gather(weight, ids, 1))).toEqual([]);
	});

	it('is none where it does not learn', () => {
		const frozen = transforms.groups({ rules: [{ match: 'embed', frozen: true }] })(sgd());
		expect(outside((ids) => embed.apply(ids), { frozen: true })).toEqual([]);
		expect(outside((ids) => embed.apply(ids), { optimizer: frozen })).toEqual([]);
	});
});

describe('a checkpoint', () => {
	it("has PyTorch's names, shapes and numbers", async () => {
		const out = join(folder, 'torch');
		const samples = mixedSamples(16);
		const settings: FitSettings = { optimizer: adam({ rate: 0.01 }), steps: 1, batchSize: 16, threads: 1, tables: 'graph' };
		await fit(mixed(), samples, { ...settings, folder: out });
		const tensors = checkpointTensors(out);
		expect(tensors['inner.weight']).toMatchObject({ dtype: 'float32', shape: [16, 84] });
		const [first, second] = ['exp_avg', 'exp_avg_sq'].map((slot) => tensors[`optimizer.${slot}.inner.weight`]!);
		expect([first!.shape, second!.shape]).toEqual([
			[16, 84],
			[16, 84],
		]);
		// After one step m = (1 − β₁) g and v = (1 − β₂) g².
		const [m, v] = [first!.data as Float64Array, second!.data as Float64Array];
		for (const i of [0, 100, 1000]) {
			expect(v[i]! / (1e-3 * (m[i]! / 0.1) ** 2)).toBeCloseTo(1, 5);
		}
	});
});

describe('what is frozen', () => {
	const freeze = (match: string) => transforms.groups({ rules: [{ match, frozen: true }] });

	it.each<TrainingGraphOptions>([{}, { accumulate: 2 }, { diagnose: true }, { stepsPerRun: 2, tables: 'graph' }])(
		'has no gradient, no slots and is no output: %j',
		(options) => {
			const optimizer = freeze('^(inner|embed)')(adam());
			const graph = trainingGraph(mixed(), optimizer, options);
			expect(graph.parameters.map(({ name }) => name)).toEqual(['out.weight', 'out.bias']);
			expect(graph.tables).toEqual([]);
			expect(graph.fixed.map(({ name }) => name)).toEqual(['embed.weight', 'inner.weight', 'inner.bias']);
			for (const bytes of [graph.step, graph.gradients, graph.update, graph.diagnosis]) {
				if (!bytes) continue;
				const { outputs, inputs, initializers, nodes } = readOnnx(bytes).graph;
				const names = [...outputs, ...inputs].map(({ name }) => name);
				expect(names.filter((name) => /^(next|sum|norm|slot|gradient|rows)\..*(inner|embed)/.test(name))).toEqual([]);
				expect([...initializers.keys()].filter((name) => /inner|embed/.test(name))).toEqual([]);
				// The product that would give inner's weight gradient is not there.
				expect(nodes.some(({ name }) => /inner.*backward/.test(name))).toBe(false);
			}
		},
	);

	it.each([
		[0, {}],
		[3, {}],
		[6, {}],
		[3, { accumulate: 2 }],
		[3, { stepsPerRun: 2, tables: 'graph' }],
	] as const)('a padding row, number %i, stays 0 in a table of the graph, whoever asks for it: %j', async (padding, options) => {
		const embed = nn.embedding({ size: 7, width: 4, padding });
		const out = nn.linear({ in: 4, out: 7 });
		const model: Trainable<'ids' | 'targets'> = {
			parameters: { embed: embed.parameters, out: out.parameters },
			inputs: { ids: { dtype: 'int32', shape: ['batch', 'time'] }, targets: { dtype: 'int32', shape: ['batch', 'time'] } },
			apply: ({ ids }) => ({ logits: out.apply(embed.apply(ids)) }),
			loss: ({ logits }, { targets }) => nn.crossEntropy(logits!, targets),
		};
		const every: Samples = {
			...words,
			batch: (numbers) => ({
				...words.batch(numbers, {}),
				ids: tensor(
					'int32',
					[numbers.length, 2],
					Array.from(numbers).flatMap((i) => [i, i + 1]),
				),
			}),
		};
		const { weights } = await fit(model, every, { optimizer: adam({ rate: 0.1 }), batchSize: 3, epochs: 2, threads: 1, ...options });
		const rowsOf = (all: typeof weights) =>
			Array.from({ length: 7 }, (_, row) => [...(all['embed.weight']!.data as Float32Array).subarray(4 * row, 4 * row + 4)]);
		const [before, after] = [rowsOf(initialWeights(model, 0)), rowsOf(weights)];
		expect(after[padding]).toEqual([0, 0, 0, 0]);
		for (const [row, numbers] of after.entries()) if (row !== padding) expect(numbers, `${row}`).not.toEqual(before[row]);
	});

	it('stays as it is, bit for bit, and the others move as if it were given', async () => {
		const optimizer = transformed(adam({ rate: 0.01 }), freeze('^inner'), transforms.averaged({ decay: 0.5 }));
		const graph = trainingGraph(mixed(), optimizer, { accumulate: 2, diagnose: true });
		expect(graph.slots.map(({ name }) => name)).toEqual(['exp_avg', 'exp_avg_sq', averageSlot]);
		const start = initialWeights(mixed(), 1);
		const stepper = await testStepper(graph, optimizer, start, { threads: 1 });
		const batch = (from: number) =>
			mixedSamples(20).batch(
				Uint32Array.from({ length: 4 }, (_, i) => from + i),
				{ time: 7 },
			);
		const { layers } = await stepper.step({ batches: [batch(0), batch(4)], rates: [0.01], step: 1, diagnose: true });
		expect(Object.keys(layers!.parameters).sort()).toEqual(['embed.weight', 'out.bias', 'out.weight']);
		const end = stepper.state();
		expect(end['inner.weight']).toEqual(dataOf(start['inner.weight']!));
		expect(end['out.weight']).not.toEqual(dataOf(start['out.weight']!));
		expect(Object.keys(end).filter((name) => name.startsWith('inner'))).toEqual(['inner.weight', 'inner.bias']);
		await stepper.release();
	});
});

it('names may hold anything: colons, dots, those of slots', async () => {
	const [a, b] = [nn.linear({ in: 2, out: 2 }), nn.linear({ in: 2, out: 1 })];
	const model: Trainable<'x' | 'y'> = {
		parameters: { 'bert/a:0': a.parameters, 'out.exp_avg': b.parameters },
		inputs: { x: { dtype: 'float32', shape: ['batch', 2] }, y: { dtype: 'float32', shape: ['batch', 1] } },
		apply: ({ x }) => ({ guess: b.apply(ops.tanh(a.apply(x))) }),
		loss: ({ guess }, { y }) => nn.mseLoss(guess!, y),
	};
	const samples: Samples = {
		size: 8,
		batch: (numbers) => ({
			x: tensor(
				'float32',
				[numbers.length, 2],
				Array.from(numbers).flatMap((i) => [i / 8, 1 - i / 4]),
			),
			y: tensor(
				'float32',
				[numbers.length, 1],
				Array.from(numbers, (i) => i % 2),
			),
		}),
		fingerprint: () => 'eight',
	};
	const settings: FitSettings = { optimizer: adam({ rate: 0.1 }), batchSize: 4, threads: 1, folder: join(folder, 'colons') };
	await fit(model, samples, { ...settings, epochs: 1 });
	const { weights } = await fit(model, samples, { ...settings, epochs: 3, existing: 'resume' });
	expect(Object.keys(weights).sort()).toEqual(['bert/a:0.bias', 'bert/a:0.weight', 'out.exp_avg.bias', 'out.exp_avg.weight']);
	const whole = await fit(model, samples, { ...settings, folder: undefined, epochs: 3 });
	expect(bits(weights)).toEqual(bits(whole.weights));
	const session = await createSession(exportModel(model, weights));
	await session.release();
});

it('a head more changes no other first weight', () => {
	const layers = () => ({ a: nn.linear({ in: 3, out: 2 }).parameters, z: nn.linear({ in: 2, out: 4 }).parameters });
	const [before, after] = [
		initialWeights({ parameters: layers() }, 5),
		initialWeights({ parameters: { ...layers(), head: nn.linear({ in: 4, out: 9 }).parameters } }, 5),
	];
	for (const [name, { data }] of Object.entries(before)) expect(after[name]!.data).toEqual(data);
	expect(initialWeights({ parameters: layers() }, 6)['a.weight']!.data).not.toEqual(before['a.weight']!.data);
});
