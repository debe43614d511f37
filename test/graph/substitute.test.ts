// Graphs as functions: values in the place of others, gradients from given ones, and values through which no gradient flows.

import {
	backward,
	constant,
	createSession,
	emit,
	input,
	ops,
	pullback,
	ShapeError,
	stopGradient,
	substitute,
	type Tensor,
	tensor,
	type Value,
	withGradient,
	writeOnnx,
} from 'textloom/graph';
import * as nn from 'textloom/nn';
import { randomFloat } from 'textloom/stream';
import { describe, expect, it } from 'vitest';

/** Runs outputs over all inputs that they need, by name. */
async function run(outputs: Record<string, Value>, inputs: Record<string, Value>, feeds: Record<string, Tensor>) {
	const session = await createSession(writeOnnx(emit({ inputs, outputs })), { threads: 1 });
	const results = await session.run(Object.fromEntries(session.inputs.map((name) => [name, feeds[name]!])));
	await session.release();
	return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, Array.from(data as Float32Array)]));
}

const numbers = (stream: number, ...shape: number[]) =>
	tensor(
		'float32',
		shape,
		Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => randomFloat(5, stream, i) - 0.5),
	);
const [b, t] = [2, 4];

/** Layers with all that a graph can hold: loops, functions with gradients of their own, plain nodes. */
const layers: Record<string, { layer: { parameters: nn.ParameterTree; apply(x: Value): Value } }> = {
	linear: { layer: nn.linear({ in: 3, out: 2 }) },
	gru: (() => {
		const gru = nn.gru({ in: 3, out: 5, bidirectional: true });
		return { layer: { parameters: gru.parameters, apply: (x: Value) => gru.apply(x, nn.prediction).outputs } };
	})(),
	lstm: (() => {
		const lstm = nn.lstm({ in: 3, out: 2, layers: 2 });
		return { layer: { parameters: lstm.parameters, apply: (x: Value) => lstm.apply(x, nn.prediction).last } };
	})(),
	convMax: (() => {
		const conv = nn.convMax({ in: 3, out: 4, kernels: [1, 2] });
		const lengths = constant(tensor('int32', [b], [t, t - 1]));
		return { layer: { parameters: conv.parameters, apply: (x: Value) => conv.apply(x, lengths) } };
	})(),
};

describe.each(Object.entries(layers))('%s', (_, { layer }) => {
	it('over another input is what it is when it is applied to that: value and gradients', async () => {
		const [x, y] = [input('x', 'float32', [b, t, 3]), input('y', 'float32', [b, t, 3])];
		const parameters = Object.fromEntries(nn.namedParameters(layer.parameters));
		const [first] = Object.values(parameters);
		const over = (value: Value) => ops.reduceSum(ops.tanh(value));
		// The other input is computed, the weight is another one, too.
		const [other, weight] = [ops.mul(y, 2), ops.add(first!, 0.25)];
		const applied = over(layer.apply(x));
		const [replaced] = substitute(
			[applied],
			new Map([
				[x as Value, other],
				[first as Value, weight],
			]),
		);
		const gradients = (loss: Value) => backward(loss, [y, ...Object.values(parameters)]);
		const outputs = Object.fromEntries([['loss', replaced!], ...gradients(replaced!).map((value, i) => [`g${i}`, value!] as const)]);
		const feeds: Record<string, Tensor> = { x: numbers(1, b, t, 3), y: numbers(2, b, t, 3) };
		for (const [place, [name, { shape }]] of Object.entries(parameters).entries()) feeds[name] = numbers(3 + place, ...shape);
		const found = await run(outputs, { y, ...parameters }, feeds);
		// By hand: the same layer over the doubled numbers, its first weight 0.25 more.
		const [firstName] = Object.keys(parameters) as [string];
		const moved: Record<string, Tensor> = {
			...feeds,
			x: tensor(
				'float32',
				[b, t, 3],
				(feeds.y!.data as Float32Array).map((v) => 2 * v),
			),
		};
		moved[firstName] = { ...feeds[firstName]!, data: (feeds[firstName]!.data as Float32Array).map((v) => v + 0.25) };
		const plain = backward(applied, [x, ...Object.values(parameters)]);
		const expected = await run(
			Object.fromEntries([['loss', applied], ...plain.map((value, i) => [`g${i}`, value!] as const)]),
			{ x, ...parameters },
			moved,
		);
		const close = (ours: readonly number[], theirs: readonly number[]) =>
			expect(Math.max(...theirs.map((number, i) => Math.abs(number - ours[i]!)))).toBeLessThan(1e-5);
		close(found.loss!, expected.loss!);
		close(
			found.g0!,
			expected.g0!.map((v) => 2 * v),
		);
		for (const place of Object.keys(parameters).keys()) close(found[`g${place + 1}`]!, expected[`g${place + 1}`]!);
	});
});

describe('substitute', () => {
	const [x, y] = [input('x', 'float32', [2]), input('y', 'float32', [2])];

	it('leaves alone what does not depend on the values', () => {
		const still = ops.exp(y);
		const [one, two] = substitute([ops.mul(ops.neg(x), still), still], new Map([[x, y]]));
		expect(two).toBe(still);
		expect(one!.node!.inputs[1]).toBe(still);
		expect(substitute([still], new Map())[0]).toBe(still);
	});

	it('keeps a gradient of its own, computed from the other values', async () => {
		// The square, said to have the gradient 10 x dy.
		const square = withGradient([x], ops.mul(x, x), (dy) => [ops.mul(ops.mul(x, 10), dy)]);
		const [other] = substitute([square], new Map([[x, y]]));
		const [gradient] = backward(ops.reduceSum(other!), [y]);
		expect(await run({ other: other!, gradient: gradient! }, { y }, { y: tensor('float32', [2], [1, 3]) })).toEqual({
			other: [1, 9],
			gradient: [10, 30],
		});
	});

	it('refuses what does not fit', () => {
		expect(() => substitute([ops.neg(x)], new Map([[x, input('z', 'float32', [3])]]))).toThrow(
			new ShapeError('substitute: expected float32 2 in the place of x, got float32 3. Cast or reshape it.'),
		);
		expect(() => substitute([ops.neg(x)], new Map([[x, input('z', 'int32', [2])]]))).toThrow(/got int32 2\./);
	});
});

it('a gradient stops where it is told to, at no cost in the file', async () => {
	const x = input('x', 'float32', [2]);
	const loss = ops.reduceSum(ops.mul(x, stopGradient(ops.exp(x))));
	const [gradient] = backward(loss, [x]);
	const found = await run({ loss, gradient: gradient! }, { x }, { x: tensor('float32', [2], [0, 1]) });
	expect(found.gradient![0]).toBeCloseTo(1, 6);
	expect(found.gradient![1]).toBeCloseTo(Math.E, 5);
	expect(backward(ops.reduceSum(stopGradient(x)), [x])).toEqual([undefined]);
	const plain = emit({ inputs: { x }, outputs: { loss: ops.reduceSum(ops.mul(x, ops.exp(x))) } }).graph.nodes;
	expect(emit({ inputs: { x }, outputs: { loss } }).graph.nodes.map(({ op }) => op)).toEqual(plain.map(({ op }) => op));
});

it('pullback gives the gradients of values from those of others', async () => {
	const [x, dy] = [input('x', 'float32', [2]), input('dy', 'float32', [2])];
	const [gradient] = pullback([[ops.mul(x, x), dy]], [x]);
	const feeds = { x: tensor('float32', [2], [3, 4]), dy: tensor('float32', [2], [1, 10]) };
	expect(await run({ gradient: gradient! }, { x, dy }, feeds)).toEqual({ gradient: [6, 80] });
	expect(constant(feeds.x).shape).toEqual([2]);
});

it('pullback goes no further than the values at which it is to stop, though it comes by on another way', async () => {
	const [x, dy] = [input('x', 'float32', [4]), input('dy', 'float32', [2])];
	const [first, second] = ops.split(x, [2, 2], 0) as [Value, Value];
	const y = ops.add(first, ops.mul(second, 2));
	const [gradient, atStop] = pullback([[y, dy]], [x, first], (value) => value === first);
	const feeds = { x: tensor('float32', [4], [1, 2, 3, 4]), dy: tensor('float32', [2], [1, 10]) };
	expect(await run({ gradient: gradient!, atStop: atStop! }, { x, dy }, feeds)).toEqual({ gradient: [0, 0, 2, 20], atStop: [1, 10] });
});
