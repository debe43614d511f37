// Models in other opsets: lowered ones compute the same in ONNX Runtime, and what an opset cannot say is refused by name.
import {
	createSession,
	emit,
	fromOnnx,
	input,
	type OnnxModel,
	ops,
	readOnnx,
	type Shape,
	type Tensor,
	tensor,
	type Value,
	writeOnnx,
} from 'textloom/graph';
import { describe, expect, it } from 'vitest';

/** A graph of one or two float32 inputs, and the lowest opset it can be written in. */
interface Case {
	readonly shapes: readonly Shape[];
	readonly build: (...inputs: Value[]) => Value;
	readonly lowest?: number;
	/** What the error says below the lowest. */
	readonly says?: RegExp;
}

const cases: Record<string, Case> = {
	'Softmax along the last axis': { shapes: [[2, 3, 4]], build: (x) => ops.softmax(x) },
	'Softmax along the middle': { shapes: [[2, 3, 4]], build: (x) => ops.softmax(x, 1) },
	'LogSoftmax along the first': { shapes: [[2, 3, 4]], build: (x) => ops.logSoftmax(x, 0) },
	Gelu: { shapes: [[2, 3]], build: (x) => ops.gelu(x) },
	'Gelu by tanh': { shapes: [[2, 3]], build: (x) => ops.gelu(x, { approximate: 'tanh' }) },
	LayerNormalization: {
		shapes: [
			['batch', 3, 4],
			[3, 4],
		],
		build: (x, w) => ops.layerNormalization(x, w, ops.neg(w), { axis: -2, epsilon: 1e-3 }),
	},
	'ReduceSum and others over axes': {
		shapes: [[2, 3, 4]],
		build: (x) => ops.add(ops.reduceSum(x, { axes: [1] }), ops.reduceMean(ops.reduceMax(x, { axes: [0, 1], keep: true }))),
	},
	'axes as inputs': { shapes: [[2, 3]], build: (x) => ops.squeeze(ops.unsqueeze(x, [0, 2]), [2]) },
	Split: { shapes: [[2, 5]], build: (x) => ops.sub(...(ops.split(ops.slice(x, 1, 0, 4), [2, 2], 1) as [Value, Value])) },
	comparisons: { shapes: [[2, 3], [3]], build: (a, b) => ops.where(ops.greaterOrEqual(a, b), a, ops.where(ops.lessOrEqual(a, 0), b, 1)) },
	'sizes by name': { shapes: [['batch', 'time', 4]], build: (x) => ops.reshape(x, ['time', 'batch', 4]) },
	AveragePool: { shapes: [[1, 2, 6]], build: (x) => ops.averagePool(x, 2) },
	'ScatterElements put': {
		shapes: [[2, 3]],
		build: (x) => ops.scatterElements(x, ops.cast(ops.mul(ops.slice(x, 1, 0, 1), 0), 'int32'), ops.slice(x, 1, 1, 2), 1),
	},
	'ScatterElements added': {
		shapes: [[2, 3]],
		build: (x) => ops.scatterElements(x, ops.cast(ops.mul(x, 0), 'int32'), x, 1, 'add'),
		lowest: 16,
		says: /cannot write ScatterElements \(node .*\) in opset 15: its attribute reduction came with opset 16\. Choose a higher opset/,
	},
	Trilu: {
		shapes: [[3, 3]],
		build: (x) => ops.triangle(x, 'upper'),
		lowest: 14,
		says: /cannot write Trilu .* in opset 13: it came with opset 14/,
	},
	Einsum: {
		shapes: [
			[2, 3],
			[3, 2],
		],
		build: (a, b) => ops.einsum('ij,jk->ki', a, b),
		lowest: 12,
		says: /cannot write Einsum .* in opset 11: it came with opset 12/,
	},
};

async function run(bytes: Uint8Array, feeds: Record<string, Tensor>): Promise<Tensor> {
	const session = await createSession(bytes, { threads: 1 });
	try {
		return (await session.run(feeds, { outputs: ['y'] })).y!;
	} finally {
		await session.release();
	}
}

const feedsOf = (shapes: readonly Shape[]) =>
	Object.fromEntries(
		shapes.map((shape, place) => {
			const sizes = shape.map((dim) => (dim === 'batch' ? 2 : dim === 'time' ? 3 : Number(dim)));
			const count = sizes.reduce((a, b) => a * b, 1);
			return [
				`x${place}`,
				tensor(
					'float32',
					sizes,
					Array.from({ length: count }, (_, at) => Math.sin(at * 7.3 + place)),
				),
			];
		}),
	);

/** The opsets of a file: IR version and version. */
const versions = (bytes: Uint8Array) => [bytes[1], readOnnx(bytes).opset];

describe('writeOnnx in lower opsets', () => {
	for (const [name, { shapes, build, lowest = 11, says }] of Object.entries(cases)) {
		it(`${name}: the same down to opset ${lowest}`, async () => {
			const inputs = shapes.map((shape, place) => input(`x${place}`, 'float32', shape));
			const model = emit({ inputs: Object.fromEntries(inputs.map((value) => [value.name, value])), outputs: { y: build(...inputs) } });
			const feeds = feedsOf(shapes);
			const expected = await run(writeOnnx(model), feeds);
			for (let opset = lowest; opset <= 23; opset++) {
				const bytes = writeOnnx(model, { opset });
				const found = await run(bytes, feeds);
				expect(found.shape).toEqual(expected.shape);
				for (const [at, item] of found.data.entries()) expect(Number(item), `opset ${opset}`).toBeCloseTo(Number(expected.data[at]), 5);
				// And back: imported again, it is the same in opset 21.
				const again = await run(writeOnnx(emit(fromOnnx(readOnnx(bytes)))), feeds);
				for (const [at, item] of again.data.entries())
					expect(Number(item), `from opset ${opset}`).toBeCloseTo(Number(expected.data[at]), 5);
			}
			if (says) {
				expect(() => writeOnnx(model, { opset: lowest - 1 })).toThrow(RangeError);
				expect(() => writeOnnx(model, { opset: lowest - 1 })).toThrow(says);
			}
		});
	}

	it('writes the IR version that goes with the opset', () => {
		const x = input('x', 'float32', [2]);
		const model = emit({ inputs: { x }, outputs: { y: ops.add(x, 1) } });
		expect([11, 12, 15, 19, 21, 23, 24, 25].map((opset) => versions(writeOnnx(model, { opset })))).toEqual([
			[6, 11],
			[7, 12],
			[8, 15],
			[9, 19],
			[10, 21],
			[11, 23],
			[12, 24],
			[13, 25],
		]);
		for (const opset of [10, 27, 11.5, Number.NaN]) {
			expect(() => writeOnnx(model, { opset })).toThrow(
				`writeOnnx: expected opset to be a whole number from 11 to 26, got ${opset}. Correct it, or leave it out.`,
			);
		}
	});

	it('takes a higher opset where an operator needs it', () => {
		const model: OnnxModel = {
			opset: 21,
			producer: '',
			metadata: {},
			graph: {
				name: 'g',
				inputs: [{ name: 'x', dtype: 'float32', shape: [2] }],
				outputs: [{ name: 'y', dtype: 'float32', shape: [2] }],
				initializers: new Map(),
				nodes: [{ op: 'Swish', name: 'n', inputs: ['x'], outputs: ['y'], attributes: { alpha: { float: 0.5 } } }],
			},
		};
		expect(readOnnx(writeOnnx(model)).opset).toBe(24);
		expect(readOnnx(writeOnnx(model, { opset: 17 })).graph.nodes.map(({ op }) => op)).toEqual(['Mul', 'Sigmoid', 'Mul']);
	});
});
