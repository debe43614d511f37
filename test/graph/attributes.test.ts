// Attributes and optional inputs as files may have them: gradients by central differences, and the same numbers with the graph simplified and not.
import {
	backward,
	createSession,
	emit,
	fromOnnx,
	type ImportedModel,
	type OnnxModel,
	type OnnxNode,
	type Tensor,
	tensor,
	type Value,
	writeOnnx,
} from 'textloom/graph';
import { describe, expect, it } from 'vitest';
import { scattered, weighed } from './evaluate.js';

type Attributes = OnnxNode['attributes'];

/** One operator of a file: shapes of its float inputs, whose gradients are checked; its other inputs, fed or stored. */
interface Case {
	readonly op: string;
	readonly shapes: readonly (readonly number[])[];
	/** After the float inputs. Integers are constants of the file; fed ones are inputs. */
	readonly more?: readonly (readonly number[] | { readonly fed: Tensor } | undefined)[];
	readonly attributes?: Attributes;
	/** The outputs that the loss takes, of how many. One by default. */
	readonly outputs?: readonly [taken: readonly number[], all: number];
	readonly dtype?: 'float32' | 'float64';
	readonly opset?: number;
}

const int = (value: number) => ({ int: value });
const ints = (...value: number[]) => ({ ints: value });
const float = (value: number) => ({ float: value });
const string = (value: string) => ({ string: value });

const cases: Readonly<Record<string, Case>> = {
	'Gemm: factors, one side transposed': {
		op: 'Gemm',
		shapes: [[3, 2], [3, 4], [4]],
		attributes: { alpha: float(0.5), beta: float(-2), transA: int(1) },
	},
	'Gemm: a factor without an addend': {
		op: 'Gemm',
		shapes: [
			[2, 3],
			[4, 3],
		],
		attributes: { alpha: float(3), beta: float(2), transB: int(1) },
	},
	'Concat: an axis from the back': {
		op: 'Concat',
		shapes: [
			[2, 3, 2],
			[2, 1, 2],
		],
		attributes: { axis: int(-2) },
	},
	'Softmax: over the first axis': { op: 'Softmax', shapes: [[3, 2]], attributes: { axis: int(0) } },
	'LogSoftmax: an axis in the middle, from the back': { op: 'LogSoftmax', shapes: [[2, 3, 2]], attributes: { axis: int(-2) } },
	'ReduceMean: axes from the back, left out': { op: 'ReduceMean', shapes: [[2, 3, 4]], more: [[-1, 0]], attributes: { keepdims: int(0) } },
	'ReduceMax: no axes': { op: 'ReduceMax', shapes: [[2, 3]] },
	'ReduceProd: axes left out': { op: 'ReduceProd', shapes: [[2, 3]], more: [[-1]], attributes: { keepdims: int(0) } },
	'ReduceL2: no axes, with the attribute that then leaves all': {
		op: 'ReduceL2',
		shapes: [[2, 3]],
		attributes: { noop_with_empty_axes: int(1) },
	},
	'Split: parts by their number, the last one smaller': {
		op: 'Split',
		shapes: [[2, 5]],
		attributes: { axis: int(-1), num_outputs: int(3) },
		outputs: [[2, 0], 3],
	},
	'Gather: indices from the back, again and again': {
		op: 'Gather',
		shapes: [[3, 4]],
		more: [[-1, 0, -1, 2]],
		attributes: { axis: int(-1) },
	},
	'TopK: the smallest along the first axis, unsorted': {
		op: 'TopK',
		shapes: [[4, 2]],
		more: [[2]],
		attributes: { axis: int(0), largest: int(0), sorted: int(0) },
		outputs: [[0], 2],
	},
	'CumSum: without the element itself, from the end': {
		op: 'CumSum',
		shapes: [[2, 4]],
		attributes: { exclusive: int(1), reverse: int(1) },
	},
	'Flatten: an axis from the back': { op: 'Flatten', shapes: [[2, 3, 2]], attributes: { axis: int(-1) } },
	'Transpose: without an order': { op: 'Transpose', shapes: [[2, 3, 4]] },
	'Squeeze: without axes': { op: 'Squeeze', shapes: [[1, 3, 1, 2]] },
	'Slice: backwards over every second, another axis from the back': {
		op: 'Slice',
		shapes: [[5, 3]],
		more: [
			[-1, 1],
			[-6, 9],
			[0, -1],
			[-2, 1],
		],
	},
	'Expand: a target with ones and with fewer axes': { op: 'Expand', shapes: [[2, 1, 3]], more: [[4, 1]] },
	'Pad: cuts and adds on some axes': { op: 'Pad', shapes: [[3, 2, 4]], more: [[1, -2, 0, 1], undefined, [0, -1]] },
	'Pad: pads that are fed': { op: 'Pad', shapes: [[3, 2]], more: [{ fed: tensor('int64', [4], [1, 0, -1, 2]) }] },
	'Clip: bounds with gradients': { op: 'Clip', shapes: [[9], [], []] },
	'Clip: an upper bound only': { op: 'Clip', shapes: [[9]], more: [undefined] },
	'Trilu: a diagonal that is fed': {
		op: 'Trilu',
		shapes: [[3, 4]],
		more: [{ fed: tensor('int64', [], [-1]) }],
		attributes: { upper: int(0) },
	},
	'Trilu: without a diagonal': { op: 'Trilu', shapes: [[3, 3]] },
	'MaxPool: places counted by columns': {
		op: 'MaxPool',
		shapes: [[1, 2, 4, 3]],
		attributes: { kernel_shape: ints(2, 2), storage_order: int(1) },
		outputs: [[0], 2],
	},
	'AveragePool: pads at the front, not counted': {
		op: 'AveragePool',
		shapes: [[1, 2, 5]],
		attributes: { kernel_shape: ints(3), strides: ints(2), auto_pad: string('SAME_LOWER') },
		dtype: 'float32',
	},
	'LayerNormalization: mean and inverse deviation are used': {
		op: 'LayerNormalization',
		shapes: [
			[2, 3, 4],
			[3, 4],
			[3, 4],
		],
		attributes: { axis: int(-2), epsilon: float(0.1), stash_type: int(1) },
		outputs: [[0, 1, 2], 3],
		dtype: 'float32',
	},
	'LayerNormalization: without a bias': {
		op: 'LayerNormalization',
		shapes: [[2, 4], [4]],
		attributes: { epsilon: float(0.1) },
		dtype: 'float32',
	},
	'GatherElements: indices from the back': {
		op: 'GatherElements',
		shapes: [[3]],
		more: [[-1, 0, -1, 1]],
	},
	'Mean: three of different ranks': { op: 'Mean', shapes: [[2, 3], [3], []], dtype: 'float32' },
	'Cast: to fewer digits': { op: 'Cast', shapes: [[2]], attributes: { to: int(1) } },
};

const names = 'abcdefgh';

function modelOf({
	op,
	shapes,
	more = [],
	attributes = {},
	outputs: [taken, all] = [[0], 1],
	dtype = 'float64',
	opset = 21,
}: Case): OnnxModel {
	const stored = new Map<string, Tensor>();
	const inputs = shapes.map((shape, place) => ({ name: `x${place}`, dtype, shape }) as OnnxModel['graph']['inputs'][number]);
	const rest = more.map((value, place) => {
		const name = names[place]!;
		if (value === undefined) return '';
		if ('fed' in value) inputs.push({ name, dtype: value.fed.dtype, shape: value.fed.shape });
		else stored.set(name, tensor('int64', [value.length], value));
		return name;
	});
	// CumSum takes its axis as a scalar.
	if (op === 'CumSum') {
		stored.set('axis', tensor('int64', [], [-1]));
		rest.push('axis');
	}
	const node: OnnxNode = {
		op,
		name: 'it',
		attributes,
		inputs: [...shapes.map((_, place) => `x${place}`), ...rest],
		outputs: Array.from({ length: all }, (_, place) => `y${place}`),
	};
	const outputs = taken.map((place) => ({ name: `y${place}`, dtype, shape: ['any'] }) as OnnxModel['graph']['outputs'][number]);
	return { opset, producer: '', metadata: {}, graph: { name: 'g', inputs, outputs, initializers: stored, nodes: [node], values: [] } };
}

/** The loss of one run after another, and gradients. */
async function withProgram<T>(
	inputs: ImportedModel['inputs'],
	outputs: Readonly<Record<string, Value>>,
	simplify: boolean,
	use: (run: (feeds: Readonly<Record<string, Tensor>>) => Promise<Record<string, Tensor>>) => Promise<T>,
): Promise<T> {
	const session = await createSession(writeOnnx(emit({ inputs, outputs }, { simplify })), { threads: 1 });
	try {
		return await use((feeds) => session.run(Object.fromEntries(session.inputs.map((name) => [name, feeds[name]!]))));
	} finally {
		await session.release();
	}
}

const numbers = (results: Readonly<Record<string, Tensor>>) =>
	Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, Array.from(data as ArrayLike<number>)]));

describe('attributes and optional inputs of files', () => {
	for (const [name, given] of Object.entries(cases)) {
		it(name, async () => {
			const { shapes, more = [], dtype = 'float64' } = given;
			const { inputs, outputs } = fromOnnx(modelOf(given));
			const loss = weighed(Object.values(outputs));
			const wanted = shapes.map((_, place) => inputs[`x${place}`]!);
			const gradients = backward(loss, wanted);
			const all = { loss, ...Object.fromEntries(gradients.map((value, place) => [`g${place}`, value!])) };
			const feeds: Record<string, Tensor> = Object.fromEntries(
				shapes.map((shape, place) => [
					`x${place}`,
					tensor(
						dtype,
						shape,
						scattered(
							shape.reduce((a, b) => a * b, 1),
							place,
						),
					),
				]),
			);
			for (const [place, value] of more.entries()) if (value && 'fed' in value) feeds[names[place]!] = value.fed;
			const plain = await withProgram(inputs, all, false, async (run) => numbers(await run(feeds)));
			await withProgram(inputs, all, true, async (run) => {
				const found = numbers(await run(feeds));
				for (const [name, values] of Object.entries(plain))
					for (const [at, value] of values.entries()) expect(found[name]![at]).toBeCloseTo(value, 5);
				const [step, digits] = dtype === 'float64' && given.op !== 'Cast' ? [1e-5, 6] : [1e-2, 2];
				for (const place of shapes.keys()) {
					const data = feeds[`x${place}`]!.data as Float64Array;
					for (const at of data.keys()) {
						const kept = data[at]!;
						const sides: number[] = [];
						for (const by of [step, -step]) {
							data[at] = kept + by;
							sides.push(Number((await run(feeds)).loss!.data[0]));
						}
						data[at] = kept;
						expect(found[`g${place}`]![at]).toBeCloseTo((sides[0]! - sides[1]!) / (2 * step), digits);
					}
				}
			});
		});
	}
});

describe('bodies of loops in files', () => {
	const value = (name: string, ...shape: number[]) => ({ name, dtype: name.startsWith('i') ? 'int64' : 'float32', shape }) as const;
	const node = (op: string, inputs: readonly string[], output: string, attributes: Attributes = {}): OnnxNode => ({
		op,
		name: output,
		inputs,
		outputs: [output],
		attributes,
	});
	/** `o` of each step from the element `e`; the state stays. */
	const bodies: Readonly<Record<string, readonly OnnxNode[]>> = {
		'a part between computed bounds': [node('Slice', ['e', 'from', 'to'], 'part'), node('ReduceSum', ['part'], 'o')],
		'bounds of each step around a value of all': [
			node('ReduceMin', ['e'], 'low', { keepdims: int(0) }),
			node('ReduceMax', ['e'], 'high', { keepdims: int(0) }),
			node('Clip', ['c', 'low', 'high'], 'o'),
		],
		'computed repeats': [node('Tile', ['e', 'from'], 'tiled'), node('ReduceSum', ['tiled'], 'o')],
	};
	for (const [name, nodes] of Object.entries(bodies)) {
		it(name, async () => {
			const body = {
				name: 'b',
				inputs: [value('s', 1), value('e', 4)],
				outputs: [value('next', 1), value('o', 1)],
				initializers: new Map(),
			};
			const scan: OnnxNode = {
				...node('Scan', ['h', 'xs'], 'last', {
					num_scan_inputs: int(1),
					body: { graph: { ...body, nodes: [node('Identity', ['s'], 'next'), ...nodes] } },
				}),
				outputs: ['last', 'ys'],
			};
			const counts = [node('Identity', ['i0'], 'from'), node('Identity', ['i1'], 'to')];
			const inputs = [value('h', 1), value('xs', 3, 4), value('c', 1), value('i0', 1), value('i1', 1)];
			const graph = { name: 'g', inputs, outputs: [value('ys', 3, 1)], initializers: new Map(), nodes: [...counts, scan] };
			const { inputs: given, outputs } = fromOnnx({ opset: 21, producer: '', metadata: {}, graph });
			const feeds = {
				h: tensor('float32', [1], [1]),
				xs: tensor('float32', [3, 4], scattered(12, 0)),
				c: tensor('float32', [1], [0.1]),
				i0: tensor('int64', [1], [1]),
				i1: tensor('int64', [1], [3]),
			};
			const [plain, simple] = await Promise.all(
				[false, true].map((simplify) => withProgram(given, outputs, simplify, async (run) => numbers(await run(feeds)).ys)),
			);
			expect(simple).toEqual(plain);
			expect(plain).toHaveLength(3);
		});
	}
});
