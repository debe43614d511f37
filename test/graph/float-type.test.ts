// A graph in float64 or float16 gives the numbers of the one in float32: every operator and its gradient, models with their gradients, files.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
	backward,
	constant,
	createSession,
	emit,
	fromOnnx,
	input,
	type OnnxNode,
	ops,
	type Program,
	readOnnxFile,
	type Tensor,
	tensor,
	type Value,
	withFloatType,
	withGradient,
	writeOnnx,
} from 'textloom/graph';
import { bert } from 'textloom/models/bert';
import { charCnn } from 'textloom/models/char-cnn';
import { gruClassifier, lstmClassifier } from 'textloom/models/recurrent';
import { wordCnn } from 'textloom/models/word-cnn';
import * as nn from 'textloom/nn';
import { initialWeights, textClassifierModel } from 'textloom/train';
import { describe, expect, it } from 'vitest';
import { graphOf } from './check-gradient.js';
import { rows } from './operators/index.js';

type Feeds = Readonly<Record<string, Tensor>>;
const types = ['float64', 'float16'] as const;

async function run(program: Program, feeds: Feeds) {
	const session = await createSession(writeOnnx(emit(program)), { threads: 1 });
	try {
		return await session.run(Object.fromEntries(session.inputs.map((name) => [name, feeds[name]!])));
	} finally {
		await session.release();
	}
}

/** The largest difference of results, relative to 1 + |number|; infinite where it is no number. */
function farthest(expected: Feeds, got: Feeds): number {
	let worst = 0;
	for (const [name, { data, shape }] of Object.entries(expected)) {
		expect(got[name]!.shape, name).toEqual(shape);
		for (const [at, number] of Array.from(data as Float32Array, Number).entries()) {
			const other = Number(got[name]!.data[at]);
			const apart = Object.is(number, other) ? 0 : Math.abs(number - other) / (1 + Math.abs(number));
			worst = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(worst, apart);
		}
	}
	return worst;
}

/** The program with what its outputs need in another type, between casts: it takes and gives float32. */
function between(program: Program, to: (typeof types)[number]): Program {
	const names = Object.keys(program.outputs);
	const { values } = withFloatType(Object.values(program.outputs), { to, beginnings: 'cast' });
	return {
		...program,
		outputs: Object.fromEntries(values.map((value, place) => [names[place]!, value.dtype === to ? ops.cast(value, 'float32') : value])),
	};
}

async function compared(program: Program, feeds: Feeds, { float64 = 1e-5 } = {}) {
	const tolerances = { float64, float16: 2e-2 };
	const expected = await run(program, feeds);
	for (const to of types) expect(farthest(expected, await run(between(program, to), feeds)), to).toBeLessThan(tolerances[to]);
}

describe('operators and their gradients', () => {
	for (const [op, { gradients }] of Object.entries(rows)) {
		if (typeof gradients === 'string') continue;
		// Cases that hold constants of float64 are of that type.
		for (const [name, made] of Object.entries(gradients).filter(([, { build }]) => !/zeros/.test(String(build)))) {
			it(`${op}: ${name}`, async () => {
				const { inputs, y, loss, feeds } = graphOf({ ...made, dtype: 'float32' });
				// Numbers that float16 has, so that equal ones stay equal and others do not become so.
				for (const { data } of Object.values(feeds))
					for (const [at, number] of (data as Float32Array).entries()) data[at] = Math.round(number * 256) / 256;
				const found = backward(loss, inputs).flatMap((value, place) => (value ? [[`g${place}`, value] as const] : []));
				const given = Object.fromEntries(inputs.map((value, place) => [`x${place}`, value]));
				await compared({ inputs: given, outputs: { y, loss, ...Object.fromEntries(found) } }, feeds);
			});
		}
	}

	const numbers = (...shape: number[]) =>
		tensor(
			'float32',
			shape,
			Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i * 12.9 + 1) / 2),
		);
	it.each([
		['rnn', 1],
		['gru', 3],
		['lstm', 4],
	] as const)('%s as a node', async (op, gates) => {
		const [x, size] = [input('x', 'float32', [5, 2, 3]), 4];
		const weights = {
			input: constant(numbers(1, gates * size, 3)),
			recurrent: constant(numbers(1, gates * size, size)),
			bias: constant(numbers(1, 2 * gates * size)),
		};
		await compared({ inputs: { x }, outputs: { y: ops[op](x, weights).all } }, { x: numbers(5, 2, 3) });
	});

	it('branches, comparisons, and x σ(αx), which ONNX Runtime joins', async () => {
		const x = input('x', 'float32', [2, 3]);
		const positive = ops.greater(ops.reduceSum(x, { axes: [0, 1] }), 0);
		const [chosen] = ops.choose(positive, { yes: () => [ops.mul(x, 2)], no: () => [ops.sub(x, 1)] });
		const outputs = {
			chosen: chosen!,
			places: ops.argMax(x, 1),
			nan: ops.isNan(x),
			swish: ops.mul(x, ops.sigmoid(x)),
			quick: ops.mul(ops.sigmoid(ops.mul(x, 1.702)), x),
		};
		await compared({ inputs: { x }, outputs }, { x: numbers(2, 3) });
	});
});

describe('models with their gradients', () => {
	const models = {
		'GRU, two directions': gruClassifier({ width: 8, hidden: 6, bidirectional: true }),
		'LSTM, two layers': lstmClassifier({ width: 8, hidden: 6, layers: 2 }),
		BERT: bert({ layers: 2, width: 16, heads: 2, positions: 40, dropout: 0 }),
		'word CNN': wordCnn({ width: 8, filters: 5, dropout: 0 }),
		'character CNN': charCnn({
			length: 20,
			filters: 3,
			convolutions: [
				{ kernel: 3, pool: 2 },
				{ kernel: 3, pool: 1 },
			],
			hidden: [5],
			dropout: 0,
		}),
	};
	it.each(Object.entries(models))('%s', async (_, architecture) => {
		const [vocabulary, length] = [30, Math.max(architecture.minLength, 7)];
		const network = architecture.build({ vocabulary, outputs: 3 });
		const inputs = {
			ids: input('ids', 'int32', ['batch', 'time']),
			lengths: input('lengths', 'int32', ['batch']),
			targets: input('targets', 'int32', ['batch']),
		};
		const logits = network.apply(inputs, nn.prediction);
		const loss = nn.meanLoss(nn.crossEntropy(logits, inputs.targets));
		const parameters = Object.fromEntries(nn.namedParameters(network.parameters));
		const gradients = backward(loss, Object.values(parameters));
		const feeds = {
			ids: tensor(
				'int32',
				[2, length],
				Array.from({ length: 2 * length }, (_, i) => (i >= 2 * length - 2 ? 0 : 1 + (i % (vocabulary - 1)))),
			),
			lengths: tensor('int32', [2], [length, length - 2]),
			targets: tensor('int32', [2], [0, 2]),
			...initialWeights(textClassifierModel(network), 1),
		};
		const all = { loss, logits, ...Object.fromEntries(Object.keys(parameters).map((name, place) => [`g.${name}`, gradients[place]!])) };
		await compared({ inputs: { ...inputs, ...parameters }, outputs: all }, feeds);
	});
});

describe('withFloatType', () => {
	it('makes what the graph begins with anew, and says what stands for it', () => {
		const [x, ids] = [input('x', 'float32', ['batch', 3]), input('ids', 'int32', ['batch'])];
		const { values, beginnings } = withFloatType([ops.gather(ops.exp(x), ids), ids], { to: 'float64' });
		expect(values.map(({ dtype }) => dtype)).toEqual(['float64', 'int32']);
		expect([...beginnings.keys()]).toEqual([x]);
		expect(beginnings.get(x)).toEqual({ name: 'x', dtype: 'float64', shape: ['batch', 3] });
	});

	it('leaves what comes before `from` as it is', () => {
		const x = input('x', 'float32', [3]);
		const middle = ops.exp(x);
		const [y] = withFloatType([ops.tanh(middle)], { to: 'float16', beginnings: 'cast', from: [middle] }).values;
		const { graph } = emit({ inputs: { x }, outputs: { y: ops.cast(y!, 'float32') } });
		expect(graph.nodes.map(({ op }) => op)).toEqual(['Exp', 'Cast', 'Tanh', 'Cast']);
	});

	it('has the numbers that a file fills a shape with, and the zeros that it fills it with where it says none', async () => {
		const node = (op: string, inputs: readonly string[], output: string, attributes: OnnxNode['attributes'] = {}): OnnxNode => ({
			...{ op, name: output, inputs, outputs: [output], attributes },
		});
		const value = (name: string) => ({ name, dtype: 'float32' as const, shape: ['batch', 3] });
		const graph = {
			...{ name: 'g', inputs: [value('x')], outputs: [value('y')], initializers: new Map() },
			nodes: [
				node('Shape', ['x'], 's'),
				node('ConstantOfShape', ['s'], 'twos', { value: { tensor: tensor('float32', [1], [2]) } }),
				node('ConstantOfShape', ['s'], 'zeros'),
				node('Mul', ['x', 'twos'], 'product'),
				node('Add', ['product', 'zeros'], 'y'),
			],
		};
		const { inputs, outputs } = fromOnnx({ opset: 21, producer: '', metadata: {}, graph });
		const feeds = { x: tensor('float32', [2, 3], [1, 2, 3, 4, 5, 6]) };
		expect([...(await run({ inputs, outputs }, feeds)).y!.data]).toEqual([2, 4, 6, 8, 10, 12]);
		await compared({ inputs, outputs }, feeds);
	});

	it('brings numbers beyond float16 to its largest, infinities but for', async () => {
		const x = input('x', 'float32', [4]);
		const far = constant(tensor('float32', [4], [1e30, -1e30, Number.NEGATIVE_INFINITY, 65504]));
		const { y } = await run(between({ inputs: { x }, outputs: { y: ops.add(x, far) } }, 'float16'), {
			x: tensor('float32', [4], [0, 0, 0, 0]),
		});
		expect([...y!.data]).toEqual([65504, -65504, Number.NEGATIVE_INFINITY, 65504]);
	});

	it('computes the result of a function with a gradient of its own', async () => {
		const x = input('x', 'float32', [2]);
		const y = withGradient([x], ops.mul(x, x), (dy) => [dy]);
		await compared({ inputs: { x }, outputs: { y, g: backward(ops.reduceSum(y), [x])[0]! } }, { x: tensor('float32', [2], [3, -2]) });
	});
});

const root = join(process.env.TEXTLOOM_DATA ?? '', 'models');
const files =
	process.env.TEXTLOOM_DATA && existsSync(root)
		? readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => /tiny-.*\.onnx$/.test(path))
		: [];
/** In float64 ONNX Runtime joins MatMulInteger with the cast behind it to an operator that it does not have in that type. */
const refused = /quantized/;

describe.skipIf(files.length === 0)(`files${files.length === 0 ? ' (skipped: TEXTLOOM_DATA is not set)' : ''}`, () => {
	it.each(files.filter((file) => !refused.test(file)))('%s', async (file) => {
		const model = await readOnnxFile(join(root, file));
		const { inputs, outputs, initializers, domains } = fromOnnx(model, { training: false });
		const sizeOf = (dim: number | string) =>
			typeof dim === 'number' ? dim : dim.split('+').reduce((sum, part) => sum + (Number(part) || (part === 'batch_size' ? 2 : 5)), 0);
		const feeds = Object.entries(inputs).map(([name, { dtype, shape }]) => {
			const sizes = shape.map(sizeOf);
			const count = sizes.reduce((a, b) => a * b, 1);
			const number = (at: number) => {
				if (dtype === 'float32') return Math.sin(at * 12.9898 + 1) / 2;
				if (name === 'position_ids') return at % sizes[1]!;
				return /mask|use_cache/.test(name) ? 1 : name === 'token_type_ids' ? at % 2 : ((at * 37) % 90) + 5;
			};
			return [
				name,
				tensor(
					dtype,
					sizes,
					Array.from({ length: count }, (_, at) => number(at)),
				),
			] as const;
		});
		const renamed = Object.fromEntries(Object.entries(outputs).map(([name, value]): [string, Value] => [`y.${name}`, value]));
		// In float32 the decoders differ from PyTorch by 2e-5, too.
		await compared({ inputs, outputs: renamed, initializers, domains }, Object.fromEntries(feeds), { float64: 1e-4 });
	});
});
