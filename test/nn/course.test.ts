// Worked numbers of the course: convolution, pooling and cross-entropy, through layers and losses.
import { constant, input, nn, type Parameter, type Tensor, tensor, type Value } from 'textloom';
import { describe, expect, it } from 'vitest';
import { int32 } from '../graph/check-gradient.js';
import { run } from './apply-layer.js';

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
		const layer = nn.conv2d({ in: 1, out: 1, width: 3, stride: 2, bias: false });
		expect(await made(layer, x, [1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual({ shape: [1, 1, 2, 2], numbers: [211, 262, 251, 169] });
	});

	it('max pooling', async () => {
		const x = image(4, 3, 4, 6, 5, 2, 4, 6, 8, 1, 6, 7, 8, 4, 9, 7, 6);
		expect((await made(nn.maxPool({ width: 2 }), x)).numbers).toEqual([4, 8, 9, 8]);
	});

	it('a transposed convolution', async () => {
		const layer = nn.convTranspose2d({ in: 1, out: 1, width: 2, bias: false });
		expect((await made(layer, image(2, 0, 1, 2, 3), [0, 1, 2, 3])).numbers).toEqual([0, 0, 1, 0, 4, 6, 4, 12, 9]);
	});

	it('a dilated window of three over seven leaves three', () => {
		const layer = nn.conv2d({ in: 1, out: 1, width: 3, dilation: 2 });
		expect(layer.apply(input('x', 'float32', [1, 1, 7, 7])).shape).toEqual([1, 1, 3, 3]);
	});

	it('sizes follow ⌊(W + 2P − D(K−1) − 1)/S⌋ + 1, and (W − 1)S − 2P + D(K−1) + 1 on the way back', () => {
		for (const [size, width, stride, padding, dilation] of [
			[32, 5, 1, 0, 1],
			[32, 5, 3, 2, 1],
			[17, 3, 2, 1, 2],
			[9, 4, 3, 0, 2],
		] as const) {
			const options = { in: 1, out: 1, width, stride, padding, dilation };
			const x = input('x', 'float32', [1, 1, size]);
			const windows = Math.floor((size + 2 * padding - dilation * (width - 1) - 1) / stride) + 1;
			expect(nn.conv1d(options).apply(x).shape).toEqual([1, 1, windows]);
			const spread = (size - 1) * stride - 2 * padding + dilation * (width - 1) + 1;
			expect(nn.convTranspose1d(options).apply(x).shape).toEqual([1, 1, spread]);
		}
	});

	it('cross-entropies 0.9729, 0.4966 and 1.1720', async () => {
		const loss = async (rows: number[][], classes: number[]) => {
			const logits = constant(tensor('float32', [rows.length, 3], rows.flat()));
			const { y } = await run({}, { y: nn.crossEntropy(logits, int32([classes.length], classes)) }, {});
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
});
