// Shape rules of operators that are kept for inference: the engine has no gradient for them, but their results follow from their inputs.
import { operators as matmul } from '../ops/matmul.js';
import { type Facts, type Operator, operator } from '../ops/operator.js';
import { operators as reduce } from '../ops/reduce.js';
import type { ShapeRule } from '../value.js';

const same: ShapeRule = ([x]) => [x!];
const each = (names: string, rule: ShapeRule, facts: Facts) =>
	Object.fromEntries(names.split(' ').map((op) => [op, operator(rule, facts)]));

const standard: Readonly<Record<string, Operator>> = {
	...each('Acos Acosh Asin Asinh Atan Atanh BitwiseNot Cosh Hardmax Shrink Sinh Swish Tan', same, { inputs: 1 }),
	CumProd: operator(same, { inputs: 2 }),
	ArgMin: operator(reduce.ArgMax, { inputs: 1 }),
	DequantizeLinear: operator(([x, scale]) => [{ dtype: scale!.dtype, shape: x!.shape }], { inputs: [2, 3] }),
	QuantizeLinear: operator(([x, , zero]) => [{ dtype: zero?.dtype ?? 'uint8', shape: x!.shape }], { inputs: [2, 3] }),
	DynamicQuantizeLinear: operator(
		([x]) => [
			{ dtype: 'uint8', shape: x!.shape },
			{ dtype: 'float32', shape: [] },
			{ dtype: 'uint8', shape: [] },
		],
		{ inputs: 1 },
	),
	MatMulInteger: operator(
		([a, b], attributes, fail) =>
			matmul.MatMul([a!, { ...b!, dtype: a!.dtype }], attributes, fail).map(({ shape }) => ({ dtype: 'int32', shape })),
		{ inputs: [2, 4], flops: matmul.MatMul.flops! },
	),
};

/** What ONNX Runtime's optimizer makes of transformers (onnxruntime, docs/ContribOperators.md). */
const contributed: Readonly<Record<string, Operator>> = {
	'com.microsoft::BiasGelu': operator(same, { inputs: 2 }),
	'com.microsoft::FastGelu': operator(same, { inputs: [1, 2] }),
	'com.microsoft::QuickGelu': operator(same, { inputs: 1 }),
	'com.microsoft::RotaryEmbedding': operator(same, { inputs: 4 }),
	// Inputs: the left side, weights in bytes, their scales, their zeros, a bias.
	'com.microsoft::DynamicQuantizeMatMul': operator(
		([a, b], attributes, fail) => matmul.MatMul([a!, { ...b!, dtype: a!.dtype }], attributes, fail),
		{ inputs: [3, 5], flops: matmul.MatMul.flops! },
	),
	// Outputs: the result, mean, inverse deviation, and the sum before normalization.
	'com.microsoft::SkipLayerNormalization': operator(([x]) => [x!, x!, x!, x!], { inputs: [3, 5] }),
	'com.microsoft::SkipSimplifiedLayerNormalization': operator(([x]) => [x!, x!, x!, x!], { inputs: [3, 4] }),
	// Outputs: the embeddings, and the length of each text.
	'com.microsoft::EmbedLayerNormalization': operator(
		([ids, , words]) => [
			{ dtype: words!.dtype, shape: [...ids!.shape, words!.shape[1]!] },
			{ dtype: 'int32', shape: ids!.shape.slice(0, 1) },
		],
		{ inputs: [1, 9] },
	),
	// Weights of query, key and value are side by side.
	'com.microsoft::Attention': operator(
		([x, weights], _attributes, fail) => {
			const width = weights!.shape[1];
			if (typeof width !== 'number' || width % 3 !== 0) fail('expected weights of query, key and value of one width');
			return [{ dtype: x!.dtype, shape: [...x!.shape.slice(0, 2), (width as number) / 3] }];
		},
		{ inputs: [2, 7] },
	),
	'com.microsoft::MultiHeadAttention': operator(
		([query, , value]) => [value?.shape.length === 3 ? { ...query!, shape: [...query!.shape.slice(0, 2), value.shape[2]!] } : query!],
		{ inputs: [1, 10] },
	),
};

const kept: Readonly<Record<string, Operator>> = { ...standard, ...contributed };

/** The kept operator of a name. */
export const keptOf = (op: string): Operator | undefined => (Object.hasOwn(kept, op) ? kept[op] : undefined);
