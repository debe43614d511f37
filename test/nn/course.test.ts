// Worked numbers of the course: convolution, pooling, cross-entropy, recurrence, attention pooling, least squares and XOR.

import {
	backward,
	constant,
	createSession,
	emit,
	input,
	ops,
	type Parameter,
	sizeOf,
	type Tensor,
	tensor,
	type Value,
	writeOnnx,
} from 'textloom/graph';
import * as nn from 'textloom/nn';
import { randomFloat } from 'textloom/stream';
import { describe, expect, it } from 'vitest';
import { int32 } from '../graph/check-gradient.js';
import { farthest, run } from './apply-layer.js';

const image = (side: number, ...values: number[]) => constant(tensor('float32', [1, 1, side, side], values));

/** The numbers that a layer makes of a value, with these weights. */
async function made(layer: nn.Layer & { parameters: { weight?: Parameter } }, x: Value, weight?: number[]) {
	const y = layer.apply(x, nn.prediction);
	const named = Object.fromEntries(nn.namedParameters(layer.parameters));
	const feeds: Record<string, Tensor> = weight ? { weight: tensor('float32', layer.parameters.weight!.shape, weight) } : {};
	const { data, shape } = (await run(named, { y }, feeds)).y!;
	return { shape, numbers: Array.from(data as Float32Array) };
}

describe('worked numbers', () => {
	it('a convolution with a stride of two', async () => {
		const x = image(5, 3, 4, 6, 5, 7, 2, 4, 6, 8, 2, 1, 6, 7, 8, 4, 9, 7, 4, 6, 2, 3, 7, 5, 4, 1);
		const layer = nn.conv2d({ in: 1, out: 1, kernel: 3, stride: 2, bias: false });
		expect(await made(layer, x, [1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual({ shape: [1, 1, 2, 2], numbers: [211, 262, 251, 169] });
	});

	it('max pooling', async () => {
		const x = image(4, 3, 4, 6, 5, 2, 4, 6, 8, 1, 6, 7, 8, 4, 9, 7, 6);
		expect((await made(nn.maxPool({ kernel: 2 }), x)).numbers).toEqual([4, 8, 9, 8]);
	});

	it('a transposed convolution', async () => {
		const layer = nn.convTranspose2d({ in: 1, out: 1, kernel: 2, bias: false });
		expect((await made(layer, image(2, 0, 1, 2, 3), [0, 1, 2, 3])).numbers).toEqual([0, 0, 1, 0, 4, 6, 4, 12, 9]);
	});

	it('a dilated window of three over seven leaves three', () => {
		const layer = nn.conv2d({ in: 1, out: 1, kernel: 3, dilation: 2 });
		expect(layer.apply(input('x', 'float32', [1, 1, 7, 7])).shape).toEqual([1, 1, 3, 3]);
	});

	it('sizes follow ⌊(W + 2P − D(K−1) − 1)/S⌋ + 1, and (W − 1)S − 2P + D(K−1) + 1 on the way back', () => {
		for (const [size, kernel, stride, padding, dilation] of [
			[32, 5, 1, 0, 1],
			[32, 5, 3, 2, 1],
			[17, 3, 2, 1, 2],
			[9, 4, 3, 0, 2],
		] as const) {
			const options = { in: 1, out: 1, kernel, stride, padding, dilation };
			const x = input('x', 'float32', [1, 1, size]);
			const windows = Math.floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1;
			expect(nn.conv1d(options).apply(x).shape).toEqual([1, 1, windows]);
			const spread = (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + 1;
			expect(nn.convTranspose1d(options).apply(x).shape).toEqual([1, 1, spread]);
		}
	});

	it('cross-entropies 0.9729, 0.4966 and 1.1720', async () => {
		const loss = async (rows: number[][], classes: number[]) => {
			const logits = constant(tensor('float32', [rows.length, 3], rows.flat()));
			const { y } = await run({}, { y: nn.meanLoss(nn.crossEntropy(logits, int32([classes.length], classes))) }, {});
			return y!.data[0] as number;
		};
		expect(await loss([[0.2, 0.1, -0.1]], [0])).toBeCloseTo(0.9729, 4);
		const near = [
			[0.1, 0.2, 0.9],
			[1.1, 0.1, 0.2],
			[0.2, 2.1, 0.1],
		];
		const far = [
			[0.8, 0.2, 0.3],
			[0.2, 0.3, 0.5],
			[0.2, 0.5, 0.5],
		];
		expect(await loss(near, [2, 0, 1])).toBeCloseTo(0.4966, 4);
		expect(await loss(far, [2, 0, 1])).toBeCloseTo(1.172, 4);
	});

	it('a linear recurrence with all weights 1 gives (4, 4) (12, 12) (32, 32)', async () => {
		const rnn = nn.rnn({ in: 2, out: 2, nonlinearity: 'none', bias: false });
		const out = nn.linear({ in: 2, out: 2, bias: false });
		const x = constant(tensor('float32', [1, 3, 2], [1, 1, 1, 1, 2, 2]));
		const y = out.apply(rnn.apply(x, nn.prediction).outputs);
		const named = Object.fromEntries(nn.namedParameters({ rnn: rnn.parameters, out: out.parameters }));
		const weights = Object.fromEntries(Object.keys(named).map((name) => [name, tensor('float32', [2, 2], [1, 1, 1, 1])]));
		expect(Array.from((await run(named, { y }, weights)).y!.data as Float32Array)).toEqual([4, 4, 12, 12, 32, 32]);
	});

	it('attention pooling: the mean, and weights that fall as a Gaussian', async () => {
		const [places, heights, asked] = [
			[0, 1, 2, 4],
			[1, 3, -2, 5],
			[0.5, 3],
		];
		const row = (numbers: readonly number[]) => constant(tensor('float32', [numbers.length], numbers));
		const given = { memory: row(places), values: row(heights) };
		const mean = nn.averagePooling().apply(row(asked), nn.prediction, given).output;
		const { output, weights } = nn.kernelPooling({ bandwidth: 0.8 }).apply(row(asked), nn.prediction, given);
		const got = await run({}, { mean, output, weights }, {});
		expect(Array.from(got.mean!.data as Float32Array)).toEqual([1.75, 1.75]);
		const kernels = asked.map((x) => places.map((place) => Math.exp(-(((x - place) / 0.8) ** 2) / 2)));
		const shares = kernels.map((list) => list.map((kernel) => kernel / list.reduce((a, b) => a + b)));
		expect(farthest(got.weights!.data as Float32Array, shares.flat())).toBeLessThan(1e-6);
		const means = shares.map((list) => list.reduce((sum, share, i) => sum + share * heights[i]!, 0));
		expect(farthest(got.output!.data as Float32Array, means)).toBeLessThan(1e-6);
	});
});

/** The parameters after steps of gradient descent, begun from `state`; `feedsOf` gives what a step is fed. */
async function descend(
	{ loss, inputs, rate }: { loss: Value; inputs: Readonly<Record<string, Value>>; rate: number | ((step: number) => number) },
	state: Readonly<Record<string, Tensor>>,
	{ steps, feedsOf }: { steps: number; feedsOf: (step: number) => Readonly<Record<string, Tensor>> },
) {
	const names = Object.keys(state);
	const speed = input('rate', loss.dtype, []);
	const gradients = backward(
		loss,
		names.map((name) => inputs[name]!),
	);
	const next = Object.fromEntries(names.map((name, at) => [`next ${name}`, ops.sub(inputs[name]!, ops.mul(gradients[at]!, speed))]));
	const session = await createSession(writeOnnx(emit({ inputs: { ...inputs, rate: speed }, outputs: { loss, ...next } })), { threads: 1 });
	let now: Record<string, Tensor> = { ...state };
	let last = 0;
	for (let step = 0; step < steps; step++) {
		const at = typeof rate === 'number' ? rate : rate(step);
		const result = await session.run({ ...feedsOf(step), ...now, rate: tensor(loss.dtype, [], [at]) });
		now = Object.fromEntries(names.map((name) => [name, result[`next ${name}`]!]));
		last = Number(result.loss!.data[0]);
	}
	await session.release();
	return { now, loss: last };
}

describe('gradient descent', () => {
	const heights = [3, 4, 5, 5, 2, 4, 7, 8, 11, 8, 12, 11, 13, 13, 16, 17, 18, 17, 19, 21];
	const x = input('x', 'float64', ['batch', 2]);
	const y = input('y', 'float64', ['batch', 1]);
	const theta = input('theta', 'float64', [2, 1]);
	const loss = ops.mul(nn.meanLoss(nn.mseLoss(ops.matMul(x, theta), y)), 0.5);
	const begin = { theta: tensor('float64', [2, 1], [1, 1]) };
	/** The points of a step: all in turn, each epoch in another order. */
	const points = (size: number) => (step: number) => {
		const epoch = Math.floor((step * size) / 20);
		const order = heights.map((_, row) => row).sort((a, b) => randomFloat(1, epoch, a) - randomFloat(1, epoch, b));
		const rows = order.slice((step * size) % 20, ((step * size) % 20) + size);
		return {
			x: tensor(
				'float64',
				[size, 2],
				rows.flatMap((row) => [1, row + 1]),
			),
			y: tensor(
				'float64',
				[size, 1],
				rows.map((row) => heights[row]!),
			),
		};
	};

	// What single points leave in the end is noise in proportion to the rate.
	for (const [name, size, steps, rate, near] of [
		['all points', 20, 6000, () => 0.01, 1e-5],
		['one point at a time', 1, 30000, (step: number) => 0.002 / (1 + step / 1e4), 3e-2],
		['batches of five', 5, 12000, (step: number) => 0.005 / (1 + step / 2000), 1e-2],
	] as const) {
		it(`least squares by ${name}: θ = (0.51579, 0.96992)`, async () => {
			const { now } = await descend({ loss, inputs: { x, y, theta }, rate }, begin, { steps, feedsOf: points(size) });
			const [first, second] = now.theta!.data as Float64Array;
			expect(Math.abs(first! - 0.51579)).toBeLessThan(near);
			expect(Math.abs(second! - 0.96992)).toBeLessThan(near);
		});
	}

	it('a 2–5–1 network of sigmoids learns XOR', async () => {
		const network = nn.sequential([nn.linear({ in: 2, out: 5 }), nn.sigmoid(), nn.linear({ in: 5, out: 1 }), nn.sigmoid()]);
		const named = nn.namedParameters(network.parameters);
		const x = constant(tensor('float32', [4, 2], [0, 0, 0, 1, 1, 0, 1, 1]));
		const guess = network.apply(x, nn.prediction);
		const loss = nn.meanLoss(nn.mseLoss(guess, constant(tensor('float32', [4, 1], [0, 1, 1, 0]))));
		const state = Object.fromEntries(
			[...named].map(([name, { shape }], place): [string, Tensor] => [
				name,
				tensor(
					'float32',
					shape,
					Array.from({ length: sizeOf(shape) }, (_, i) => 4 * randomFloat(1, place, i) - 2),
				),
			]),
		);
		const inputs = Object.fromEntries(named);
		const { now, loss: last } = await descend({ loss, inputs, rate: 5 }, state, { steps: 3000, feedsOf: () => ({}) });
		expect(last).toBeLessThan(1e-3);
		const { guess: answers } = await run(inputs, { guess }, now);
		expect(Array.from(answers!.data as Float32Array, (number) => Math.round(number))).toEqual([0, 1, 1, 0]);
	});
});
