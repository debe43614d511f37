// Sessions in a thread: opened by path, many runs under way, tensors that stay there, errors as they were, an end that settles.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	constant,
	createHolder,
	createRemoteSession,
	createSession,
	createSessionHolder,
	createSessionHost,
	type DType,
	emit,
	input,
	ops,
	type RemoteSession,
	ShapeError,
	type Tensor,
	tensor,
	writeOnnx,
	writeOnnxFile,
} from 'textloom/graph';
import { afterAll, describe, expect, it } from 'vitest';
import { hang } from '../../limits.js';
import { temporary } from '../../temporary.js';

const { folder, file } = temporary();
const open: { release(): Promise<void> }[] = [];
const kept = <T extends { release(): Promise<void> }>(one: T) => {
	open.push(one);
	return one;
};
afterAll(() => Promise.all(open.map((one) => one.release())));

const x = input('x', 'float32', ['n']);
const vector = (...values: number[]): Tensor => tensor('float32', [values.length], values);
/** y = factor · x. */
const times = (factor: number) => writeOnnx(emit({ inputs: { x }, outputs: { y: ops.mul(x, factor) } }));
const numbersOf = ({ data }: Tensor) => Array.from(data as Float32Array);

describe('a session in a thread', () => {
	it('runs what it is given, and gives all outputs or those asked for', async () => {
		const session = kept(await createRemoteSession(writeOnnx(emit({ inputs: { x }, outputs: { y: ops.mul(x, 2), z: ops.neg(x) } }))));
		expect([session.inputs, session.outputs]).toEqual([['x'], ['y', 'z']]);
		expect(await session.run({ x: vector(1, 2) })).toEqual({ y: vector(2, 4), z: vector(-1, -2) });
		expect(await session.run({ x: vector(1, 2) }, { outputs: ['z'] })).toEqual({ z: vector(-1, -2) });
		expect(await session.run({ x: vector(1, 2) }, { outputs: [] })).toEqual({});
	});

	it('writes into a tensor of the caller, which is then the result', async () => {
		const session = kept(await createRemoteSession(times(3)));
		const room = new Float32Array(4);
		const y: Tensor = { dtype: 'float32', shape: [2], data: room.subarray(1, 3) };
		expect((await session.run({ x: vector(1, 2) }, { into: { y } })).y).toBe(y);
		expect(Array.from(room)).toEqual([0, 3, 6, 0]);
		const wrong = session.run({ x: vector(1, 2, 3) }, { outputs: [], into: { y } });
		await expect(wrong).rejects.toThrow('session: expected room for output y, float32 3, got a tensor of float32 2.');
		await expect(wrong).rejects.toBeInstanceOf(ShapeError);
	});

	it('carries every element type that ONNX Runtime takes, bit for bit', async () => {
		const values: Tensor[] = [
			tensor('float32', [2], [1.5, -0]),
			{ dtype: 'float32', shape: [2], data: new Float32Array(Uint32Array.of(0x7fc01234, 0xff800000).buffer) },
			tensor('float64', [2], [Math.PI, Number.NaN]),
			tensor('int32', [2], [-(2 ** 31), 7]),
			{ dtype: 'int64', shape: [2], data: BigInt64Array.of(2n ** 62n, -1n) },
			{ dtype: 'uint64', shape: [1], data: BigUint64Array.of(2n ** 64n - 1n) },
			tensor('bool', [2], [1, 0]),
			tensor('uint8', [2], [255, 0]),
			tensor('int8', [2], [-128, 127]),
			tensor('int16', [2], [-32768, 32767]),
			tensor('uint16', [2], [65535, 0]),
			tensor('uint32', [1], [2 ** 32 - 1]),
			// 1, and the largest: as bits.
			{ dtype: 'float16', shape: [2], data: Uint16Array.of(0x3c00, 0x7bff) },
			tensor('float32', [0, 3], []),
			tensor('int32', [], [4]),
		];
		const host = kept(createSessionHost());
		for (const value of values) {
			const x = input('x', value.dtype, value.shape);
			const model = writeOnnx(emit({ inputs: { x }, outputs: { same: x, stored: constant(value) } }));
			const session = await host.open(model, { threads: 1 });
			expect(await session.run({ x: value })).toEqual({ same: value, stored: value });
			const place = await host.keep(value);
			expect(await session.run({ x: place })).toEqual({ same: value, stored: value });
			expect(await place.read()).toEqual(value);
			await session.release();
		}
	});

	it('refuses bfloat16, which ONNX Runtime does not take from JavaScript, by name', async () => {
		const x = input('x', 'bfloat16' as DType, [2]);
		const model = writeOnnx(emit({ inputs: { x }, outputs: { y: x } }));
		await expect(createRemoteSession(model)).rejects.toThrow(/^session: expected ONNX Runtime to open a model of \d+ bytes, got: .*type/);
	});

	it('opens a file by its path, with the numbers in the file beside it', async () => {
		const path = join(folder, 'large.onnx');
		const table = constant(
			tensor(
				'float32',
				[64],
				Array.from({ length: 64 }, (_, i) => i),
			),
		);
		await writeOnnxFile(path, emit({ inputs: { x }, outputs: { y: ops.add(ops.reduceSum(table), x) } }), { externalData: 64 });
		const session = kept(await createRemoteSession(path, { threads: 1 }));
		expect((await session.run({ x: vector(1) })).y).toEqual(vector(2017));
		// Bytes have no folder: their numbers would be looked for where the process happens to be.
		const bytes = readFileSync(path);
		const says = `session: expected a model with its numbers in it, got one with numbers in the file "large.onnx_data". Give the path`;
		await expect(createRemoteSession(bytes)).rejects.toThrow(says);
		await expect(createSession(bytes)).rejects.toThrow(says);
	});

	it('says of a file that is not there or no model which one it is', async () => {
		await expect(createRemoteSession(join(folder, 'none.onnx'))).rejects.toThrow(
			/^session: expected ONNX Runtime to open \S*none\.onnx, got: .*\. Export or copy it again\.$/,
		);
		await expect(createRemoteSession(file('text.onnx', 'no model'))).rejects.toThrow(
			/^session: expected ONNX Runtime to open \S*text\.onnx, got: /,
		);
		await expect(createRemoteSession(new Uint8Array(9).fill(255))).rejects.toThrow(
			/^session: expected ONNX Runtime to open a model of 9 bytes, got: not a whole ONNX model/,
		);
	});

	it('has errors of their class, and other runs do not suffer', async () => {
		const session = kept(await createRemoteSession(times(2)));
		const matrix = tensor('float32', [1, 1], [1]);
		const runs = [
			session.run({ x: vector(1) }),
			session.run({ x: matrix }),
			session.run({}),
			session.run({ x: vector(2) }, { outputs: ['none'] }),
			session.run({ x: { dtype: 'float32', shape: [1], data: Float64Array.of(1) } as unknown as Tensor }),
			session.run({ x: [1] as unknown as Tensor }),
			session.run(undefined as never),
			session.run({ x: vector(3) }),
		];
		const [first, ...others] = await Promise.allSettled(runs);
		const last = others.pop();
		expect([first, last]).toMatchObject([{ value: { y: vector(2) } }, { value: { y: vector(6) } }]);
		const reasons = others.map((result) => (result as PromiseRejectedResult).reason as Error);
		expect(reasons.map(({ message }) => message)).toEqual([
			'session: expected input x of 1 dimensions, n, got 1×1. Reshape it.',
			'session: expected input x (float32 n), got none. Feed it.',
			'session: expected outputs among y, got none. Ask for these.',
			"session: expected input x to be a tensor, float32 n, got object. Make it with tensor('float32', …).",
			'session: expected input x to be a tensor or a place of this host, got neither. Keep it by this host.',
			'session: expected feeds, an object of tensors by the names of inputs, got undefined. Pass one.',
		]);
		expect(reasons.map((reason) => reason.constructor)).toEqual([ShapeError, ...Array(5).fill(TypeError)]);
	});

	it('answers many runs under way, each with its own result, while it opens another model', async () => {
		const host = kept(createSessionHost());
		const session = await host.open(times(2), { threads: 1 });
		const runs = Array.from({ length: 50 }, (_, i) => session.run({ x: vector(i) }));
		const other = host.open(times(5), { threads: 1 });
		const more = Array.from({ length: 50 }, (_, i) => session.run({ x: vector(50 + i) }));
		const results = await Promise.all([...runs, ...more]);
		expect(results.map(({ y }) => numbersOf(y!)[0])).toEqual(Array.from({ length: 100 }, (_, i) => 2 * i));
		expect(await (await other).run({ x: vector(3) })).toEqual({ y: vector(15) });
	});
});

describe('tensors kept in the thread', () => {
	/** y = x + past; next = past and x, one after the other. */
	const stepModel = () => {
		const past = input('past', 'float32', ['m']);
		return writeOnnx(emit({ inputs: { x, past }, outputs: { next: ops.concat([past, x], 0), sum: ops.add(ops.reduceSum(past), x) } }));
	};

	it('go from one program to the other, and grow in place from nothing', async () => {
		const host = kept(createSessionHost());
		const [encode, step] = [await host.open(times(10)), await host.open(stepModel())];
		const past = await host.keep();
		expect(await past.read()).toBeUndefined();
		expect(await encode.run({ x: vector(1, 2) }, { outputs: [], into: { y: past } })).toEqual({});
		expect(await past.read()).toEqual(vector(10, 20));
		for (const [token, sum] of [
			[3, 33],
			[4, 37],
		] as const) {
			// All outputs come back but the one that stays.
			expect(await step.run({ x: vector(token), past }, { into: { next: past } })).toEqual({ sum: vector(sum) });
		}
		expect(await past.read()).toEqual(vector(10, 20, 3, 4));
		const empty = await host.keep(vector());
		expect(await step.run({ x: vector(5), past: empty }, { outputs: ['sum'], into: { next: empty } })).toEqual({ sum: vector(5) });
		expect(await empty.read()).toEqual(vector(5));
	});

	it('are as they were after a run that failed', async () => {
		const host = kept(createSessionHost());
		const step = await host.open(stepModel());
		const past = await host.keep(vector(1));
		await expect(step.run({ x: tensor('float32', [1, 1], [1]), past }, { into: { next: past } })).rejects.toThrow(ShapeError);
		await expect(step.run({ x: vector(1), past }, { into: { none: past } })).rejects.toThrow('expected outputs among next, sum, got none');
		expect(await past.read()).toEqual(vector(1));
	});

	it('take results as parts of an axis, and refuse what does not fit', async () => {
		const host = kept(createSessionHost());
		const rows = input('rows', 'float32', ['n', 'm']);
		const session = await host.open(writeOnnx(emit({ inputs: { rows }, outputs: { y: ops.mul(rows, 2) } })));
		const all = await host.keep(tensor('float32', [2, 3], [0, 0, 0, 0, 0, 0]));
		expect(
			await session.run({ rows: tensor('float32', [2, 1], [1, 2]) }, { outputs: [], into: { y: { of: all, axis: 1, at: 1 } } }),
		).toEqual({});
		expect(await session.run({ rows: tensor('float32', [1, 3], [5, 6, 7]) }, { into: { y: { of: all, axis: 0, at: 1 } } })).toEqual({});
		const after = tensor('float32', [2, 3], [0, 2, 0, 10, 12, 14]);
		expect(await all.read()).toEqual(after);
		for (const part of [
			{ axis: 1, at: 3 },
			{ axis: 0, at: 0 },
			{ axis: 1, at: -1 },
		]) {
			const run = session.run({ rows: tensor('float32', [2, 1], [1, 2]) }, { into: { y: { of: all, ...part } } });
			await expect(run).rejects.toThrow(`session: expected room for output y, float32 [2,1] from ${part.at} on axis ${part.axis}, got`);
		}
		expect(await all.read()).toEqual(after);
		const empty = await host.keep();
		const none = session.run({ rows: tensor('float32', [2, 1], [1, 2]) }, { into: { y: { of: empty, axis: 0, at: 0 } } });
		await expect(none).rejects.toThrow('session: expected a tensor kept for output y, got a place without one.');
	});

	it('are refused by name: empty, released, of another host', async () => {
		const [host, other] = [kept(createSessionHost()), kept(createSessionHost())];
		const session = await host.open(times(2));
		const [empty, gone, strange] = [await host.keep(), await host.keep(vector(1)), await other.keep(vector(1))];
		await gone.release();
		await expect(session.run({ x: empty })).rejects.toThrow('session: expected a tensor kept for input x, got a place without one.');
		await expect(session.run({ x: gone })).rejects.toThrow('session: expected a tensor kept for input x, got one that was released.');
		await expect(session.run({ x: strange })).rejects.toThrow('session: expected input x to be a tensor or a place of this host');
		await expect(session.run({ x: vector(1) }, { into: { y: strange } })).rejects.toThrow('expected the target of output y to be a tensor');
		// A result for a place that is gone goes nowhere.
		expect(await session.run({ x: vector(1) }, { into: { y: gone } })).toEqual({});
		expect(await gone.read()).toBeUndefined();
	});
});

describe('the end', () => {
	it('lets the runs under way finish, refuses later ones, and may be asked for twice', async () => {
		const host = createSessionHost();
		const [a, b] = [await host.open(times(2)), await host.open(times(3))];
		const runs = Array.from({ length: 20 }, (_, i) => a.run({ x: vector(i) }));
		const closed = a.release();
		await expect(a.run({ x: vector(1) })).rejects.toThrow('session: expected no call after release, got one. Open the model again.');
		expect((await Promise.all(runs)).map(({ y }) => numbersOf(y!)[0])).toEqual(Array.from({ length: 20 }, (_, i) => 2 * i));
		await closed;
		expect(await b.run({ x: vector(1) })).toEqual({ y: vector(3) });
		const last = b.run({ x: vector(2) });
		const ended = [host.release(), host.release()];
		await expect(b.run({ x: vector(1) })).rejects.toThrow('session: expected no call after release');
		await expect(host.open(times(2))).rejects.toThrow('session: expected no call after release');
		expect(await last).toEqual({ y: vector(6) });
		await Promise.all([...ended, a.release(), b.release()]);
	});

	it('settles in a program that waits for it with runs under way', () => {
		const path = file('times.onnx', times(2));
		const script = `import { createRemoteSession, tensor } from 'textloom/graph';
			const session = await createRemoteSession(process.argv[1]);
			const x = tensor('float32', [1], [4]);
			const runs = [1, 2, 3].map(() => session.run({ x }).then(({ y }) => console.log(y.data[0])));
			await session.release();
			console.log('released');`;
		const stdout = execFileSync(process.execPath, ['--input-type=module', '-e', script, path], { encoding: 'utf8', timeout: hang });
		expect(stdout).toBe('8\n8\n8\nreleased\n');
	});
});

describe('a holder', () => {
	it('swaps sessions under load: every run is answered, by the model of its time, and the old ones are released', async () => {
		const factors = [2, 3, 5, 7];
		const sessions: RemoteSession[] = [];
		for (const factor of factors) sessions.push(await createRemoteSession(times(factor), { threads: 1 }));
		const holder = kept(createSessionHolder(sessions[0]!));
		let now = 0;
		let over = false;
		let answers = 0;
		const load = async (first: number) => {
			for (let i = first; !over; i++) {
				const expected = factors[now]! * (i % 100);
				const { y } = await holder.run({ x: vector(i % 100) });
				if (numbersOf(y!)[0] !== expected) throw new Error(`expected ${expected}, got ${numbersOf(y!)[0]}`);
				answers++;
				// In the middle of it, some that fail.
				if (i % 7 === 0) await expect(holder.run({})).rejects.toThrow(TypeError);
			}
		};
		const clients = Array.from({ length: 8 }, (_, i) => load(10 * i));
		for (const [place, session] of sessions.entries()) {
			if (place === 0) continue;
			const before = answers;
			while (answers < before + 50) await new Promise((resolve) => setImmediate(resolve));
			const swapped = holder.swap(session);
			now = place;
			await swapped;
			await expect(sessions[place - 1]!.run({ x: vector(1) })).rejects.toThrow('expected no call after release');
		}
		over = true;
		await Promise.all(clients);
		expect(numbersOf((await holder.run({ x: vector(1) })).y!)).toEqual([7]);
	});

	it('refuses a model of another kind, and goes on with the one before', async () => {
		const holder = kept(createSessionHolder(await createRemoteSession(times(2))));
		const z = input('z', 'float32', ['n']);
		const other = kept(await createRemoteSession(writeOnnx(emit({ inputs: { x, z }, outputs: { sum: ops.add(x, z) } }))));
		await expect(holder.swap(other)).rejects.toThrow(
			'session: expected a model with the inputs and outputs of the one before, got more inputs (z) and no output y.',
		);
		expect(await holder.run({ x: vector(1) })).toEqual({ y: vector(2) });
	});

	it('holds anything: frees it when its last use is over, once', async () => {
		const freed: string[] = [];
		const holder = createHolder('a', async (held) => {
			freed.push(held);
		});
		let end = () => {};
		const long = holder.use(
			(held) =>
				new Promise<string>((resolve) => {
					end = () => resolve(held);
				}),
		);
		const swapped = holder.swap('b');
		expect(await holder.use((held) => held)).toBe('b');
		await expect(
			holder.use(() => {
				throw new RangeError('in the middle');
			}),
		).rejects.toThrow('in the middle');
		expect(freed).toEqual([]);
		end();
		expect(await long).toBe('a');
		await swapped;
		expect(freed).toEqual(['a']);
		await Promise.all([holder.release(), holder.release()]);
		expect(freed).toEqual(['a', 'b']);
		await expect(holder.use(() => {})).rejects.toThrow('holder: expected no call after release');
		await expect(holder.swap('c')).rejects.toThrow('holder: expected no call after release');
	});
});
