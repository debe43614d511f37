// Products of looked-up rows made ahead: the same numbers, of graphs without products over tokens.
import { createSession, emit, input, ops, type Program, type Tensor, tensor, type Value, withLookups, writeOnnx } from 'textloom/graph';
import { describe, expect, it } from 'vitest';

const [rows, width, out] = [7, 3, 4];
const draw = (shape: readonly number[]) =>
	tensor(
		'float32',
		shape,
		Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(1 + i * i)),
	);

/** What a case builds of looked-up rows `[batch, time, width]`. */
type Build = (looked: Value, given: { readonly weights: Value; readonly bias: Value; readonly ids: Value }) => Value;

function programOf(build: Build): Program {
	const ids = input('ids', 'int32', ['batch', 'time']);
	const [table, weights, bias] = [[rows, width], [width, out], [out]].map((shape, i) => ({
		value: input(`w${i}`, 'float32', shape),
		data: draw(shape),
	})) as [{ value: Value; data: Tensor }, { value: Value; data: Tensor }, { value: Value; data: Tensor }];
	const y = build(ops.gather(table.value, ids), { weights: weights.value, bias: bias.value, ids });
	return { inputs: { ids }, outputs: { y }, initializers: { table, weights, bias } };
}

const ids = tensor('int32', [2, 5], [1, 2, 3, 4, 5, 6, 0, 1, 2, 3]);

async function resultOf(program: Program): Promise<Tensor> {
	const session = await createSession(writeOnnx(emit(program)), { threads: 1 });
	const { y } = await session.run({ ids });
	await session.release();
	return y!;
}

const flat = (looked: Value, ids: Value) => ops.reshape(looked, ['batch*time', width], [ids]);

const cases: Readonly<Record<string, Build>> = {
	'a product': (looked, { weights }) => ops.matMul(looked, weights),
	'a product and a bias': (looked, { weights, bias }) => ops.add(ops.matMul(looked, weights), bias),
	'time first': (looked, { weights }) => ops.matMul(ops.transpose(looked, [1, 0, 2]), weights),
	'a general product of all rows': (looked, { weights, bias, ids }) => ops.gemm(flat(looked, ids), weights, bias),
	'a transposed factor': (looked, { weights, ids }) => ops.gemm(flat(looked, ids), ops.transpose(weights), undefined, { transB: true }),
	'rows moved by a step, zeros behind the last': (looked, { weights, ids }) => {
		const all = flat(looked, ids);
		const moved = ops.slice(ops.pad(all, 0, 0, 1), 0, 1);
		return ops.add(ops.matMul(all, weights), ops.matMul(moved, weights));
	},
	'what a loop takes': (looked, { weights, bias }) => ops.reduceMax(ops.add(ops.matMul(looked, weights), bias), { axes: [1] }),
};

const countOf = (program: Program, op: string) => emit(program).graph.nodes.filter((node) => node.op === op).length;

describe('products of looked-up rows', () => {
	it.each(Object.entries(cases))('are made ahead: %s', async (_, build) => {
		const program = programOf(build);
		const ahead = withLookups(program, 1000)!;
		const [before, after] = [await resultOf(program), await resultOf(ahead)];
		expect(after.shape).toEqual(before.shape);
		for (const [i, value] of Array.from(after.data as Float32Array).entries())
			expect(value).toBeCloseTo((before.data as Float32Array)[i]!, 5);
		// What is left of products depends on weights alone.
		const inputs = emit(ahead)
			.graph.nodes.filter(({ op }) => op === 'MatMul' || op === 'Gemm')
			.flatMap((node) => node.inputs);
		expect(inputs.filter((name) => name === 'ids' || /Gather/.test(name))).toEqual([]);
	});

	it('stay where tables would be too large', () => {
		const program = programOf(cases['a product']!);
		expect(withLookups(program, rows * out - 1)).toBeUndefined();
		expect(countOf(withLookups(program, rows * out)!, 'MatMul')).toBe(1);
	});

	it.each<[string, Build]>([
		['rows that are changed between', (looked, { weights }) => ops.matMul(ops.tanh(looked), weights)],
		['a factor that is fed', (looked) => ops.matMul(looked, ops.transpose(looked))],
		['rows cut in their width', (looked) => ops.matMul(ops.slice(looked, 2, 0, 2), ops.transpose(ops.slice(looked, 2, 0, 2)))],
		['rows joined', (looked, { ids }) => ops.reshape(looked, ['batch', 'time*3'], [ids])],
	])('are not made of %s', (_, build) => {
		expect(withLookups(programOf(build), 1000)).toBeUndefined();
	});
});
