// Losses: numbers and gradients as PyTorch's, gradients by central differences, edges, errors, and the worked numbers of the course.
import { backward, constant, input, ops, sizeOf, tensor, type Value } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { describe, expect, it } from 'vitest';
import { gradientError, int32, toleranceOf } from '../graph/check-gradient.js';
import { testRefusals } from '../refusals.js';
import { farthest, goldenLoss, numbers, run } from './apply-layer.js';
import { forms, cases as golden, type LossForms, losses } from './losses.js';

const cases: Readonly<Record<string, { shapes: number[][]; shape: number[]; y: number[]; gradients: number[][] }>> = golden;
const rows = Object.values<LossForms>(losses).flatMap(({ golden }) => (typeof golden === 'string' ? [] : Object.entries(golden)));
const all = [
	...rows.map(([name, form]) => [name, { ...form, shapes: cases[name]!.shapes }] as const),
	...Object.values<LossForms>(losses).flatMap((row) => ('forms' in row ? Object.entries(row.forms) : [])),
];
const floats = (...values: number[]) => constant(tensor('float32', [values.length], values));
const numberOf = async (y: Value) => Array.from((await run({}, { y }, {})).y!.data as Float32Array);

describe('losses against PyTorch', () => {
	it('has a row for each case', () => expect(rows.map(([name]) => name).sort()).toEqual(Object.keys(cases).sort()));

	for (const [name, { form, build }] of rows) {
		it(name, async () => {
			const { shapes, shape, y: golden, gradients } = cases[name]!;
			const values = shapes.map((shape, place) => input(`x${place}`, 'float32', shape));
			const loss = build(...values);
			const y = forms[form](loss);
			expect(y.shape).toEqual(shape);
			const found = backward(goldenLoss(y, sizeOf(shape)), values);
			const inputs = Object.fromEntries(values.map((value) => [value.name!, value]));
			const feeds = Object.fromEntries(shapes.map((shape, place) => [`x${place}`, tensor('float32', shape, numbers(shape, place))]));
			const all = Object.fromEntries(Object.entries(forms).map(([name, of]) => [name, of(loss)]));
			const results = await run(
				inputs,
				{ y, ...all, weight: loss.weight, ...Object.fromEntries(found.map((value, place) => [`g${place}`, value!])) },
				feeds,
			);
			expect(farthest(results.y!.data as Float32Array, golden)).toBeLessThan(1e-5);
			for (const [place, gradient] of gradients.entries())
				expect(farthest(results[`g${place}`]!.data as Float32Array, gradient), `input ${place}`).toBeLessThan(1e-5);
			// The three forms say the same.
			const numbersOf = (name: string) => Array.from(results[name]!.data as Float32Array);
			const sum = numbersOf('each').reduce((a, b) => a + b, 0);
			expect(farthest(results.sum!.data as Float32Array, [sum])).toBeLessThan(1e-5);
			expect(farthest(results.mean!.data as Float32Array, [sum / numbersOf('weight')[0]!])).toBeLessThan(1e-5);
		});
	}
});

describe('gradients of losses by central differences', () => {
	for (const [name, { form, build, shapes }] of all) {
		// So far out the loss is straight lines with a corner between, which differences cannot follow.
		if (name.endsWith('far out')) continue;
		it(name, async () => {
			// float64 has no kernel of Softplus.
			const dtype = name.includes('WithLogits') ? ('float32' as const) : ('float64' as const);
			const gradientCase = { shapes, build: (...inputs: Value[]) => forms[form](build(...inputs)), dtype };
			expect(await gradientError(gradientCase)).toBeLessThan(toleranceOf(gradientCase));
		});
	}
});

describe('edges of losses', () => {
	it('the batch and the time may have names', () => {
		const [logits, targets] = [input('x', 'float32', ['batch', 'time', 7]), input('y', 'int32', ['batch', 'time'])];
		const { each, sum, weight } = nn.crossEntropy(logits, targets, { ignore: 0, smoothing: 0.1 });
		expect([each, sum, weight].map(({ shape }) => shape)).toEqual([['batch', 'time'], [], []]);
		expect(nn.meanLoss(nn.crossEntropy(logits, targets)).shape).toEqual([]);
	});

	it('the weight is what counts: targets, class weights, elements, samples', async () => {
		const logits = input('x', 'float32', ['batch', 'time', 3]);
		const targets = input('y', 'int32', ['batch', 'time']);
		const weights = [1, 0.5, 2];
		const shares = ops.softmax(logits);
		const logs = ops.logSoftmax(logits);
		const all: Record<string, readonly [nn.Loss, number]> = {
			targets: [nn.crossEntropy(logits, targets), 4],
			counted: [nn.crossEntropy(logits, targets, { ignore: 0 }), 3],
			classes: [nn.crossEntropy(logits, targets, { weights }), 1 + 2 + 0.5 + 2],
			both: [nn.crossEntropy(logits, targets, { weights, ignore: 2 }), 1 + 0.5],
			shares: [nn.crossEntropy(logits, shares, { weights }), 4],
			elements: [nn.mseLoss(logits, shares), 12],
			binary: [nn.binaryCrossEntropy(shares, shares, { weight: floats(3, 3, 3) }), 12],
			divergence: [nn.klDivergence(logs, shares), 12],
			samples: [nn.klDivergence(logs, shares, { per: 'sample' }), 2],
			scaled: [nn.weighted(nn.crossEntropy(logits, targets), 0.1), 4],
			own: [nn.loss(ops.mul(logits, 2), constant(tensor('bool', [3], [1, 0, 1]))), 8],
		};
		const feeds = { x: tensor('float32', [2, 2, 3], numbers([2, 2, 3], 0)), y: tensor('int32', [2, 2], [0, 2, 1, 2]) };
		const outputs = Object.fromEntries(Object.entries(all).map(([name, [{ weight }]]) => [name, weight]));
		const results = await run({ x: logits, y: targets }, outputs, feeds);
		for (const [name, [, expected]] of Object.entries(all)) {
			expect(results[name]!.dtype).toBe('float32');
			expect((results[name]!.data as Float32Array)[0], name).toBeCloseTo(expected, 6);
		}
	});

	it('where nothing counts, the mean and its gradient are 0', async () => {
		const x = input('x', 'float32', ['batch', 3]);
		const y = input('y', 'int32', ['batch']);
		const weights = input('w', 'float32', ['batch', 1]);
		const all = {
			ignored: nn.crossEntropy(x, y, { ignore: 0, smoothing: 0.1 }),
			classes: nn.crossEntropy(x, y, { weights: [0, 1, 1] }),
			own: nn.loss(ops.mul(x, x), weights),
		};
		const outputs = Object.fromEntries(
			Object.entries(all).flatMap(([name, loss]) => {
				const mean = nn.meanLoss(loss);
				return [
					[name, mean],
					[`${name}.weight`, loss.weight],
					[`${name}.gradient`, backward(mean, [x])[0]!],
				];
			}),
		);
		const of = async (rows: number) =>
			run({ x, y, w: weights }, outputs, {
				x: tensor('float32', [rows, 3], numbers([rows, 3], 0)),
				y: tensor('int32', [rows], new Array(rows).fill(0)),
				w: tensor('float32', [rows, 1], new Array(rows).fill(0)),
			});
		// A batch without samples counts nothing either.
		for (const rows of [2, 0]) {
			for (const [name, { data }] of Object.entries(await of(rows))) {
				expect(data.length, name).toBe(name.endsWith('gradient') ? rows * 3 : 1);
				expect(Array.from(data as Float32Array, Math.abs), name).toEqual(new Array(data.length).fill(0));
			}
		}
	});

	it('an ignored class need not be one', async () => {
		const logits = constant(tensor('float32', [2, 2], [1, 3, 100, -100]));
		const own = await numberOf(nn.meanLoss(nn.crossEntropy(logits, int32([2], [0, -100]), { ignore: -100 })));
		expect(own[0]).toBeCloseTo(Math.log(1 + Math.E ** 2), 5);
	});

	it('certain probabilities cost at most 100, and have a finite gradient', async () => {
		const p = input('p', 'float32', [4]);
		const loss = nn.binaryCrossEntropy(p, floats(1, 0, 0, 1));
		const [gradient] = backward(loss.sum, [p]);
		const results = await run({ p }, { loss: loss.each, gradient: gradient! }, { p: tensor('float32', [4], [0, 1, 0, 1]) });
		expect(Array.from(results.loss!.data as Float32Array, Math.abs)).toEqual([100, 100, 0, 0]);
		expect(Array.from(results.gradient!.data as Float32Array).every(Number.isFinite)).toBe(true);
	});

	it('a target of no share has no divergence', async () => {
		const [p, q] = [floats(Math.log(0.5), Math.log(0.5)), floats(0, 1)];
		expect((await numberOf(nn.klDivergence(p, q).sum))[0]).toBeCloseTo(Math.LN2, 6);
	});
});

describe('losses refuse', () => testRefusals(losses));
