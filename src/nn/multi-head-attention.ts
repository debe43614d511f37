// Multi-head attention (Vaswani et al. 2017, §3.2.2): attention in several projections side by side.

import { type Kinds, optionsOf } from '../base/index.js';
import { ops, type Parameter, parameter, ShapeError, scalar, scope, showShape, type Value } from '../graph/index.js';
import { type AttentionMask, attentionWeights, fromHeads, intoHeads } from './attention.js';
import { uniform, xavierUniform, zeros } from './initializers.js';
import { of } from './kinds.js';
import type { Layer, Mode } from './layer.js';
import { farBelow } from './lowest.js';

const { add, concat, matMul, mul, reduceSum, slice, softmax, split, transpose, unsqueeze, where } = ops;

/** Sizes of multi-head attention. */
export interface MultiHeadOptions {
	readonly width: number;
	readonly heads: number;
	/** The share of attention weights dropped in training. Default 0. */
	readonly dropout?: number;
}

const kinds: Kinds<MultiHeadOptions> = { width: of.size, heads: of.size, dropout: of.rate };

/** What is looked at, projected: `[batch, heads, keys, width / heads]` each. Kept from step to step, it is not projected again. */
export interface KeysAndValues {
	readonly keys: Value;
	readonly values: Value;
}

/** What it is applied to. */
export interface MultiHeadInputs extends AttentionMask {
	/** What is looked at: keys and values, `[batch, keys, width]`, or what `project` made of them. The queries themselves by default. */
	readonly memory?: Value | KeysAndValues;
}

/** Multi-head attention, and where its queries look. */
export interface MultiHeadAttention extends Layer<[x: Value, mode: Mode, given?: MultiHeadInputs]> {
	/** The shares of the keys for each query, `[batch, heads, time, keys]`. */
	weights(x: Value, mode: Mode, given?: MultiHeadInputs): Value;
	/** The keys and values of a memory `[batch, keys, width]`. */
	project(memory: Value): KeysAndValues;
	/** One step of several sequences, `[batch, sequences, width]`: each looks at those of its tokens before, and at itself. */
	step(x: Value, past: SequencesPast): SequencesStep;
}

/** The tokens before of the sequences of each element of a batch. */
export interface SequencesPast {
	/** Those of all its sequences, in any order: `[batch, heads, past, width / heads]` each. */
	readonly past: KeysAndValues;
	/** Which of them each sequence has: bool `[batch, sequences, past]`. Default all. */
	readonly has?: Value;
}

/** What a step gives. */
export interface SequencesStep {
	/** `[batch, sequences, width]` */
	readonly output: Value;
	/** The keys and values of its tokens, `[batch, heads, sequences, width / heads]`: they are of the past in the next step. */
	readonly own: KeysAndValues;
}

/**
 * Queries `[batch, time, width]` look at themselves, or at a memory: `[batch, time, width]`. Parameters are PyTorch's: `in_proj_weight`
 * `[3·width, width]` holds the projections of queries, keys and values.
 */
export function multiHeadAttention(options: MultiHeadOptions): MultiHeadAttention {
	const { width, heads, dropout = 0 } = optionsOf('multiHeadAttention', options, kinds);
	if (!Number.isInteger(width / heads))
		throw new RangeError(`multiHeadAttention: expected a width that heads divide, got ${width} and ${heads}. Change one of them.`);
	const projection = parameter([3 * width, width], xavierUniform());
	const bias = parameter([3 * width], zeros);
	const out: Record<string, Parameter> = {
		weight: parameter([width, width], uniform(1 / Math.sqrt(width))),
		bias: parameter([width], zeros),
	};
	const thirds = [width, width, width];
	const expectWidth = (value: Value) => {
		if (value.shape.length !== 3 || value.shape[2] !== width)
			throw new ShapeError(
				`multiHeadAttention: expected batch×time×${width}, got ${showShape(value.shape)}. Set width: ${value.shape.at(-1)} or add a projection.`,
			);
	};
	/** A third of the weights at a time: queries, keys or values. Three products are cheaper than one product whose result is cut. */
	const third = (x: Value, place: number) => {
		expectWidth(x);
		return intoHeads(affine(x, split(projection, thirds, 0)[place]!, split(bias, thirds, 0)[place]!), heads);
	};
	const project = (memory: Value): KeysAndValues => ({ keys: third(memory, 1), values: third(memory, 2) });
	const looked = (x: Value, mode: Mode, { memory = x, ...mask }: MultiHeadInputs = {}) => {
		const queries = third(x, 0);
		const { keys, values } = 'keys' in memory ? memory : project(memory);
		return { values, weights: scope('attention', () => attentionWeights(queries, keys, { ...mask, dropout, mode })) };
	};
	return {
		parameters: { in_proj_weight: projection, in_proj_bias: bias, out_proj: out },
		apply: (x, mode, given) =>
			scope('multiHeadAttention', () => {
				const { weights, values } = looked(x, mode, given);
				return affine(fromHeads(scope('attention', () => matMul(weights, values))), out.weight!, out.bias!);
			}),
		weights: (x, mode, given) => scope('multiHeadAttention', () => looked(x, mode, given).weights),
		project: (memory) => scope('multiHeadAttention', () => project(memory)),
		step: (x, { past, has }) =>
			scope('multiHeadAttention', () => {
				const [queries, own] = [mul(third(x, 0), 1 / Math.sqrt(width / heads)), project(x)];
				const before = matMul(queries, transpose(past.keys));
				const bias = has && unsqueeze(where(has, scalar(0, x.dtype), farBelow(x.dtype)), [1]);
				const itself = reduceSum(mul(queries, own.keys), { axes: [3], keep: true });
				const weights = softmax(concat([bias ? add(before, bias) : before, itself], 3));
				const [ofPast, ofOwn] = [slice(weights, 3, 0, -1), slice(weights, 3, -1)];
				const seen = add(matMul(ofPast, past.values), mul(ofOwn, own.values));
				return { output: affine(fromHeads(seen), out.weight!, out.bias!), own };
			}),
	};
}

/** x Wᵀ + b over the last axis, as one product of all rows. */
function affine(x: Value, weight: Value, bias: Value): Value {
	return add(matMul(x, transpose(weight)), bias);
}
