// Sequences that go on: what comes after earlier steps equals the same steps of one long pass; a past may be empty.
import { input, ops, ShapeError, type Tensor, tensor, type Value } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { describe, expect, it } from 'vitest';
import { farthest, numbers, run } from './apply-layer.js';

const [batch, time, width] = [2, 5, 4];
const whole = tensor('float32', [batch, time, width], numbers([batch, time, width], 0));
const part = (from: number, to: number): Tensor => {
	const steps = Array.from({ length: batch }, (_, row) =>
		Array.from(whole.data.subarray((row * time + from) * width, (row * time + to) * width) as Float32Array),
	);
	return tensor('float32', [batch, to - from, width], steps.flat());
};
/** The steps from `from` to `to` of a result over the whole. */
const cut = ({ data, shape }: Tensor, from: number, to: number) => {
	const last = shape.at(-1)!;
	return Array.from({ length: batch }, (_, row) =>
		Array.from(data.subarray((row * time + from) * last, (row * time + to) * last) as Float32Array),
	).flat();
};

const weightOf = ({ parameters }: { readonly parameters: nn.ParameterTree }) =>
	Object.fromEntries(
		[...nn.namedParameters(parameters)].map(([name, value], place) => [
			name,
			{ value: value as Value, tensor: tensor('float32', value.shape, numbers(value.shape, place + 2)) },
		]),
	);

/** Runs a graph of steps, an offset and what stands before, with a layer's weights. */
async function given(
	y: Value,
	fed: Readonly<Record<string, readonly [Value, Tensor]>>,
	layer: { parameters: nn.ParameterTree } = { parameters: {} },
) {
	const weights = weightOf(layer);
	const inputs = { ...Object.fromEntries(Object.entries(fed).map(([name, [value]]) => [name, value])) };
	const feeds = Object.fromEntries(Object.entries(fed).map(([name, [, tensor]]) => [name, tensor]));
	for (const [name, { value, tensor }] of Object.entries(weights))
		Object.assign(inputs, { [name]: value }) && Object.assign(feeds, { [name]: tensor });
	return (await run(inputs, { y }, feeds)).y!;
}

const x = input('x', 'float32', ['batch', 'time', width]);
const offset = (dtype: 'int32' | 'int64') => input('offset', dtype, []);

describe('positions with an offset', () => {
	const layers = { learned: nn.learnedPositions({ size: time, width }), sines: nn.sinusoidalPositions({ width }) };
	for (const [name, layer] of Object.entries(layers)) {
		it(`${name}: a text that goes on has the places after those before`, async () => {
			const all = await given(layer.apply(x), { x: [x, whole] }, layer);
			for (const [from, to] of [
				[3, 5],
				[0, 3],
				[5, 5],
			] as const) {
				const expected = cut(all, from, to);
				const byNumber = await given(layer.apply(x, undefined, { offset: from }), { x: [x, part(from, to)] }, layer);
				expect(farthest(byNumber.data as Float32Array, expected)).toBeLessThan(1e-6);
				for (const dtype of ['int32', 'int64'] as const) {
					const at = offset(dtype);
					const y = layer.apply(x, nn.prediction, { offset: at });
					const byValue = await given(y, { x: [x, part(from, to)], offset: [at, tensor(dtype, [], [from])] }, layer);
					expect(byValue.shape).toEqual([batch, to - from, width]);
					expect(farthest(byValue.data as Float32Array, expected)).toBeLessThan(1e-6);
				}
			}
		});
	}

	it('have a whole number of steps before', () => {
		expect(() => layers.learned.apply(x, undefined, { offset: -1 })).toThrow(
			'learnedPositions: expected offset to be a whole number from 0, got -1. Pass the number of steps before.',
		);
		expect(() => layers.sines.apply(x, undefined, { offset: input('o', 'int32', ['batch']) })).toThrow(
			new ShapeError('sinusoidalPositions: expected offset to be an int32 scalar, got int32 batch. Pass one number for the whole batch.'),
		);
	});
});

describe('causal attention with an offset', () => {
	const past = input('past', 'float32', ['batch', 'past', width]);
	const attends: Record<
		string,
		{ layer: { parameters: nn.ParameterTree }; apply: (x: Value, memory: Value, mask: nn.AttentionMask) => Value }
	> = {
		attention: { layer: { parameters: {} }, apply: (x, memory, mask) => nn.attention(x, memory, memory, mask) },
		...(() => {
			const layer = nn.multiHeadAttention({ width, heads: 2 });
			return {
				multiHead: {
					layer,
					apply: (x: Value, memory: Value, mask: nn.AttentionMask) => layer.apply(x, nn.prediction, { memory, ...mask }),
				},
			};
		})(),
		...(() => {
			const layer = nn.additiveAttention({ queryWidth: width, keyWidth: width, hidden: 3 });
			return {
				additive: {
					layer,
					apply: (x: Value, memory: Value, mask: nn.AttentionMask) => layer.apply(x, nn.prediction, { memory, ...mask }).output,
				},
			};
		})(),
	};
	for (const [name, { layer, apply }] of Object.entries(attends)) {
		it(`${name}: steps after a past, empty or not, look at what they would in one pass`, async () => {
			const all = await given(apply(x, x, { causal: true }), { x: [x, whole] }, layer);
			const at = offset('int32');
			const y = apply(x, ops.concat([past, x], 1), { causal: true, offset: at });
			for (const [from, to] of [
				[0, 5],
				[2, 5],
				[4, 5],
				[3, 3],
			] as const) {
				const fed = { x: [x, part(from, to)], past: [past, part(0, from)], offset: [at, tensor('int32', [], [from])] } as const;
				const got = await given(y, fed, layer);
				expect(got.shape).toEqual([batch, to - from, width]);
				expect(farthest(got.data as Float32Array, cut(all, from, to)), `${from} to ${to}`).toBeLessThan(1e-6);
			}
			const byNumber = apply(x, ops.concat([past, x], 1), { causal: true, offset: 2 });
			const got = await given(byNumber, { x: [x, part(2, 5)], past: [past, part(0, 2)] }, layer);
			expect(farthest(got.data as Float32Array, cut(all, 2, 5))).toBeLessThan(1e-6);
		});
	}

	it('keys may go on beyond the queries: nobody looks at them', async () => {
		const memory = input('memory', 'float32', ['batch', 'keys', width]);
		const y = nn.attention(x, memory, memory, { causal: true, offset: 1 });
		const all = await given(nn.attention(x, x, x, { causal: true }), { x: [x, whole] });
		const got = await given(y, { x: [x, part(1, 3)], memory: [memory, whole] });
		expect(farthest(got.data as Float32Array, cut(all, 1, 3))).toBeLessThan(1e-6);
	});

	it('is one with lengths, too', async () => {
		const lengths = input('lengths', 'int64', ['batch']);
		const y = nn.attentionWeights(x, x, { causal: true, lengths });
		const { data } = await given(y, { x: [x, whole], lengths: [lengths, tensor('int64', [2], [5, 2])] });
		// The last query of the second text sees two keys, as both conditions hold at once.
		expect(Array.from(data.subarray(45, 50) as Float32Array, (weight) => weight > 0)).toEqual([true, true, false, false, false]);
	});

	it('needs causal', () => {
		expect(() => nn.attention(x, x, x, { offset: 1 })).toThrow('attention: expected causal: true beside offset, got none.');
	});
});
