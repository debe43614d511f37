// NaN and infinity traced to the node that made the first; what a session says of feeds and runs that fail.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { train } from 'textloom';
import {
	constant,
	createRemoteSession,
	createSession,
	emit,
	findNonFinite,
	input,
	type OnnxNode,
	ops,
	parameter,
	reversed,
	type Sequence,
	type Shape,
	ShapeError,
	scalar,
	scan,
	scope,
	type Tensor,
	tensor,
	type Value,
	writeOnnx,
	writeOnnxFile,
} from 'textloom/graph';
import { adam } from 'textloom/optim';
import { describe, expect, it } from 'vitest';
import { badSteps } from '../../../dist/src/graph/session/loop-steps.js';
import { rangeOf } from '../../../dist/src/graph/session/range.js';
import { temporary } from '../../temporary.js';
import { tiny } from '../../train/tiny.js';

const { folder } = temporary();

const x = input('x', 'float32', ['batch', 3]);
const layer = (build: () => Value) => scope('encoder', () => scope('attention', build));
const numbers = (...values: number[]) => tensor('float32', [values.length / 3, 3], values);
const modelOf = (y: Value, inputs: Record<string, Value> = { x }) => writeOnnx(emit({ inputs, outputs: { y } }));

describe('findNonFinite', () => {
	const { log, mul, sqrt, div, exp, where, less, sub, softmax, add } = ops;
	const infinite = scalar(Number.NEGATIVE_INFINITY);
	/** What is built of x, the numbers of x, and what is found. */
	const cases: [name: string, build: (x: Value) => Value, values: number[], op: string, says: string][] = [
		[
			'the logarithm of 0',
			(x) =>
				mul(
					layer(() => log(x)),
					2,
				),
			[1, 0, 2],
			'Log',
			'with 1 infinite, 1 zero of 3, from 0 to 0.6931',
		],
		['of a negative number', (x) => layer(() => sqrt(x)), [1, -1, 4], 'Sqrt', 'of x 1×3 with 3 numbers, from -1 to 4'],
		[
			'the first of two',
			(x) =>
				log(
					sub(
						layer(() => div(x, x)),
						1,
					),
				),
			[1, 0, 2],
			'Div',
			'of x 1×3 with 1 zero of 3, from 0 to 2',
		],
		[
			'too large',
			(x) =>
				mul(
					layer(() => exp(x)),
					0,
				),
			[1, 100, 2],
			'Exp',
			'1 infinite of 3',
		],
		// Infinity that is meant, and a row with nothing else.
		['softmax of nothing', (x) => layer(() => softmax(where(less(x, 0), infinite, x))), [-1, -1, -1], 'Softmax', '3 NaN of 3'],
		// log(x) is not finite, too, but nothing takes it up.
		[
			'a branch left out',
			(x) =>
				add(
					where(less(x, 1), 0, log(x)),
					layer(() => div(x, x)),
				),
			[0, 1, 2],
			'Div',
			'1 NaN of 3',
		],
	];
	it.each(cases)('%s', async (_, build, values, op, says) => {
		const found = await findNonFinite(modelOf(build(x)), { x: numbers(...values) });
		expect(found).toMatchObject({ op, layer: 'encoder.attention' });
		expect(found!.message).toMatch(new RegExp(`^${op} in encoder\\.attention made the first: 1×3 with `));
		expect(found!.message).toContain(says);
	});

	it('nothing where all is finite, or where a bad branch is left out', async () => {
		expect(await findNonFinite(modelOf(log(x)), { x: numbers(1, 2, 3) })).toBeUndefined();
		expect(await findNonFinite(modelOf(where(less(x, 1), 0, log(x))), { x: numbers(0, -1, 2) })).toBeUndefined();
	});

	it('what was fed or stored already', async () => {
		const fed = await findNonFinite(modelOf(mul(x, 2)), { x: numbers(1, Number.NaN, 3) });
		expect(fed!.message).toBe('It was there before the run: x 1×3 has 1 NaN of 3, from 1 to 3.');
		const stored = await findNonFinite(modelOf(add(x, scalar(Number.NaN))), { x: numbers(1, 2, 3) });
		expect(stored!.message).toContain('has 1 NaN of 1.');
		expect(stored!.op).toBeUndefined();
	});

	it('more nodes than one run looks at', async () => {
		let y = layer(() => log(x));
		for (let i = 0; i < 300; i++) y = scope('after', () => add(y, x));
		expect(await findNonFinite(modelOf(y), { x: numbers(1, 0, 2) })).toMatchObject({ op: 'Log', layer: 'encoder.attention' });
	});

	it('the step of a loop', async () => {
		// The state falls by 1 at each step; its root is no number from the fourth on.
		const inner = input('inner', 'float32', []);
		const { outputs } = ops.loop({
			trips: input('trips', 'int64', [1]),
			trip: input('trip', 'int64', []),
			states: [scalar(2)],
			inner: [inner],
			next: [sub(inner, 1)],
			outputs: [scope('cell', () => sqrt(inner))],
		});
		const trips = outputs[0]!.node!.inputs[0]!.node!.inputs[0]!;
		const found = await findNonFinite(modelOf(outputs[0]!, { trips }), { trips: tensor('int64', [1], [6]) });
		expect(found).toMatchObject({ op: 'Sqrt', step: 4, layer: 'Loop_1/cell' });
		expect(found!.message).toMatch(
			/^Sqrt in Loop_1\/cell at step 4 made the first: scalar with 1 NaN of 1, of \S+ scalar with 1 number, from -1 to -1\.$/,
		);
	});
});

describe('the steps of a Loop', () => {
	it('end with its condition, whatever its count', async () => {
		const node = (op: string, inputs: readonly string[], outputs: readonly string[]): OnnxNode => ({
			...{ op, name: outputs[0]!, inputs, outputs, attributes: {} },
		});
		const value = (name: string, dtype: 'int64' | 'bool' | 'float32') => ({ name, dtype, shape: [] });
		// 1e12, 1e24, 1e36, infinity: the condition is that the state before is less than a bound.
		const body = {
			...{ name: 'body', initializers: new Map() },
			inputs: [value('trip', 'int64'), value('go', 'bool'), value('state', 'float32')],
			outputs: [value('next go', 'bool'), value('next', 'float32')],
			nodes: [node('Less', ['state', 'bound'], ['next go']), node('Mul', ['state', 'factor'], ['next'])],
		};
		const loop: OnnxNode = { ...node('Loop', ['count', 'go on', 'first'], ['last']), attributes: { body: { graph: body } } };
		const graph = { name: 'g', inputs: [], outputs: [value('last', 'float32')], initializers: new Map(), nodes: [loop] };
		const steps = async (bound: number) => {
			const around = new Map<string, Tensor>([
				['count', tensor('int64', [], [6])],
				['go on', tensor('bool', [], [1])],
				['first', tensor('float32', [], [1])],
				['bound', tensor('float32', [], [bound])],
				['factor', tensor('float32', [], [1e12])],
			]);
			const found: number[] = [];
			for await (const { step } of badSteps({ opset: 21, producer: '', metadata: {}, graph }, loop, around)) found.push(step);
			return found;
		};
		expect(await steps(1e13)).toEqual([]);
		expect(await steps(1e25)).toEqual([4]);
		expect(await steps(Number.POSITIVE_INFINITY)).toEqual([4, 5]);
	});
});

it('a range has the places of the first and the last number that is not finite', () => {
	const { first, last, nan, nonFinite } = rangeOf(tensor('float32', [5], [1, Number.NaN, 2, Number.POSITIVE_INFINITY, 3]));
	expect({ first, last, nan, nonFinite }).toEqual({ first: 1, last: 3, nan: 1, nonFinite: 2 });
	expect(rangeOf(tensor('float32', [2], [1, 2]))).toMatchObject({ first: -1, last: -1, min: 1, max: 2 });
});

describe('a step of a Scan', () => {
	// The state falls by the step's number; its root is no number from the fourth step on.
	const build = (direction: (sequence: Value) => Sequence) => {
		const { outputs } = scope('cell', () =>
			scan({
				inputs: [direction(input('s', 'float32', ['time']))],
				states: [scalar(2.5)],
				body: ([h], [s]) => ({ states: [ops.sub(h!, s!)], outputs: [ops.sqrt(ops.mul(h!, ops.abs(h!)))] }),
				lift: false,
			}),
		);
		return outputs[0]!;
	};
	it.each([
		['forward', (sequence: Value) => sequence, [1, 1, 1, 0, 0]],
		['backward', reversed, [0, 0, 1, 1, 1]],
	] as const)('%s', async (_, direction, numbers) => {
		const y = build(direction);
		const inputs = Object.fromEntries(y.node!.inputs.filter(({ name }) => name === 's').map((value) => ['s', value]));
		const found = await findNonFinite(modelOf(y, inputs), { s: tensor('float32', [5], numbers) });
		expect(found).toMatchObject({ op: 'Sqrt', step: 4 });
		expect(found!.message).toMatch(/^Sqrt in cell\S* at step 4 made the first: scalar with 1 NaN of 1, of /);
	});
});

describe('trace', () => {
	it('tells it of a model with numbers in another file, and never hides what happened', async () => {
		const path = join(folder, 'outside.onnx');
		const weights = constant(tensor('float32', [3], [0, 1, 2]));
		const y = layer(() => ops.log(ops.mul(x, weights)));
		await writeOnnxFile(path, emit({ inputs: { x }, outputs: { y } }), { externalData: 4 });
		const feeds = { x: numbers(1, 1, 1) };
		const bad = 'session: expected finite numbers, got y with 1 infinite, 1 zero of 3, from 0 to 0.6931. ';
		for (const open of [createSession, createRemoteSession]) {
			const session = await open(path, { trace: true, threads: 1 });
			await expect(session.run(feeds, { outputs: ['y'] })).rejects.toThrow(`${bad}Log in encoder.attention made the first: 1×3 with`);
			await session.release();
		}
		expect((await findNonFinite(path, feeds))!.op).toBe('Log');
		const session = await createSession(path, { trace: true, threads: 1 });
		rmSync(path);
		await expect(session.run(feeds, { outputs: ['y'] })).rejects.toThrow(`${bad}Where it began cannot be told: ENOENT`);
		await session.release();
	});

	it('a session throws where a result is not finite, in a worker too', async () => {
		const model = modelOf(
			ops.mul(
				layer(() => ops.log(x)),
				2,
			),
		);
		const says =
			/^session: expected finite numbers, got y with 1 infinite, 1 zero of 3, .*\. Log in encoder\.attention made the first: 1×3 with /;
		const here = await createSession(model, { trace: true, threads: 1 });
		expect((await here.run({ x: numbers(1, 1, 1) }, { outputs: ['y'] })).y!.data).toEqual(Float32Array.of(0, 0, 0));
		await expect(here.run({ x: numbers(1, 0, 2) }, { outputs: ['y'] })).rejects.toThrow(says);
		await here.release();
		const there = await createRemoteSession(model, { trace: true, threads: 1 });
		await expect(there.run({ x: numbers(1, 0, 2) })).rejects.toThrow(says);
		await there.release();
		const silent = await createSession(model, { threads: 1 });
		expect((await silent.run({ x: numbers(1, 0, 2) }, { outputs: ['y'] })).y!.data[1]).toBe(Number.NEGATIVE_INFINITY);
		await silent.release();
	});

	it('a training run names step and node', async () => {
		const model = {
			...tiny().model,
			build: () => {
				const [table, scale] = [
					parameter([200, 3], () => new Float32Array(600).fill(0.5)),
					parameter([3], () => new Float32Array(3).fill(1)),
				];
				return {
					parameters: { table, scale },
					// The square root of a weight that Adam brings below 0.
					apply: ({ ids }: { ids: Value }) =>
						scope('head', () => ops.mul(ops.reduceMean(ops.gather(table, ids), { axes: [1] }), ops.sqrt(scale))),
				};
			},
		};
		const recipe = tiny({ model, optimizer: adam({ rate: 0.6 }) });
		await expect(train(recipe, { trace: true })).rejects.toThrow(
			/^fit: expected step \d+ to run, got: session: expected finite numbers, got \S+ with .* Sqrt in head made the first: 3 with /,
		);
		await expect(train(recipe, { trace: true, tables: 'graph', stepsPerRun: 2 })).rejects.toThrow(
			/^fit: expected step \d+ to run, got: .* Sqrt in \S*head at step [12] made the first: 3 with /,
		);
		await expect(train(recipe)).rejects.toThrow(/^fit: expected a finite loss, got NaN at step \d+/);
	});
});

describe('what a session is fed', () => {
	const y = input('y', 'float32', ['batch', 'time']);
	const ids = input('ids', 'int32', ['count']);
	const all = { x, y, ids };
	const model = writeOnnx(
		emit({
			inputs: all,
			outputs: {
				sum: layer(() => ops.add(x, ops.reduceSum(y, { axes: [1], keep: true }))),
				rows: layer(() => ops.gather(x, ids)),
				three: layer(() => ops.reshape(y, ['n', 3])),
			},
		}),
	);
	const good = { x: numbers(1, 2, 3, 4, 5, 6), y: tensor('float32', [2, 6], Array(12).fill(1)), ids: tensor('int32', [1], [0]) };
	const float = (...shape: number[]): Tensor => tensor('float32', shape, Array(shape.reduce((a, b) => a * b, 1)).fill(1));
	const cases: [name: string, feeds: Record<string, Tensor | undefined>, output: string, error: new () => Error, ...says: string[]][] = [
		['a missing input', { x: undefined }, 'sum', TypeError, 'session: expected input x (float32 batch×3), got none. Feed it.'],
		['a wrong name', { x: undefined, X: good.x }, 'sum', TypeError, 'got none, but X that it does not take. Rename it.'],
		[
			'another type',
			{ ids: tensor('int64', [1], [0]) },
			'rows',
			TypeError,
			"input ids of int32, got int64. Make it with tensor('int32', …).",
		],
		['another rank', { x: float(3) }, 'sum', ShapeError, 'session: expected input x of 2 dimensions, batch×3, got 3. Reshape it.'],
		['a size', { x: float(2, 4) }, 'sum', ShapeError, 'expected input x of batch×3 with 3 on axis 1, got 2×4. Feed that size.'],
		[
			'a name with two sizes',
			{ y: float(3, 6) },
			'sum',
			ShapeError,
			'session: expected input y of batch×time with 2 on axis 0 (batch is 2 in input x), got 3×6. Feed both from one batch.',
		],
		[
			'too few numbers',
			{ x: { ...good.x, shape: [3, 3] } },
			'sum',
			ShapeError,
			'expected 9 numbers in input x of 3×3, got 6. Correct its shape.',
		],
		[
			'a reshape that does not fit',
			{ y: float(2, 5) },
			'three',
			RangeError,
			'session: expected Reshape in encoder.attention to run, got: The input tensor cannot be reshaped to the requested shape.',
			'Input shape:{2,5}',
			'y batch×time = 2×5',
		],
		[
			'an index too far',
			{ ids: tensor('int32', [1], [7]) },
			'rows',
			RangeError,
			'session: expected Gather in encoder.attention to run, got: indices element out of data bounds, idx=7',
		],
		['an output that is not there', {}, 'none', TypeError, 'session: expected outputs among sum, rows, three, got none. Ask for these.'],
	];
	it.each(cases)('%s', async (_, feeds, output, error, ...says) => {
		const session = await createSession(model, { threads: 1 });
		try {
			const fed = Object.fromEntries(Object.entries({ ...good, ...feeds }).filter(([, value]) => value)) as Record<string, Tensor>;
			const failure: Error = await session.run(fed, { outputs: [output] }).then(
				() => new Error('it ran'),
				(error) => error,
			);
			expect(failure).toBeInstanceOf(error);
			expect(failure.message).not.toMatch(/\n|onnxruntime/);
			for (const part of says) expect(failure.message).toContain(part);
		} finally {
			await session.release();
		}
	});

	it('what the model does not take is left out', async () => {
		const session = await createSession(modelOf(ops.neg(x)), { threads: 1 });
		expect((await session.run({ ...good }, { outputs: ['y'] })).y!.shape).toEqual([2, 3]);
		await session.release();
	});

	it('shapes without names may be anything', async () => {
		const shape: Shape = ['a', 'b'];
		const [p, q] = [input('p', 'float32', shape), input('q', 'float32', ['c'])];
		const session = await createSession(modelOf(ops.add(ops.reduceSum(p), ops.reduceSum(q)), { p, q }), { threads: 1 });
		expect(Array.from((await session.run({ p: float(2, 5), q: float(7) }, { outputs: ['y'] })).y!.data as Float32Array)).toEqual([17]);
		await session.release();
	});
});
