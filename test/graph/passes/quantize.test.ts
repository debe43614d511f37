// Products in bytes: the numbers of the scheme computed in plain loops, and what stays in float32.
import {
	costOf,
	createSession,
	emit,
	fromOnnx,
	input,
	ops,
	type Program,
	readOnnx,
	scan,
	type Tensor,
	tensor,
	type Value,
	withQuantized,
	writeOnnx,
} from 'textloom/graph';
import { describe, expect, it } from 'vitest';

const [rows, width, out] = [5, 16, 8];
const draw = (shape: readonly number[], seed = 1) =>
	tensor(
		'float32',
		shape,
		Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(seed + i * i) * (1 + (i % 3))),
	);

/** What a case builds: x `[rows, width]`, weights `[width, out]`, bias `[out]`. */
interface Given {
	readonly x: Value;
	readonly weights: Value;
	readonly bias: Value;
}

const data = { weights: draw([width, out], 2), bias: draw([out], 3) };
const x = draw([rows, width], 4);

function programOf(build: (given: Given) => Value): Program {
	const values = {
		x: input('x', 'float32', ['rows', width]),
		weights: input('w', 'float32', [width, out]),
		bias: input('b', 'float32', [out]),
	};
	const initializers = { weights: { value: values.weights, data: data.weights }, bias: { value: values.bias, data: data.bias } };
	return { inputs: { x: values.x }, outputs: { y: build(values) }, initializers };
}

async function resultOf(program: Program): Promise<Tensor> {
	// Written and read again: what is made of it can be saved.
	const session = await createSession(writeOnnx(emit(fromOnnx(readOnnx(writeOnnx(emit(program)))))), { threads: 1 });
	const { y } = await session.run({ x });
	await session.release();
	return y!;
}

const numbers = ({ data }: Tensor) => data as Float32Array;

/** x W by the scheme: x in steps of (largest − smallest) / 255 with 0 among them, W in 63 steps of each column's largest. */
function plainProduct(left: Float32Array, right: Float32Array): Float32Array {
	const [low, high] = [Math.min(0, ...left), Math.max(0, ...left)];
	const step = Math.fround((high - low) / 255);
	const zero = Math.round(-low / step);
	const whole = Array.from(left, (value) => Math.min(255, Math.max(0, Math.round(value / step) + zero)) - zero);
	const result = new Float32Array((left.length / width) * out);
	for (let column = 0; column < out; column++) {
		const own = Array.from({ length: width }, (_, k) => right[k * out + column]!);
		const scale = Math.max(...own.map(Math.abs)) / 63;
		const bytes = own.map((value) => Math.round(value / scale));
		for (let row = 0; row < left.length / width; row++)
			result[row * out + column] = step * scale * bytes.reduce((sum, byte, k) => sum + byte * whole[row * width + k]!, 0);
	}
	return result;
}

const inBytes = plainProduct(numbers(x), numbers(data.weights));
const withBias = inBytes.map((value, i) => value + numbers(data.bias)[i % out]!);
const twice = (values: Float32Array) => values.map((value) => 2 * value);
const turned = (weights: Value) => ops.transpose(weights, [1, 0]);

const cases: Readonly<Record<string, readonly [(given: Given) => Value, Float32Array]>> = {
	'a product': [({ x, weights }) => ops.matMul(x, weights), inBytes],
	'a product of three axes': [({ x, weights }) => ops.matMul(ops.unsqueeze(x, [0]), weights), inBytes],
	'a general product': [({ x, weights }) => ops.gemm(x, weights), inBytes],
	'a general product with a bias': [({ x, weights, bias }) => ops.gemm(x, weights, bias), withBias],
	'a general product with a matrix': [({ x, weights }) => ops.gemm(x, weights, ops.gemm(x, weights)), twice(inBytes)],
	'turned weights': [({ x, weights, bias }) => ops.gemm(x, turned(weights), bias, { transB: true }), withBias],
	'weights that a node leaves as they are': [({ x, weights }) => ops.matMul(x, ops.transpose(weights, [0, 1])), inBytes],
	'weights turned by a node': [({ x, weights }) => ops.matMul(x, turned(turned(weights))), inBytes],
	'parts of the weights': [
		({ x, weights }) => {
			const parts = ops.split(turned(weights), [3, 5], 0);
			return ops.concat(
				parts.map((part) => ops.gemm(x, part, undefined, { transB: true })),
				1,
			);
		},
		inBytes,
	],
	'the body of a loop': [
		({ x, weights }) => {
			const step = (states: readonly Value[], [row]: readonly Value[]) => ({ states, outputs: [ops.matMul(row!, weights)] });
			return scan({ inputs: [ops.unsqueeze(x, [0])], states: [ops.reduceSum(x)], body: step, lift: false }).outputs[0]!;
		},
		inBytes,
	],
};

/** The products in float32 that a program has, in the bodies of loops, too. */
const productsOf = (program: Program) =>
	costOf(program, { rows })
		.nodes.map(({ op }) => op)
		.filter((op) => op === 'MatMul' || op === 'Gemm');

describe('products in bytes', () => {
	it.each(Object.entries(cases))('are those of the scheme: %s', async (_, [build, expected]) => {
		const quantized = withQuantized(programOf(build))!;
		expect(productsOf(quantized)).toEqual([]);
		const y = numbers(await resultOf(quantized));
		expect(y.length).toBe(expected.length);
		for (const [i, value] of y.entries()) expect(value).toBeCloseTo(expected[i]!, 4);
	});

	it('are near those in float32', async () => {
		const exact = numbers(await resultOf(programOf(({ x, weights }) => ops.matMul(x, weights))));
		const most = Math.max(...exact.map(Math.abs));
		for (const [i, value] of inBytes.entries()) expect(Math.abs(value - exact[i]!)).toBeLessThan(0.03 * most);
	});

	it.each<[string, (given: Given) => Value]>([
		['both sides change', ({ x }) => ops.matMul(x, ops.transpose(x, [1, 0]))],
		['the left side are weights', ({ x, weights }) => ops.matMul(turned(weights), ops.transpose(x, [1, 0]))],
		['neither side changes', ({ x, weights }) => ops.add(ops.reduceSum(x), ops.matMul(turned(weights), weights))],
		['there is no product', ({ x }) => ops.relu(x)],
	])('stay in float32 where %s', (_, build) => {
		expect(withQuantized(programOf(build))).toBeUndefined();
	});

	it.each([Number.NaN, Number.POSITIVE_INFINITY])('stay in float32 where a weight is %d: bytes would hide it', (value) => {
		const program = programOf(({ x, weights }) => ops.matMul(x, weights));
		const broken = Float32Array.from(numbers(data.weights));
		broken[3] = value;
		const { weights } = program.initializers!;
		const initializers = { ...program.initializers, weights: { value: weights!.value, data: tensor('float32', [width, out], broken) } };
		expect(withQuantized({ ...program, initializers })).toBeUndefined();
	});
});
