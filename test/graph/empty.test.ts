// Sizes of 0, where ONNX has them: an empty past, no positions, nothing to sum. The size is 0 by number or only when the graph runs.
import { backward, constant, createSession, emit, input, ops, scalar, scan, tensor, type Value, writeOnnx } from 'textloom/graph';
import { describe, expect, it } from 'vitest';

const { add, concat, gather, gemm, matMul, reshape, softmax, transpose } = ops;
const heads = (x: Value) => transpose(reshape(x, [x.shape[0]!, x.shape[1]!, 2, 2]), [0, 2, 1, 3]);
const turned = (x: Value) => transpose(x, [0, 2, 1]);
const attended = (query: Value, keys: Value) => matMul(softmax(matMul(query, turned(keys))), keys);
const weight = constant(tensor('float32', [4, 2], [1, 2, 3, 4, 5, 6, 7, 8]));
const rows = (x: Value) => reshape(x, [x.shape[1] === 0 ? 0 : 'batch*past', 4]);

/** What each builds of an empty `x` [1, 0, 4], of `y` [1, 2, 4] and of no indices, in which shape, and its numbers where it has any. */
const cases: Record<string, [build: (x: Value, y: Value, none: Value) => Value, shape: readonly number[], numbers?: readonly number[]]> = {
	'concat with nothing': [(x, y) => concat([x, y], 1), [1, 2, 4], [1, 2, 3, 4, 5, 6, 7, 8]],
	'concat of nothing': [(x) => concat([x, x], 1), [1, 0, 4]],
	'slice from the front': [(x) => ops.slice(x, 1, 0, 3), [1, 0, 4]],
	'slice from the back': [(x) => ops.slice(x, 1, -2), [1, 0, 4]],
	reverse: [(x) => ops.reverse(x, 1), [1, 0, 4]],
	'split along another axis': [(x) => ops.split(x, [1, 3], 2)[1]!, [1, 0, 3]],
	pad: [(x) => ops.pad(x, 1, 1, 2), [1, 3, 4], new Array(12).fill(0)],
	tile: [(x) => ops.tile(x, [1, 2, 1]), [1, 0, 4]],
	'gather at no index': [(_, y, none) => gather(y, none, 1), [1, 0, 4]],
	oneHot: [(_, __, none) => ops.oneHot(none, 3), [0, 3]],
	places: [(x) => ops.cast(ops.places(x, 1), 'float32'), [0]],
	reduceSum: [(x) => ops.reduceSum(x, { axes: [1] }), [1, 4], [0, 0, 0, 0]],
	'reduceSum of all': [(x) => ops.reduceSum(x), [], [0]],
	'reduceMax along another axis': [(x) => ops.reduceMax(x, { axes: [2] }), [1, 0]],
	'argMax along another axis': [(x) => ops.cast(ops.argMax(x, 2), 'float32'), [1, 0]],
	cumSum: [(x) => ops.cumSum(x, 1), [1, 0, 4]],
	'matMul over nothing': [(x) => matMul(turned(x), x), [1, 4, 4], new Array(16).fill(0)],
	'matMul of nothing': [(x, y) => matMul(y, turned(x)), [1, 2, 0]],
	gemm: [(x) => gemm(rows(x), weight, constant(tensor('float32', [2], [1, 2]))), [0, 2]],
	'softmax over nothing': [(x) => softmax(turned(x)), [1, 4, 0]],
	'attention over an empty past and the present': [(x, y) => attended(y, concat([x, y], 1)), [1, 2, 4], [5, 6, 7, 8, 5, 6, 7, 8]],
	'attention over an empty past alone': [(x, y) => attended(y, x), [1, 2, 4], new Array(8).fill(0)],
	'elementwise, broadcast': [(x) => ops.where(ops.greater(x, 0), ops.relu(add(x, 1)), 0), [1, 0, 4]],
	'reshape to rows': [rows, [0, 4]],
	'reshape to rows and back': [(x) => reshape(add(rows(x), 1), x.shape, [x]), [1, 0, 4]],
	'heads and back': [(x) => reshape(transpose(heads(x), [0, 2, 1, 3]), x.shape, [x]), [1, 0, 4]],
	'axes that change places': [(x) => reshape(transpose(x, [1, 0, 2]), [x.shape[1]!, x.shape[0]!, 2, 2], [x]), [0, 1, 2, 2]],
	expand: [(x) => ops.expand(scalar(2), [x.shape[1]!, 4], [x]), [0, 4]],
};

describe.each(['by number', 'when the graph runs'])('a size of 0, known %s', (known) => {
	describe.each([true, false])('simplify: %s', (simplify) => {
		it.each(Object.entries(cases))('%s', async (_, [build, shape, numbers = []]) => {
			const [batch, past] = known === 'by number' ? [1, 0] : ['batch', 'past'];
			const inputs = {
				x: input('x', 'float32', [batch, past, 4]),
				y: input('y', 'float32', [batch, 'time', 4]),
				none: input('none', 'int64', ['none']),
			};
			const out = build(inputs.x, inputs.y, inputs.none);
			const [dx, dy] = backward(ops.reduceSum(out), [inputs.x, inputs.y]);
			const outputs = { out, ...(dx && { dx }), ...(dy && { dy }) };
			const session = await createSession(writeOnnx(emit({ inputs, outputs }, { simplify })), { threads: 1 });
			const found = await session.run({
				x: tensor('float32', [1, 0, 4], []),
				y: tensor('float32', [1, 2, 4], [1, 2, 3, 4, 5, 6, 7, 8]),
				none: tensor('int64', [0], []),
			});
			await session.release();
			expect(found.out!.shape).toEqual(shape);
			expect(Array.from(found.out!.data as Float32Array, (number) => Math.round(number * 100) / 100)).toEqual(numbers);
			if (dx) expect(found.dx!.shape).toEqual([1, 0, 4]);
			if (dy) expect(found.dy!.shape).toEqual([1, 2, 4]);
			if (dy) expect((found.dy!.data as Float32Array).every(Number.isFinite)).toBe(true);
		});
	});
});

it('a loop of no steps is refused when it runs, by its name', async () => {
	const x = input('x', 'float32', ['time', 4]);
	const { states } = scan({
		inputs: [x],
		states: [ops.reduceSum(x, { axes: [0], keep: false })],
		body: ([h], [e]) => ({ states: [add(h!, e!)] }),
	});
	const session = await createSession(writeOnnx(emit({ inputs: { x }, outputs: { out: states[0]! } })), { threads: 1 });
	await expect(session.run({ x: tensor('float32', [0, 4], []) })).rejects.toThrow(/^session: expected Scan to run, got: .*time×4 = 0×4/);
	await session.release();
});
