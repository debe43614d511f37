// Any model can be trained, not text alone: least squares, classes, several inputs; and what is exported computes the same.

import { createSession, ops, tensor } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { adam, sgd } from 'textloom/optim';
import { randomFloat } from 'textloom/stream';
import { exportModel, fit, type Trainable, tensorSamples } from 'textloom/train';
import { expect, it } from 'vitest';
import { line, mixed, mixedSamples, points } from './mixed.js';

it('least squares: gradient descent comes to the solution of the normal equations', async () => {
	const size = 20;
	const { weights, history } = await fit(line(), points(size, 1), {
		optimizer: sgd({ rate: 0.3 }),
		epochs: 150,
		batchSize: size,
		threads: 1,
	});
	const all = Uint32Array.from({ length: size }, (_, i) => i);
	const [x, y] = Object.values(points(size, 1).batch(all, {})).map(({ data }) => Array.from(data as Float32Array)) as [number[], number[]];
	const mean = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0) / size;
	const [mx, my] = [mean(x), mean(y)];
	const slope = mean(x.map((xi, i) => (xi - mx) * (y[i]! - my))) / mean(x.map((xi) => (xi - mx) ** 2));
	expect(weights.weight!.data[0]).toBeCloseTo(slope, 5);
	expect(weights.bias!.data[0]).toBeCloseTo(my - slope * mx, 5);
	const residual = mean(x.map((xi, i) => (y[i]! - my - slope * (xi - mx)) ** 2));
	expect(history.at(-1)!.loss).toBeCloseTo(residual, 5);
});

/** Points in the plane of the class that their quadrant says; the model is one hidden layer. */
function quadrants(size: number) {
	const [first, out] = [nn.linear({ in: 2, out: 16 }), nn.linear({ in: 16, out: 2 })];
	const model: Trainable<'x' | 'targets'> = {
		parameters: { first: first.parameters, out: out.parameters },
		inputs: { x: { dtype: 'float32', shape: ['batch', 2] }, targets: { dtype: 'int32', shape: ['batch'] } },
		apply: ({ x }) => ({ logits: out.apply(ops.tanh(first.apply(x))) }),
		loss: ({ logits }, { targets }) => nn.crossEntropy(logits!, targets),
	};
	const x = Float32Array.from({ length: 2 * size }, (_, i) => 2 * randomFloat(1, 0, i) - 1);
	const targets = Int32Array.from({ length: size }, (_, i) => (x[2 * i]! * x[2 * i + 1]! > 0 ? 1 : 0));
	return { model, samples: tensorSamples({ x: tensor('float32', [size, 2], x), targets: tensor('int32', [size], targets) }), x, targets };
}

it('a classifier of plain numbers; the exported model gives the outputs in a bare session', async () => {
	const size = 200;
	const { model, samples, x, targets } = quadrants(size);
	const { weights } = await fit(model, samples, { optimizer: adam({ rate: 0.02 }), epochs: 60, batchSize: 20, threads: 1 });
	const session = await createSession(exportModel(model, weights));
	expect(session.inputs).toEqual(['x']);
	const { logits } = await session.run({ x: tensor('float32', [size, 2], x) }, { outputs: ['logits'] });
	await session.release();
	const right = targets.filter((target, i) => (logits!.data[2 * i + 1]! > logits!.data[2 * i]! ? 1 : 0) === target);
	expect(right.length / size).toBeGreaterThan(0.97);

	// By hand, from the weights alone.
	const dense = (input: readonly number[], name: string) =>
		Array.from(weights[`${name}.bias`]!.data as Float32Array, (bias, row) =>
			input.reduce((sum, value, i) => sum + value * (weights[`${name}.weight`]!.data[row * input.length + i] as number), bias),
		);
	for (const i of [0, 7, 199]) {
		const expected = dense(dense([x[2 * i]!, x[2 * i + 1]!], 'first').map(Math.tanh), 'out');
		for (const [place, value] of expected.entries()) expect(logits!.data[2 * i + place]).toBeCloseTo(value, 4);
	}
});

it.each(['host', 'graph'] as const)(
	'words and numbers together, with a %s table: all inputs count, and all are in the exported model',
	async (tables) => {
		const samples = mixedSamples(120);
		const { weights, history } = await fit(mixed(), samples, {
			optimizer: adam({ rate: 0.02 }),
			tables,
			epochs: 40,
			batchSize: 20,
			threads: 1,
		});
		expect(history[0]!.loss).toBeGreaterThan(1);
		expect(history.at(-1)!.loss).toBeLessThan(0.1);
		const session = await createSession(exportModel(mixed(), weights));
		expect([...session.inputs].sort()).toEqual(['ids', 'lengths', 'numbers']);
		const { targets, ...batch } = samples.batch(Uint32Array.of(0, 1, 2), { time: 7 });
		const logitsOf = async (feeds: typeof batch) =>
			Array.from((await session.run(feeds, { outputs: ['logits'] })).logits!.data as Float32Array);
		const logits = await logitsOf(batch);
		for (const row of [0, 1, 2]) {
			const scores = logits.slice(3 * row, 3 * row + 3);
			expect(scores.indexOf(Math.max(...scores))).toBe(targets!.data[row]);
		}
		expect(await logitsOf({ ...batch, numbers: tensor('float32', [3, 4], new Float32Array(12).fill(3)) })).not.toEqual(logits);
		await session.release();
	},
);
