// Host tables against the same in plain JavaScript, and their limits.

import { ops, tensor } from 'textloom/graph';
import { wordCnn } from 'textloom/models/word-cnn';
import * as nn from 'textloom/nn';
import { adagrad, adam, adamw, type Optimizer, sgd, transformed, transforms } from 'textloom/optim';
import { randomFloat } from 'textloom/stream';
import { initialWeights, type Trainable, type TrainingGraphOptions, textClassifierModel, trainingGraph } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { Table } from '../../dist/src/train/step/table.js';
import { PlainTable } from '../bench/support/plain-table.js';
import { stepOf, testStepper } from './steps.js';

const { averaged, clipByNorm, clipByValue, l1, l2 } = transforms;
const random = (length: number, stream: number) => Float32Array.from({ length }, (_, index) => randomFloat(7, stream, index) - 0.5);
const randomIds = (length: number, stream: number, rows: number) =>
	Int32Array.from(random(length, stream), (value) => Math.floor((value + 0.5) * rows));
const planOf = (rows: number, width: number, frozenRow?: number) => ({
	name: 'words',
	names: ['words'],
	rows,
	width,
	input: 'rows.words',
	ids: 'ids',
	gradient: 'gradient.words',
	...(frozenRow !== undefined && { frozenRow }),
});
const operationsOf = (optimizer: Optimizer, clock: { rate: number; step: number }) => optimizer.updateRows!({ names: ['words'], ...clock });

/** Rules with a kernel, and transforms before one. */
const kernels: readonly (readonly [string, Optimizer])[] = [
	['sgd', sgd()],
	['adagrad', adagrad()],
	['adagrad with a sum to begin with', adagrad({ rateDecay: 0.1, accumulator: 0.5 })],
	['adamw', adamw({ weightDecay: 0.5 })],
	['a clipped, penalized sgd', transformed(sgd(), clipByValue({ value: 0.3 }), l1({ penalty: 0.1 }))],
	[
		'a clipped, penalized, averaged adagrad',
		transformed(adagrad(), averaged({ decay: 0.5 }), clipByNorm({ norm: 1 }), l2({ penalty: 0.1 })),
	],
];

/** Batches that grow and shrink, with many repeats, and an empty one. */
const lengths = [0, 5, 64, 300, 1, 300, 0, 77];

/** The same steps in a table and in plain JavaScript. */
function trained(optimizer: Optimizer, { rows = 40, width = 4, frozenRow = 0 } = {}) {
	const weights = random(rows * width, 1);
	const table = new Table(planOf(rows, width, frozenRow), optimizer.slots, weights);
	const plain = new PlainTable({ width, frozenRow }, optimizer, weights);
	for (const [place, length] of lengths.entries()) {
		const ids = randomIds(length, 10 + place, rows);
		const gradient = random(length * width, 20 + place);
		const clock = { rate: 0.1, step: place + 1 };
		const rowsOf = new Float32Array(length * width);
		new PlainTable({ width }, optimizer, table.weights).gather(ids, rowsOf);
		expect(table.gather(ids)).toEqual(rowsOf);
		table.gradient(length).set(gradient);
		table.update(ids, operationsOf(optimizer, clock));
		plain.update(ids, gradient, new Float32Array(gradient.length), clock);
	}
	return { weights, table, plain };
}

function largestDifference(actual: Float32Array, expected: Float32Array): number {
	expect(actual.length).toBe(expected.length);
	return actual.reduce((largest, value, index) => Math.max(largest, Math.abs(value - expected[index]!)), 0);
}

describe('table', () => {
	for (const width of [1, 3, 4, 7, 100]) {
		it(`width ${width}: adam in the kernel is adam in JavaScript, but for the rounding`, () => {
			const { table, plain } = trained(adam({ rate: 0.1 }), { width });
			expect(largestDifference(table.weights, plain.weights)).toBeLessThan(2e-6);
			for (const slot of [0, 1]) {
				const scale = Math.max(...plain.state[slot]!.map(Math.abs));
				expect(scale).toBeGreaterThan(1);
				expect(largestDifference(table.state[slot]!, plain.state[slot]!) / scale).toBeLessThan(4e-7);
			}
		});

		it.each(kernels)(`width ${width}: %s in the kernel is the same as in JavaScript, but for the rounding`, (_, optimizer) => {
			const { weights, table, plain } = trained(optimizer, { width });
			expect(largestDifference(table.weights, plain.weights)).toBeLessThan(2e-6);
			expect(largestDifference(table.weights, weights)).toBeGreaterThan(0.01);
			for (const [slot, values] of table.settled().entries()) expect(largestDifference(values, plain.state[slot]!)).toBeLessThan(1e-5);
		});
	}

	it('gives the same bits in every run', () => {
		const [first, second] = [trained(adam()), trained(adam())];
		expect(first.table.weights).toEqual(second.table.weights);
		expect(first.table.state).toEqual(second.table.state);
	});

	it('touches neither the frozen row nor rows that no id names', () => {
		const { table, weights } = trained(adam(), { rows: 5000, width: 3, frozenRow: 2 });
		const named = new Set(lengths.flatMap((length, place) => [...randomIds(length, 10 + place, 5000)]));
		named.delete(2);
		const same = (row: number) => [0, 1, 2].every((i) => table.weights[row * 3 + i] === weights[row * 3 + i]);
		for (let row = 0; row < 5000; row++) expect(same(row)).toBe(!named.has(row));

		table.gather(Int32Array.of(2, 2, 4));
		table.gradient(3).fill(1);
		table.update(Int32Array.of(2, 2, 4), operationsOf(adam(), { rate: 0.1, step: 9 }));
		expect(same(2)).toBe(true);
		expect(table.state[1]!.slice(6, 9)).toEqual(new Float32Array(3));
	});

	it('moves every row that is named, the first too, where none is frozen', () => {
		const table = new Table(planOf(10, 4), [], random(40, 1));
		const before = table.weights.slice();
		const ids = Int32Array.of(0, 9);
		table.gather(ids);
		table.gradient(2).fill(1);
		table.update(ids, [{ do: 'sgd', rate: 0.5 }]);
		const moved = Float32Array.from(before, (weight, i) => (i < 4 || i >= 36 ? weight - 0.5 : weight));
		expect(table.weights).toEqual(moved);
	});

	it('keeps weights and state when a larger batch moves the memory', () => {
		const table = new Table(planOf(10, 4), [{}, {}], random(40, 1));
		const ids = Int32Array.of(1, 2);
		table.gather(ids);
		table.gradient(2).fill(1);
		table.update(ids, operationsOf(adam(), { rate: 0.1, step: 1 }));
		const before = table.weights;
		const [weights, state] = [before.slice(), table.state.map((slot) => slot.slice())];
		table.gather(new Int32Array(50_000));
		expect(before.length).toBe(0);
		expect(table.weights).toEqual(weights);
		expect(table.state).toEqual(state);
		expect(table.weights.buffer).toBeInstanceOf(ArrayBuffer);
	});

	it('refuses ids outside the table and stays as it was', () => {
		const table = new Table(planOf(10, 4), [{}, {}], random(40, 1));
		const weights = table.weights.slice();
		const rows = table.gather(Int32Array.of(3, 4)).slice();
		for (const wrong of [10, -1, 2 ** 31 - 1, -(2 ** 31)]) {
			const ids = Int32Array.of(1, wrong);
			const message = `table words: expected ids in [0, 10), got ${wrong} at position 1.`;
			expect(() => table.gather(ids)).toThrow(new RegExp(message.replace(/[[().]/g, '\\$&')));
			expect(() => table.update(ids, operationsOf(adam(), { rate: 0.1, step: 1 }))).toThrow(RangeError);
		}
		expect(table.weights).toEqual(weights);
		expect(table.gather(Int32Array.of(3, 4))).toEqual(rows);
	});

	it('refuses what 4 GB cannot hold, with the next step', () => {
		const large = planOf(6_000_000, 100);
		expect(() => new Table(large, [{}, {}], new Float32Array(0))).toThrow(/got 6\.7 GB .*tables: 'graph'/);
		expect(() => new Table(planOf(100, 1000), [{}, {}], new Float32Array(0)).gather(new Int32Array(600_000))).toThrow(RangeError);
	});

	it('addresses more than 2 GB', () => {
		// Pages that nothing touches take no memory.
		const rows = 1_900_000;
		const table = new Table(planOf(rows, 100), [{}, {}], new Float32Array(0));
		const ids = Int32Array.of(rows - 1, 0, rows - 1);
		table.weights[rows * 100 - 1] = 5;
		expect(table.gather(ids)[299]).toBe(5);
		table.gradient(3).fill(1);
		table.update(ids, operationsOf(adam({ rate: 0.1 }), { rate: 0.1, step: 1 }));
		expect(table.weights[rows * 100 - 1]).toBeCloseTo(4.9, 5);
		expect(table.state[0]![rows * 100 - 1]).toBe(2);
	});

	it('each has the operations of its own group', async () => {
		const [slow, fast] = [
			nn.embedding({ size: 700, width: 80, initial: nn.zeros }),
			nn.embedding({ size: 700, width: 80, initial: nn.zeros }),
		];
		const model: Trainable<'ids'> = {
			parameters: { slow: slow.parameters, fast: fast.parameters },
			inputs: { ids: { dtype: 'int32', shape: ['batch'] } },
			apply: ({ ids }) => ({ y: ops.add(slow.apply(ids), fast.apply(ids)) }),
			loss: ({ y }) => nn.loss(y!),
		};
		const optimizer = transforms.groups({ rules: [{ match: 'slow', rate: 0.5 }] })(sgd({ rate: 1 }));
		const graph = trainingGraph(model, optimizer);
		expect(graph.tables.map(({ name }) => name)).toEqual(['slow.weight', 'fast.weight']);
		const stepper = await testStepper(graph, optimizer, initialWeights(model, 0), { threads: 1 });
		await stepper.step({ batches: [{ ids: tensor('int32', [1], [7]) }], rates: [1], step: 1 });
		const { 'slow.weight': half, 'fast.weight': whole } = stepper.state();
		expect(whole![7 * 80]).toBeCloseTo(-1 / 80, 7);
		expect(half![7 * 80]).toBeCloseTo(-0.5 / 80, 7);
		await stepper.release();
	});

	it('is read and written in place by a training step: as a dense table, where every batch names every row', async () => {
		const [vocabulary, classes] = [600, 3];
		const network = textClassifierModel(wordCnn({ filters: 8, dropout: 0 }).build({ vocabulary, outputs: classes }));
		const weights = initialWeights(network, 1);
		const run = async (tables: NonNullable<TrainingGraphOptions['tables']>, optimizer: Optimizer) => {
			const graph = trainingGraph(network, optimizer, { tables });
			expect(graph.tables.length).toBe(tables === 'host' ? 1 : 0);
			const stepper = await testStepper(graph, optimizer, weights, { threads: 1 });
			const losses: number[] = [];
			for (const [place, size] of [3, 5, 4, 6].entries()) {
				const time = 300;
				const ids = randomIds(size * time, place, vocabulary);
				for (let id = 0; id < vocabulary; id++) ids[id] = id;
				const targets = randomIds(size, 50 + place, classes);
				const lengths = new Int32Array(size).fill(time);
				losses.push(...(await stepper.step(stepOf({ ids, lengths, targets, size, time, rates: [0.01], step: place + 1 }))).losses);
			}
			const state = stepper.state();
			await stepper.release();
			return { losses, state };
		};
		const dense = await run('graph', adam());
		for (const host of [await run('host', adam())]) {
			expect(largestDifference(Float32Array.from(host.losses), Float32Array.from(dense.losses))).toBeLessThan(1e-5);
			expect(Object.keys(host.state).sort()).toEqual(Object.keys(dense.state).sort());
			for (const [name, values] of Object.entries(host.state)) expect(largestDifference(values, dense.state[name]!)).toBeLessThan(1e-4);
		}
	});
});
