// The gradient of attention, written out: P = softmax(scale Q Kᵀ + bias), Y = P V.
import { scalar } from '../constant.js';
import { ShapeError } from '../errors.js';
import type { operators as attention } from '../ops/attention.js';
import { add, mul, sub, where } from '../ops/elementwise.js';
import { places } from '../ops/generators.js';
import { greaterOrEqual, isNan } from '../ops/logic.js';
import { matMul } from '../ops/matmul.js';
import { expand, reshape, transpose, unsqueeze } from '../ops/movement.js';
import { softmax } from '../ops/normalization.js';
import { reduceSum } from '../ops/reduce.js';
import type { Node, Value } from '../value.js';
import { floatAttribute, type Gradient } from './rule.js';

/** `[batch, time, heads · width]` as `[batch, heads, time, width]`; what has four dimensions stays. */
function split(x: Value, heads: number): Value {
	if (x.shape.length === 4) return x;
	const [batch, time, whole] = x.shape;
	return transpose(reshape(x, [batch!, time!, heads, (whole as number) / heads]), [0, 2, 1, 3]);
}

/** The way back, to the shape of `x`. */
const joined = (value: Value, x: Value) => (x.shape.length === 4 ? value : reshape(transpose(value, [0, 2, 1, 3]), x.shape, [x]));

/** Heads of keys or values repeated for each of their group's queries. */
function repeated(x: Value, heads: number): Value {
	const [batch, own, time, width] = x.shape;
	if (own === heads) return x;
	const times = heads / (own as number);
	return reshape(expand(unsqueeze(x, [2]), [batch!, own!, times, time!, width!], [x]), [batch!, heads, time!, width!], [x]);
}

/** The way back: the gradients of a group added up. */
function gathered(value: Value, heads: number): Value {
	const [batch, own, time, width] = value.shape;
	if (own === heads) return value;
	return reduceSum(reshape(value, [batch!, heads, (own as number) / heads, time!, width!], [value]), { axes: [2] });
}

/** The scores with −∞ where a query does not see a key, and numbers of the mask added. */
function masked(scores: Value, mask: Value | undefined, causal: boolean): Value {
	const seen = (value: Value, who: Value) => where(who, value, Number.NEGATIVE_INFINITY);
	const before = causal ? seen(scores, greaterOrEqual(unsqueeze(places(scores, 2), [1]), places(scores, 3))) : scores;
	if (!mask) return before;
	return mask.dtype === 'bool' ? seen(before, mask) : add(before, mask);
}

/** What the gradient does not cover: keys of the past, lengths of keys, bounded scores, windows (opset 25). */
function check([, , , , past, , lengths]: readonly Value[], node: Node) {
	const windows = ['left_window_size', 'right_window_size'].filter((name) => Number(node.attributes[name] ?? -1) >= 0);
	const given = [...(past ? ['past_key'] : []), ...(lengths ? ['nonpad_kv_seqlen'] : [])];
	const refused = [...given, ...(floatAttribute(node, 'softcap', 0) !== 0 ? ['softcap'] : []), ...windows];
	if (refused.length > 0)
		throw new ShapeError(`Attention: expected no ${refused.join(', ')} for the gradient. Write it with matMul and softmax.`);
}

export const attentionGradients = {
	// dV = Pᵀ dY, dP = dY Vᵀ, dS = P (dP − Σ dP P), dQ = scale dS K, dK = scale dSᵀ Q; numbers added to the scores get dS.
	Attention: (dy, inputs, _y, node) => {
		check(inputs, node);
		const [query, key, value, mask] = inputs;
		const { q_num_heads: queryHeads, kv_num_heads: keyHeads, is_causal: causal } = node.attributes;
		const q = split(query!, queryHeads as number);
		const heads = q.shape[1] as number;
		const [ownKeys, ownValues] = [split(key!, keyHeads as number), split(value!, keyHeads as number)];
		const [k, v] = [repeated(ownKeys, heads), repeated(ownValues, heads)];
		const scale = floatAttribute(node, 'scale', 1 / Math.sqrt(q.shape[3] as number));
		const raw = softmax(masked(mul(matMul(q, transpose(k)), scale), mask, causal === 1));
		// A query that sees no key has the result 0.
		const p = mask || causal === 1 ? where(isNan(raw), scalar(0, raw.dtype), raw) : raw;
		const d = split(dy, heads);
		const dp = matMul(d, transpose(v));
		const ds = mul(p, sub(dp, reduceSum(mul(dp, p), { axes: [3], keep: true })));
		const scaled = mul(ds, scale);
		const back = (gradient: Value, own: Value, given: Value) => joined(gathered(gradient, own.shape[1] as number), given);
		return [
			joined(matMul(scaled, k), query!),
			back(matMul(transpose(scaled), q), ownKeys, key!),
			back(matMul(transpose(p), d), ownValues, value!),
			ds,
		];
	},
} satisfies Record<keyof typeof attention, Gradient | null>;
