// What training does with weights that no optimizer moves: running statistics, and vectors that are given.
import { ops, tensor } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { adam } from 'textloom/optim';
import { initialWeights, type Trainable, textClassifierModel, trainingGraph } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { logitsOf, type Steps, stepOf, type TestStepper, testStepper } from './steps.js';

const [size, time, rows, width] = [4, 6, 700, 80];
const vectors = Float32Array.from({ length: rows * width }, (_, i) => Math.sin(i + 1));

/** Given vectors, a convolution, batch normalization, dropout of channels, the mean over time, a linear layer. */
function network() {
	const embed = nn.embedding({ size: rows, width, vectors, frozen: true });
	const conv = nn.conv1d({ in: width, out: 5, kernel: 3, padding: 1 });
	const norm = nn.batchNorm({ channels: 5 });
	const drop = nn.dropout(0.2, { whole: 1 });
	const out = nn.linear({ in: 5, out: 3 });
	const mean = nn.meanOverTime({ axis: 2 });
	return textClassifierModel({
		parameters: { embed: embed.parameters, conv: conv.parameters, norm: norm.parameters, out: out.parameters },
		apply: ({ ids, lengths }, mode) => {
			const channels = ops.transpose(embed.apply(ids));
			return out.apply(mean.apply(drop.apply(norm.apply(conv.apply(channels), mode), mode), lengths));
		},
	});
}

const maskOf = (steps: number) => Float32Array.from({ length: steps * size * 5 }, (_, i) => (i % 5 === 0 ? 0 : 1.25));
const batch = (step: number, steps = 1): Steps => ({
	ids: Int32Array.from({ length: steps * size * time }, (_, i) => 1 + ((i * 13 + (step - 1) * size * time * 13) % (rows - 1))),
	lengths: new Int32Array(steps * size).fill(time),
	targets: Int32Array.from({ length: steps * size }, (_, i) => (i + (step - 1) * size) % 3),
	masks: [maskOf(steps)],
	...{ steps, size, time, rates: new Array<number>(steps).fill(0.01), step },
});

describe('weights that no optimizer moves', () => {
	const optimizer = adam({ rate: 0.01 });
	const begin = () => initialWeights(network(), 5);
	const graphOf = (stepsPerRun = 1) => trainingGraph(network(), optimizer, { tables: stepsPerRun > 1 ? 'graph' : 'host', stepsPerRun });
	const open = (start: Parameters<typeof testStepper>[2] = begin(), stepsPerRun = 1) =>
		testStepper(graphOf(stepsPerRun), optimizer, start, { threads: 1 });
	const run = (stepper: TestStepper, step: number, steps = 1) => stepper.step(stepOf(batch(step, steps)));

	it('have no slots; what moves goes round, what is fixed goes in only', () => {
		const { parameters, moving, fixed, tables } = graphOf();
		expect(moving.map(({ name }) => name)).toEqual(['norm.running_mean', 'norm.running_var']);
		expect(fixed.map(({ name }) => name)).toEqual(['embed.weight']);
		expect(tables).toEqual([]);
		expect(parameters.map(({ name }) => name)).toEqual(['conv.weight', 'conv.bias', 'norm.weight', 'norm.bias', 'out.weight', 'out.bias']);
	});

	it('running statistics move, given vectors do not, and a run that goes on from its state gives the same bits', async () => {
		const whole = await open();
		for (const step of [1, 2]) await run(whole, step);
		const [middle, saved] = [whole.state(), whole.whole()];
		for (const step of [3, 4]) await run(whole, step);
		const end = whole.state();
		expect(end['embed.weight']).toEqual(vectors);
		expect(end['norm.running_mean']!.every((mean) => mean !== 0)).toBe(true);
		expect(end['norm.running_var']).not.toEqual(middle['norm.running_var']);
		expect(
			Object.keys(end)
				.filter((name) => name.startsWith('norm.running') || name.startsWith('embed'))
				.sort(),
		).toEqual(['embed.weight', 'norm.running_mean', 'norm.running_var']);

		const resumed = await open(saved);
		for (const step of [3, 4]) await run(resumed, step);
		expect(resumed.state()).toEqual(end);
		await whole.release();
		await resumed.release();
	});

	it('of a layer that is applied twice move twice, the second time from where the first has left them', async () => {
		const norm = nn.batchNorm({ channels: 2 });
		const model: Trainable<'x'> = {
			parameters: norm.parameters,
			inputs: { x: { dtype: 'float32', shape: ['batch', 2] } },
			apply: ({ x }, mode) => ({ y: ops.add(norm.apply(x, mode), norm.apply(ops.add(x, 10), mode)) }),
			loss: ({ y }) => nn.loss(ops.mul(y!, y!)),
		};
		const stepper = await testStepper(trainingGraph(model, optimizer), optimizer, initialWeights(model, 1), { threads: 1 });
		await stepper.step({ batches: [{ x: tensor('float32', [2, 2], [1, 2, 3, 6]) }], rates: [0.01], step: 1 });
		// Means of 2 and 4, then of 12 and 14, each a tenth of the way.
		const mean = stepper.state().running_mean!;
		expect(mean[0]).toBeCloseTo(0.9 * 0.2 + 1.2, 5);
		expect(mean[1]).toBeCloseTo(0.9 * 0.4 + 1.4, 5);
		await stepper.release();
	});

	it('several steps in a run give the same bits', async () => {
		const [one, several] = [await open(), await open(begin(), 3)];
		for (const step of [1, 2, 3]) await run(one, step);
		await run(several, 1, 3);
		expect(several.state()).toEqual(one.state());
		await one.release();
		await several.release();
	});

	it('prediction takes the running statistics: a text alone has the logits that it has among others', async () => {
		const stepper = await open();
		for (const step of [1, 2, 3]) await run(stepper, step);
		const { ids, lengths, targets } = batch(1);
		const together = await logitsOf(stepper, batch(1));
		const first = { ids: ids.slice(0, time), lengths: lengths.slice(0, 1), targets: targets.slice(0, 1) };
		const alone = await logitsOf(stepper, { ...first, size: 1, time });
		for (const [i, logit] of alone.entries()) expect(logit).toBeCloseTo(together[i]!, 5);
		await stepper.release();
	});
});
