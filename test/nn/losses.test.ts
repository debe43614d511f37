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
		expect(nn.crossEntropy(logits, targets, { ignore: 0, smoothing: 0.1 }).each.shape).toEqual(['batch', 'time']);
		expect(nn.meanLoss(nn.crossEntropy(logits, targets)).shape).toEqual([]);
	});

	it('an ignored class need not be one', async () => {
		const logits = constant(tensor('float32', [2, 2], [1, 3, 100, -100]));
		const own = await numberOf(nn.meanLoss(nn.crossEntropy(logits, int32([2], [0, -100]), { ignore: -100 })));
		expect(own[0]).toBeCloseTo(Math.log(1 + Math.E ** 2), 5);
	});

	it('certain probabilities cost at most 100, and have a finite gradient', async () => {
		const p = input('p', 'float32', [4]);
		const { each: loss, sum } = nn.binaryCrossEntropy(p, floats(1, 0, 0, 1));
		const [gradient] = backward(sum, [p]);
		const results = await run({ p }, { loss, gradient: gradient! }, { p: tensor('float32', [4], [0, 1, 0, 1]) });
		expect(Array.from(results.loss!.data as Float32Array, Math.abs)).toEqual([100, 100, 0, 0]);
		expect(Array.from(results.gradient!.data as Float32Array).every(Number.isFinite)).toBe(true);
	});

	it('a target of no share has no divergence', async () => {
		const [p, q] = [floats(Math.log(0.5), Math.log(0.5)), floats(0, 1)];
		expect((await numberOf(nn.klDivergence(p, q).sum))[0]).toBeCloseTo(Math.LN2, 6);
	});
});

describe('a loss', () => {
	const logits = input('x', 'float32', ['batch', 3]);
	const targets = input('y', 'int32', ['batch']);
	const feeds = (classes: number[]) => ({
		x: tensor('float32', [classes.length, 3], classes.flatMap((_, i) => [i, 1, -i])),
		y: tensor('int32', [classes.length], classes),
	});
	const read = async (values: Record<string, Value>, classes: number[]) =>
		Object.fromEntries(
			Object.entries(await run({ x: logits, y: targets }, values, feeds(classes))).map(([name, { data }]) => [name, Array.from(data as Float32Array)]),
		);

	it('weighs by what counts: targets, those not ignored, the weights of their classes', async () => {
		const plain = nn.crossEntropy(logits, targets);
		const some = nn.crossEntropy(logits, targets, { ignore: 2 });
		const byClass = nn.crossEntropy(logits, targets, { weights: [1, 0.5, 4] });
		const found = await read({ plain: plain.weight, some: some.weight, byClass: byClass.weight }, [0, 1, 2, 1]);
		expect(found).toEqual({ plain: [4], some: [3], byClass: [6] });
	});

	it('of nothing that counts is 0, and so is its gradient', async () => {
		const { sum, weight } = nn.crossEntropy(logits, targets, { ignore: 1 });
		const mean = nn.meanLoss({ sum, weight });
		const [gradient] = backward(mean, [logits]);
		const found = await read({ sum, weight, mean, gradient: gradient! }, [1, 1]);
		expect(found).toEqual({ sum: [0], weight: [0], mean: [0], gradient: [0, 0, 0, 0, 0, 0] });
	});

	it('of one’s own is made of the losses of elements, and of what they count', async () => {
		const x = floats(1, 2, 3, 4);
		const [own, byWeight] = [nn.loss(x), nn.loss(x, floats(1, 0, 0, 2))];
		const numbers = async (value: Value) => (await numberOf(value))[0];
		expect([await numbers(own.sum), await numbers(own.weight)]).toEqual([10, 4]);
		expect([await numbers(byWeight.sum), await numbers(byWeight.weight)]).toEqual([9, 3]);
		expect(await numbers(nn.meanLoss(nn.weighted(byWeight, 0.5)))).toBe(1.5);
		expect(() => nn.loss(x, constant(tensor('float32', [2, 1], [1, 2])))).toThrow('loss: expected weights that fit 4, got 2×1. Reshape them.');
	});
});

describe('losses refuse', () => {
	const f = (...shape: (number | string)[]) => input('f', 'float32', shape);
	const i = (...shape: (number | string)[]) => input('i', 'int32', shape);
	const wrong: readonly (readonly [name: string, build: () => unknown, says: string])[] = [
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
