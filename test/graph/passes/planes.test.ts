// Convolutions over two axes in place of one: the same numbers, and nothing between them that takes them apart.
import { createSession, emit, input, ops, type Program, type Tensor, tensor, type Value, withPlanes, writeOnnx } from 'textloom/graph';
import { describe, expect, it } from 'vitest';

const [batch, channels, time] = [2, 8, 21];
const draw = (shape: readonly number[], seed: number) =>
	tensor(
		'float32',
		shape,
		Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(seed + i * i)),
	);
const data = { narrow: draw([8, channels, 3], 1), grouped: draw([8, 2, 3], 2), bias: draw([8], 3) };
const x = draw([batch, channels, time], 4);

type Filters = Readonly<Record<keyof typeof data, Value>>;

function programOf(build: (x: Value, filters: Filters) => Value): Program {
	const value = input('x', 'float32', ['batch', channels, time]);
	const held = Object.entries(data).map(([name, data]) => [name, { value: input(name, 'float32', data.shape), data }] as const);
	const filters = Object.fromEntries(held.map(([name, { value }]) => [name, value])) as Filters;
	return { inputs: { x: value }, outputs: { y: build(value, filters) }, initializers: Object.fromEntries(held) };
}

async function resultOf(program: Program): Promise<Tensor> {
	const session = await createSession(writeOnnx(emit(program)), { threads: 1 });
	const { y } = await session.run({ x });
	await session.release();
	return y!;
}

const { conv, maxPool, relu } = ops;

const cases: Readonly<Record<string, (x: Value, filters: Filters) => Value>> = {
	'a convolution': (x, { narrow, bias }) => conv(x, narrow, bias),
	'with padding on one side': (x, { narrow }) => conv(x, narrow, undefined, { padding: [[2, 0]] }),
	'as many windows as steps': (x, { narrow }) => conv(x, narrow, undefined, { padding: 'same', stride: 2 }),
	'a last pool beyond the end': (x, { narrow }) => maxPool(conv(x, narrow), 4, { ceil: true }),
	'with steps and holes': (x, { narrow }) => conv(x, narrow, undefined, { stride: 2, dilation: 3 }),
	'in groups': (x, { grouped }) => conv(x, grouped, undefined, { groups: 4 }),
	'pools, maxima and more': (x, { narrow, bias }) => relu(conv(relu(maxPool(conv(x, narrow, bias), 2)), narrow)),
	'a sum with what was before': (x, { narrow }) => {
		const first = conv(x, narrow, undefined, { padding: 1 });
		return maxPool(ops.add(first, conv(relu(first), narrow, undefined, { padding: 1 })), 3);
	},
};

const opsOf = (program: Program) => emit(program).graph.nodes.map(({ op }) => op);

describe('convolutions over two axes', () => {
	it.each(Object.entries(cases))('are the same: %s', async (_, build) => {
		const program = programOf(build);
		const planes = withPlanes(program)!;
		const [before, after] = [await resultOf(program), await resultOf(planes)];
		expect(after.shape).toEqual(before.shape);
		for (const [i, value] of (after.data as Float32Array).entries()) expect(value).toBeCloseTo((before.data as Float32Array)[i]!, 5);
		const filters = opsOf(program).filter((op) => op === 'Conv').length;
		const kinds = (name: string) => opsOf(planes).filter((op) => op === name).length;
		expect(kinds('Squeeze')).toBe(1);
		expect(kinds('Unsqueeze')).toBeLessThanOrEqual(1 + filters);
	});

	it('are only of one axis', () => {
		const flat = programOf((x, { bias }) => ops.add(x, ops.reshape(bias, [8, 1])));
		expect(withPlanes(flat)).toBeUndefined();
		const image = input('image', 'float32', [1, 1, 5, 5]);
		const filters = { value: input('f', 'float32', [1, 1, 3, 3]), data: draw([1, 1, 3, 3], 5) };
		expect(withPlanes({ inputs: { image }, outputs: { y: conv(image, filters.value) }, initializers: { filters } })).toBeUndefined();
	});
});
