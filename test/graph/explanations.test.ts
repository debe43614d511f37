// The commonest mistakes in building a graph: each message names the operator, the layer, both shapes, and says what to do.
import { backward, constant, emit, input, ops, parameter, ShapeError, scope, tensor, type Value } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { adam } from 'textloom/optim';
import { initialWeights, textClassifierModel, trainingGraph } from 'textloom/train';
import { describe, expect, it, vi } from 'vitest';
import { logitsOf, stepOf, testStepper } from '../train/steps.js';

const f = (...shape: (number | string)[]) => input('f', 'float32', shape);
const d = (...shape: (number | string)[]) => input('d', 'float64', shape);
const i = (...shape: (number | string)[]) => input('i', 'int32', shape);
const inLayer = (build: () => unknown) => scope('encoder', () => scope('attention', build));

function messageOf(build: () => unknown): string {
	try {
		build();
	} catch (error) {
		expect(error).toBeInstanceOf(ShapeError);
		return (error as Error).message;
	}
	throw new Error('nothing was thrown');
}

describe('a mistake in a layer', () => {
	/** What is built, the operator or layer that refuses it, the shapes, and the next step. */
	const mistakes: [name: string, build: () => unknown, who: string, shapes: string[], mend: RegExp][] = [
		['inner sizes of a product', () => ops.matMul(f('batch', 3), f(4, 5)), 'MatMul', ['batch×3', '4×5'], /Transpose one of them/],
		['the batch of a product', () => ops.matMul(f(2, 3, 4), f(5, 4, 2)), 'MatMul', ['2×3×4', '5×4×2'], /Sizes must be equal or 1/],
		['a vector in a product of matrices', () => ops.gemm(f(3), f(3, 4)), 'Gemm', ['3', '3×4'], /Reshape/],
		['inner sizes of Gemm', () => ops.gemm(f(2, 3), f(4, 5)), 'Gemm', ['2×3', '4×5'], /Transpose/],
		['the addend of Gemm', () => ops.gemm(f(2, 3), f(3, 5), f(4)), 'Gemm', ['2×5', '4'], /Sizes must be equal or 1/],
		[
			'a sum of unequal sizes',
			() => ops.add(f('batch', 'time', 8), f('batch', 8)),
			'Add',
			['batch×time×8', 'batch×8'],
			/Sizes must be equal or 1/,
		],
		['a product of unequal types', () => ops.mul(f(2, 3), d(2, 3)), 'Mul', ['float32 2×3', 'float64 2×3'], /Cast one of them/],
		['parts that do not join', () => ops.concat([f('batch', 3), f('batch', 4)], 0), 'Concat', ['batch×3', 'batch×4'], /another axis/],
		['parts of unequal rank', () => ops.concat([f('batch', 3), f(3)], 0), 'Concat', ['batch×3', '3'], /Unsqueeze/],
		['too few elements', () => ops.reshape(f('batch', 6), ['batch', 4]), 'Reshape', ['batch×6', 'batch×4'], /Correct a size/],
		['a repeat of a size', () => ops.expandTo(f(3), f(2, 4)), 'Expand', ['3', '2×4'], /Sizes must be equal or 1/],
		['axes in order', () => ops.transpose(f('batch', 3, 4), [0, 1]), 'Transpose', ['batch×3×4', '0, 1'], /Name each axis once/],
		['an axis that is not there', () => ops.reduceSum(f('batch', 3), { axes: [2] }), 'ReduceSum', ['batch×3', 'got 2'], /Count from 0/],
		['an axis of softmax', () => ops.softmax(f('batch', 3), 2), 'Softmax', ['batch×3', 'got 2'], /Count from 0/],
		['indices that are floats', () => ops.gather(f(9, 4), f('batch')), 'Gather', ['9×4', 'float32 batch'], /Cast them/],
		['floats that are indices', () => ops.sigmoid(i('batch')), 'Sigmoid', ['int32 batch'], /Cast first/],
		['channels of a convolution', () => ops.conv(f('batch', 3, 9), f(8, 4, 3)), 'Conv', ['batch×3×9', '8×4×3'], /Transpose/],
		['an image that is too small', () => ops.conv(f('batch', 3, 2), f(8, 3, 5)), 'Conv', ['batch×3×2', '8×3×5'], /Pad it/],
		[
			'scale of a normalization',
			() => ops.layerNormalization(f('batch', 8), f(4), f(4)),
			'LayerNormalization',
			['batch×8', '4'],
			/Make them/,
		],
		['a condition of numbers', () => ops.where(f(3), f(3), f(3)), 'Where', ['float32 3'], /Compare first/],
	];
	it.each(mistakes)('%s', (_, build, who, shapes, mend) => {
		const message = messageOf(() => inLayer(build));
		expect(message.startsWith(`${who} in encoder.attention: `), message).toBe(true);
		for (const shape of shapes) expect(message).toContain(shape);
		expect(message).toMatch(mend);
		expect(message).not.toContain('\n');
		expect(message.endsWith('.'), message).toBe(true);
	});

	const layers: [name: string, build: () => unknown, who: string, says: string[], mend: RegExp][] = [
		[
			'the width of linear',
			() => nn.linear({ in: 128, out: 2 }).apply(f('batch', 64)),
			'linear: ',
			['expected last dimension 128, got 64', 'batch×64'],
			/Set in: 64/,
		],
		[
			'targets of another batch',
			() => nn.crossEntropy(f('batch', 3), i('time')),
			'crossEntropy: ',
			['expected targets batch for batch×3', 'got time'],
			/reshape/,
		],
		[
			'targets as shares',
			() => nn.crossEntropy(f('batch', 3), f('batch')),
			'crossEntropy: ',
			['expected targets batch×3', 'got batch'],
			/reshape/,
		],
		['ids that are floats', () => nn.embedding({ size: 9, width: 4 }).apply(f('batch')), 'Gather in embedding: ', ['9×4'], /Cast them/],
	];
	it.each(layers)('%s', (_, build, who, says, mend) => {
		const message = messageOf(build);
		expect(message.startsWith(who), message).toBe(true);
		for (const part of says) expect(message).toContain(part);
		expect(message).toMatch(mend);
	});
});

describe('a loss', () => {
	const x = f('batch', 3);
	it('that is no scalar', () => {
		expect(messageOf(() => backward(ops.mul(x, x), [x]))).toBe(
			'backward: expected a scalar loss, got float32 batch×3 (Mul). Reduce it, for example with reduceMean.',
		);
		expect(messageOf(() => backward(ops.reduceSum(i('batch')), [x]))).toMatch(/expected a scalar loss, got int32 scalar \(ReduceSum\)\. /);
	});

	it('through what has no gradient: operator and layer are named', () => {
		const hot = (x: Value) => inLayer(() => ops.oneHot(ops.cast(x, 'int32'), 3)) as Value;
		// Whole numbers carry no gradient: the loss does not depend on x.
		expect(backward(ops.reduceSum(hot(x)), [x])).toEqual([undefined]);
		const trips = constant(tensor('int64', [1], [2]));
		const inner = f(2);
		const loop = () => {
			const { states } = ops.loop({ trips, trip: input('t', 'int64', []), states: [f(2)], inner: [inner], next: [inner], outputs: [] });
			return states[0]!;
		};
		const looped = inLayer(loop) as Value;
		expect(messageOf(() => backward(ops.reduceSum(looped), [looped.node!.inputs[2]!]))).toMatch(
			/^backward: Loop in encoder\.attention is not differentiable, and the loss depends on a parameter through it\. Write it as a scan/,
		);
	});

	it('that needs an input which is not listed', () => {
		expect(() => emit({ inputs: {}, outputs: { y: ops.neg(x) } })).toThrow(
			/got none for input f of Neg, float32 batch×3\. Add it to inputs/,
		);
	});
});

describe('a parameter that no loss depends on', () => {
	const ones = (shape: readonly number[]) => new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1);
	const weight = parameter([3], ones);
	const network = textClassifierModel({
		parameters: { head: { weight }, aside: { weight: parameter([2, 2], ones) } },
		apply: ({ ids }: { ids: Value }) => ops.mul(ops.reduceMean(ops.cast(ops.unsqueeze(ids, [2]), 'float32'), { axes: [1] }), weight),
	});

	it.each([1, 2])('is named in a warning, and keeps its value: %i steps a run', async (stepsPerRun) => {
		const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
		const graph = trainingGraph(network, adam(), { tables: 'graph', stepsPerRun });
		expect(warn.mock.calls).toEqual([
			[
				'trainingGraph: expected the loss to depend on every parameter, got none on aside.weight. They keep their first values; take them out of the model.',
				'UnusedParameter',
			],
		]);
		warn.mockRestore();
		const stepper = await testStepper(
			graph,
			adam(),
			{ ...initialWeights(network, 1), 'aside.weight': Float32Array.of(1, 2, 3, 4) },
			{ threads: 1 },
		);
		const of = (...values: number[]) => Int32Array.from(values);
		for (const step of [1, 1 + stepsPerRun]) {
			const each = (values: number[]) => of(...Array.from({ length: stepsPerRun }, () => values).flat());
			const ids = each([1, 2, 3, 4]);
			await stepper.step(
				stepOf({
					ids,
					lengths: each([2, 2]),
					targets: each([0, 1]),
					masks: [],
					steps: stepsPerRun,
					size: 2,
					time: 2,
					rates: Array.from({ length: stepsPerRun }, () => 0.1),
					step,
				}),
			);
		}
		const state = stepper.state();
		expect(Array.from(state['aside.weight']!)).toEqual([1, 2, 3, 4]);
		expect(Array.from(state['head.weight']!)).not.toEqual([1, 1, 1]);
		expect((await logitsOf(stepper, { ids: of(1, 2), lengths: of(2), targets: of(0), size: 1, time: 2 })).length).toBe(3);
		await stepper.release();
	});
});
