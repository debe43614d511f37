// Several steps in one run give the same bits as one by one; a seed gives the same bits again.

import { wordCnn } from 'textloom/models/word-cnn';
import * as nn from 'textloom/nn';
import { adam, type Optimizer, sgd, transformed, transforms } from 'textloom/optim';
import { randomFloat } from 'textloom/stream';
import { initialWeights, textClassifierModel, trainingGraph } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { bits } from './mixed.js';
import { dataOf, logitsOf, numbersIn, type Steps, stepOf, testStepper } from './steps.js';

const sizes = { vocabulary: 50, classes: 3 };
const [size, time, features] = [6, 9, 8 * 3];
const build = () => textClassifierModel(wordCnn({ width: 8, filters: 8 }).build({ ...sizes, outputs: sizes.classes }));

/** Minibatches `first` … `first + steps − 1`, one after the other in each array. Each has another rate of its own run. */
function batchOf(first: number, steps: number, seed: number): Steps {
	const each = (count: number, purpose: number, draw: (unit: number) => number) =>
		Array.from({ length: steps * count }, (_, i) => draw(randomFloat(seed, purpose, first * count + i)));
	const lengths = Int32Array.from(each(size, 1, (u) => 1 + Math.floor(u * time)));
	const ids = Int32Array.from(each(size * time, 2, (u) => 1 + Math.floor(u * (sizes.vocabulary - 1))));
	for (const [row, length] of lengths.entries()) ids.fill(0, row * time + length, (row + 1) * time);
	return {
		ids,
		lengths,
		targets: Int32Array.from(each(size, 3, (u) => Math.floor(u * sizes.classes))),
		masks: [Float32Array.from(each(size * features, 4, (u) => (u < 0.5 ? 0 : 2)))],
		steps,
		size,
		time,
		rates: Array.from({ length: steps }, (_, place) => 0.01 / (1 + first + place)),
		step: first + 1,
	};
}

/** Losses and the whole state after 16 steps. */
async function train({
	stepsPerRun,
	seed,
	tables = 'graph',
	optimizer = adam({ rate: 0.01 }),
}: {
	stepsPerRun: number;
	seed: number;
	tables?: 'graph' | 'host';
	optimizer?: Optimizer;
}) {
	const network = build();
	// The graph updates in both cases: a kernel adds norms up in another order.
	const graph = trainingGraph(network, optimizer, { tables, stepsPerRun, update: 'graph' });
	const stepper = await testStepper(graph, optimizer, initialWeights(network, seed), { threads: 2 });
	const losses: number[] = [];
	for (let first = 0; first < 16; first += stepsPerRun)
		losses.push(...(await stepper.step(stepOf(batchOf(first, stepsPerRun, seed)))).losses);
	const state = stepper.state();
	const average = stepper.weights();
	const logits = await logitsOf(stepper, batchOf(0, 1, seed));
	await stepper.release();
	return { losses, state, average, logits };
}

describe('steps per run', () => {
	it('1 and 8 give the same bits after 16 steps', async () => {
		const [one, eight] = [await train({ stepsPerRun: 1, seed: 1 }), await train({ stepsPerRun: 8, seed: 1 })];
		expect(one.losses).toHaveLength(16);
		expect(one.losses.every(Number.isFinite)).toBe(true);
		expect(one.losses.at(-1)).not.toBe(one.losses[0]);
		expect(eight.losses).toEqual(one.losses);
		expect(bits(eight.state)).toEqual(bits(one.state));
		expect(eight.logits).toEqual(one.logits);
	});

	it('1 and 8 give the same bits with groups, an average and clipping by norm', async () => {
		const optimizer = transformed(
			sgd({ rate: 0.1, momentum: 0.9, dampening: 0.1 }),
			transforms.groups({ rules: [{ match: '^embed', frozen: true }] }),
			transforms.averaged({ decay: 0.9 }),
			transforms.clipByNorm({ norm: 0.5 }),
		);
		const [one, eight] = [await train({ stepsPerRun: 1, seed: 1, optimizer }), await train({ stepsPerRun: 8, seed: 1, optimizer })];
		expect(eight.losses).toEqual(one.losses);
		expect(bits(eight.state)).toEqual(bits(one.state));
		const [weights, first, average] = [one.state, numbersIn(initialWeights(build(), 1)), one.average];
		for (const [name, values] of Object.entries(first)) {
			expect(
				weights[name]!.every((value, i) => value === values[i]),
				name,
			).toBe(name === 'embed.weight');
			expect(
				average[name]!.every((value, i) => value === weights[name]![i]),
				name,
			).toBe(name === 'embed.weight');
		}
	});

	it('a last run may hold fewer steps', async () => {
		const optimizer = adam({ rate: 0.01 });
		const states = [];
		for (const runs of [
			[8, 8],
			[5, 8, 3],
		]) {
			const network = build();
			const graph = trainingGraph(network, optimizer, { tables: 'graph', stepsPerRun: 8 });
			const stepper = await testStepper(graph, optimizer, initialWeights(network, 2), { threads: 2 });
			let first = 0;
			for (const steps of runs) {
				expect((await stepper.step(stepOf(batchOf(first, steps, 2)))).losses).toHaveLength(steps);
				first += steps;
			}
			states.push(bits(stepper.state()));
			await stepper.release();
		}
		expect(states[1]).toEqual(states[0]);
	});

	it('the same seed twice gives the same bits, another seed others', async () => {
		const [first, again, other] = [
			await train({ stepsPerRun: 1, seed: 3 }),
			await train({ stepsPerRun: 1, seed: 3 }),
			await train({ stepsPerRun: 1, seed: 4 }),
		];
		expect(again.losses).toEqual(first.losses);
		expect(bits(again.state)).toEqual(bits(first.state));
		expect(other.losses).not.toEqual(first.losses);
	});

	it('needs tables in the graph, and says so', () => {
		expect(() => trainingGraph(build(), adam(), { stepsPerRun: 8 })).toThrow(/^trainingGraph: expected tables: 'graph'/);
	});
});

describe('initialWeights', () => {
	it('depends on the seed', () => {
		const [a, b, c] = [initialWeights(build(), 1), initialWeights(build(), 1), initialWeights(build(), 2)];
		expect(bits(a)).toEqual(bits(b));
		for (const name of Object.keys(a)) expect(c[name], name).not.toEqual(a[name]);
	});

	it('depends on names, not on the order of building', () => {
		const layers = () => ({ a: nn.linear({ in: 3, out: 2 }).parameters, b: nn.linear({ in: 2, out: 4 }).parameters });
		const forward = layers();
		const backward = layers();
		const [one, two] = [
			initialWeights({ parameters: { a: forward.a, b: forward.b } }, 5),
			initialWeights({ parameters: { b: backward.b, a: backward.a } }, 5),
		];
		expect(Object.keys(one).sort()).toEqual(['a.bias', 'a.weight', 'b.bias', 'b.weight']);
		expect(bits(one)).toEqual(bits(two));
	});

	it('differs for names whose streams of random numbers are one', () => {
		const two = { w1997: nn.linear({ in: 3, out: 2 }).parameters.weight, w47784: nn.linear({ in: 3, out: 2 }).parameters.weight };
		const { w1997, w47784 } = initialWeights({ parameters: two }, 5);
		expect(w1997!.data).not.toEqual(w47784!.data);
	});

	it('no two parameters begin with the same numbers, and all lie within their bounds', () => {
		const weights = initialWeights(build(), 1);
		const firsts = Object.values(weights).map((tensor) => dataOf(tensor).find((x) => x !== 0));
		expect(new Set(firsts).size).toBe(firsts.length);
		const bound = 1 / Math.sqrt(8 * 3);
		expect(Math.max(...dataOf(weights['convs.0.weight']!).map(Math.abs))).toBeLessThanOrEqual(bound);
		expect(dataOf(weights['embed.weight']!).subarray(0, 8)).toEqual(new Float32Array(8));
	});
});
