// Slices of an axis whose size is known when the graph runs: the same results and gradients as with the size as a number, however short it is.
import { backward, input, ops, type Value } from 'textloom/graph';
import { describe, expect, it } from 'vitest';
import { difference, evaluate } from './evaluate.js';

const { concat, mul, reduceMean, slice } = ops;

const bounds = [-9, -2, 0, 1, 5, undefined] as const;
const cuts = bounds.flatMap((from) => bounds.map((to) => [from ?? 3, to] as const));

/** The largest difference between a graph of a named size and one of a number. */
async function apart(time: number, build: (x: Value) => readonly Value[]): Promise<number> {
	const shapes = [[2, time]];
	return difference(await evaluate({ shapes, build }), await evaluate({ shapes, named: [['batch', 'time']], build }));
}

describe('a slice of a named size', () => {
	it('has a mean over the steps that are there', async () => {
		const { y0 } = await evaluate({
			shapes: [[1, 3]],
			named: [['batch', 'time']],
			data: [[3, 4, 8]],
			build: (x) => [reduceMean(slice(x, 1, 0, 5), { axes: [1] })],
		});
		expect(y0).toEqual([5]);
	});

	it.each([1, 3, 7])('with %i elements, from and to anywhere', async (time) => {
		const build = (x: Value) => cuts.map(([from, to]) => slice(x, 1, from, to));
		expect(await apart(time, build)).toBeLessThan(1e-12);
	});

	it.each([1, 3, 7])('with %i elements, in steps', async (time) => {
		const build = (x: Value) => [3, -1, -2].flatMap((step) => cuts.map(([from, to]) => slice(x, 1, from, to, step)));
		expect(await apart(time, build)).toBeLessThan(1e-12);
	});

	it.each([1, 3, 6])('of %i elements, cut again, averaged and joined', async (time) => {
		const build = (x: Value) => {
			const [first, rest] = [slice(x, 1, 0, 4), slice(x, 1, 4)];
			return [reduceMean(mul(first, first), { axes: [1] }), slice(first, 1, -2), mul(concat([rest, first], 1), x)];
		};
		expect(await apart(time, build)).toBeLessThan(1e-12);
	});

	it('has a gradient in the shape of what was cut', () => {
		const x = input('x', 'float32', ['batch', 'time']);
		expect(backward(ops.reduceSum(slice(x, 1, 2, 5)), [x])[0]!.shape).toEqual(['batch', 'time']);
	});
});
