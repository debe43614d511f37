// Shape rules of operators that are kept for inference: the engine has no gradient for them, but their results follow from their inputs.
import { matmul } from '../ops/matmul.js';
import { reduce } from '../ops/reduce.js';
import type { Rule } from '../value.js';

const same: Rule = ([x]) => [x!];
const each = (names: string, rule: Rule) => Object.fromEntries(names.split(' ').map((op) => [op, rule]));

const standard: Readonly<Record<string, Rule>> = {
	...each('Acos Acosh Asin Asinh Atan Atanh BitwiseNot Cosh CumProd Hardmax Shrink Sinh Swish Tan', same),
	ArgMin: reduce.ArgMax,
	DequantizeLinear: ([x, scale]) => [{ dtype: scale!.dtype, shape: x!.shape }],
	QuantizeLinear: ([x, , zero]) => [{ dtype: zero?.dtype ?? 'uint8', shape: x!.shape }],
	DynamicQuantizeLinear: ([x]) => [
		{ dtype: 'uint8', shape: x!.shape },
		{ dtype: 'float32', shape: [] },
		{ dtype: 'uint8', shape: [] },
	],
	MatMulInteger: ([a, b], attributes, fail) =>
		matmul.MatMul([a!, { ...b!, dtype: a!.dtype }], attributes, fail).map(({ shape }) => ({ dtype: 'int32', shape })),
};

/** What ONNX Runtime's optimizer makes of transformers (onnxruntime, docs/ContribOperators.md). */
const contributed: Readonly<Record<string, Rule>> = {
	...each('com.microsoft::BiasGelu com.microsoft::FastGelu com.microsoft::QuickGelu com.microsoft::RotaryEmbedding', same),
	// Outputs: the result, mean, inverse deviation, and the sum before normalization.
	...each('com.microsoft::SkipLayerNormalization com.microsoft::SkipSimplifiedLayerNormalization', ([x]) => [x!, x!, x!, x!]),
	// Outputs: the embeddings, and the length of each text.
	'com.microsoft::EmbedLayerNormalization': ([ids, , words]) => [
		{ dtype: words!.dtype, shape: [...ids!.shape, words!.shape[1]!] },
		{ dtype: 'int32', shape: ids!.shape.slice(0, 1) },
	],
	// Weights of query, key and value are side by side.
	'com.microsoft::Attention': ([x, weights], _attributes, fail) => {
		const width = weights!.shape[1];
		if (typeof width !== 'number' || width % 3 !== 0) fail('expected weights of query, key and value of one width');
		return [{ dtype: x!.dtype, shape: [...x!.shape.slice(0, 2), (width as number) / 3] }];
	},
	'com.microsoft::MultiHeadAttention': ([query, , value]) => [
		value?.shape.length === 3 ? { ...query!, shape: [...query!.shape.slice(0, 2), value.shape[2]!] } : query!,
	],
};

/** The fewest inputs and the most of operators that are kept, where their rules take more than the first one for granted. */
const inputs: Readonly<Record<string, readonly [least: number, most: number]>> = {
	CumProd: [2, 2],
	DequantizeLinear: [2, 3],
	QuantizeLinear: [2, 3],
	MatMulInteger: [2, 4],
	'com.microsoft::SkipLayerNormalization': [3, 5],
	'com.microsoft::SkipSimplifiedLayerNormalization': [3, 4],
	'com.microsoft::EmbedLayerNormalization': [7, 9],
	'com.microsoft::Attention': [2, 7],
};

/** The rules, by operator. */
export const keptRules: Readonly<Record<string, Rule>> = { ...standard, ...contributed };

/** The fewest inputs and the most of an operator that has no gradient; of one that is not known any number. */
export function keptInputs(op: string): readonly [least: number, most: number] {
	return Object.hasOwn(inputs, op) ? inputs[op]! : [Object.hasOwn(keptRules, op) ? 1 : 0, Number.POSITIVE_INFINITY];
}
