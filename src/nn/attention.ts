// Scaled dot-product attention: softmax(Q Kᵀ / √d) V (Vaswani et al. 2017, §3.2.1), and its masks.
import { ops, ShapeError, scalar, scope, showShape, type Value } from '../graph/index.js';
import { dropped } from './dropout.js';
import type { Mode } from './layer.js';
import { farBelow } from './lowest.js';
import { type Offset, placesFrom } from './offset.js';

const { add, and, cast, less, lessOrEqual, matMul, mul, reshape, softmax, transpose, unsqueeze, where } = ops;

/** What attention may look at. */
export interface AttentionMask {
	/** How many keys each element of the batch has, int32 `[batch]`: padding is not looked at. */
	readonly lengths?: Value;
	/** Whether a query looks at keys up to its own place only. Default false. */
	readonly causal?: boolean;
	/**
	 * With `causal`: the place of the first query among the keys, 0 by default. Where keys of 5 earlier steps stand before those of the queries,
	 * it is 5.
	 */
	readonly offset?: Offset;
	/** Which keys each query may look at: bool `[batch, …, queries, keys]`, or what broadcasts to it. */
	readonly allowed?: Value;
}

/** How attention is applied. */
export interface AttentionOptions extends AttentionMask {
	/** The share of weights dropped in training. */
	readonly dropout?: number;
	readonly mode?: Mode;
}

/** What attention gives that also tells where it looked. */
export interface Attended {
	/** For each query the mean of the values, by its weights. */
	readonly output: Value;
	/** `[…, queries, keys]`: the shares of the keys, 1 in all for each query. A heat map shows them. */
	readonly weights: Value;
}

/** What to add to the scores `[batch, …, queries, keys]` of queries and keys `[batch, …, time, width]`: 0, or a number that makes a weight 0. */
export function attentionBias(queries: Value, keys: Value, { lengths, causal = false, offset, allowed }: AttentionMask): Value | undefined {
	if (offset !== undefined && !causal)
		throw new TypeError('attention: expected causal: true beside offset, got none. Leave offset out, or set causal.');
	const keyPlaces = () => unsqueeze(placesFrom('attention', keys, -2), [0]);
	const conditions: Value[] = [];
	if (lengths) {
		const axes = queries.shape.length;
		if (axes < 3)
			throw new ShapeError(`attention: expected batch×time×width beside lengths, got ${showShape(queries.shape)}. Leave lengths out.`);
		const within = less(keyPlaces(), unsqueeze(cast(lengths, 'int32'), [1]));
		// [batch, keys] becomes [batch, 1, keys] beside scores [batch, queries, keys], and [batch, 1, 1, keys] where there are heads.
		const between = Array.from({ length: axes - 2 }, (_, axis) => axis + 1);
		conditions.push(unsqueeze(within, between));
	}
	if (causal) conditions.push(lessOrEqual(keyPlaces(), unsqueeze(placesFrom('attention', queries, -2, offset), [1])));
	if (allowed) conditions.push(allowed);
	if (conditions.length === 0) return undefined;
	return where(
		conditions.reduce((a, b) => and(a, b)),
		scalar(0, queries.dtype),
		farBelow(queries.dtype),
	);
}

/** The weights that scores `[…, queries, keys]` make: their softmax with a bias on them, some dropped in training. */
export function maskedSoftmax(
	scores: Value,
	bias: Value | undefined,
	{ dropout = 0, mode }: Pick<AttentionOptions, 'dropout' | 'mode'> = {},
): Value {
	const weights = softmax(bias ? add(scores, bias) : scores);
	return mode ? dropped(weights, dropout, mode) : weights;
}

/** The weights of `attention` alone: `[…, n, m]`. */
export function attentionWeights(queries: Value, keys: Value, { dropout = 0, mode, ...mask }: AttentionOptions = {}): Value {
	const width = queries.shape.at(-1);
	if (typeof width !== 'number' || keys.shape.at(-1) !== width)
		throw new ShapeError(
			`attention: expected queries and keys of one known width, got ${showShape(queries.shape)} and ${showShape(keys.shape)}. Project one of them.`,
		);
	const scores = mul(matMul(queries, transpose(keys)), 1 / Math.sqrt(width));
	return maskedSoftmax(scores, attentionBias(queries, keys, mask), { dropout, ...(mode && { mode }) });
}

/** Attention of queries `[…, n, d]` over keys `[…, m, d]` and their values `[…, m, e]`: `[…, n, e]`. The batch is the first axis. */
export function attention(queries: Value, keys: Value, values: Value, options: AttentionOptions = {}): Value {
	return scope('attention', () => matMul(attentionWeights(queries, keys, options), values));
}

/** `[batch, time, width]` as `[batch, heads, time, width / heads]`. */
export function intoHeads(x: Value, heads: number): Value {
	const [batch, time, width] = x.shape;
	return transpose(reshape(x, [batch!, time!, heads, (width as number) / heads]), [0, 2, 1, 3]);
}

/** `[batch, heads, time, width]` as `[batch, time, heads·width]`. */
export function fromHeads(x: Value): Value {
	const [batch, heads, time, width] = x.shape as [Value['shape'][number], number, Value['shape'][number], number];
	return reshape(transpose(x, [0, 2, 1, 3]), [batch, time, heads * width]);
}
