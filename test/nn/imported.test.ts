// An ONNX model as a layer: names and shapes of its weights, inputs of any sizes, weights in the place of others, dropout.
import {
	backward,
	createSession,
	emit,
	input,
	type OnnxModel,
	type OnnxNode,
	ops,
	scalar,
	type Tensor,
	tensor,
	type Value,
	writeOnnx,
} from 'textloom/graph';
import * as nn from 'textloom/nn';
import { describe, expect, it } from 'vitest';

const node = (op: string, name: string, inputs: string[], outputs: string[], attributes: OnnxNode['attributes'] = {}): OnnxNode => ({
	...{ op, name, inputs, outputs, attributes },
});
const floats = (shape: number[], first: number, dtype: 'float32' | 'float64' = 'float32') =>
	tensor(
		dtype,
		shape,
		Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => first + i),
	);

/** y = mean over time of (x W₁ᵀ + b₁) / √2 and of W₂, as an exporter writes it. Divided by the number of steps that the input has. */
function model(dtype: 'float32' | 'float64' = 'float32', between: readonly OnnxNode[] = []): OnnxModel {
	const hidden = between.length > 0 ? 'dropped' : '/first/Add_output_0';
	return {
		opset: 21,
		producer: 'test',
		metadata: {},
		graph: {
			name: 'test',
			inputs: [{ name: 'x', dtype, shape: ['batch_size', 'sequence_length', 2] }],
			outputs: [{ name: 'y', dtype, shape: ['batch_size', 2] }],
			initializers: new Map([
				['onnx::MatMul_9', floats([2, 3], 1, dtype)],
				['first.bias', floats([3], 0.5, dtype)],
				['onnx::MatMul_10', floats([3, 2], -2, dtype)],
				['onnx::Div_11', tensor(dtype, [], [Math.SQRT2])],
				['onnx::Add_12', floats([1], 1e-5, dtype)],
				['axes', tensor('int64', [1], [1])],
				['ratio', tensor('float32', [], [0.25])],
				['on', tensor('bool', [], [1])],
			]),
			nodes: [
				node('MatMul', '/first/MatMul', ['x', 'onnx::MatMul_9'], ['/first/MatMul_output_0']),
				node('Add', '/first/Add', ['first.bias', '/first/MatMul_output_0'], ['/first/Add_output_0']),
				...between,
				node('Div', '/Div', [hidden, 'onnx::Div_11'], ['/Div_output_0']),
				node('Add', '/Add', ['/Div_output_0', 'onnx::Add_12'], ['/Add_output_0']),
				node('MatMul', '/second/MatMul', ['/Add_output_0', 'onnx::MatMul_10'], ['/second/MatMul_output_0']),
				node('ReduceMean', '/ReduceMean', ['/second/MatMul_output_0', 'axes'], ['y'], { keepdims: { int: 0 } }),
			],
		},
	};
}

async function run(outputs: Record<string, Value>, inputs: Record<string, Value>, feeds: Record<string, Tensor>) {
	const session = await createSession(writeOnnx(emit({ inputs, outputs })), { threads: 1 });
	const found = await session.run(Object.fromEntries(session.inputs.map((name) => [name, feeds[name]!])));
	await session.release();
	return Object.fromEntries(Object.entries(found).map(([name, { data }]) => [name, Array.from(data as Float32Array)]));
}

/** The first values of all parameters, for feeds. */
const weightsOf = ({ parameters }: nn.Imported) =>
	Object.fromEntries(
		Object.entries(parameters).map(([name, { dtype, shape, initial }]) => [name, { dtype, shape, data: initial(shape, () => 0) }]),
	);

const numbers = floats([2, 3, 2], 1);
// By hand: hidden 1/√2 (x W + b), plus 1e-5; y its mean over the steps, times W₂.
const byHand = (x: number[][][], scale = 1) =>
	x.flatMap((rows) => {
		const hidden = rows.map(([p, q]) => [0, 1, 2].map((j) => ((p! * (1 + j) + q! * (4 + j)) * scale + 0.5 + j) / Math.SQRT2 + 1e-5));
		const mean = [0, 1, 2].map((j) => hidden.reduce((sum, row) => sum + row[j]!, 0) / rows.length);
		return [0, 1].map((k) => mean.reduce((sum, value, j) => sum + value * (-2 + 2 * j + k), 0));
	});
const nested = ({ shape: [b, t], data }: Tensor) =>
	Array.from({ length: b! }, (_, i) =>
		Array.from({ length: t! }, (_, j) => [0, 1].map((k) => Number((data as Float32Array)[(i * t! + j) * 2 + k]))),
	);
const close = (found: number[], expected: number[]) =>
	expect(Math.max(...expected.map((value, i) => Math.abs(value - found[i]!) / (1 + Math.abs(value))))).toBeLessThan(1e-6);

describe('imported', () => {
	it("has PyTorch's names and shapes; scalars and helpers are constants", () => {
		const { parameters, inputs, outputs } = nn.imported(model(), { sizes: { batch_size: 'batch' } });
		expect(Object.entries(parameters).map(([name, { shape }]) => [name, shape])).toEqual([
			['first.weight', [3, 2]],
			['first.bias', [3]],
			['second.weight', [2, 3]],
		]);
		expect(Array.from(parameters['first.weight']!.initial([3, 2], () => 0))).toEqual([1, 4, 2, 5, 3, 6]);
		expect(inputs).toEqual({ x: { dtype: 'float32', shape: ['batch', 'sequence_length', 2] } });
		expect(outputs).toEqual(['y']);
	});

	it('names what no path tells by the bias that is added', () => {
		const { graph, ...rest } = model();
		const nameless = { ...rest, graph: { ...graph, nodes: graph.nodes.map((node, i) => ({ ...node, name: `node_${i}` })) } };
		expect(Object.keys(nn.imported(nameless).parameters)).toEqual(['first.weight', 'first.bias', 'onnx::MatMul_10']);
	});

	it.each(['float32', 'float64'] as const)('computes what the file does, and gradients, in %s', async (dtype) => {
		const layer = nn.imported(model(dtype));
		const x = input('x', dtype, ['batch_size', 'sequence_length', 2]);
		const { y } = layer.apply({ x });
		const [dx, dw] = backward(ops.reduceSum(y!), [x, layer.parameters['first.weight']!]);
		const feeds = {
			x: { ...numbers, dtype, data: dtype === 'float64' ? Float64Array.from(numbers.data as Float32Array) : numbers.data },
			...weightsOf(layer),
		};
		const found = await run({ y: y!, dx: dx!, dw: dw! }, { x, ...layer.parameters }, feeds as Record<string, Tensor>);
		close(found.y!, byHand(nested(numbers)));
		expect(dw!.shape).toEqual([3, 2]);
		expect(layer.parameters['first.weight']!.dtype).toBe(dtype);
	});

	it('is applied to inputs of several lengths in one graph', async () => {
		const layer = nn.imported(model(), { sizes: { batch_size: 'batch', sequence_length: 'time' } });
		const [a, b] = [input('a', 'float32', ['batch', 'time', 2]), input('b', 'float32', ['batch', 'other', 2])];
		const c = input('c', 'float32', [1, 4, 2]);
		const outputs = { a: layer.apply({ x: a }).y!, b: layer.apply({ x: b }).y!, c: layer.apply({ x: c }).y! };
		expect(outputs.c.shape).toEqual([1, 2]);
		const feeds = { a: numbers, b: floats([2, 5, 2], -3), c: floats([1, 4, 2], 7) };
		const program = Object.fromEntries(Object.entries(outputs).map(([name, value]) => [`y.${name}`, value]));
		const found = await run(program, { a, b, c, ...layer.parameters }, { ...feeds, ...weightsOf(layer) });
		for (const [name, tensor] of Object.entries(feeds)) close(found[`y.${name}`]!, byHand(nested(tensor)));
	});

	it('takes another weight in the place of its own, and freezes by name', async () => {
		const layer = nn.imported(model(), { replace: { 'first.weight': (w) => ops.mul(w, 3) }, frozen: (name) => name.endsWith('bias') });
		expect(
			Object.entries(layer.parameters)
				.filter(([, { frozen }]) => frozen)
				.map(([name]) => name),
		).toEqual(['first.bias']);
		const x = input('x', 'float32', ['batch_size', 'sequence_length', 2]);
		const found = await run({ y: layer.apply({ x }).y! }, { x, ...layer.parameters }, { x: numbers, ...weightsOf(layer) });
		close(found.y!, byHand(nested(numbers), 3));
	});

	const dropped = [node('Dropout', '/drop/Dropout', ['/first/Add_output_0', 'ratio', 'on'], ['dropped', 'unused'])];
	const cases: [string, () => nn.Imported, number][] = [
		['by a Dropout node of the file', () => nn.imported(model('float32', dropped)), 0.25],
		['by what the option says', () => nn.imported(model(), { dropout: ({ name }) => (name === '/first/Add' ? 0.5 : 0) }), 0.5],
	];
	it.each(cases)('drops in training %s', async (_, make, rate) => {
		const layer = make();
		const x = input('x', 'float32', ['batch_size', 'sequence_length', 2]);
		const asked: unknown[] = [];
		const mode: nn.Mode = {
			training: true,
			step: nn.prediction.step,
			mask: (...given) => {
				asked.push(given);
				return ops.expandTo(scalar(0, 'float32'), ops.concat([x, ops.slice(x, 2, 0, 1)], 2));
			},
			move: () => {},
		};
		const outputs = { dropped: layer.apply({ x }, mode).y!, kept: layer.apply({ x }).y! };
		expect(asked).toEqual([[rate, ['batch_size', 'sequence_length', 3]]]);
		const found = await run(outputs, { x, ...layer.parameters }, { x: numbers, ...weightsOf(layer) });
		close(found.kept!, byHand(nested(numbers)));
		// All is dropped: what stays is 1e-5 for each hidden number.
		close(found.dropped!, [0, 3e-5, 0, 3e-5]);
	});

	it('refuses in one line what does not fit', () => {
		const x = input('x', 'float32', ['batch_size', 'sequence_length', 2]);
		const layer = nn.imported(model());
		expect(() => layer.apply({})).toThrow(
			'imported: expected the input x as float32 batch_size×sequence_length×2, got none. Give one like it.',
		);
		expect(() => layer.apply({ x: input('x', 'int32', ['b', 't', 2]) })).toThrow(
			'imported: expected the input x as float32 b×t×2, got int32 b×t×2.',
		);
		expect(() => nn.imported(model(), { replace: { weight: (w) => w } })).toThrow(
			'imported: expected replace with names of parameters, got weight. Name one of them, such as first.weight.',
		);
		expect(() => nn.imported(model(), { replace: { 'first.weight': () => x } })).toThrow(
			/^imported: expected replace to give first\.weight as float32 3×2, got/,
		);
		expect(() => nn.imported(model(), { dropout: () => 1 })).toThrow(
			/^imported: expected dropout to give a share from 0 to below 1 for MatMul/,
		);
		expect(() => nn.imported('model.onnx' as never)).toThrow(/^imported: expected model to be an ONNX model/);
	});
});
