// What a graph costs, by hand and as a table.
import { constant, costOf, describe as describeGraph, input, ops, parameter, scan, scope, sizeOfDim, tensor } from 'textloom/graph';
import { wordCnn } from 'textloom/models/word-cnn';
import * as nn from 'textloom/nn';
import { describe, expect, it } from 'vitest';

const f = (name: string, ...shape: (number | string)[]) => input(name, 'float32', shape);
const weight = (...shape: number[]) => parameter(shape, (shape) => new Float32Array(shape.reduce((a, b) => a * b, 1)));
const costs = (inputs: Parameters<typeof costOf>[0]['inputs'], y: ReturnType<typeof f>, sizes = {}) =>
	costOf({ inputs, outputs: { y } }, sizes);

describe('sizeOfDim', () => {
	const sizes = { batch: 4, time: 10, 'a b': 7, 'x.1': 3 };
	it.each([
		[5, 5],
		['batch', 4],
		['time-2', 8],
		['batch*time', 40],
		['(time-2)*batch*3', 96],
		['(batch+time)', 14],
		['((time-4)*2+batch)', 16],
		['windows(time-1/2)', 5],
		['windows((time-1)/2)', 5],
		['windows(windows(time-1/2)*batch-3/4)+1', 6],
		['time-11', -1],
		['windows((time-4)/4)', 2],
		['a b', 7],
		['x.1', 3],
		['past_time + 1', undefined],
		['other', undefined],
		['batch times', undefined],
	])('%s is %s', (dim, expected) => expect(sizeOfDim(dim, sizes)).toBe(expected));

	it('tells the names it lacks', () => {
		const missing = new Set<string>();
		for (const dim of ['batch*time', 'past_time + 1', 'some name', '((seconds-1)*batch)']) sizeOfDim(dim, { batch: 4 }, missing);
		expect([...missing]).toEqual(['time', 'past_time', 'some name', 'seconds']);
	});
});

describe('costOf', () => {
	it('a layer: parameters, operations, memory', () => {
		const [x, w] = [f('x', 'batch', 3), weight(3, 4)];
		const y = scope('first', () => ops.relu(ops.matMul(x, w)));
		expect(costs({ x, w }, y, { batch: 2 })).toEqual({
			nodes: [
				// 2 × 4 results of 3 multiply-adds.
				{
					name: 'first/MatMul_0',
					op: 'MatMul',
					layer: 'first',
					dtype: 'float32',
					shape: ['batch', 4],
					parameters: 12,
					flops: 48,
					bytes: 32,
				},
				{ name: 'first/Relu_1', op: 'Relu', layer: 'first', dtype: 'float32', shape: ['batch', 4], parameters: 0, flops: 8, bytes: 32 },
			],
			operators: { MatMul: 1, Relu: 1 },
			parameters: 12,
			flops: 56,
			memory: { weights: 48, inputs: 24, activations: 64 },
			missing: [],
		});
		const unsized = costs({ x, w }, y);
		expect(unsized).toMatchObject({ parameters: 12, flops: undefined, missing: ['batch'] });
		expect(unsized.memory).toEqual({ weights: 48, inputs: undefined, activations: undefined });
		expect(JSON.parse(JSON.stringify(unsized))).toMatchObject({ parameters: 12, missing: ['batch'] });
	});

	it('what is stored in the file counts as parameters, whole numbers and constants do not', () => {
		const [x, table] = [input('x', 'int32', [2]), f('table', 5, 3)];
		const program = {
			inputs: { x },
			outputs: { y: ops.mul(ops.gather(table, x), 2) },
			initializers: { table: { value: table, data: tensor('float32', [5, 3], Array(15).fill(1)) } },
		};
		expect(costOf(program)).toMatchObject({ parameters: 15, flops: 6, memory: { weights: 60, inputs: 8, activations: 48 } });
	});

	const x = f('x', 2, 3);
	const image = f('x', 2, 3, 8);
	const operations: [name: string, y: () => ReturnType<typeof f>, flops: number][] = [
		['MatMul', () => ops.matMul(f('x', 5, 2, 3), constant(tensor('float32', [3, 4], Array(12).fill(1)))), 2 * 5 * 2 * 3 * 4],
		['Einsum', () => ops.einsum('ab,cb->ac', x, f('y', 2, 3)), 2 * 2 * 2 * 3],
		['Gemm', () => ops.gemm(x, weight(4, 3), undefined, { transB: true }), 2 * 2 * 4 * 3],
		['Conv', () => ops.conv(image, weight(6, 3, 5)), 2 * (2 * 6 * 4) * (3 * 5)],
		['Conv in groups', () => ops.conv(image, weight(6, 1, 5), undefined, { groups: 3 }), 2 * (2 * 6 * 4) * 5],
		['ConvTranspose', () => ops.convTranspose(image, weight(3, 6, 5)), 2 * (2 * 3 * 8) * (6 * 5)],
		['MaxPool', () => ops.maxPool(image, 2), 2 * 3 * 4 * 2],
		['ReduceSum', () => ops.reduceSum(x), 6],
		['Softmax', () => ops.softmax(x), 30],
		['Add, broadcast', () => ops.add(x, f('y', 4, 1, 1)), 24],
		['Transpose', () => ops.transpose(x), 0],
	];
	it.each(operations)('%s', (_, y, flops) => {
		const value = y();
		const inputs = Object.fromEntries(
			[...new Set(value.node!.inputs)].flatMap((input, place) => (input.constant || input.node ? [] : [[`x${place}`, input]])),
		);
		expect(costs(inputs, value).flops).toBe(flops);
	});

	it('results live until their last use; a reshape is no copy', () => {
		const x = f('x', 10);
		// At most two of 40 bytes at one time, however long the chain is.
		let y = ops.neg(x);
		for (let i = 0; i < 5; i++) y = ops.exp(ops.reshape(ops.reshape(y, [2, 5]), [10]));
		expect(costs({ x }, y).memory.activations).toBe(80);
		// The first is used at the end once more.
		const first = ops.tanh(x);
		let z = ops.exp(first);
		for (let i = 0; i < 5; i++) z = ops.exp(z);
		expect(costs({ x }, ops.add(z, first)).memory.activations).toBe(120);
	});

	it('the body of a loop, as often as it runs', () => {
		const x = f('x', 'time', 3);
		const w = weight(3, 3);
		const { outputs } = scan({
			inputs: [x],
			states: [constant(tensor('float32', [3], [0, 0, 0]))],
			body: ([h], [x]) => {
				const next = ops.tanh(ops.add(x!, ops.reduceSum(ops.mul(w, h!), { axes: [1] })));
				return { states: [next], outputs: [next] };
			},
		});
		const { nodes, flops, missing } = costs({ x, w }, outputs[0]!, { time: 7 });
		expect(missing).toEqual([]);
		expect(nodes.find(({ op }) => op === 'Mul')).toMatchObject({ flops: 7 * 9, parameters: 9 });
		expect(flops).toBe(7 * (9 + 9 + 3 + 3));
	});
});

describe('describe', () => {
	const network = wordCnn({ width: 8, filters: 16, kernels: [2, 3] }).build({ vocabulary: 1000, outputs: 4 });
	const inputs = { ids: input('ids', 'int32', ['batch', 'time']), lengths: input('lengths', 'int32', ['batch']) };
	const program = {
		inputs: { ...inputs, ...Object.fromEntries(nn.namedParameters(network.parameters)) },
		outputs: { logits: network.apply(inputs, nn.prediction) },
	};

	it('a row for each layer, and totals', () => {
		const text = describeGraph(program, { sizes: { batch: 2, time: 10 } });
		const lines = text.split('\n');
		expect(lines[0]).toMatch(/^layer +operators +output +parameters +flops +share +memory$/);
		expect(text).toMatch(/^embedding +Gather +batch×time×8 +8,000 +0 +0% +640 B$/m);
		expect(text).toMatch(/^convMax +\d+ \w+, .*… +batch×32 +672 +[\d.]+ k +9\d% +[\d.]+ kB$/m);
		// 2 × 4 results of 32 multiply-adds and an addition, in one node or two.
		expect(text).toMatch(/^linear +Gemm\S*( Add)? +batch×4 +132 +520 +\d% +\d+ B$/m);
		expect(text).toMatch(/^total +\d+ nodes +8,804 +[\d.]+ k$/m);
		expect(text).toMatch(/^Operators: \d+ \w+, .*\.$/m);
		expect(text).toMatch(/^Memory: parameters 35\.2 kB, inputs 88 B, results [\d.]+ kB at most at one time\.$/m);
		const width = lines[1]!.length;
		expect(lines.slice(0, 7).every((line) => line.length <= width)).toBe(true);
	});

	it('a row for each node', () => {
		const text = describeGraph(program, { sizes: { batch: 2, time: 10 }, nodes: true });
		const count = Number(/^total +(\d+) nodes/m.exec(text)![1]);
		expect(text.split('\n').filter((line) => /^(embedding|convMax|linear)\/\w+_\d+ /.test(line))).toHaveLength(count);
		expect(text).toMatch(/^linear\/Gemm_\d+ +Gemm +batch×4 +\d+ +\d+ +\d% +32 B$/m);
	});

	it('asks for sizes', () => {
		const text = describeGraph(program);
		expect(text).toMatch(/^linear +Gemm\S*( Add)? +batch×4 +132 +\? +\?$/m);
		expect(text.split('\n').at(-1)).toBe('For flops and memory, give sizes: { batch: …, time: … }.');
	});
});
