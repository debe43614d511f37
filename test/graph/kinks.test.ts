// Gradients where the formula breaks (a power of 0, a norm of 0, an infinite mask), and ways that have none: refused, not lost.
import {
	backward,
	constant,
	createSession,
	emit,
	fromOnnx,
	input,
	type OnnxNode,
	ops,
	type Tensor,
	tensor,
	type Value,
	writeOnnx,
} from 'textloom/graph';
import { describe, expect, it } from 'vitest';

const { exp, pow, reduceL2, reduceSum, scatterElements } = ops;
const vector = (...values: number[]) => tensor('float32', [values.length], values);

/** The gradients of the sum of a result, by input. */
async function gradientsOf(
	feeds: Readonly<Record<string, Tensor>>,
	build: (...inputs: Value[]) => Value,
): Promise<Record<string, number[]>> {
	const inputs = Object.fromEntries(Object.entries(feeds).map(([name, { dtype, shape }]) => [name, input(name, dtype, shape)]));
	const gradients = backward(reduceSum(build(...Object.values(inputs))), Object.values(inputs));
	const outputs = Object.fromEntries(Object.keys(inputs).map((name, place) => [`d${name}`, gradients[place]!]));
	const session = await createSession(writeOnnx(emit({ inputs, outputs })), { threads: 1 });
	try {
		const fed = Object.fromEntries(session.inputs.map((name) => [name, feeds[name]!]));
		const results = await session.run(fed);
		return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, Array.from(data as Float32Array)]));
	} finally {
		await session.release();
	}
}

describe('gradients where the formula breaks, as PyTorch has them', () => {
	it('powers of 0, and powers by 0', async () => {
		const found = await gradientsOf({ a: vector(0, 0, 0, -2), b: vector(0, 1, 2, 0) }, pow);
		expect(found).toEqual({ da: [0, 1, 0, 0], db: [0, 0, 0, Number.NaN] });
		expect(await gradientsOf({ a: vector(0, 3) }, (a) => pow(a, 0))).toEqual({ da: [0, 0] });
	});

	it('the norm of zeros', async () => {
		expect(await gradientsOf({ x: vector(0, 0) }, (x) => reduceL2(x))).toEqual({ dx: [0, 0] });
	});

	it('infinity put over an element: nothing comes back to it', async () => {
		const mask = constant(vector(-Infinity));
		const found = await gradientsOf({ x: vector(0, 0, 0) }, (x) => exp(scatterElements(x, constant(tensor('int32', [1], [1])), mask, 0)));
		expect(found).toEqual({ dx: [1, 0, 1] });
	});

	it('a layer normalization differentiated twice', async () => {
		const [scale, bias, weights] = [vector(1, 1, 1), vector(0, 0, 0), vector(1, 2, 3)].map(constant);
		const slope = (x: Value) => {
			const y = ops.layerNormalization(x, scale!, bias!, { epsilon: 0.1 });
			const [dx] = backward(reduceSum(ops.mul(ops.mul(y, y), y)), [x]);
			return reduceSum(ops.mul(dx!, weights!));
		};
		const x = input('x', 'float32', [3]);
		const loss = slope(x);
		const session = await createSession(writeOnnx(emit({ inputs: { x }, outputs: { loss, dx: backward(loss, [x])[0]! } })), { threads: 1 });
		const at = (...values: number[]) => session.run({ x: vector(...values) }, { outputs: ['loss', 'dx'] });
		const numbers = [1, 2, 4];
		const { dx } = await at(...numbers);
		for (const place of numbers.keys()) {
			const [above, below] = [1e-2, -1e-2].map((step) => at(...numbers.with(place, numbers[place]! + step)));
			expect(dx!.data[place]).toBeCloseTo((Number((await above!).loss!.data[0]) - Number((await below!).loss!.data[0])) / 2e-2, 2);
		}
		await session.release();
	});
});

describe('ways without a gradient', () => {
	const node = (op: string, inputs: readonly string[], output: string, attributes: OnnxNode['attributes'] = {}): OnnxNode => ({
		op,
		name: `layer/${op}`,
		inputs,
		outputs: [output],
		attributes,
	});
	const sumOf = (shapes: Readonly<Record<string, readonly number[]>>, nodes: readonly OnnxNode[], opset = 21) => {
		const { inputs, outputs } = fromOnnx({
			opset,
			producer: '',
			metadata: {},
			graph: {
				name: 'g',
				inputs: Object.entries(shapes).map(([name, shape]) => ({ name, dtype: name.startsWith('i') ? 'int64' : 'float32', shape })),
				outputs: [{ name: 'y', dtype: 'float32', shape: ['any'] }],
				initializers: new Map(),
				nodes,
			},
		});
		return () => backward(reduceSum(outputs.y!), [inputs.x!]);
	};

	it('16-bit floats between', () => {
		const nodes = [
			node('Cast', ['x'], 'h', { to: { int: 10 } }),
			node('Mul', ['h', 'h'], 'hh'),
			node('Cast', ['hh'], 'y', { to: { int: 1 } }),
		];
		expect(sumOf({ x: [2] }, nodes)).toThrow(
			'backward: expected float32 or float64 on the way to a parameter, got float16 in Cast in layer. Convert the model to float32.',
		);
	});

	it('repeats that are fed', () => {
		expect(sumOf({ x: [2], i: [1] }, [node('Tile', ['x', 'i'], 'y')])).toThrow(/^Tile: expected constant repeats/);
	});

	it('attention with lengths of keys', () => {
		const nodes = [node('Attention', ['x', 'k', 'k', '', '', '', 'i'], 'y')];
		expect(sumOf({ x: [1, 1, 2, 4], k: [1, 1, 3, 4], i: [1] }, nodes, 24)).toThrow(/nonpad_kv_seqlen/);
	});
});
