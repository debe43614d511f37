// Attention pooling: the value at a query is a mean of the values of known keys, by how near they are (Nadaraya 1964, Watson 1964).

import { is, type Kinds, optionsOf } from '../base/index.js';
import { ops, parameter, ShapeError, scope, showShape, type Value } from '../graph/index.js';
import type { AttentionInputs } from './additive-attention.js';
import { type Attended, attentionBias, maskedSoftmax } from './attention.js';
import { constantly } from './initializers.js';
import type { Layer, Mode } from './layer.js';

const { constantOfShape, matMul, mul, reduceSum, squeeze, sub, unsqueeze } = ops;

/** Attention without weight matrices: over numbers, `[n]` and `[m]`, or vectors, `[…, n, d]` and `[…, m, d]`. */
export type AttentionPooling = Layer<[queries: Value, mode: Mode, given?: AttentionInputs], Attended>;

/** A row of numbers as vectors of one. */
const vectors = (x: Value) => (x.shape.length === 1 ? unsqueeze(x, [1]) : x);

/** A pooling by these scores `[…, n, m]` of queries and keys. */
function pooling(who: string, scoresOf: (queries: Value, keys: Value) => Value): AttentionPooling['apply'] {
	return (queries, _mode, { memory: keys = queries, values = keys, ...mask } = {}) =>
		scope(who, () => {
			if (queries.shape.length === 0 || keys.shape.length !== queries.shape.length)
				throw new ShapeError(
					`${who}: expected queries and keys of as many axes from 1, got ${showShape(queries.shape)} and ${showShape(keys.shape)}. Reshape one of them.`,
				);
			const [q, k] = [vectors(queries), vectors(keys)];
			const weights = maskedSoftmax(scoresOf(q, k), attentionBias(q, k, mask));
			const output = matMul(weights, vectors(values));
			return { output: values.shape.length === 1 ? squeeze(output, [1]) : output, weights };
		});
}

/** Every key has the same weight, wherever the query is: the mean of the values. */
export function averagePooling(): AttentionPooling {
	const scores = (q: Value, k: Value) => constantOfShape(0, [...q.shape.slice(0, -1), k.shape.at(-2)!], { dtype: q.dtype, from: [q, k] });
	return { parameters: {}, apply: pooling('averagePooling', scores) };
}

/** How far a key may be from a query. */
export interface KernelPoolingOptions {
	/** The deviation of the Gaussian around a query. Default 1. */
	readonly bandwidth?: number;
	/** Whether 1 / bandwidth is a parameter, which begins so. Default no. */
	readonly learned?: boolean;
}

const kinds: Kinds<KernelPoolingOptions> = {
	bandwidth: { ...is.positive, next: 'Take a typical distance between keys.' },
	learned: is.flag,
};

/**
 * Weights fall with the distance from the query by a Gaussian: softmax of −‖(q − k) w‖² / 2 over the keys, w being 1 / `bandwidth` (the parameter
 * `weight`, where it is learned). Takes memory for n · m · d numbers.
 *
 * @example
 * const { output, weights } = kernelPooling({ bandwidth: 0.5 }).apply(queries, prediction, { memory: keys, values });
 */
export function kernelPooling(options: KernelPoolingOptions = {}): AttentionPooling {
	const { bandwidth = 1, learned = false } = optionsOf('kernelPooling', options, kinds);
	const weight = learned ? parameter([1], constantly(1 / bandwidth)) : undefined;
	const scores = (q: Value, k: Value) => {
		const distance = mul(sub(unsqueeze(q, [-2]), unsqueeze(k, [-3])), weight ?? 1 / bandwidth);
		return mul(reduceSum(mul(distance, distance), { axes: [-1] }), -1 / 2);
	};
	return { parameters: weight ? { weight } : {}, apply: pooling('kernelPooling', scores) };
}
