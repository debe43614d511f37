// Graphs from files: forms of older opsets and of other exporters, sizes that are computed, operators the engine does not know, hostile graphs.
import {
	backward,
	createSession,
	type Dim,
	emit,
	fromOnnx,
	type OnnxGraph,
	type OnnxModel,
	type OnnxNode,
	ops,
	type Tensor,
	tensor,
	writeOnnx,
} from 'textloom/graph';
import { describe, expect, it } from 'vitest';

type Attributes = OnnxNode['attributes'];

const node = (
	op: string,
	inputs: readonly string[],
	outputs: readonly string[],
	attributes: Attributes = {},
	name = `${op}_${outputs[0]}`,
): OnnxNode => ({
	op,
	name,
	inputs,
	outputs,
	attributes,
});

/** A model of float32 inputs by shape, unless a name says its type. */
const modelOf = (
	opset: number,
	inputs: Readonly<Record<string, readonly Dim[]>>,
	nodes: readonly OnnxNode[],
	{ constants = {} as Readonly<Record<string, Tensor>>, outputs = ['y'], values = [] as OnnxGraph['values'] & {} } = {},
): OnnxModel => ({
	opset,
	producer: '',
	metadata: {},
	graph: {
		name: 'g',
		inputs: Object.entries(inputs).map(([name, shape]) => ({ name, dtype: name.startsWith('i') ? 'int64' : 'float32', shape })),
		outputs: outputs.map((name) => ({ name, dtype: name.startsWith('i') ? 'int64' : 'float32', shape: ['any'] })),
		initializers: new Map(Object.entries(constants)),
		nodes,
		values,
	},
});

const list = (...numbers: number[]) => tensor('int64', [numbers.length], numbers);
const floats = (shape: readonly number[]) =>
	tensor(
		'float32',
		shape,
		Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, at) => Math.sin(at * 5.1 + 1)),
	);

const sizes: Record<string, number> = { batch: 2, time: 3, past: 4, 'past + time': 7, '(past+time)': 7 };
const sizeOf = (dim: Dim) => (typeof dim === 'number' ? dim : (sizes[dim] ?? 5));

async function run(model: OnnxModel): Promise<Record<string, Tensor>> {
	// Without the list's shapes: ONNX Runtime works them out.
	const session = await createSession(writeOnnx(model), { threads: 1 });
	try {
		const feeds = Object.fromEntries(
			model.graph.inputs.map(({ name, dtype, shape }) => {
				const dims = shape.map(sizeOf);
				const { data } = floats(dims);
				return [
					name,
					dtype === 'int64'
						? tensor(
								'int64',
								dims,
								Array.from(data as Float32Array, (_, at) => at % 2),
							)
						: tensor(dtype, dims, data as Float32Array),
				];
			}),
		);
		return await session.run(feeds);
	} finally {
		await session.release();
	}
}

const int = (value: number) => ({ int: value });
const ints = (...values: number[]) => ({ ints: values });

/** A model, and the shape that its output `y` has. */
const forms: Record<string, [model: OnnxModel, shape: readonly Dim[]]> = {
	'Softmax of opset 11 over two axes as one': [modelOf(11, { x: ['batch', 3, 4] }, [node('Softmax', ['x'], ['y'])]), ['batch', 3, 4]],
	'LogSoftmax of opset 11 over all axes': [modelOf(11, { x: [2, 3] }, [node('LogSoftmax', ['x'], ['y'], { axis: int(0) })]), [2, 3]],
	'Softmax of opset 11 over the last axis': [
		modelOf(11, { x: ['batch', 3, 4] }, [node('Softmax', ['x'], ['y'], { axis: int(2) })]),
		['batch', 3, 4],
	],
	'axes as attributes': [
		modelOf(11, { x: ['batch', 1, 4] }, [
			node('Squeeze', ['x'], ['a'], { axes: ints(1) }),
			node('Unsqueeze', ['a'], ['b'], { axes: ints(0, -1) }),
			node('ReduceSum', ['b'], ['y'], { axes: ints(-2), keepdims: int(0) }),
		]),
		[1, 'batch', 1],
	],
	'reductions over all axes': [modelOf(13, { x: [2, 3] }, [node('ReduceMean', ['x'], ['y'], { keepdims: int(0) })]), []],
	'a reduction over none': [
		modelOf(18, { x: [2, 3] }, [node('ReduceMax', ['x', 'none'], ['y'], { noop_with_empty_axes: int(1) })], {
			constants: { none: list() },
		}),
		[2, 3],
	],
	'Squeeze of whatever is 1': [modelOf(13, { x: [1, 'batch', 1] }, [node('Squeeze', ['x'], ['y'])]), ['batch']],
	'Split by attribute': [
		modelOf(11, { x: [2, 5] }, [node('Split', ['x'], ['y', 'z'], { axis: int(1), split: ints(2, 3) })], { outputs: ['y', 'z'] }),
		[2, 2],
	],
	'Split into equal parts': [modelOf(13, { x: [4, 5] }, [node('Split', ['x'], ['y', 'z'])], { outputs: ['y', 'z'] }), [2, 5]],
	'Split into parts of which the last is shorter': [
		modelOf(18, { x: [5, 2] }, [node('Split', ['x'], ['z', 'y'], { num_outputs: int(2) })], { outputs: ['y', 'z'] }),
		[2, 2],
	],
	'Clip without a lower bound': [
		modelOf(13, { x: [2, 3] }, [node('Clip', ['x', '', 'top'], ['y'])], { constants: { top: tensor('float32', [], [0.5]) } }),
		[2, 3],
	],
	'Clip without bounds': [modelOf(13, { x: [2, 3] }, [node('Clip', ['x'], ['y'])]), [2, 3]],
	'Gemm with factors': [
		modelOf(13, { x: [2, 3], w: [4, 3], b: [4] }, [
			node('Gemm', ['x', 'w', 'b'], ['y'], { alpha: { float: 0.5 }, beta: { float: 2 }, transB: int(1) }),
		]),
		[2, 4],
	],
	'Pad of some axes': [
		modelOf(18, { x: ['batch', 3, 4] }, [node('Pad', ['x', 'pads', '', 'axes'], ['y'])], {
			constants: { pads: list(1, 2), axes: list(-1) },
		}),
		['batch', 3, 7],
	],
	'Transpose without an order': [modelOf(13, { x: ['batch', 3, 4] }, [node('Transpose', ['x'], ['y'])]), [4, 3, 'batch']],
	'Slice without axes': [
		modelOf(13, { x: ['batch', 'time', 4] }, [node('Slice', ['x', 'from', 'to'], ['y'])], {
			constants: { from: list(0, 1), to: list(2 ** 50, 2 ** 50) },
		}),
		['batch', 'time-1', 4],
	],
	'a whole exponent': [
		modelOf(13, { x: [2, 3] }, [node('Pow', ['x', 'two'], ['y'])], { constants: { two: tensor('int64', [], [2]) } }),
		[2, 3],
	],
	'an exponent of another type of floats': [
		modelOf(13, { x: [2, 3] }, [node('Abs', ['x'], ['a']), node('Pow', ['a', 'half'], ['y'])], {
			constants: { half: tensor('float64', [], [0.5]) },
		}),
		[2, 3],
	],
	CastLike: [modelOf(15, { i: [2], x: [2] }, [node('CastLike', ['i', 'x'], ['y'])]), [2]],
	'Dropout of opset 11': [modelOf(11, { x: [2, 3] }, [node('Dropout', ['x'], ['y'], { ratio: { float: 0.3 } })]), [2, 3]],
	'Dropout that is off': [
		modelOf(13, { x: [2, 3] }, [node('Dropout', ['x', '', 'off'], ['y'])], { constants: { off: tensor('bool', [], [0]) } }),
		[2, 3],
	],
	'constants of every kind': [
		modelOf(13, { x: [2, 2] }, [
			node('Constant', [], ['one'], { value_float: { float: 1.5 } }),
			node('Constant', [], ['two'], { value_floats: { floats: [1, 2] } }),
			node('Constant', [], ['four'], { value_ints: ints(4) }),
			node('Constant', [], ['axis'], { value_int: int(0) }),
			node('Add', ['x', 'one'], ['a']),
			node('Mul', ['a', 'two'], ['b']),
			node('Reshape', ['b', 'four'], ['c']),
			node('CumSum', ['c', 'axis'], ['y']),
		]),
		[4],
	],
	'sizes computed as exporters do': [
		modelOf(
			13,
			{ x: ['batch', 'time', 12] },
			[
				node('Shape', ['x'], ['s']),
				node('Gather', ['s', 'first'], ['b']),
				node('Gather', ['s', 'second'], ['t']),
				node('Gather', ['s', 'third'], ['w']),
				node('Div', ['w', 'heads'], ['h']),
				node('Unsqueeze', ['b', 'zero'], ['b1']),
				node('Unsqueeze', ['t', 'zero'], ['t1']),
				node('Unsqueeze', ['h', 'zero'], ['h1']),
				node('Concat', ['b1', 't1', 'four', 'h1'], ['target'], { axis: int(0) }),
				node('Reshape', ['x', 'target'], ['split']),
				node('Transpose', ['split'], ['y'], { perm: ints(0, 2, 1, 3) }),
			],
			{
				constants: {
					first: tensor('int64', [], [0]),
					second: tensor('int64', [], [1]),
					third: tensor('int64', [], [-1]),
					heads: tensor('int64', [], [4]),
					zero: list(0),
					four: list(4),
				},
			},
		),
		['batch', 4, 'time', 3],
	],
	'a size as a product, and one left open': [
		modelOf(
			14,
			{ x: ['batch', 'time', 6] },
			[
				node('Shape', ['x'], ['s'], {}),
				node('Slice', ['s', 'from', 'to'], ['front']),
				node('ReduceProd', ['front'], ['rows'], { keepdims: int(1) }),
				node('Concat', ['rows', 'three', 'open'], ['target'], { axis: int(0) }),
				node('Reshape', ['x', 'target'], ['y']),
			],
			{ constants: { from: list(0), to: list(2), three: list(3), open: list(-1) } },
		),
		['batch*time', 3, 2],
	],
	'sums of sizes, whatever their order': [
		modelOf(14, { x: ['batch', 'time'], z: ['batch', 'past'], m: ['batch', 'past + time'] }, [
			node('Concat', ['x', 'z'], ['all'], { axis: int(1) }),
			node('Add', ['all', 'm'], ['y']),
		]),
		['batch', '(past+time)'],
	],
	'Where, Equal and ConstantOfShape around Expand': [
		modelOf(
			14,
			{ x: ['batch', 1], i: ['batch', 'time'] },
			[
				node('Shape', ['i'], ['s']),
				node('ConstantOfShape', ['two'], ['ones'], { value: { tensor: list(1) } }),
				node('Mul', ['ones', 'minus'], ['marks']),
				node('Equal', ['s', 'marks'], ['equal']),
				node('Where', ['equal', 'ones', 's'], ['target']),
				node('Expand', ['x', 'target'], ['y']),
			],
			{ constants: { two: list(2), minus: tensor('int64', [], [-1]) } },
		),
		['batch', 'time'],
	],
	'Range to a size': [
		modelOf(
			14,
			{ x: ['batch', 'time'] },
			[
				node('Shape', ['x'], ['s']),
				node('Gather', ['s', 'second'], ['t']),
				node('Range', ['zero', 't', 'one'], ['r']),
				node('Cast', ['r'], ['f'], { to: int(1) }),
				node('Add', ['x', 'f'], ['y']),
			],
			{ constants: { second: tensor('int64', [], [1]), zero: tensor('int64', [], [0]), one: tensor('int64', [], [1]) } },
		),
		['batch', 'time'],
	],
	'a table cut to a size': [
		modelOf(
			14,
			{ x: ['batch', 'time', 2] },
			[
				node('Shape', ['x'], ['s']),
				node('Slice', ['s', 'one', 'two'], ['t']),
				node('Slice', ['table', 'zero', 't', 'zero'], ['rows']),
				node('Add', ['x', 'rows'], ['y']),
			],
			{ constants: { one: list(1), two: list(2), zero: list(0), table: floats([9, 2]) } },
		),
		['batch', 'time', 2],
	],
	'a size that the numbers decide': [
		modelOf(14, { x: ['batch', 2] }, [
			node('NonZero', ['x'], ['where']),
			node('Transpose', ['where'], ['places']),
			node('Cast', ['places'], ['y'], { to: int(1) }),
		]),
		['where.1', 2],
	],
	'an operator that is only kept': [
		modelOf(14, { x: ['batch', 2] }, [node('Atan', ['x'], ['a']), node('Neg', ['a'], ['y'])]),
		['batch', 2],
	],
	'an operator of another domain, by what the file says of it': [
		modelOf(
			17,
			{ x: ['batch', 2], w: [2, 3] },
			[node('com.microsoft::FusedMatMul', ['x', 'w'], ['a'], { alpha: { float: 0.5 } }), node('Neg', ['a'], ['y'])],
			{
				values: [{ name: 'a', dtype: 'float32', shape: ['batch', 3] }],
			},
		),
		['batch', 3],
	],
	'nodes out of order': [modelOf(17, { x: ['batch'] }, [node('Neg', ['a'], ['y']), node('Abs', ['x'], ['a'])]), ['batch']],
};

describe('fromOnnx', () => {
	for (const [name, [model, shape]] of Object.entries(forms)) {
		it(`${name}: its shape, and the same numbers when written again`, async () => {
			const imported = fromOnnx(model);
			expect(imported.outputs.y!.shape).toEqual(shape);
			const [theirs, ours] = [await run({ ...model, graph: { ...model.graph, nodes: ordered(model) } }), await run(emit(imported))];
			for (const [output, { shape, data }] of Object.entries(theirs)) {
				expect(ours[output]!.shape).toEqual(shape);
				for (const [at, item] of data.entries()) expect(Number(ours[output]!.data[at])).toBeCloseTo(Number(item), 5);
			}
		});
	}

	it('a choice: each branch has what it needs, and may differ in size', async () => {
		const branch = (nodes: readonly OnnxNode[], out: string): OnnxGraph => ({
			name: out,
			inputs: [],
			outputs: [{ name: out, dtype: 'float32', shape: ['any', 2] }],
			initializers: new Map([[`${out}_one`, tensor('float32', [], [1])]]),
			nodes,
		});
		const attributes = {
			then_branch: { graph: branch([node('Concat', ['a', 'x'], ['c'], { axis: int(0) }), node('Add', ['c', 't_one'], ['t'])], 't') },
			else_branch: { graph: branch([node('Sub', ['a', 'e_one'], ['e'])], 'e') },
		};
		const model = modelOf(17, { x: ['batch', 2], i: [] }, [
			node('Neg', ['x'], ['a']),
			node('Cast', ['i'], ['go'], { to: int(9) }),
			node('If', ['go'], ['b'], attributes, 'choose'),
			node('Abs', ['b'], ['y']),
		]);
		const imported = fromOnnx(model);
		expect(imported.outputs.y!.shape).toEqual(['b.0', 2]);
		const written = emit(imported);
		const choice = written.graph.nodes.find(({ op }) => op === 'If')!;
		expect(Object.values(choice.attributes).map((value) => ('graph' in value ? value.graph.nodes.map(({ op }) => op) : []))).toEqual([
			['Concat', 'Add'],
			['Sub'],
		]);
		expect(await run(written)).toEqual(await run(model));
		expect(() => backward(ops.reduceSum(imported.outputs.y!), [imported.inputs.x!])).toThrow(
			/backward: If in choose is not differentiable/,
		);
	});

	it('branches and loops give their results in the order of the file, whatever their names', async () => {
		const branch = (scale: string): OnnxGraph => ({
			name: scale,
			inputs: [],
			outputs: ['10', '9', 'b'].map((name) => ({ name, dtype: 'float32', shape: [2] })),
			initializers: new Map(),
			nodes: [node('Neg', ['x'], ['10']), node(scale, ['x'], ['9']), node('Exp', ['x'], ['b'])],
		});
		const step: OnnxGraph = {
			name: 'step',
			inputs: [
				{ name: '7', dtype: 'int64', shape: [] },
				{ name: '3', dtype: 'bool', shape: [] },
				{ name: '5', dtype: 'float32', shape: [2] },
			],
			outputs: [
				{ name: '4', dtype: 'bool', shape: [] },
				{ name: '2', dtype: 'float32', shape: [2] },
				{ name: '1', dtype: 'float32', shape: [2] },
			],
			initializers: new Map(),
			nodes: [node('Identity', ['3'], ['4']), node('Sin', ['5'], ['2']), node('Abs', ['5'], ['1'])],
		};
		const model = modelOf(
			17,
			{ x: [2], i: [] },
			[
				node('Cast', ['i'], ['go'], { to: int(9) }),
				node('If', ['go'], ['a', 'y', 'c'], { then_branch: { graph: branch('Abs') }, else_branch: { graph: branch('Sin') } }),
				node('Loop', ['trips', '', 'a'], ['last', 'all'], { body: { graph: step } }),
			],
			{ outputs: ['a', 'y', 'c', 'last', 'all'], constants: { trips: tensor('int64', [], [2]) } },
		);
		expect(await run(emit(fromOnnx(model)))).toEqual(await run(model));
	});

	it('inputs and outputs of the graph keep the order of the file, whatever their names', async () => {
		const given = modelOf(17, {}, [node('Sub', ['2', '1'], ['12']), node('Sub', ['1', '2'], ['11'])]);
		const values = (names: readonly string[]) => names.map((name) => ({ name, dtype: 'float32' as const, shape: [2] }));
		const model = { ...given, graph: { ...given.graph, inputs: values(['2', '1']), outputs: values(['12', '11']) } };
		const written = emit(fromOnnx(model));
		expect(written.graph.inputs.map(({ name }) => name)).toEqual(['2', '1']);
		expect(written.graph.outputs.map(({ name }) => name)).toEqual(['12', '11']);
		expect(await run(written)).toEqual(await run(model));
	});

	it('a quotient of floats keeps what integers lose', async () => {
		const model = modelOf(
			17,
			{ x: [7] },
			[
				node('Shape', ['x'], ['s']),
				node('Cast', ['s'], ['f'], { to: int(1) }),
				node('Div', ['f', 'two'], ['q']),
				node('Mul', ['q', 'two'], ['p']),
				node('Cast', ['p'], ['n'], { to: int(7) }),
				node('Cast', ['n'], ['y'], { to: int(1) }),
			],
			{ constants: { two: tensor('float32', [], [2]) } },
		);
		expect(await run(emit(fromOnnx(model)))).toEqual(await run(model));
	});

	it.each(['Shape', 'Size'])('%s as a bool: a size by name may be 0, one by number is known', async (op) => {
		const nodes = [node(op, ['x'], ['s']), node('Cast', ['s'], ['b'], { to: int(9) }), node('Not', ['b'], ['n'])];
		for (const size of [3, 'batch']) {
			const model = modelOf(17, { x: [size] }, [...nodes, node('Cast', ['n'], ['y'], { to: int(1) })]);
			expect(await run(emit(fromOnnx(model)))).toEqual(await run(model));
		}
	});

	it('a number that its type cannot hold is left to the run', async () => {
		const model = modelOf(17, { x: [300] }, [
			node('Shape', ['x'], ['s']),
			node('Cast', ['s'], ['b'], { to: int(2) }),
			node('Cast', ['b'], ['y'], { to: int(1) }),
		]);
		expect(await run(emit(fromOnnx(model)))).toEqual(await run(model));
	});

	it('numbers that gradients reach are initializers, others are constants', () => {
		const model = modelOf(17, { x: ['batch', 2] }, [node('Mul', ['x', 'w'], ['a']), node('Reshape', ['a', 'shape'], ['y'])], {
			constants: { w: floats([2]), shape: list(-1) },
		});
		const { initializers, outputs, inputs } = fromOnnx(model);
		expect(Object.keys(initializers)).toEqual(['w']);
		expect(Object.keys(inputs)).toEqual(['x']);
		const [gradient] = backward(ops.reduceSum(outputs.y!), [initializers.w!.value]);
		expect(gradient!.shape).toEqual([2]);
	});

	it('an input that is an initializer, too, has it as its default', () => {
		const model = modelOf(17, { x: [2], w: [2] }, [node('Mul', ['x', 'w'], ['y'])], { constants: { w: floats([2]) } });
		expect(Object.keys(fromOnnx(model).inputs)).toEqual(['x']);
	});

	it('two names of one size are joined by `sizes`', () => {
		const model = modelOf(17, { x: ['a', 4], z: ['b', 4] }, [node('Add', ['x', 'z'], ['y'])]);
		expect(() => fromOnnx(model)).toThrow(/fromOnnx: Add \(node Add_y\): Add in Add_y: cannot broadcast a×4 with b×4/);
		expect(fromOnnx(model, { sizes: { b: 'a' } }).outputs.y!.shape).toEqual(['a', 4]);
		expect(fromOnnx(model, { sizes: { a: 3, b: 3 } }).outputs.y!.shape).toEqual([3, 4]);
	});

	it('kept operators are written once for each use, and refuse gradients by name', () => {
		const random = (out: string) => node('RandomNormalLike', ['x'], [out], {}, `noise/${out}/RandomNormalLike`);
		const model = modelOf(17, { x: [2] }, [random('a'), random('b'), node('Sub', ['a', 'b'], ['y'])], {
			values: ['a', 'b'].map((name) => ({ name, dtype: 'float32' as const, shape: [2] })),
		});
		const imported = fromOnnx(model);
		expect(emit(imported).graph.nodes.map(({ op }) => op)).toEqual(['RandomNormalLike', 'RandomNormalLike', 'Sub']);
		expect(() => backward(ops.reduceSum(imported.outputs.y!), [imported.inputs.x!])).toThrow(
			/backward: RandomNormalLike in noise\.[ab] is not differentiable/,
		);
	});

	it('dropout in training is refused, or read as outside of training', () => {
		const model = modelOf(17, { x: [2] }, [node('Dropout', ['x', '', 'on'], ['y'])], { constants: { on: tensor('bool', [], [1]) } });
		expect(() => fromOnnx(model)).toThrow(/^fromOnnx: Dropout \(node Dropout_y\): it drops in training\. Set training: false to read it/);
		expect(emit(fromOnnx(model, { training: false })).graph.nodes.map(({ op }) => op)).toEqual(['Identity']);
	});

	it('versions of other domains are written again', () => {
		const model = modelOf(17, { x: [2] }, [node('com.microsoft::BiasGelu', ['x', 'x'], ['y'])]);
		expect(emit(fromOnnx({ ...model, domains: { 'com.microsoft': 1, other: 7 } })).domains).toEqual({ 'com.microsoft': 1, other: 7 });
	});
});

/** The nodes as a file should have them. */
function ordered({ graph: { nodes } }: OnnxModel): readonly OnnxNode[] {
	return nodes[0]!.inputs[0] === 'a' ? [...nodes].reverse() : nodes;
}

describe('hostile graphs', () => {
	const deep = (count: number) =>
		Array.from({ length: count }, (_, at) => node('Neg', [at === 0 ? 'x' : `v${at}`], [at === count - 1 ? 'y' : `v${at + 1}`]));
	/** Each step squares the size: n, n², n⁴ … */
	const squares = (count: number, size: Dim) =>
		modelOf(
			17,
			{ x: [size] },
			[
				...Array.from({ length: count }, (_, at) => [
					node('Unsqueeze', [at === 0 ? 'x' : `f${at}`, 'one'], [`c${at}`]),
					node('Unsqueeze', [at === 0 ? 'x' : `f${at}`, 'zero'], [`r${at}`]),
					node('Mul', [`c${at}`, `r${at}`], [`m${at}`]),
					node('Reshape', [`m${at}`, 'flat'], [at === count - 1 ? 'y' : `f${at + 1}`]),
				]).flat(),
			],
			{ constants: { one: list(1), zero: list(0), flat: list(-1) } },
		);
	const body = (nodes: readonly OnnxNode[]): OnnxGraph => ({
		name: 'b',
		inputs: [],
		outputs: [{ name: 't', dtype: 'float32', shape: [] }],
		initializers: new Map(),
		nodes,
	});

	const refused: Record<string, [model: OnnxModel, says: RegExp]> = {
		'a node that needs its own output': [
			modelOf(17, { x: [2] }, [node('Add', ['x', 'y'], ['y'])]),
			/but Add \(node Add_y\) needs its own output y/,
		],
		'a circle': [
			modelOf(17, { x: [2] }, [
				node('Add', ['x', 'c'], ['a']),
				node('Neg', ['a'], ['b']),
				node('Abs', ['b'], ['c']),
				node('Neg', ['c'], ['y']),
			]),
			/expected nodes that can run one after another, but Add \(node Add_a\) needs its own output a/,
		],
		'a circle through a branch': [
			modelOf(17, { x: [2] }, [
				node('If', ['c'], ['y'], {
					then_branch: { graph: body([node('Neg', ['y'], ['t'])]) },
					else_branch: { graph: body([node('Neg', ['x'], ['t'])]) },
				}),
			]),
			/got c, which If \(node If_y\) needs and nothing gives|needs its own output y/,
		],
		'an Add of three': [modelOf(17, { x: [2] }, [node('Add', ['x', 'x', 'x'], ['y'])]), /Add \(node Add_y\): expected 2 inputs, got 3\. /],
		'an Add without its first input': [
			modelOf(17, { x: [2] }, [node('Add', ['', 'x'], ['y'])]),
			/expected 2 inputs, got none in place 0\. /,
		],
		'a Conv without filters': [modelOf(17, { x: [1, 1, 3] }, [node('Conv', ['x'], ['y'])]), /expected 2 to 3 inputs, got 1\. /],
		'a Concat of nothing': [modelOf(17, { x: [2] }, [node('Concat', [], ['y'], { axis: int(0) })]), /expected 1 or more inputs, got 0\. /],
		'a quantized product of one matrix': [
			modelOf(17, { i: [2, 2] }, [node('MatMulInteger', ['i'], ['y'])]),
			/expected 2 to 4 inputs, got 1/,
		],
		'a tensor of zeros of no size': [modelOf(17, { x: [2] }, [node('ConstantOfShape', [], ['y'])]), /expected 1 inputs, got 0/],
		'an If without a condition, in a branch': [
			modelOf(17, { x: [2], i: [] }, [
				node('Cast', ['i'], ['c'], { to: int(9) }),
				node('If', ['c'], ['y'], {
					then_branch: { graph: body([node('Neg', [], ['t'])]) },
					else_branch: { graph: body([node('Neg', ['x'], ['t'])]) },
				}),
			]),
			/Neg \(node Neg_t\): expected 1 inputs, got 0/,
		],
		'a Scan that counts more sequences than it has inputs': [
			modelOf(17, { x: [2] }, [
				node('Scan', ['x'], ['y'], { num_scan_inputs: int(2 ** 31), body: { graph: body([node('Neg', ['x'], ['t'])]) } }),
			]),
			/^fromOnnx: Scan \(node Scan_y\): expected counts of what it has, got num_scan_inputs 2147483648 beside 1 inputs and 1 outputs/,
		],
		'a Split into more parts than it gives': [
			modelOf(18, { x: [2] }, [node('Split', ['x'], ['y'], { num_outputs: int(9) })]),
			/got num_outputs 9 beside 1 inputs and 1 outputs/,
		],
		'two nodes that give one name': [
			modelOf(17, { x: [2] }, [node('Neg', ['x'], ['y']), node('Abs', ['x'], ['y'])]),
			/got y twice: Neg \(node Neg_y\) and Abs \(node Abs_y\) both give it/,
		],
		'a node that gives an input': [
			modelOf(17, { x: [2] }, [node('Neg', ['x'], ['x'])], { outputs: ['x'] }),
			/got x twice: Neg \(node Neg_x\) gives what is there already/,
		],
		'a name that nothing gives': [
			modelOf(17, { x: [2] }, [node('Add', ['x', 'z'], ['y'], {}, '')]),
			/got z, which an unnamed Add needs and nothing gives/,
		],
		'an output that nothing gives': [modelOf(17, { x: [2] }, []), /got y, which the list of outputs needs and nothing gives/],
		'two inputs of one name': [
			{
				...modelOf(17, {}, []),
				graph: {
					...modelOf(17, {}, []).graph,
					inputs: [
						{ name: 'x', dtype: 'float32', shape: [] },
						{ name: 'x', dtype: 'float32', shape: [] },
					],
				},
			},
			/two inputs called x/,
		],
		'more outputs than the operator has': [
			modelOf(17, { x: [2] }, [node('Neg', ['x'], ['y', 'z'])]),
			/Neg \(node Neg_y\): it has 1 outputs, not 2/,
		],
		'fewer inputs than the operator needs': [
			modelOf(17, { x: [2] }, [node('MatMul', ['x'], ['y'])]),
			/^fromOnnx: MatMul \(node MatMul_y\): expected 2 inputs, got 1\. Export the model again\.$/,
		],
		'an Add of one input': [
			modelOf(17, { x: [2] }, [node('Add', ['x'], ['y'])]),
			/^fromOnnx: Add \(node Add_y\): expected 2 inputs, got 1\. /,
		],
		'no inputs at all': [modelOf(17, { x: [2] }, [node('Relu', [], ['y'])]), /^fromOnnx: Relu \(node Relu_y\): expected 1 inputs, got 0/],
		'an attribute of another kind': [
			modelOf(17, { x: [2, 3] }, [node('Transpose', ['x'], ['y'], { perm: { string: 'ab' } })]),
			/^fromOnnx: Transpose \(node Transpose_y\): /,
		],
		'an operator that nobody knows': [
			modelOf(17, { x: [2] }, [node('Wonder', ['x'], ['a']), node('Neg', ['a'], ['y'])]),
			/fromOnnx: Wonder \(node Wonder_a\): .*does not know Wonder, and the model does not say what it gives\. Run shape inference/,
		],
		'an operator called as a part of every object': [
			modelOf(17, { x: [2] }, [node('constructor', ['x'], ['a']), node('Neg', ['a'], ['y'])]),
			/does not know constructor/,
		],
		'names of sizes that grow and grow': [squares(12, 'n'), /fromOnnx: .*size: expected a name of at most 256 letters, got one of \d+/],
		'sizes that grow and grow': [squares(12, 100), /fromOnnx: .*expected sizes below 2⁵³/],
		'a list that is no size': [
			modelOf(17, { x: [2] }, [node('Reshape', ['x', 'shape'], ['y'])], { constants: { shape: list(2 ** 40, 2 ** 40) } }),
			/fromOnnx: Reshape \(node Reshape_y\): /,
		],
		'a scale for each group': [
			modelOf(18, { x: [1, 4, 2], s: [2] }, [node('GroupNormalization', ['x', 's', 's'], ['y'], { num_groups: int(2) })]),
			/GroupNormalization_y\): its scale is one for a group/,
		],
	};
	for (const [name, [model, says]] of Object.entries(refused)) {
		it(name, () => {
			expect(() => fromOnnx(model)).toThrow(says);
			expect(() => fromOnnx(model)).toThrow(/^fromOnnx: /);
		});
	}

	it('a chain of 50,000 nodes, in order and against it', () => {
		const nodes = deep(50_000);
		for (const chain of [nodes, [...nodes].reverse()]) expect(fromOnnx(modelOf(17, { x: [2] }, chain)).outputs.y!.shape).toEqual([2]);
	});
});
