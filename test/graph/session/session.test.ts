// An emitted model runs in plain ONNX Runtime; `createSession` writes into the tensors it is given.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import {
	constant,
	createSession,
	devices,
	emit,
	input,
	ops,
	ShapeError,
	scope,
	type Tensor,
	tensor,
	type Value,
	writeOnnx,
} from 'textloom/graph';
import { wordCnn } from 'textloom/models/word-cnn';
import * as nn from 'textloom/nn';
import { describe, expect, it } from 'vitest';

const x = input('x', 'float32', ['n']);
const doubled = () =>
	writeOnnx(emit({ inputs: { x }, outputs: { twice: ops.mul(x, 2), sum: ops.reduceSum(x) } }, { metadata: { task: 'test' } }));
const vector = (...values: number[]): Tensor => tensor('float32', [values.length], values);

it('sizes without a name may be anything, each by itself', async () => {
	const [a, b] = [input('a', 'float32', ['p']), input('b', 'float32', ['q', 'r'])];
	const model = emit({ inputs: { a, b }, outputs: { y: ops.add(ops.reduceSum(a), ops.reduceSum(b)) } });
	const nameless = { ...model.graph, inputs: model.graph.inputs.map((value) => ({ ...value, shape: value.shape.map(() => '') })) };
	const session = await createSession(writeOnnx({ ...model, graph: nameless }), { threads: 1 });
	const feeds = { a: vector(1, 2, 3), b: tensor('float32', [2, 1], [10, 20]) };
	expect([...(await session.run(feeds)).y!.data]).toEqual([36]);
	await session.release();
});

describe('a bare InferenceSession of onnxruntime-node', () => {
	it('runs a trained model whose weights are stored in it', async () => {
		const network = wordCnn({ width: 4, filters: 3, kernels: [2, 3] }).build({ vocabulary: 6, outputs: 2 });
		const given = { ids: input('ids', 'int32', ['batch', 'time']), lengths: input('lengths', 'int32', ['batch']) };
		const initializers: Record<string, { value: Value; data: Tensor }> = {};
		for (const [name, value] of nn.namedParameters(network.parameters)) {
			const size = value.shape.reduce((a, b) => a * b, 1);
			const data = Float32Array.from({ length: size }, (_, i) => (name.startsWith('embed') && i < 4 ? 0 : Math.sin(i + size)));
			initializers[name] = { value, data: { dtype: 'float32', shape: value.shape, data } };
		}
		const logits = network.apply(given, nn.prediction);
		const bytes = writeOnnx(emit({ inputs: given, outputs: { logits }, initializers }));

		const session = await InferenceSession.create(bytes);
		expect([...session.inputNames].sort()).toEqual(['ids', 'lengths']);
		expect(session.outputNames).toEqual(['logits']);
		const one = async (rows: number[][], lengths: number[]) => {
			const { logits } = await session.run({
				ids: new OrtTensor('int32', Int32Array.from(rows.flat()), [rows.length, rows[0]!.length]),
				lengths: new OrtTensor('int32', Int32Array.from(lengths), [lengths.length]),
			});
			expect(logits!.dims).toEqual([rows.length, 2]);
			return Array.from(logits!.data as Float32Array);
		};
		const together = await one(
			[
				[1, 2, 3, 4, 5],
				[5, 1, 2, 0, 0],
				[4, 0, 0, 0, 0],
			],
			[5, 3, 1],
		);
		// One session serves every batch and length; padding changes nothing.
		const alone = [...(await one([[1, 2, 3, 4, 5]], [5])), ...(await one([[5, 1, 2]], [3])), ...(await one([[4, 0, 0, 0]], [1]))];
		for (const [i, number] of together.entries()) expect(number).toBeCloseTo(alone[i]!, 5);
		await session.release();
	});

	it('sees inputs, outputs and their types as they were declared', async () => {
		const session = await InferenceSession.create(doubled());
		expect(session.inputMetadata).toEqual([{ name: 'x', isTensor: true, type: 'float32', shape: ['n'] }]);
		expect(session.outputMetadata.map(({ name }) => name)).toEqual(['twice', 'sum']);
		await session.release();
	});

	it('takes an empty batch', async () => {
		const table = constant(tensor('float32', [3, 2], [0, 0, 1, 2, 3, 4]));
		const ids = input('ids', 'int32', ['batch', 2]);
		const rows = ops.reshape(ops.gather(table, ids), ['batch', 4], [ids]);
		const session = await InferenceSession.create(
			writeOnnx(emit({ inputs: { ids }, outputs: { rows: scope('a.b', () => ops.softmax(rows)) } })),
		);
		const { rows: empty } = await session.run({ ids: new OrtTensor('int32', new Int32Array(0), [0, 2]) });
		expect(empty!.dims).toEqual([0, 4]);
		await session.release();
	});
});

describe('createSession', () => {
	it('writes into the tensors it is given, and makes the others', async () => {
		const session = await createSession(doubled(), { threads: 1 });
		expect(session.inputs).toEqual(['x']);
		expect(session.outputs).toEqual(['twice', 'sum']);
		const out = new Float32Array(3);
		for (const values of [
			[1, 2, 3],
			[4, 5, 6],
		]) {
			const fed = vector(...values);
			const results = await session.run({ x: fed }, { outputs: ['sum'], into: { twice: { dtype: 'float32', shape: [3], data: out } } });
			expect(Array.from(out)).toEqual(values.map((value) => 2 * value));
			expect(results.twice!.data).toBe(out);
			expect(results.sum).toEqual(tensor('float32', [], [values.reduce((a, b) => a + b)]));
			expect(fed).toEqual(vector(...values));
		}
		await session.release();
	});

	it('keeps no copies of what it writes there', async () => {
		const count = 2 ** 22;
		const [fed, out] = [new Float32Array(count).fill(3), new Float32Array(count)];
		const feeds: Record<string, Tensor> = { x: { dtype: 'float32', shape: [count], data: fed } };
		const session = await createSession(doubled());
		const held = process.memoryUsage().arrayBuffers;
		await session.run(feeds, { outputs: [], into: { twice: { dtype: 'float32', shape: [count], data: out } } });
		expect(process.memoryUsage().arrayBuffers - held).toBeLessThan(4 * count);
		expect(out.every((value) => value === 6)).toBe(true);
		await session.release();
	});

	it('writes into a part of a larger buffer, and not beside it', async () => {
		const session = await createSession(doubled(), { threads: 1 });
		const whole = new Float32Array(8).fill(-1);
		await session.run({ x: vector(1, 2) }, { outputs: [], into: { twice: { dtype: 'float32', shape: [2], data: whole.subarray(3, 5) } } });
		expect(Array.from(whole)).toEqual([-1, -1, -1, 2, 4, -1, -1, -1]);
		await session.release();
	});

	it.each<[what: string, into: unknown, error: new (message: string) => Error, says: string]>([
		[
			'too small',
			{ twice: vector(1, 2) },
			ShapeError,
			'expected room for output twice, float32 3, got a tensor of float32 2. Make it of that size.',
		],
		['too large', { twice: vector(1, 2, 3, 4) }, ShapeError, 'expected room for output twice, float32 3, got a tensor of float32 4.'],
		['of another rank', { sum: vector(1) }, ShapeError, 'expected room for output sum, float32 scalar, got a tensor of float32 1.'],
		['of another type', { sum: tensor('float64', [], [1]) }, ShapeError, 'got a tensor of float64 scalar.'],
		['no tensor', { sum: [1] }, TypeError, 'expected the target of output sum to be a tensor, got object.'],
		['no output', { none: vector(1) }, TypeError, 'expected outputs among twice, sum, got none. Ask for these.'],
	])('refuses a target that is %s', async (_, into, error, says) => {
		const session = await createSession(doubled(), { threads: 1 });
		const run = session.run({ x: vector(1, 2, 3) }, { into: into as Record<string, Tensor> });
		await expect(run).rejects.toThrow(says);
		await expect(run).rejects.toBeInstanceOf(error);
		await session.release();
	});

	it('gives all outputs by default, and refuses names that stand where options do', async () => {
		const session = await createSession(doubled(), { threads: 1 });
		expect(Object.keys(await session.run({ x: vector(1) }))).toEqual(['twice', 'sum']);
		expect(await session.run({ x: vector(1) }, { outputs: [] })).toEqual({});
		await expect(session.run({ x: vector(1) }, { sum: null } as object)).rejects.toThrow(
			"session: expected outputs and into, got sum. Ask for results by { outputs: ['sum'] }.",
		);
		await expect(session.run({ x: vector(1) }, null as never)).rejects.toThrow('session: expected { outputs, into } or nothing, got null.');
		await expect(session.run(undefined as never)).rejects.toThrow('session: expected feeds, an object of tensors by the names of inputs');
		await session.release();
	});

	it('gives only what was asked for', async () => {
		const session = await createSession(doubled(), { threads: 1 });
		expect(Object.keys(await session.run({ x: vector(1) }, { outputs: ['sum'] }))).toEqual(['sum']);
		await session.release();
	});

	it('every element type goes in and comes out', async () => {
		const values: Tensor[] = [
			tensor('float32', [2], [1.5, -0]),
			tensor('float64', [2], [Math.PI, 0]),
			tensor('int32', [2], [-(2 ** 31), 7]),
			{ dtype: 'int64', shape: [2], data: BigInt64Array.of(2n ** 62n, -1n) },
			tensor('bool', [2], [1, 0]),
			tensor('uint8', [2], [255, 0]),
			tensor('float32', [0, 3], []),
			tensor('int32', [], [4]),
		];
		for (const value of values) {
			const x = input('x', value.dtype, value.shape);
			const session = await createSession(writeOnnx(emit({ inputs: { x }, outputs: { same: x, stored: constant(value) } })), {
				threads: 1,
			});
			expect(await session.run({ x: value }, { outputs: ['same', 'stored'] })).toEqual({ same: value, stored: value });
			await session.release();
		}
	});

	it('reads a model from its path, and writes a profile', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'textloom-session-'));
		try {
			writeFileSync(join(folder, 'model.onnx'), doubled());
			const session = await createSession(join(folder, 'model.onnx'), { threads: 1, profile: join(folder, 'profile') });
			await session.run({ x: vector(1) }, { outputs: ['sum'] });
			await session.release();
			expect(readdirSync(folder).filter((name) => name.startsWith('profile'))).toHaveLength(1);
		} finally {
			rmSync(folder, { recursive: true });
		}
	});

	it('the CPU is among the devices', () => {
		expect(devices()).toContainEqual({ name: 'cpu', bundled: true });
	});
});
