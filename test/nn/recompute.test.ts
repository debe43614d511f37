// Activations computed again: the same values and gradients, from a copy of the nodes that nothing merges with the first.

import { backward, createSession, emit, input, ops, type Shape, scan, type Tensor, tensor, type Value, writeOnnx } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { randomFloat } from 'textloom/stream';
import { describe, expect, it } from 'vitest';

const [b, t, w] = [3, 5, 4];
const numbers = (place: number, shape: readonly number[]) =>
	tensor(
		'float32',
		shape,
		Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => randomFloat(3, place, i) - 0.4),
	);

/** A mode of training whose masks are inputs, as those of a step. */
function training() {
	const masks: Value[] = [];
	const mode: nn.Mode = {
		training: true,
		step: nn.prediction.step,
		mask: (_, shape) => {
			const mask = input(`mask${masks.length}`, 'float32', shape);
			masks.push(mask);
			return mask;
		},
		move: () => {},
	};
	return { mode, masks };
}

type Apply = (layer: <I extends readonly unknown[]>(layer: nn.Layer<I>) => nn.Layer<I>, x: Value, mode: nn.Mode) => Value;

/** A network whose layers are made by `layer`, `plain` or `nn.recompute`; the same parameters each time. */
const networks: Readonly<Record<string, () => { parameters: nn.ParameterTree; apply: Apply }>> = {
	'encoder blocks with dropout': () => {
		const blocks = [0, 1].map(() => nn.encoderBlock({ width: w, heads: 2, dropout: 0.5 }));
		return {
			parameters: nn.sequential(blocks).parameters,
			apply: (layer, x, mode) => nn.sequential(blocks.map((block) => layer(block))).apply(x, mode),
		};
	},
	'a loop over steps': () => {
		const gru = nn.gru({ in: w, out: w, bidirectional: true });
		const last = nn.linear({ in: 2 * w, out: w });
		const one: nn.Layer = { parameters: gru.parameters, apply: (x, mode) => ops.tanh(gru.apply(x, mode).outputs) };
		return {
			parameters: { gru: gru.parameters, last: last.parameters },
			apply: (layer, x, mode) => last.apply(layer(one).apply(ops.exp(x), mode)),
		};
	},
	'layers inside layers, and one that takes what it gives': () => {
		const inner = nn.linear({ in: w, out: w });
		const apply: Apply = (layer, x, mode) => {
			const tanh = layer({ parameters: inner.parameters, apply: (x: Value, _: nn.Mode) => ops.tanh(inner.apply(x)) });
			return layer(nn.residual(tanh)).apply(layer({ parameters: {}, apply: (x: Value) => x }).apply(x), mode);
		};
		return { parameters: inner.parameters, apply };
	},
	'inside a loop': () => {
		const cell = nn.linear({ in: 2 * w, out: w });
		return {
			parameters: cell.parameters,
			apply: (layer, x, mode) => {
				const step = layer({
					parameters: cell.parameters,
					apply: (both: Value, _: nn.Mode) => ops.tanh(ops.exp(ops.tanh(cell.apply(both)))),
				});
				const inputs = [ops.transpose(ops.sin(x), [1, 0, 2])];
				const { states } = scan({
					inputs,
					states: [ops.reduceMean(x, { axes: [1] })],
					body: ([h], [x]) => ({ states: [step.apply(ops.concat([h!, x!], 1), mode)] }),
				});
				return states[0]!;
			},
		};
	},
	'values in options and from around': () => {
		const block = nn.decoderBlock({ width: w, heads: 2, dropout: 0 });
		const scale = nn.linear({ in: w, out: w });
		return {
			parameters: { block: block.parameters, scale: scale.parameters },
			apply: (layer, x, mode) => {
				const [memory, around] = [scale.apply(x), ops.tanh(scale.apply(ops.neg(x)))];
				const one = {
					parameters: block.parameters,
					apply: (x: Value, given: nn.DecoderInputs) => ops.mul(block.apply(x, mode, given), around),
				};
				return layer(one).apply(ops.exp(x), { memory });
			},
		};
	},
	'gradients of their own, and a statistic that moves': () => {
		const [conv, norm] = [nn.convMaxPool({ in: w, out: 4, kernel: 2, pool: 2 }), nn.batchNorm({ channels: w })];
		const pooled = (x: Value, mode: nn.Mode) => conv.apply(ops.transpose(norm.apply(ops.transpose(x, [0, 2, 1]), mode), [0, 2, 1]));
		return {
			parameters: { conv: conv.parameters, norm: norm.parameters },
			apply: (layer, x, mode) => layer({ parameters: {}, apply: (x: Value) => pooled(x, mode) }).apply(x),
		};
	},
};

/** The output, the loss and the gradients of everything. */
async function results({ parameters, apply }: ReturnType<(typeof networks)[string]>, again: boolean) {
	const { mode, masks } = training();
	const x = input('x', 'float32', ['batch', t, w]);
	const y = apply(again ? nn.recompute : (layer) => layer, x, mode);
	const named = Object.fromEntries(nn.namedParameters(parameters));
	const values = [x, ...Object.values(named).filter(({ frozen }) => !frozen)];
	const loss = ops.reduceSum(ops.mul(y, ops.tanh(y)));
	const gradients = backward(loss, values);
	const outputs = { y, loss, ...Object.fromEntries(gradients.map((value, place) => [`g${place}`, value!])) };
	const inputs = { x, ...named, ...Object.fromEntries(masks.map((mask) => [mask.name!, mask])) };
	const session = await createSession(writeOnnx(emit({ inputs, outputs })), { threads: 1 });
	const sizes: Record<string, number> = { batch: b };
	const shapeOf = (shape: Shape) => shape.map((dim) => (typeof dim === 'number' ? dim : sizes[dim]!));
	const feeds: Record<string, Tensor> = Object.fromEntries(
		Object.entries(inputs).map(([name, { shape }], place) => [name, numbers(place, shapeOf(shape))]),
	);
	const found = await session.run(Object.fromEntries(session.inputs.map((name) => [name, feeds[name]!])));
	await session.release();
	return found;
}

describe('recompute', () => {
	for (const [name, network] of Object.entries(networks)) {
		it(`${name}: values and gradients are the same`, async () => {
			const built = network();
			const [kept, again] = [await results(built, false), await results(built, true)];
			expect(Object.keys(again)).toEqual(Object.keys(kept));
			for (const [name, { data }] of Object.entries(kept)) {
				const other = again[name]!.data as Float32Array;
				const far = (data as Float32Array).reduce((most, value, i) => Math.max(most, Math.abs(value - other[i]!)), 0);
				expect(far, name).toBeLessThan(1e-6 * Math.max(1, ...(data as Float32Array).map(Math.abs)));
			}
		});
	}

	it('computes what is between input and result a second time, and nothing where no gradient is asked for', () => {
		const x = input('x', 'float32', [2, 3]);
		const layer = nn.recompute({ parameters: {}, apply: (x: Value) => ops.tanh(ops.exp(ops.sin(x))) });
		const y = layer.apply(x);
		const count = (outputs: Readonly<Record<string, Value>>, simplify: boolean) =>
			emit({ inputs: { x }, outputs }, { simplify }).graph.nodes.filter(({ op }) => op === 'Exp').length;
		const [gradient] = backward(ops.reduceSum(y), [x]);
		for (const simplify of [true, false]) {
			expect(count({ y }, simplify)).toBe(1);
			expect(count({ y, gradient: gradient! }, simplify)).toBe(2);
		}
	});

	it('asks for the gradients that are wanted only: ids and what cannot be differentiated stay out', () => {
		const ids = input('ids', 'int32', ['batch']);
		const table = nn.embedding({ size: 5, width: 2 });
		const scale = input('scale', 'float32', [2]);
		const chosen = (x: Value) => ops.choose(ops.greater(ops.reduceSum(x), 0), { yes: () => [x], no: () => [ops.neg(x)] })[0]!;
		const layer = nn.recompute({ parameters: table.parameters, apply: (ids: Value) => ops.mul(table.apply(ids), chosen(scale)) });
		const [weight] = nn.namedParameters(table.parameters).values();
		const [gradient] = backward(ops.reduceSum(layer.apply(ids)), [weight!]);
		expect(gradient!.shape).toEqual([5, 2]);
		expect(() => backward(ops.reduceSum(layer.apply(ids)), [scale])).toThrow(/If.* is not differentiable/);
	});

	it('refuses a layer of several values', () => {
		const gru = nn.gru({ in: 2, out: 2 }) as unknown as nn.Layer;
		expect(() => nn.recompute(gru).apply(input('x', 'float32', ['batch', 'time', 2]), nn.prediction)).toThrow(
			'recompute: expected a layer that gives one value, got several. Wrap the part that gives one.',
		);
	});
});
