// Activation functions as layers, so that they can stand among others. What each computes is said at its operator.

import { is, optionsOf } from '../base/index.js';
import { ops, scope, type Value } from '../graph/index.js';
import { of } from './kinds.js';
import type { Layer } from './layer.js';

const plain =
	(name: string, apply: (x: Value) => Value): (() => Layer<[x: Value]>) =>
	() => ({ parameters: {}, apply: (x) => scope(name, () => apply(x)) });

/** max(x, 0). */
export const relu = plain('relu', ops.relu);
/** An ELU scaled so that layers keep mean 0 and variance 1. */
export const selu = plain('selu', ops.selu);
/** ln(1 + eˣ). */
export const softplus = plain('softplus', ops.softplus);
/** 1 / (1 + e⁻ˣ). */
export const sigmoid = plain('sigmoid', ops.sigmoid);
export const tanh = plain('tanh', ops.tanh);
/** x where it is positive, `slope` x elsewhere. */
export function leakyRelu(options: { readonly slope?: number } = {}): Layer<[x: Value]> {
	const { slope = 0.01 } = optionsOf('leakyRelu', options, { slope: of.number });
	return plain('leakyRelu', (x) => ops.leakyRelu(x, slope))();
}
/** x where it is positive, `alpha` (eˣ − 1) elsewhere. */
export function elu(options: { readonly alpha?: number } = {}): Layer<[x: Value]> {
	const { alpha = 1 } = optionsOf('elu', options, { alpha: of.number });
	return plain('elu', (x) => ops.elu(x, alpha))();
}
/** x Φ(x); `tanh` for its approximation. */
export function gelu(options: { readonly approximate?: 'none' | 'tanh' } = {}): Layer<[x: Value]> {
	const given = optionsOf('gelu', options, { approximate: is.one('none', 'tanh') });
	return plain('gelu', (x) => ops.gelu(x, given))();
}
