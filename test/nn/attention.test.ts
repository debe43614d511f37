// What attention looks at: weights are shares of what may be looked at, for every way of scoring.
import { constant, input, type Tensor, tensor, type Value } from 'textloom/graph';
import * as nn from 'textloom/nn';
import { describe, expect, it } from 'vitest';
import { int32 } from '../graph/check-gradient.js';
import { noting, numbers, run } from './apply-layer.js';

const vectors = (...shape: number[]) => constant(tensor('float32', shape, numbers(shape, shape[1]!)));
const queries = vectors(2, 3, 4);
const keys = vectors(2, 5, 4);

/** Weights by each way of scoring. */
const ways: Record<string, (mask: nn.AttentionMask) => { weights: Value; parameters?: nn.ParameterTree }> = {
	scaled: (mask) => ({ weights: nn.attentionWeights(queries, keys, mask) }),
	additive: (mask) => {
		const layer = nn.additiveAttention({ queryWidth: 4, keyWidth: 4, hidden: 3 });
		return { parameters: layer.parameters, weights: layer.apply(queries, nn.prediction, { memory: keys, ...mask }).weights };
	},
	average: (mask) => nn.averagePooling().apply(queries, nn.prediction, { memory: keys, ...mask }),
	kernel: (mask) => nn.kernelPooling().apply(queries, nn.prediction, { memory: keys, ...mask }),
};

/** The weights as rows of five. */
async function rowsOf({ weights, parameters = {} }: { weights: Value; parameters?: nn.ParameterTree }): Promise<number[][]> {
	const named = nn.namedParameters(parameters);
	const feeds = Object.fromEntries(
		[...named].map(([name, { shape }], place): [string, Tensor] => [name, tensor('float32', shape, numbers(shape, place))]),
	);
	const { y } = await run(Object.fromEntries(named), { y: weights }, feeds);
	const data = Array.from(y!.data as Float32Array);
	expect(y!.shape).toEqual([2, 3, 5]);
	return Array.from({ length: 6 }, (_, row) => data.slice(row * 5, row * 5 + 5));
}

describe('attention weights', () => {
	for (const [name, way] of Object.entries(ways)) {
		it(`${name}: every row sums to 1; what the mask leaves out has 0`, async () => {
			const masks: Record<string, { mask: nn.AttentionMask; seen: (text: number, query: number, key: number) => boolean }> = {
				none: { mask: {}, seen: () => true },
				lengths: { mask: { lengths: int32([2], [5, 2]) }, seen: (text, _, key) => text === 0 || key < 2 },
				causal: { mask: { causal: true }, seen: (_, query, key) => key <= query },
				allowed: {
					mask: {
						allowed: constant(
							tensor(
								'bool',
								[3, 5],
								Array.from({ length: 15 }, (_, i) => Number(i % 3 !== 0)),
							),
						),
					},
					seen: (_, query, key) => (query * 5 + key) % 3 !== 0,
				},
				both: {
					mask: { lengths: int32([2], [5, 2]), causal: true },
					seen: (text, query, key) => key <= query && (text === 0 || key < 2),
				},
			};
			for (const [kind, { mask, seen }] of Object.entries(masks)) {
				for (const [place, row] of (await rowsOf(way(mask))).entries()) {
					expect(
						row.reduce((a, b) => a + b),
						kind,
					).toBeCloseTo(1, 5);
					for (const [key, weight] of row.entries()) expect(weight > 0, kind).toBe(seen(Math.floor(place / 3), place % 3, key));
				}
			}
		});
	}

	it('average pooling gives every key that counts the same share', async () => {
		const rows = await rowsOf(ways.average!({ lengths: int32([2], [5, 2]) }));
		for (const [place, row] of rows.entries())
			for (const [key, weight] of row.entries()) expect(weight).toBeCloseTo(place < 3 ? 0.2 : key < 2 ? 0.5 : 0, 6);
	});

	it('lengths need a batch', () => {
		const x = input('x', 'float32', ['points']);
		expect(() => nn.averagePooling().apply(x, nn.prediction, { lengths: int32([1], [1]) })).toThrow(
			'attention: expected batch×time×width beside lengths, got points×1. Leave lengths out.',
		);
	});

	it('in training some weights are dropped', () => {
		const { mode, masks } = noting();
		nn.additiveAttention({ queryWidth: 4, keyWidth: 4, hidden: 3, dropout: 0.3 }).apply(queries, mode, { memory: keys });
		expect(masks).toEqual([{ rate: 0.3, shape: [2, 3, 5] }]);
	});
});
