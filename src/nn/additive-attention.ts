// Additive attention (Bahdanau et al. 2015): how well a key answers a query is vᵀ tanh(W q + U k).

import { type Kinds, optionsOf } from '../base/index.js';
import { ops, ShapeError, scope, showShape, type Value } from '../graph/index.js';
import { type Attended, type AttentionMask, attentionBias, maskedSoftmax } from './attention.js';
import { of } from './kinds.js';
import type { Layer, Mode } from './layer.js';
import { linear } from './linear.js';

/** Sizes of additive attention. */
export interface AdditiveAttentionOptions {
	/** Numbers in a query. */
	readonly queryWidth: number;
	/** Numbers in a key. */
	readonly keyWidth: number;
	/** Numbers that both are mapped to. */
	readonly hidden: number;
	/** The share of weights dropped in training. Default 0. */
	readonly dropout?: number;
}

const kinds: Kinds<AdditiveAttentionOptions> = { queryWidth: of.size, keyWidth: of.size, hidden: of.size, dropout: of.rate };

/** The keys and values that queries look at. */
export interface AttentionInputs extends AttentionMask {
	/** The keys, `[batch, m, …]`. The queries themselves by default. */
	readonly memory?: Value;
	/** What is gathered where a key answers, `[batch, m, …]`. The keys by default. */
	readonly values?: Value;
}

/**
 * Queries `[batch, n, queryWidth]` look at keys `[batch, m, keyWidth]`: the output is `[batch, n, e]`, values being `[batch, m, e]`. Queries and keys may
 * have different widths. Parameters are called `W_q`, `W_k` and `w_v`, as in Dive into Deep Learning. Takes memory for n · m · hidden numbers.
 */
export function additiveAttention(
	options: AdditiveAttentionOptions,
): Layer<[queries: Value, mode: Mode, given?: AttentionInputs], Attended> {
	const { queryWidth, keyWidth, hidden, dropout = 0 } = optionsOf('additiveAttention', options, kinds);
	const ofQueries = linear({ in: queryWidth, out: hidden, bias: false });
	const ofKeys = linear({ in: keyWidth, out: hidden, bias: false });
	const score = linear({ in: hidden, out: 1, bias: false });
	return {
		parameters: { W_q: ofQueries.parameters, W_k: ofKeys.parameters, w_v: score.parameters },
		apply: (queries, mode, { memory: keys = queries, values = keys, ...mask } = {}) =>
			scope('additiveAttention', () => {
				for (const [value, width] of [[queries, queryWidth] as const, [keys, keyWidth] as const]) {
					if (value.shape.length !== 3 || value.shape[2] !== width)
						throw new ShapeError(
							`additiveAttention: expected batch×time×${width}, got ${showShape(value.shape)}. Set queryWidth and keyWidth, or add a projection.`,
						);
				}
				// [batch, n, 1, hidden] + [batch, 1, m, hidden]
				const both = ops.add(ops.unsqueeze(ofQueries.apply(queries), [2]), ops.unsqueeze(ofKeys.apply(keys), [1]));
				const scores = ops.squeeze(score.apply(ops.tanh(both)), [3]);
				const weights = maskedSoftmax(scores, attentionBias(queries, keys, mask), { dropout, mode });
				return { output: ops.matMul(weights, values), weights };
			}),
	};
}
