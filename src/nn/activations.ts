// Activation functions as layers, so that they can stand among others. What each computes is said at its operator.
import { ops, type Value } from '../graph/index.js';
import type { Layer } from './layer.js';

const plain =
	(apply: (x: Value) => Value): (() => Layer<[x: Value]>) =>
	() => ({ parameters: {}, apply: (x) => apply(x) });

/** max(x, 0). */
export const relu = plain(ops.relu);
/** An ELU scaled so that layers keep mean 0 and variance 1. */
export const selu = plain(ops.selu);
/** ln(1 + eˣ). */
export const softplus = plain(ops.softplus);
/** 1 / (1 + e⁻ˣ). */
export const sigmoid = plain(ops.sigmoid);
export const tanh = plain(ops.tanh);
/** x where it is positive, `slope` x elsewhere. */
export const leakyRelu = ({ slope = 0.01 } = {}) => plain((x) => ops.leakyRelu(x, slope))();
/** x where it is positive, `alpha` (eˣ − 1) elsewhere. */
export const elu = ({ alpha = 1 } = {}) => plain((x) => ops.elu(x, alpha))();
/** x Φ(x); `tanh` for its approximation. */
export const gelu = (options: { readonly approximate?: 'none' | 'tanh' } = {}) => plain((x) => ops.gelu(x, options))();
