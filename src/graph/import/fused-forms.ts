// Operators of ONNX Runtime's own that stand for several, written out: what its optimizer makes of transformers becomes what gradients go through.

import { tensor } from '../../tensors/tensor.js';
import type { OnnxNode } from '../onnx/model.js';
import { type Around, type Formula, floatOf, formula, intOf, type Rewrite } from '../onnx/rewrite.js';

const ints = (around: Around, values: readonly number[]) => around.constant(tensor('int64', [values.length], values));

/** gelu(x + b), or its approximation by tanh */
const biasGelu =
	(attributes: OnnxNode['attributes']): Rewrite =>
	(node, around) => {
		const { nodes, apply } = formula(node, around);
		const [x, bias] = node.inputs as [string, string | undefined];
		apply('Gelu', [bias ? apply('Add', [x, bias]) : x], attributes, node.outputs[0]);
		return nodes;
	};

/** The normalized sum of x, a bias and what went around; the fourth output is the sum. */
const skipLayerNormalization: Rewrite = (node, around) => {
	const { nodes, apply } = formula(node, around);
	const [x, skip, scale, shift, bias] = node.inputs as [string, string, string, string | undefined, string | undefined];
	const sum = apply('Add', [bias ? apply('Add', [x, bias]) : x, skip], {}, node.outputs[3] || undefined);
	const normal = { axis: { int: -1 }, epsilon: { float: floatOf(node, 'epsilon', 1e-12) } };
	apply('LayerNormalization', shift ? [sum, scale, shift] : [sum, scale], normal, node.outputs[0]);
	return nodes;
};

/** Rows of words, places and segments, summed and normalized; the second output says how many tokens of each text the mask keeps. */
const embedLayerNormalization: Rewrite = (node, around) => {
	const { nodes, apply } = formula({ ...node, inputs: [node.inputs[2]!] }, around);
	const [ids, segments, words, positions, kinds, scale, shift, mask, own] = node.inputs as string[];
	const places = () => {
		const count = apply('Gather', [apply('Shape', [ids!]), around.constant(tensor('int64', [], [1]))]);
		return apply('Range', [around.constant(tensor('int64', [], [0])), count, around.constant(tensor('int64', [], [1]))]);
	};
	const looked = apply('Add', [apply('Gather', [words!, ids!]), apply('Gather', [positions!, own || places()])]);
	const sum = segments ? apply('Add', [looked, apply('Gather', [kinds!, segments])]) : looked;
	apply(
		'LayerNormalization',
		[sum, scale!, shift!],
		{ axis: { int: -1 }, epsilon: { float: floatOf(node, 'epsilon', 1e-12) } },
		node.outputs[0],
	);
	if (mask && node.outputs[1]) apply('ReduceSum', [mask, ints(around, [1])], { keepdims: { int: 0 } }, node.outputs[1]);
	return nodes;
};

/** What is taken from the scores of what is not looked at. */
function bias(
	mask: string,
	{ apply }: Formula,
	around: Around,
	{ node, like }: { readonly node: OnnxNode; readonly like: string },
): string {
	const rank = around.type(mask)?.shape?.length ?? around.fail('the rank of its mask is not known');
	const below = floatOf(node, 'mask_filter_value', -10_000);
	const wide = (name: string) => apply('Cast', [name], { to: { int: 1 } });
	if (rank === 1) {
		const count = apply('Gather', [apply('Shape', [like]), around.constant(tensor('int64', [], [1]))]);
		const places = apply('Range', [around.constant(tensor('int64', [], [0])), count, around.constant(tensor('int64', [], [1]))]);
		const lengths = apply('Unsqueeze', [apply('Cast', [mask], { to: { int: 7 } }), ints(around, [1])]);
		const over = apply('Unsqueeze', [apply('Not', [apply('Less', [places, lengths])]), ints(around, [1, 2])]);
		return apply('Mul', [wide(over), below]);
	}
	if (rank !== 2) return around.fail(`its mask has ${rank} axes`);
	return apply('Mul', [apply('Sub', [1, apply('Unsqueeze', [wide(mask), ints(around, [1, 2])])]), below]);
}

/** softmax(Q Kᵀ / √d + mask) V in several heads. */
function attended(
	node: OnnxNode,
	around: Around,
	from: Formula,
	{ parts, mask, width }: { parts: readonly string[]; mask: string | undefined; width: number },
) {
	const { apply } = from;
	const heads = intOf(node, 'num_heads', 0);
	const scale = floatOf(node, 'scale', 0) || 1 / Math.sqrt(width / heads);
	const turned = (name: string, perm: readonly number[]) =>
		apply('Transpose', [apply('Reshape', [name, ints(around, [0, 0, heads, width / heads])])], { perm: { ints: perm } });
	const [queries, keys, values] = [turned(parts[0]!, [0, 2, 1, 3]), turned(parts[1]!, [0, 2, 3, 1]), turned(parts[2]!, [0, 2, 1, 3])];
	const scores = apply('Mul', [apply('MatMul', [queries, keys]), scale]);
	const masked = mask ? apply('Add', [scores, bias(mask, from, around, { node, like: parts[1]! })]) : scores;
	const seen = apply('MatMul', [apply('Softmax', [masked], { axis: { int: -1 } }), values]);
	apply('Reshape', [apply('Transpose', [seen], { perm: { ints: [0, 2, 1, 3] } }), ints(around, [0, 0, width])], {}, node.outputs[0]);
}

/** The size of a vector, in three parts. */
function thirdOf(name: string | undefined, around: Around): number {
	const size = name ? around.type(name)?.shape?.[0] : undefined;
	return typeof size === 'number' && size % 3 === 0 ? size / 3 : around.fail('the size of its bias is not known');
}

/** Attention over x W + b, whose columns are queries, keys and values. */
const attention: Rewrite = (node, around) => {
	const from = formula(node, around);
	const [x, weight, shift, mask, past] = node.inputs as (string | undefined)[];
	if (past || intOf(node, 'unidirectional', 0) === 1) return around.fail('it looks at a past');
	const width = thirdOf(shift, around);
	const all = from.apply('Add', [from.apply('MatMul', [x!, weight!]), shift!]);
	const parts = [0, 1, 2].map((part) =>
		from.apply('Slice', [all, ints(around, [part * width]), ints(around, [(part + 1) * width]), ints(around, [2])]),
	);
	attended(node, around, from, { parts, mask: mask || undefined, width });
	return from.nodes;
};

/** Attention of queries, keys and values that are there, with their biases in one vector. */
const multiHeadAttention: Rewrite = (node, around) => {
	const from = formula(node, around);
	const [queries, keys, values, shift, mask] = node.inputs as (string | undefined)[];
	if (!keys || !values || node.inputs.slice(5).some(Boolean))
		return around.fail('it has other inputs than queries, keys, values, bias and mask');
	const width = shift ? thirdOf(shift, around) : Number(around.type(queries!)?.shape?.[2] ?? Number.NaN);
	if (!Number.isInteger(width)) return around.fail('its width is not known');
	const parts = [queries!, keys, values].map((name, part) =>
		shift
			? from.apply('Add', [
					name,
					from.apply('Slice', [shift, ints(around, [part * width]), ints(around, [(part + 1) * width]), ints(around, [0])]),
				])
			: name,
	);
	attended(node, around, from, { parts, mask: mask || undefined, width });
	return from.nodes;
};

/** The forms, by operator. */
export const fusedForms: Readonly<Record<string, Rewrite>> = {
	'com.microsoft::Gelu': biasGelu({}),
	'com.microsoft::BiasGelu': biasGelu({}),
	'com.microsoft::FastGelu': biasGelu({ approximate: { string: 'tanh' } }),
	'com.microsoft::SkipLayerNormalization': skipLayerNormalization,
	'com.microsoft::EmbedLayerNormalization': embedLayerNormalization,
	'com.microsoft::Attention': attention,
	'com.microsoft::MultiHeadAttention': multiHeadAttention,
};
