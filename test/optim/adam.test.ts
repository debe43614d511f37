// Adam against PyTorch's: in the graph against torch.optim.Adam, on the rows of a table against torch.optim.SparseAdam.
import { readFileSync } from 'node:fs';
import { createSession, emit, input, type Tensor, tensor, writeOnnx } from 'textloom/graph';
import { adam } from 'textloom/optim';
import { describe, expect, it } from 'vitest';
import { Table } from '../../dist/src/train/step/table.js';

interface Golden {
	size: number;
	rows: number;
	cases: { options: NonNullable<Parameters<typeof adam>[0]>; after: number[][]; sparse?: number[][] }[];
}
const golden: Golden = JSON.parse(readFileSync(new URL('../golden/optim/adam.json', import.meta.url), 'utf8'));
const { size, rows } = golden;
const width = size / rows;

/** The formulas of adam.py. */
const gradientAt = (i: number, t: number) => (i === 0 ? 0 : Math.sin(1 + 3 * i + 2 * t) * 10 ** ((i % 5) - 3));
const start = () => Float32Array.from({ length: size }, (_, i) => Math.cos(i));

const farthest = (ours: ArrayLike<number>, theirs: readonly number[]) =>
	theirs.reduce((worst, number, i) => Math.max(worst, Math.abs(number - ours[i]!)), ours.length === theirs.length ? 0 : Infinity);

const tableOf = () => new Table({ name: 'words', names: ['words'], rows, width, ids: '', input: '', gradient: '' }, [{}, {}], start());
function stepOf(
	table: Table,
	optimizer: ReturnType<typeof adam>,
	{ ids, gradient, step }: { ids: Int32Array; gradient: Float32Array; step: number },
) {
	table.gather(ids);
	table.gradient(ids.length).set(gradient);
	table.update(ids, optimizer.updateRows!({ names: ['words'], rate: optimizer.rate, step }));
}

describe('adam', () => {
	for (const { options, after, sparse } of golden.cases) {
		const name = Object.entries(options).join(' ') || 'defaults';

		it(`20 steps in a graph as torch.optim.Adam: ${name}`, async () => {
			const optimizer = adam(options);
			const [parameter, gradient, m, v] = ['parameter', 'gradient', 'm', 'v'].map((name) => input(name, 'float32', [size]));
			const clock = { rate: input('rate', 'float32', []), step: input('step', 'int32', []) };
			const [next] = optimizer.update([{ names: ['parameter'], parameter: parameter!, gradient: gradient!, state: [m!, v!], clock }]);
			const program = {
				inputs: { parameter: parameter!, gradient: gradient!, m: m!, v: v!, ...clock },
				outputs: { parameter2: next!.parameter, m2: next!.state[0]!, v2: next!.state[1]! },
			};
			const session = await createSession(writeOnnx(emit(program)), { threads: 1 });
			const vector = (data: Float32Array): Tensor => ({ dtype: 'float32', shape: [size], data });
			let state = { parameter: vector(start()), m: vector(new Float32Array(size)), v: vector(new Float32Array(size)) };
			for (const [i, expected] of after.entries()) {
				const numbers = Float32Array.from({ length: size }, (_, place) => gradientAt(place, i + 1));
				const results = await session.run(
					{ ...state, gradient: vector(numbers), rate: tensor('float32', [], [optimizer.rate]), step: tensor('int32', [], [i + 1]) },
					{ outputs: ['parameter2', 'm2', 'v2'] },
				);
				state = { parameter: results.parameter2!, m: results.m2!, v: results.v2! };
				expect(farthest(state.parameter.data as Float32Array, expected)).toBeLessThan(1e-5);
			}
			await session.release();
			expect(after).toHaveLength(20);
			expect(state.parameter.data[0]).toBe(1);
		});

		// Cases with a large epsilon have no sparse form: SparseAdam adds it at another place.
		if (sparse)
			it(`20 steps on touched rows as torch.optim.SparseAdam: ${name}`, () => {
				const optimizer = adam(options);
				const table = tableOf();
				for (const [i, expected] of sparse.entries()) {
					const step = i + 1;
					const ids = Int32Array.from(Array.from({ length: rows }, (_, row) => row).filter((row) => (row + step) % 3 !== 0));
					const gradient = Float32Array.from({ length: ids.length * width }, (_, at) =>
						gradientAt(ids[Math.floor(at / width)]! * width + (at % width), step),
					);
					const before = table.weights.slice();
					stepOf(table, optimizer, { ids, gradient, step });
					expect(farthest(table.weights, expected)).toBeLessThan(1e-5);
					for (let row = 0; row < rows; row++) {
						const part = [row * width, (row + 1) * width] as const;
						if (!ids.includes(row)) expect(table.weights.slice(...part)).toEqual(before.slice(...part));
					}
				}
			});

		it(`rows of a table and a graph's parameter take the same steps: ${name}`, () => {
			// All rows touched at every step: nothing is lazy, so this is torch.optim.Adam again.
			const optimizer = adam(options);
			const table = tableOf();
			const ids = Int32Array.from({ length: rows }, (_, row) => row);
			for (const [i, expected] of after.entries()) {
				const gradient = Float32Array.from({ length: size }, (_, place) => gradientAt(place, i + 1));
				stepOf(table, optimizer, { ids, gradient, step: i + 1 });
				expect(farthest(table.weights, expected)).toBeLessThan(1e-5);
			}
		});
	}

	it('says what it is, and names its state', () => {
		expect(adam({ beta1: 0.8 }).spec).toEqual({
			optimizer: 'adam',
			options: { rate: 1e-3, beta1: 0.8, beta2: 0.999, epsilon: 1e-8 },
		});
		expect(adam({ beta1: 0.75 }).slots).toEqual([
			{ name: 'exp_avg', fileScale: 0.25 },
			{ name: 'exp_avg_sq', fileScale: 1 - 0.999 },
		]);
	});

	for (const [name, value] of [
		['rate', -1],
		['rate', Infinity],
		['beta1', 1],
		['beta1', -0.1],
		['beta2', 1.5],
		['beta2', Number.NaN],
		['epsilon', -1e-8],
		['epsilon', 1],
		['epsilon', Number.NaN],
	] as const) {
		it(`refuses ${name} ${value}`, () => {
			expect(() => adam({ [name]: value })).toThrow(RangeError);
			expect(() => adam({ [name]: value })).toThrow(new RegExp(`^adam: expected ${name} to be a number in .*got ${value}\\.`));
		});
	}
});
