// Losses: numbers and gradients as PyTorch's, gradients by central differences, edges, errors, and the worked numbers of the course.
import { readFileSync } from 'node:fs';
import { backward, constant, input, nn, ShapeError, sizeOf, tensor, type Value } from 'textloom';
import { describe, expect, it } from 'vitest';
import { gradientError, int32, toleranceOf } from '../graph/check-gradient.js';
import { farthest, goldenLoss, numbers, run } from './apply-layer.js';
import { losses } from './losses.js';

const { cases } = JSON.parse(readFileSync(new URL('../golden/nn/losses.json', import.meta.url), 'utf8')) as {
	cases: Readonly<Record<string, { shapes: number[][]; shape: number[]; y: number[]; gradients: number[][] }>>;
};
const builds = Object.values(losses).flatMap((own) => Object.entries(own));
const floats = (...values: number[]) => constant(tensor('float32', [values.length], values));
const numberOf = async (y: Value) => Array.from((await run({}, { y }, {})).y!.data as Float32Array);

describe('losses against PyTorch', () => {
	it('has a build for each case', () => expect(builds.map(([name]) => name).sort()).toEqual(Object.keys(cases).sort()));

	for (const [name, build] of builds) {
		it(name, async () => {
			const { shapes, shape, y: golden, gradients } = cases[name]!;
			const values = shapes.map((shape, place) => input(`x${place}`, 'float32', shape));
			const y = build(...values);
			expect(y.shape).toEqual(shape);
			const found = backward(goldenLoss(y, sizeOf(shape)), values);
			const inputs = Object.fromEntries(values.map((value) => [value.name!, value]));
			const feeds = Object.fromEntries(shapes.map((shape, place) => [`x${place}`, tensor('float32', shape, numbers(shape, place))]));
			const results = await run(inputs, { y, ...Object.fromEntries(found.map((value, place) => [`g${place}`, value!])) }, feeds);
			expect(farthest(results.y!.data as Float32Array, golden)).toBeLessThan(1e-5);
			for (const [place, gradient] of gradients.entries())
				expect(farthest(results[`g${place}`]!.data as Float32Array, gradient), `input ${place}`).toBeLessThan(1e-5);
		});
	}
});

describe('gradients of losses by central differences', () => {
	for (const [name, build] of builds) {
		// So far out the loss is straight lines with a corner between, which differences cannot follow.
		if (name.endsWith('far out')) continue;
		it(name, async () => {
			const { shapes } = cases[name]!;
			// float64 has no kernel of Softplus.
			const dtype = name.includes('WithLogits') ? ('float32' as const) : ('float64' as const);
			const gradientCase = { shapes, build, dtype };
			expect(await gradientError(gradientCase)).toBeLessThan(toleranceOf(gradientCase));
		});
	}
});

describe('edges of losses', () => {
	it('the batch and the time may have names', () => {
		const [logits, targets] = [input('x', 'float32', ['batch', 'time', 7]), input('y', 'int32', ['batch', 'time'])];
		expect(nn.crossEntropy(logits, targets, { reduction: 'none', ignore: 0, smoothing: 0.1 }).shape).toEqual(['batch', 'time']);
		expect(nn.crossEntropy(logits, targets).shape).toEqual([]);
	});

	it('an ignored class need not be one', async () => {
		const logits = constant(tensor('float32', [2, 2], [1, 3, 100, -100]));
		const own = await numberOf(nn.crossEntropy(logits, int32([2], [0, -100]), { ignore: -100 }));
		expect(own[0]).toBeCloseTo(Math.log(1 + Math.E ** 2), 5);
	});

	it('certain probabilities cost at most 100, and have a finite gradient', async () => {
		const p = input('p', 'float32', [4]);
		const loss = nn.binaryCrossEntropy(p, floats(1, 0, 0, 1), { reduction: 'none' });
		const [gradient] = backward(nn.binaryCrossEntropy(p, floats(1, 0, 0, 1), { reduction: 'sum' }), [p]);
		const results = await run({ p }, { loss, gradient: gradient! }, { p: tensor('float32', [4], [0, 1, 0, 1]) });
		expect(Array.from(results.loss!.data as Float32Array, Math.abs)).toEqual([100, 100, 0, 0]);
		expect(Array.from(results.gradient!.data as Float32Array).every(Number.isFinite)).toBe(true);
	});

	it('a target of no share has no divergence', async () => {
		const [p, q] = [floats(Math.log(0.5), Math.log(0.5)), floats(0, 1)];
		expect((await numberOf(nn.klDivergence(p, q, { reduction: 'sum' })))[0]).toBeCloseTo(Math.LN2, 6);
	});
});

describe('losses refuse', () => {
	const f = (...shape: (number | string)[]) => input('f', 'float32', shape);
	const i = (...shape: (number | string)[]) => input('i', 'int32', shape);
	const wrong: readonly (readonly [name: string, build: () => Value, says: string])[] = [
		[
			'targets of another shape',
			() => nn.mseLoss(f('batch', 3), f('batch')),
			'mseLoss: expected targets batch×3, got batch. Reshape one of them.',
		],
		[
			'classes that are not last',
			() => nn.crossEntropy(f('batch', 5, 'time'), i('batch', 'time')),
			'crossEntropy: expected targets batch×5 for batch×5×time, got batch×time. Classes are the last axis: reshape one of them.',
		],
		[
			'too few weights',
			() => nn.crossEntropy(f('batch', 3), i('batch'), { weights: [1, 2] }),
			'crossEntropy: expected a weight for each of 3 classes, got 2. Pass them in order.',
		],
		[
			'shares for nllLoss',
			() => nn.nllLoss(f('batch', 3), f('batch', 3)),
			'nllLoss: expected class numbers of int32, got float32 batch×3. Cast them.',
		],
	];
	for (const [name, build, says] of wrong) it(name, () => expect(build).toThrow(new ShapeError(says)));

	it('options out of range', () => {
		expect(() => nn.crossEntropy(f('batch', 3), i('batch'), { smoothing: 2 })).toThrow('crossEntropy: expected smoothing in [0, 1], got 2');
		expect(() => nn.smoothL1Loss(f(2), f(2), { beta: 0 })).toThrow('smoothL1Loss: expected beta above 0, got 0');
		expect(() => nn.crossEntropy(f('batch', 3), f('batch', 3), { ignore: 0 })).toThrow(
			'crossEntropy: expected class numbers beside ignore',
		);
	});
});
