// Samples, their division, and what a batch must be.
import { tensor } from 'textloom/graph';
import { type SampleStream, splitSamples, subset, tensorSamples } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { epochBatches } from '../../dist/src/train/fit/batches.js';
import { openFeed } from '../../dist/src/train/fit/feed.js';
import { splitOff, splitOffByClass } from '../../dist/src/train/fit/split.js';
import { sizesOf } from '../../dist/src/train/step/model.js';
import { mixedSamples } from './mixed.js';

const x = tensor('float32', [3, 2], [0, 1, 2, 3, 4, 5]);
const y = tensor('int32', [3], [7, 8, 9]);

describe('tensorSamples', () => {
	it('gives the rows that are asked for, in arrays of their own', () => {
		const samples = tensorSamples({ x, y });
		const batch = samples.batch(Uint32Array.of(2, 0, 2), {});
		expect(batch).toEqual({ x: tensor('float32', [3, 2], [4, 5, 0, 1, 4, 5]), y: tensor('int32', [3], [9, 7, 9]) });
		batch.x!.data[0] = 100;
		expect(x.data[4]).toBe(4);
		expect(samples.size).toBe(3);
	});

	it('has a fingerprint that differs where a number, a shape or a name does', () => {
		const changed = tensor('int32', [3], [7, 8, 10]);
		const others = [{ x, y: changed }, { z: x, y }, { x: tensor('float32', [3, 2, 1], x.data as Float32Array), y }, { x }];
		const prints = [{ x, y }, ...others].map((inputs) => tensorSamples(inputs as never).fingerprint());
		expect(new Set(prints).size).toBe(prints.length);
		expect(tensorSamples({ x, y }).fingerprint()).toBe(prints[0]);
	});

	it.each([
		['nothing', {}, RangeError, 'tensorSamples: expected samples, got none. Pass tensors with rows.'],
		['no rows', { x: tensor('float32', [0, 2], []) }, RangeError, 'tensorSamples: expected samples, got none. Pass tensors with rows.'],
		[
			'a scalar',
			{ x: tensor('float32', [], [1]) },
			RangeError,
			'tensorSamples: expected x to have rows, got a scalar. Give it a first axis.',
		],
		[
			'other counts',
			{ x, y: tensor('int32', [2], [1, 2]) },
			RangeError,
			'tensorSamples: expected as many rows in y as in x (3), got 2. Pair them.',
		],
		['too few numbers', { x: { ...x, shape: [4, 2] } }, RangeError, 'tensorSamples: expected 8 numbers in x, got 6. Correct its shape.'],
	] as const)('refuses %s', (_, inputs, type, message) => {
		expect(() => tensorSamples(inputs as never)).toThrow(new type(message));
	});
});

describe('subset', () => {
	it('is a view, also of another, with its lengths', () => {
		const all = mixedSamples(10);
		const some = subset(subset(all, Uint32Array.of(9, 4, 2)), Uint32Array.of(2, 0));
		expect(some.size).toBe(2);
		expect([0, 1].map((sample) => some.lengths!.time![sample])).toEqual([2, 9].map((sample) => all.lengths!.time![sample]));
		expect(some.batch(Uint32Array.of(0, 1), { time: 7 })).toEqual(all.batch(Uint32Array.of(2, 9), { time: 7 }));
		expect(subset(tensorSamples({ x }), Uint32Array.of(1)).lengths).toBeUndefined();
	});

	it('has a fingerprint of its own', () => {
		const of = (...numbers: number[]) => subset(tensorSamples({ x }), Uint32Array.of(...numbers)).fingerprint();
		expect(new Set([of(0, 1), of(1, 0), of(0), of(0, 1, 2), tensorSamples({ x }).fingerprint()]).size).toBe(5);
	});

	it('refuses numbers that there are not', () => {
		expect(() => subset(tensorSamples({ x }), Uint32Array.of(0, 3))).toThrow(
			new RangeError('subset: expected numbers below 3, got 3. Split the size that these samples have.'),
		);
	});
});

describe('split', () => {
	it.each([
		[10, { train: 0.6, validation: 0.2, test: 0.2 }, [6, 2, 2]],
		[7, { train: 0.5, test: 0.5 }, [4, 3]],
		[1000, { a: 1 / 3, b: 1 / 3, c: 1 / 3 }, [333, 334, 333]],
		[3, { train: 1, test: 0 }, [3, 0]],
		[0, { train: 0.9, test: 0.1 }, [0, 0]],
	] as const)('%i by %j: %j, each sample once', (size, shares, expected) => {
		const parts = Object.values(splitSamples(size, shares as Readonly<Record<string, number>>, 1));
		expect(parts.map(({ length }) => length)).toEqual(expected);
		const all = parts.flatMap((numbers) => Array.from(numbers));
		expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, i) => i));
		for (const numbers of parts) expect(numbers).toEqual(numbers.slice().sort());
	});

	it('follows from the seed', () => {
		const shares = { train: 0.8, test: 0.2 };
		expect(splitSamples(100, shares, 3)).toEqual(splitSamples(100, shares, 3));
		expect(splitSamples(100, shares, 4).test).not.toEqual(splitSamples(100, shares, 3).test);
		expect(splitSamples(100, shares)).toEqual(splitSamples(100, shares, 0));
		// At random, not by place.
		expect(splitSamples(100, shares, 3).test.every((sample) => sample >= 80)).toBe(false);
	});

	it.each([
		[10, { train: 0.6, test: 0.3 }, 'splitSamples: expected shares from 0 that sum to 1, got 0.6, 0.3. Correct them.'],
		[10, { train: 1.5, test: -0.5 }, 'splitSamples: expected shares from 0 that sum to 1, got 1.5, -0.5. Correct them.'],
		[10, { train: Number.NaN }, 'splitSamples: expected shares from 0 that sum to 1, got NaN. Correct them.'],
		[10, {}, 'splitSamples: expected shares from 0 that sum to 1, got none. Correct them.'],
		[2.5, { train: 1 }, 'splitSamples: expected a whole number of samples, got 2.5. Pass their size.'],
		[-1, { train: 1 }, 'splitSamples: expected a whole number of samples, got -1. Pass their size.'],
	] as const)('%d by %j is refused', (size, shares, message) => {
		expect(() => splitSamples(size, shares as Readonly<Record<string, number>>)).toThrow(new RangeError(message));
	});
});

describe('sizesOf', () => {
	const inputs = { x: { dtype: 'float32', shape: ['batch', 2] }, y: { dtype: 'int32', shape: ['batch'] } } as const;

	it('names the sizes of a batch', () => {
		expect(
			sizesOf({ ids: { dtype: 'int32', shape: ['batch', 'time'] }, ...inputs }, { ids: tensor('int32', [3, 5], new Int32Array(15)), x, y }),
		).toEqual({ batch: 3, time: 5 });
	});

	it.each([
		['a missing input', { x }, 'expected y to be int32 batch, got none'],
		['another type', { x, y: tensor('float32', [3], [1, 2, 3]) }, 'expected y to be int32 batch, got float32 3'],
		['another rank', { x, y: tensor('int32', [3, 1], [1, 2, 3]) }, 'expected y to be int32 batch, got int32 3×1'],
		['another size', { x: tensor('float32', [3, 1], [1, 2, 3]), y }, 'expected x to be float32 batch×2, got float32 3×1'],
		['sizes that differ', { x, y: tensor('int32', [2], [1, 2]) }, 'expected y to be int32 batch, got int32 2 where batch is 3'],
		['too few numbers', { x: { ...x, data: new Float32Array(5) }, y }, 'expected x to be float32 batch×2, got float32 3×2 with 5 numbers'],
	])('refuses %s', (_, batch, message) => {
		expect(() => sizesOf(inputs, batch as never)).toThrow(new RangeError(`batch: ${message}. Make it as the model's inputs say.`));
	});
});

describe('the batches of an epoch', () => {
	const moment = { seed: 1, epoch: 2 };
	const samples = mixedSamples(1000);
	const covered = (plans: readonly { samples: Uint32Array }[]) => plans.flatMap((plan) => Array.from(plan.samples)).sort((a, b) => a - b);

	it.each([{}, { stepsPerRun: 4 }, { accumulate: 3 }])('hold each sample once, whatever the groups: %j', (options) => {
		const plans = epochBatches(samples, { batchSize: 16, ...options }, moment);
		expect(covered(plans)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
		for (const { samples: numbers, lengths } of plans) {
			expect(numbers.length).toBeLessThanOrEqual(16);
			expect(lengths.time).toBeGreaterThanOrEqual(Math.max(...Array.from(numbers, (sample) => samples.lengths!.time![sample]!)));
		}
		expect(epochBatches(samples, { batchSize: 16, ...options }, { ...moment, epoch: 3 })).not.toEqual(plans);
		expect(epochBatches(samples, { batchSize: 16, ...options }, { ...moment, seed: 2 })).not.toEqual(plans);
	});

	it('are mixed anew in each epoch, and in another order with each seed', () => {
		const of = (seed: number, epoch: number) => epochBatches(samples, { batchSize: 16 }, { seed, epoch });
		const together = (plans: ReturnType<typeof of>) => plans.map(({ samples }) => [...samples].sort((a, b) => a - b).join()).sort();
		expect(together(of(1, 3))).not.toEqual(together(of(1, 2)));
		// All fits in one pool: whatever the seed, the batches have the same lengths, and only their order tells it.
		const lengths = (plans: ReturnType<typeof of>) => plans.map(({ lengths }) => lengths.time!);
		const inOrder = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);
		const [one, other, next] = [lengths(of(1, 2)), lengths(of(2, 2)), lengths(of(1, 3))];
		for (const changed of [other, next]) {
			expect(inOrder(changed)).toEqual(inOrder(one));
			expect(changed).not.toEqual(one);
		}
	});

	it('of one group have one length where one run takes them, and their own where one step does', () => {
		const lengths = (options: object) => {
			const plans = epochBatches(samples, { batchSize: 16, ...options }, moment);
			return [...new Set(plans.map(({ group }) => group))].map(
				(group) => new Set(plans.filter((plan) => plan.group === group).map(({ lengths }) => lengths.time)).size,
			);
		};
		expect(Math.max(...lengths({ stepsPerRun: 4 }))).toBe(1);
		expect(Math.max(...lengths({ accumulate: 4 }))).toBeGreaterThan(1);
	});

	it('of one step hold what one large batch would', () => {
		const small = epochBatches(samples, { batchSize: 16, accumulate: 4 }, moment);
		const large = epochBatches(samples, { batchSize: 64 }, moment);
		const steps = large.map(({ group }) => small.filter((plan) => plan.group === group).flatMap((plan) => Array.from(plan.samples)));
		expect(steps).toEqual(large.map((plan) => Array.from(plan.samples)));
	});
});

describe('the feed of an epoch', () => {
	const options = { batchSize: 4, seed: 0, epoch: 0, from: 0 };
	const inputs = { x: { dtype: 'float32', shape: ['batch', 1] } } as const;

	it('puts batches of one number of samples into one run only', async () => {
		const samples = tensorSamples({ x: tensor('float32', [10, 1], new Float32Array(10)) });
		const taken = async (oneShape: boolean) => {
			const feed = await openFeed(samples, { ...options, graph: { inputs, stepsPerRun: 4, accumulate: 1 } });
			const runs: number[][] = [];
			while (!(await feed.isOver())) runs.push((await feed.next(4, oneShape)).map(({ size }) => size));
			return runs;
		};
		expect(await taken(true)).toEqual([[4, 4], [2]]);
		expect(await taken(false)).toEqual([[4, 4, 2]]);
	});

	it('closes the stream that it reads', async () => {
		let closed = 0;
		const stream: SampleStream = {
			async *batches() {
				try {
					for (;;) yield { x: tensor('float32', [4, 1], [0, 0, 0, 0]) };
				} finally {
					closed++;
				}
			},
			fingerprint: () => 'endless',
		};
		const feed = await openFeed(stream, { ...options, from: 3, graph: { inputs, stepsPerRun: 1, accumulate: 1 } });
		expect(await feed.next(1, false)).toHaveLength(1);
		expect(closed).toBe(0);
		await feed.close();
		expect(closed).toBe(1);
	});
});

describe('what is held out', () => {
	it.each([0, 0.1, 0.5, 0.99])('with a share of %f each sample is on one side, and on the same one when others are added', (share) => {
		const [held, kept] = splitOff(1000, share, 3);
		expect([...held, ...kept].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
		expect(Math.abs(held.length / 1000 - share)).toBeLessThan(0.05);
		const [more] = splitOff(1500, share, 3);
		expect(Array.from(more).filter((sample) => sample < 1000)).toEqual(Array.from(held));
	});
});

describe('batches in an order of the samples', () => {
	const order = () => [Uint32Array.of(4, 2), Uint32Array.of(0, 1), Uint32Array.of(3)];
	const samples = { ...mixedSamples(5), order };

	it('are these batches, padded to their own longest, in steps and runs of neighbours', () => {
		const plans = epochBatches(samples, { batchSize: 2, accumulate: 2 }, { seed: 0, epoch: 7 });
		expect(plans.map(({ samples }) => Array.from(samples))).toEqual(order().map((numbers) => Array.from(numbers)));
		expect(plans.map(({ group }) => group)).toEqual([0, 0, 1]);
		for (const { samples: numbers, lengths } of plans)
			expect(lengths.time).toBe(Math.max(...Array.from(numbers, (sample) => samples.lengths!.time![sample]!)));
	});
});

it('several lengths: samples of similar lengths share a batch, each length padded to its longest', () => {
	const size = 200;
	const lengths = {
		source: Uint32Array.from({ length: size }, (_, i) => 1 + (i % 3)),
		target: Uint32Array.from({ length: size }, (_, i) => 1 + ((i * 7) % 10)),
	};
	const samples = { size, lengths, batch: () => ({}), fingerprint: () => '' };
	const plans = epochBatches(samples, { batchSize: 10 }, { seed: 1, epoch: 0 });
	for (const plan of plans)
		for (const name of ['source', 'target'] as const)
			expect(plan.lengths[name]).toBe(Math.max(...Array.from(plan.samples, (sample) => lengths[name][sample]!)));
	// Sorted by the first length, then by the second: little is padded.
	const padded = plans.reduce((sum, plan) => sum + plan.samples.length * plan.lengths.target!, 0);
	expect(padded / lengths.target.reduce((a, b) => a + b)).toBeLessThan(1.3);
});

describe('samples held out by class', () => {
	const classes = Int32Array.from({ length: 1000 }, (_, i) => (i % 10 === 0 ? 1 : i % 100 === 1 ? 2 : 0));
	const counted = (numbers: Uint32Array) => [0, 1, 2].map((each) => numbers.filter((sample) => classes[sample] === each).length);

	it('are the same share of each, and the same at each call', () => {
		const [held, kept] = splitOffByClass(classes, 0.2, 3);
		expect(counted(held)).toEqual([178, 20, 2]);
		expect(counted(kept)).toEqual([712, 80, 8]);
		expect(Array.from([...held, ...kept].sort((a, b) => a - b))).toEqual(Array.from({ length: 1000 }, (_, i) => i));
		expect(splitOffByClass(classes, 0.2, 3)).toEqual([held, kept]);
		expect(splitOffByClass(classes, 0.2, 4)[0]).not.toEqual(held);
		// At random, not the first of each.
		expect(held.some((sample) => sample > 900)).toBe(true);
	});

	it('are never all of a class', () => {
		expect(splitOffByClass([0, 0, 0, 1], 0.5, 1).map((part) => Array.from(part, (sample) => (sample === 3 ? 1 : 0)))).toEqual([
			expect.not.arrayContaining([1]),
			expect.arrayContaining([1]),
		]);
		expect(splitOffByClass([0, 1, 2], 0.9, 0)[0]).toHaveLength(0);
	});

	it('of many small classes are drawn from all of them, as many as the share says', () => {
		const many = Int32Array.from({ length: 20_000 }, (_, i) => i % 10_000);
		const [held] = splitOffByClass(many, 0.05, 17);
		expect(held).toHaveLength(1000);
		expect(new Set(Array.from(held, (sample) => many[sample]!)).size).toBe(1000);
		expect(Array.from(held).filter((sample) => many[sample]! >= 5000).length).toBeGreaterThan(400);
	});

	it('are none where the share is none', () => {
		expect(splitOffByClass(classes, 0, 1)[0]).toHaveLength(0);
		expect(splitOffByClass([], 0.5, 1)).toEqual([new Uint32Array(), new Uint32Array()]);
	});
});
