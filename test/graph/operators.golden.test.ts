// Operators and their gradients against PyTorch (test/golden/graph/operators.py), and worked examples that are known by heart.
import { readFileSync } from 'node:fs';
import { backward, constant, createSession, emit, input, ops, tensor, type Value, writeOnnx } from 'textloom';
import { describe, expect, it } from 'vitest';

const golden = JSON.parse(readFileSync(new URL('../golden/graph/operators.json', import.meta.url), 'utf8')) as {
	cases: Record<string, { shapes: number[][]; shape: number[]; y: number[]; gradients: number[][] }>;
};

const builders: Record<string, (...inputs: Value[]) => Value> = {
	conv1d: (x, w, b) => ops.conv(x!, w!, b, { stride: 2, padding: 1 }),
	'conv1d dilated': (x, w) => ops.conv(x!, w!, undefined, { dilation: 2 }),
	'conv2d groups': (x, w) => ops.conv(x!, w!, undefined, { stride: [2, 1], padding: [1, 0], groups: 2 }),
	conv_transpose1d: (x, w, b) => ops.convTranspose(x!, w!, b, { stride: 2, padding: 1, outputPadding: [1] }),
	max_pool2d: (x) => ops.maxPool(x!, 3, { stride: 2, padding: 1 }),
	avg_pool1d: (x) => ops.averagePool(x!, 3, { stride: 2, padding: 1 }),
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
	const results = await session.run(feeds, Object.fromEntries(session.outputs.map((name) => [name, null])));
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
			const grads = backward(loss, values);
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
