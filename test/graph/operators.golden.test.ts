// Operators and their gradients against PyTorch (test/golden/graph/operators.py), and worked examples that are known by heart.
import { readFileSync } from 'node:fs';
import {
	backward,
	constant,
	createSession,
	emit,
	fromOnnx,
	input,
	type OnnxModel,
	ops,
	type Tensor,
	tensor,
	type Value,
	writeOnnx,
} from 'textloom/graph';
import { describe, expect, it } from 'vitest';
import { int32 } from './check-gradient.js';

const golden = JSON.parse(readFileSync(new URL('../golden/graph/operators.json', import.meta.url), 'utf8')) as {
	cases: Record<string, { shapes: number[][]; shape: number[]; y: number[]; gradients: number[][] }>;
};

const layer = (op: typeof ops.gru, [x, input, recurrent, bias]: Value[]) =>
	op(x!, { input: input!, recurrent: recurrent!, bias: bias! }, { direction: 'bidirectional', lengths: int32([2], [5, 2]) }).all;

const builders: Record<string, (...inputs: Value[]) => Value> = {
	conv1d: (x, w, b) => ops.conv(x!, w!, b, { stride: 2, padding: 1 }),
	'conv1d dilated': (x, w) => ops.conv(x!, w!, undefined, { dilation: 2 }),
	'conv2d groups': (x, w) => ops.conv(x!, w!, undefined, { stride: [2, 1], padding: [1, 0], groups: 2 }),
	conv_transpose1d: (x, w, b) => ops.convTranspose(x!, w!, b, { stride: 2, padding: 1, outputPadding: [1] }),
	max_pool2d: (x) => ops.maxPool(x!, 3, { stride: 2, padding: 1 }),
	avg_pool1d: (x) => ops.averagePool(x!, 3, { stride: 2, padding: 1 }),
	'conv1d padded before': (x, w, b) => ops.conv(x!, w!, b, { padding: [[2, 0]] }),
	'conv2d padded unequally': (x, w) =>
		ops.conv(x!, w!, undefined, {
			stride: [1, 2],
			padding: [
				[0, 1],
				[2, 1],
			],
		}),
	'conv2d same': (x, w) => ops.conv(x!, w!, undefined, { padding: 'same' }),
	'conv_transpose2d groups': (x, w, b) => ops.convTranspose(x!, w!, b, { stride: [2, 1], dilation: [1, 2], groups: 2 }),
	'max_pool1d dilated': (x) => ops.maxPool(x!, 3, { stride: 2, padding: 1, dilation: 2 }),
	'max_pool2d ceil': (x) => ops.maxPool(x!, 3, { stride: 2, padding: 1, ceil: true }),
	'avg_pool2d ceil': (x) => ops.averagePool(x!, 3, { stride: 2, padding: 1, ceil: true }),
	'max_pool1d ceil, no window in the padding': (x) => ops.maxPool(x!, 2, { stride: 3, padding: 1, ceil: true }),
	'avg_pool1d ceil, no window in the padding': (x) => ops.averagePool(x!, 2, { stride: 3, padding: 1, ceil: true }),
	'avg_pool2d ceil, no window in the padding': (x) =>
		ops.averagePool(x!, [2, 3], { stride: [3, 4], padding: 1, ceil: true, countPadding: false }),
	'avg_pool2d padding not counted': (x) => ops.averagePool(x!, [2, 3], { stride: 2, padding: 1, ceil: true, countPadding: false }),
	batch_norm: (x, scale, bias) => {
		const mean = constant(tensor('float32', [2], [0.1, -0.2]));
		const variance = constant(tensor('float32', [2], [0.5, 2]));
		return ops.batchNormalization(x!, { scale: scale!, bias: bias!, mean, variance }).y;
	},
	'batch_norm training': (x, scale, bias) => {
		const zeros = constant(tensor('float32', [2], [0, 0]));
		return ops.batchNormalization(x!, { scale: scale!, bias: bias!, mean: zeros, variance: zeros }, { training: true }).y;
	},
	group_norm: (x, w, b) => ops.groupNormalization(x!, w!, b!, { groups: 2 }),
	instance_norm: (x, w, b) => ops.instanceNormalization(x!, w!, b!),
	rms_norm: (x, w) => ops.rmsNormalization(x!, w!),
	layer_norm: (x, w, b) => ops.layerNormalization(x!, w!, b!),
	gelu: (x) => ops.gelu(x!),
	'gelu tanh': (x) => ops.gelu(x!, { approximate: 'tanh' }),
	softplus: (x) => ops.softplus(x!),
	elu: (x) => ops.elu(x!, 0.7),
	leaky_relu: (x) => ops.leakyRelu(x!, 0.2),
	prelu: (x, w) => ops.prelu(x!, w!),
	erf: (x) => ops.erf(x!),
	logsumexp: (x) => ops.reduceLogSumExp(x!, { axes: [1] }),
	cumsum: (x) => ops.cumSum(x!, 1),
	einsum: (a, b) => ops.einsum('bik,bkj->bji', a!, b!),
	'einsum, four axes': (q, k) => ops.einsum('bhid,bhjd->bhij', q!, k!),
	'einsum, summed': (a, b) => ops.einsum('ik,ij->j', a!, b!),
	attention: (q, k, v) => ops.attentionOf(q!, k!, v!),
	'attention causal': (q, k, v) => ops.attentionOf(q!, k!, v!, { causal: true }),
	'attention masked': (q, k, v) => ops.attentionOf(q!, k!, v!, { mask: constant(tensor('bool', [2, 3], [1, 0, 1, 1, 1, 0])) }),
	'attention, numbers added': (q, k, v, mask) => ops.attentionOf(q!, k!, v!, { mask: mask! }),
	'attention in groups': (q, k, v) => ops.attentionOf(q!, k!, v!),
	gather_nd: (x) => ops.gatherND(x!, int32([4, 2], [0, 1, 2, 3, 0, 1, -1, -2])),
	scatter_nd: (x, u) => ops.scatterND(x!, int32([2, 1], [2, 0]), u!),
	'slice by two': (x) => ops.slice(x!, 0, 1, undefined, 2),
	flipped: (x) => ops.reverse(x!, 0),
	'scatter_reduce amax': (x, u) => ops.scatterElements(x!, int32([2, 2], [0, 2, 0, 1]), u!, 0, 'max'),
	prod: (x) => ops.reduceProd(x!, { axes: [1] }),
	norm: (x) => ops.reduceL2(x!, { axes: [1] }),
	celu: (x) => ops.celu(x!, 0.7),
	selu: (x) => ops.selu(x!),
	mish: (x) => ops.mish(x!),
	hardswish: (x) => ops.hardSwish(ops.mul(x!, 4)),
	hardsigmoid: (x) => ops.hardSigmoid(ops.mul(x!, 4), { slope: 1 / 6 }),
	softsign: (x) => ops.softsign(x!),
	threshold: (x) => ops.thresholdedRelu(x!, 0.5),
	'vector times batch': (a, b) => ops.matMul(a!, b!),
	'batch times vector': (a, b) => ops.matMul(a!, b!),
	rnn: (...all) => layer(ops.rnn, all),
	gru: (...all) => layer(ops.gru, all),
	lstm: (...all) => layer(ops.lstm, all),
	amax: (x) => ops.reduceMax(x!, { axes: [1] }),
	topk: (x) => ops.topK(x!, 2).values,
	fmod: (a, b) => ops.mod(a!, b!),
	maximum: (a, b) => ops.max(a!, b!),
};

const numbers = (size: number, place: number) => Array.from({ length: size }, (_, i) => Math.sin(12.9898 * (i + 1) + 78.233 * (place + 1)));
const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

async function run(
	outputs: Record<string, Value>,
	inputs: Record<string, Value>,
	feeds: Parameters<Awaited<ReturnType<typeof createSession>>['run']>[0],
) {
	const session = await createSession(writeOnnx(emit({ inputs, outputs })), { threads: 1 });
	const results = await session.run(feeds);
	await session.release();
	return results;
}

describe('operators against PyTorch', () => {
	it('has a builder for each case', () => expect(Object.keys(builders).sort()).toEqual(Object.keys(golden.cases).sort()));

	for (const [name, { shapes, shape, y, gradients }] of Object.entries(golden.cases)) {
		it(name, async () => {
			const values = shapes.map((shape, place) => input(`x${place}`, 'float32', shape));
			const result = builders[name]!(...values);
			expect(result.shape).toEqual(shape);
			const weights = constant(
				tensor(
					'float32',
					[y.length],
					Array.from(y, (_, i) => Math.cos(i)),
				),
			);
			const loss = ops.reduceSum(ops.mul(ops.reshape(result, [y.length]), weights));
			const grads = gradients.length > 0 ? backward(loss, values) : [];
			const results = await run(
				{ y: result, ...Object.fromEntries(grads.map((value, place) => [`g${place}`, value!])) },
				Object.fromEntries(values.map((value) => [value.name!, value])),
				Object.fromEntries(shapes.map((shape, place) => [`x${place}`, tensor('float32', shape, numbers(sizeOf(shape), place))])),
			);
			for (const [key, expected] of [['y', y] as const, ...gradients.map((list, place) => [`g${place}`, list] as const)]) {
				const got = Array.from(results[key]!.data as Float32Array);
				expect(got.length).toBe(expected.length);
				for (const [i, value] of got.entries()) expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-5 * (1 + Math.abs(expected[i]!)));
			}
		});
	}
});

describe('worked examples', () => {
	const image = (...rows: number[][]) => constant(tensor('float32', [1, 1, rows.length, rows[0]!.length], rows.flat()));
	const of = async (value: Value) => Array.from((await run({ y: value }, {}, {})).y!.data as Float32Array);

	it('transposed convolution of a 2 × 2 image by a 2 × 2 filter', async () => {
		const square = image([0, 1], [2, 3]);
		expect(await of(ops.convTranspose(square, square))).toEqual([0, 0, 1, 0, 4, 6, 4, 12, 9]);
	});

	it('running statistics move by a tenth towards those of the batch, whose variance is not corrected', async () => {
		const x = constant(tensor('float32', [4, 1], [1, 2, 3, 6]));
		const vector = (value: number) => constant(tensor('float32', [1], [value]));
		const statistics = { scale: vector(1), bias: vector(0), mean: vector(1), variance: vector(2) };
		const { mean, variance } = ops.batchNormalization(x, statistics, { training: true });
		expect((await of(mean))[0]).toBeCloseTo(0.9 * 1 + 0.1 * 3, 6);
		expect((await of(variance))[0]).toBeCloseTo(0.9 * 2 + 0.1 * 3.5, 6);
		expect(ops.batchNormalization(x, statistics).mean).toBe(statistics.mean);
	});

	it('a number at each place of a shape', async () => {
		expect(await of(ops.constantOfShape(0, [2, 2]))).toEqual([0, 0, 0, 0]);
		expect(await of(ops.constantOfShape(4, [3]))).toEqual([4, 4, 4]);
		expect(ops.constantOfShape(1, ['batch'], { dtype: 'bool', from: [input('x', 'float32', ['batch'])] })).toMatchObject({
			dtype: 'bool',
			shape: ['batch'],
		});
	});

	it('a recurrent layer begins with the states it is given, and knows how long each text is', async () => {
		const numbers = (...shape: number[]) =>
			constant(
				tensor(
					'float32',
					shape,
					Array.from({ length: sizeOf(shape) }, (_, at) => Math.sin(at + 1)),
				),
			);
		const weights = { input: numbers(1, 12, 3), recurrent: numbers(1, 12, 4) };
		const [first, second] = [numbers(1, 2, 3), numbers(2, 2, 3)];
		const twice = ops.concat([first, second], 0);
		const whole = ops.gru(twice, weights).last[0]!;
		const inParts = ops.gru(second, weights, { first: ops.gru(first, weights).last }).last[0]!;
		expect(await of(inParts)).toEqual(await of(whole));
		const cut = ops.gru(twice, weights, { lengths: int32([2], [1, 1]) }).last[0]!;
		expect(await of(cut)).toEqual(await of(ops.gru(first, weights).last[0]!));
	});

	it('inputs that an imported node leaves out', async () => {
		const value = (name: string, ...shape: number[]) => ({ name, dtype: 'float32' as const, shape });
		const one = (op: string, inputs: string[], weights: Record<string, Tensor>, attributes = {}): OnnxModel => ({
			opset: 21,
			producer: 'test',
			metadata: {},
			graph: {
				name: 'graph',
				inputs: [value('x', 2, 1, 1)],
				outputs: [value('y', 2, 1, 1)],
				initializers: new Map(Object.entries(weights)),
				nodes: [{ op, name: op, inputs, outputs: ['y'], attributes }],
			},
		});
		const ones = (...shape: number[]) => tensor('float32', shape, new Array<number>(sizeOf(shape)).fill(1));
		const clip = fromOnnx(one('Clip', ['x', '', 'to'], { to: tensor('float32', [], [0.5]) }));
		const [gradient] = backward(ops.reduceSum(clip.outputs.y!), [clip.inputs.x!]);
		const { inputs } = clip;
		const feeds = { x: tensor('float32', [2, 1, 1], [-3, 2]), to: tensor('float32', [], [0.5]) };
		const results = await run({ gradient: gradient! }, { x: inputs.x!, to: clip.initializers.to!.value }, feeds);
		expect(Array.from(results.gradient!.data as Float32Array)).toEqual([1, 0]);
		const weights = { w: ones(1, 1, 1), r: ones(1, 1, 1), h: ones(1, 1, 1) };
		const { outputs } = fromOnnx(one('RNN', ['x', 'w', 'r', '', '', 'h'], weights, { hidden_size: { int: 1 } }));
		expect(outputs.y!.shape).toEqual([2, 1, 1, 1]);
	});

	it('dropout of an imported graph in training, which has no gradient', () => {
		const x = input('x', 'float32', [3]);
		expect(() => backward(ops.reduceSum(ops.dropout(x, { training: true })), [x])).toThrow('expected training_mode false for the gradient');
	});

	it('a query that sees no key has the result 0, and no gradient', async () => {
		const q = input('q', 'float32', [1, 1, 2, 2]);
		const mask = constant(tensor('bool', [2, 2], [0, 0, 1, 1]));
		const y = ops.attentionOf(q, q, q, { mask });
		const [gradient] = backward(ops.reduceSum(ops.mul(y, y)), [q]);
		const results = await run({ y, gradient: gradient! }, { q }, { q: tensor('float32', [1, 1, 2, 2], [1, 2, 3, 4]) });
		expect(Array.from(results.y!.data as Float32Array).slice(0, 2)).toEqual([0, 0]);
		expect(Array.from(results.gradient!.data as Float32Array).every(Number.isFinite)).toBe(true);
	});

	it('a dilated window of three over seven steps leaves three', () => {
		const x = input('x', 'float32', [1, 1, 7]);
		expect(ops.conv(x, input('w', 'float32', [1, 1, 3]), undefined, { dilation: 2 }).shape).toEqual([1, 1, 3]);
	});

	it('sizes follow the formula, named ones too', () => {
		const x = input('x', 'float32', ['batch', 1, 'time']);
		const w = input('w', 'float32', [1, 1, 3]);
		expect(ops.conv(x, w).shape).toEqual(['batch', 1, 'time-2']);
		expect(ops.conv(x, w, undefined, { padding: 1 }).shape).toEqual(['batch', 1, 'time']);
		expect(ops.convTranspose(ops.conv(x, w), w).shape).toEqual(['batch', 1, 'time']);
	});
});
