// Gradients of layers and losses by central differences, in the weights and in the input.
import { constant, nn, tensor, type Value } from 'textloom';
import { describe, expect, it } from 'vitest';
import { type GradientCase, gradientError, toleranceOf } from '../graph/check-gradient.js';

const int32 = (shape: readonly number[], values: number[]) => constant(tensor('int32', shape, values));

/** A layer's case: its parameters are checked beside its inputs, in float32. */
function layerCase<L extends { parameters: nn.ParameterTree }>(
	layer: L,
	apply: (layer: L, ...inputs: Value[]) => Value,
	shapes: GradientCase['shapes'],
	named: GradientCase['named'] = shapes,
): GradientCase {
	const parameters = [...nn.namedParameters(layer.parameters).values()];
	return { shapes, named, parameters, dtype: 'float32', build: (...inputs) => apply(layer, ...inputs) };
}

const cases: Record<string, GradientCase> = {
	'cross-entropy': {
		shapes: [[3, 4]],
		named: [['batch', 4]],
		build: (logits) => nn.crossEntropy(logits, int32([3], [2, 0, 3])),
	},
	'linear, a matrix': layerCase(nn.linear({ in: 3, out: 2 }), (layer, x) => layer.apply(x), [[4, 3]], [['batch', 3]]),
	'linear, batch and time': layerCase(nn.linear({ in: 3, out: 2 }), (layer, x) => layer.apply(x), [[2, 2, 3]], [['batch', 'time', 3]]),
	embedding: layerCase(nn.embedding({ size: 5, width: 3 }), (layer) => layer.apply(int32([2, 3], [1, 4, 1, 2, 2, 1])), []),
	conv1d: layerCase(nn.conv1d({ in: 3, out: 2, width: 3 }), (layer, x) => layer.apply(x), [[2, 5, 3]], [['batch', 'time', 3]]),
	'conv1d, one window': layerCase(nn.conv1d({ in: 2, out: 2, width: 3 }), (layer, x) => layer.apply(x), [[1, 3, 2]]),
	maxOverTime: { shapes: [[2, 4, 3]], named: [[2, 'time', 3]], build: (x) => nn.maxOverTime(x, int32([2], [4, 2])) },
	convMax: layerCase(
		nn.convMax({ in: 3, out: 2, widths: [2, 3] }),
		(layer, x) => layer.apply(x, int32([2], [6, 4])),
		[[2, 6, 3]],
		[['batch', 'time', 3]],
	),
	'convMax, sizes without names': layerCase(
		nn.convMax({ in: 2, out: 2, widths: [2, 3] }),
		(layer, x) => layer.apply(x, int32([2], [4, 3])),
		[[2, 4, 2]],
	),
	'convMax, texts shorter than a window': layerCase(
		nn.convMax({ in: 2, out: 3, widths: [1, 3] }),
		(layer, x) => layer.apply(x, int32([3], [0, 1, 3])),
		[[3, 3, 2]],
		[['batch', 'time', 2]],
	),
};

describe('layers', () => {
	for (const [name, gradientCase] of Object.entries(cases)) {
		it(name, async () => {
			expect(await gradientError(gradientCase)).toBeLessThan(toleranceOf(gradientCase));
		});
	}
});
