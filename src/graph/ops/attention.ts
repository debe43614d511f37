// Attention of opset 23: Y = softmax(scale Q Kᵀ + bias) V.

import { isFloat } from '../../tensors/tensor.js';
import { broadcastShapes, type Dim, sameShape, showShape, sumDims } from '../dim.js';
import { type Attributes, node, type Value } from '../value.js';
import { countOf, type Operator, operator, type Sized } from './operator.js';

type Fail = (reason: string) => never;

/** A value by heads: `[batch, heads, time, width]`, as it is or with heads inside of `[batch, time, heads · width]`. */
function headed({ shape }: Value, heads: unknown, fail: Fail): readonly [batch: Dim, heads: Dim, time: Dim, width: Dim] {
	const [batch, time, whole] = shape as [Dim, Dim, Dim];
	if (shape.length === 4) return shape as [Dim, Dim, Dim, Dim];
	if (shape.length !== 3) fail('expected queries, keys and values of three or four dimensions');
	if (typeof heads !== 'number' || typeof whole !== 'number' || whole % heads !== 0)
		fail(`expected a width of equal heads, got ${whole} for ${heads}`);
	return [batch, heads as number, time, (whole as number) / (heads as number)];
}

/** Q Kᵀ and its product with V, and the softmax between: [batch, heads, time, width] each. */
const attentionFlops = ({ inputs: [q, k] }: Sized) => 4 * countOf(q) * (k!.at(-2) ?? 1) + 5 * countOf(q!.slice(0, -1)) * (k!.at(-2) ?? 1);

export const operators = {
	/** Inputs: queries, keys, values, mask (bool: who is seen; or numbers to add), keys and values of the past. */
	Attention: operator(
		(inputs, attributes, fail) => {
			const [q, k, v, mask, pastKey, pastValue] = inputs;
			for (const value of [k!, v!])
				if (!isFloat(q!.dtype) || value.dtype !== q!.dtype) fail('expected floating-point numbers of one type. Cast first');
			const [batch, heads, time, width] = headed(q!, attributes.q_num_heads, fail);
			const [, keyHeads, keyTime, keyWidth] = headed(k!, attributes.kv_num_heads, fail);
			const [, valueHeads, valueTime, valueWidth] = headed(v!, attributes.kv_num_heads, fail);
			if (width !== keyWidth) fail(`expected queries and keys of one width, got ${width} and ${keyWidth}`);
			if (keyTime !== valueTime || keyHeads !== valueHeads)
				fail(`expected a value for each key, got ${showShape(k!.shape)} and ${showShape(v!.shape)}`);
			if (heads !== keyHeads && (heads as number) % (keyHeads as number) !== 0)
				fail(`expected query heads in groups of ${keyHeads}, got ${heads}`);
			if (mask && mask.dtype !== 'bool' && mask.dtype !== q!.dtype)
				fail('expected a mask of bools, or of numbers of the same type. Cast it');
			if (mask && !pastKey) {
				const scores = [batch, heads, time, keyTime];
				const both = broadcastShapes(mask.shape, scores);
				if (!both || !sameShape(both, scores))
					fail(`expected a mask that broadcasts to ${showShape(scores)}, got ${showShape(mask.shape)}`);
			}
			const shape = q!.shape.length === 4 ? [batch, heads, time, valueWidth] : [batch, time, (heads as number) * (valueWidth as number)];
			const y = { dtype: q!.dtype, shape };
			if (!pastKey || !pastValue) return [y];
			const present = (past: Value, of: Value) => ({
				dtype: of.dtype,
				shape: past.shape.map((dim, axis) => (axis === 2 ? sumDims(dim, keyTime) : dim)),
			});
			return [y, present(pastKey, k!), present(pastValue, v!)];
		},
		{ inputs: [3, 7], flops: attentionFlops, since: 23 },
	),
} satisfies Record<string, Operator>;

/** How queries look at keys. */
export interface AttentionOptions {
	/** Whose keys each query sees, bool; or numbers to add to the scores. Broadcasts to `[batch, heads, queries, keys]`. */
	readonly mask?: Value;
	/** Heads inside of the width, where queries, keys and values are `[batch, time, heads · width]`; `keyHeads` where there are fewer of keys. */
	readonly heads?: number;
	readonly keyHeads?: number;
	/** Whether a query sees no key after its own place. Default no. */
	readonly causal?: boolean;
	/** By what scores are multiplied: 1/√width by default. */
	readonly scale?: number;
}

/**
 * The mean of values, weighed by how well their keys meet the query (Vaswani et al. 2017). All `[batch, heads, time, width]`, or with `heads`
 * inside of the width; there may be fewer heads of keys and values than of queries, each then serves a group. Needs opset 23.
 */
export function attentionOf(
	q: Value,
	k: Value,
	v: Value,
	{ mask, heads, keyHeads = heads, causal = false, scale }: AttentionOptions = {},
): Value {
	const attributes: Attributes = {
		is_causal: causal ? 1 : 0,
		...(scale !== undefined && { scale: { float: scale } }),
		...(heads !== undefined && { q_num_heads: heads, kv_num_heads: keyHeads! }),
	};
	return node('Attention', operators.Attention, mask ? [q, k, v, mask] : [q, k, v], attributes)[0]!;
}
