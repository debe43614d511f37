// What has no parameters of its own follows the type of its input: masks, sentinels, positions, losses in float64.
import { backward, input, ops, type Tensor, tensor, type Value, withFloatType } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { describe, expect, it } from 'vitest';
import { farBelow, lowest } from '../../dist/src/nn/lowest.js';
import { farthest, noting, numbers, run } from './apply-layer.js';

const shape = [2, 5, 4];
const values = numbers(shape, 0);
const lengths = { value: input('lengths', 'int32', ['batch']), tensor: tensor('int32', [2], [5, 3]) };

type Dtype = 'float32' | 'float64';
/** What is applied to `x` and lengths; each mask that it asks for is filled with 2. */
const builds: Record<string, (x: Value, lengths: Value, mode: nn.Mode) => Value> = {
	attention: (x, lengths, mode) => nn.attention(x, x, x, { causal: true, lengths, dropout: 0.5, mode }),
	averagePooling: (x, lengths, mode) => nn.averagePooling().apply(x, mode, { lengths }).output,
	kernelPooling: (x, lengths, mode) => nn.kernelPooling().apply(x, mode, { lengths }).output,
	sinusoidalPositions: (x) => nn.sinusoidalPositions({ width: 4 }).apply(x),
	maxOverTime: (x, lengths) => nn.maxOverTime().apply(x, lengths),
	meanOverTime: (x, lengths) => nn.meanOverTime().apply(x, lengths),
	dropout: (x, _, mode) => nn.dropout(0.5).apply(x, mode),
	maxPool: (x) => nn.maxPool({ kernel: 2 }).apply(x),
	adaptiveMaxPool: (x) => nn.adaptiveMaxPool({ size: 2 }).apply(x),
	crossEntropy: (x, lengths) =>
		nn.crossEntropy(ops.reduceMean(x, { axes: [1] }), ops.sub(lengths, 3), { weights: [1, 2, 3, 4], ignore: 0 }).each,
	meanLoss: (x) => nn.meanLoss(nn.smoothL1Loss(x, ops.mul(x, 2))),
	binaryCrossEntropy: (x) => nn.binaryCrossEntropy(ops.sigmoid(x), ops.sigmoid(ops.mul(x, 2))).each,
	klDivergence: (x) => nn.klDivergence(ops.logSoftmax(x), ops.softmax(x), { per: 'sample' }).weight,
	loss: (x, lengths) => nn.loss(x, ops.unsqueeze(ops.less(ops.places(x, 1), 3), [1])).weight ?? lengths,
};

async function results(dtype: Dtype, build: (typeof builds)[string]): Promise<{ y: Tensor; gradient: Tensor | undefined }> {
	const x = input(
		'x',
		dtype,
		['batch', 'time', 4].map((dim, axis) => (axis === 1 ? 5 : dim)),
	);
	const { mode, masks } = noting();
	const asked: Value[] = [];
	const y = build(x, lengths.value, { ...mode, mask: (rate, shape) => asked[asked.push(mode.mask(rate, shape)) - 1]! });
	expect(y.dtype).toBe(dtype);
	const [gradient] = backward(ops.reduceSum(ops.mul(y, y)), [x]);
	const ask = Object.fromEntries(asked.map((value) => [value.name!, value]));
	const filled = Object.fromEntries(
		masks.map(({ shape }, at) => {
			const sizes = shape.map((dim) => (dim === 'batch' ? 2 : (dim as number)));
			return [asked[at]!.name!, tensor('float32', sizes, new Array(sizes.reduce((a, b) => a * b, 1)).fill(2))];
		}),
	);
	const feeds = { x: tensor(dtype, shape, values), lengths: lengths.tensor, ...filled };
	const found = await run({ x, lengths: lengths.value, ...ask }, { y, ...(gradient && { gradient }) }, feeds);
	return { y: found.y!, gradient: found.gradient };
}

describe('in float64 as in float32', () => {
	for (const [name, build] of Object.entries(builds)) {
		it(name, async () => {
			const [single, double] = [await results('float32', build), await results('float64', build)];
			expect(double.y.data).toBeInstanceOf(Float64Array);
			expect(farthest(double.y.data as Float64Array, Array.from(single.y.data as Float32Array))).toBeLessThan(1e-6);
			if (single.gradient)
				expect(farthest(double.gradient!.data as Float64Array, Array.from(single.gradient.data as Float32Array))).toBeLessThan(1e-5);
		});
	}
});

describe('what is below all numbers', () => {
	it('is finite in its own type, and so is its half with a score', () => {
		expect(lowest('float16')).toBe(-65504);
		expect(Math.fround(lowest('float32'))).toBe(lowest('float32'));
		// As float32 the largest bfloat16 is a float32 whose last 16 bits are 0.
		expect(new Uint32Array(Float32Array.of(lowest('bfloat16')).buffer)[0]! & 0xffff).toBe(0);
		for (const dtype of ['float16', 'bfloat16', 'float32', 'float64'] as const) {
			expect(farBelow(dtype) - 1000).toBeGreaterThanOrEqual(lowest(dtype));
			expect(Math.exp(farBelow(dtype) + 1000)).toBe(0);
		}
		expect(() => lowest('int32')).toThrow('expected a float type, got int32. Cast it.');
	});

	it('is below features and scores far from 0', async () => {
		const x = input('x', 'float32', [1, 3, 1]);
		const own = { value: input('own', 'int32', [1]), tensor: tensor('int32', [1], [2]) };
		// The third step lies beyond the text: it is its own nearest key, and the largest feature.
		const feeds = { x: tensor('float32', [1, 3, 1], [-4e5, -3e5, 0]), own: own.tensor };
		const most = nn.maxOverTime().apply(x, own.value);
		const { weights } = nn.kernelPooling().apply(x, nn.prediction, { lengths: own.value });
		const found = await run({ x, own: own.value }, { most, weights }, feeds);
		expect(Array.from(found.most!.data as Float32Array)).toEqual([-3e5]);
		expect(Array.from(found.weights!.data as Float32Array)).toEqual([1, 0, 0, 0, 1, 0, 0, 1, 0]);
	});

	it('leaves a text of which nothing counts without NaN', async () => {
		const x = input('x', 'float32', ['batch', 5, 4]);
		const none = tensor('int32', [2], [0, 5]);
		const y = nn.attention(x, x, x, { lengths: lengths.value, causal: true });
		const [gradient] = backward(ops.reduceSum(y), [x]);
		const found = await run(
			{ x, lengths: lengths.value },
			{ y, gradient: gradient! },
			{ x: tensor('float32', shape, values), lengths: none },
		);
		for (const { data } of Object.values(found)) expect(Array.from(data as Float32Array).every(Number.isFinite)).toBe(true);
	});
});

describe('layers of a graph that is computed in float16', () => {
	const x = input('x', 'float32', ['batch', 5, 4]);
	const feeds = { x: tensor('float32', shape, values) };
	const mask = { lengths: lengths.value, causal: true } as const;
	const convMax = nn.convMax({ in: 4, out: 3, kernels: [1, 2] });
	const block = nn.encoderBlock({ width: 4, heads: 2 });
	const layers: Record<string, { parameters?: nn.ParameterTree; y: Value }> = {
		attention: { y: nn.attention(x, x, x, mask) },
		averagePooling: { y: nn.averagePooling().apply(x, nn.prediction, { lengths: lengths.value }).output },
		maxOverTime: { y: nn.maxOverTime().apply(x, lengths.value) },
		encoderBlock: { parameters: block.parameters, y: block.apply(x, nn.prediction, { lengths: lengths.value }) },
		convMax: { parameters: convMax.parameters, y: convMax.apply(x, lengths.value) },
		sinusoidalPositions: { y: nn.sinusoidalPositions({ width: 4 }).apply(x) },
	};
	for (const [name, { parameters = {}, y }] of Object.entries(layers)) {
		it(name, async () => {
			const named = Object.fromEntries(nn.namedParameters(parameters));
			const [gradient] = backward(ops.reduceSum(ops.mul(y, y)), [x]);
			const both = [y, gradient!];
			// In the second text nothing counts, whose result may be anything but NaN, or three steps.
			for (const second of [0, 3]) {
				const fed = {
					...{ ...feeds, lengths: tensor('int32', [2], [5, second]) },
					...Object.fromEntries(
						Object.entries(named).map(([name, { shape }], at) => [name, tensor('float32', shape, numbers(shape, at + 1))]),
					),
				};
				const halves = withFloatType(both, { to: 'float16', beginnings: 'cast' }).values;
				expect(halves.map(({ dtype }) => dtype)).toEqual(['float16', 'float16']);
				const outputs = Object.fromEntries([...both, ...halves].map((value, at) => [`${at}`, ops.cast(value, 'float32')]));
				const found = await run({ x, lengths: lengths.value, ...named }, outputs, fed);
				const [single, singleGradient, half, halfGradient] = [0, 1, 2, 3].map((at) => Array.from(found[at]!.data as Float32Array));
				expect([...half!, ...halfGradient!].every(Number.isFinite)).toBe(true);
				if (second === 0) continue;
				expect(farthest(half!, single!), `${second} steps`).toBeLessThan(5e-3);
				expect(farthest(halfGradient!, singleGradient!), `gradient, ${second} steps`).toBeLessThan(2e-2);
			}
		});
	}
});
