// What a gradient rule is.

import { sizeOf } from '../../tensors/tensor.js';
import { constantNumbers, scalar } from '../constant.js';
import { axisOf, reducedAxes } from '../ops/axes.js';
import { cast, mul } from '../ops/elementwise.js';
import { expandTo, squeeze, unsqueeze } from '../ops/movement.js';
import { sizeAt } from '../ops/sizes.js';
import type { Node, Value } from '../value.js';

/**
 * The reverse-mode rule of an operator: from the gradient of its first output to one gradient per input, undefined for an input
 * that has none (indices, shapes). A gradient may keep the broadcast shape: `backward` undoes broadcasting once for all.
 * An operator with several differentiable outputs takes their gradients from `all`; 0 stands for an output that nothing depends on.
 */
export type Gradient = (
	dy: Value,
	inputs: readonly Value[],
	y: Value,
	node: Node,
	all: readonly Value[],
	context: Context,
) => readonly (Value | undefined)[];

/** What a rule may ask beyond its own node. */
export interface Context {
	/** The gradient of each output, where the loss depends on it. */
	readonly found: readonly (Value | undefined)[];
	/** Whether anybody wants the gradient of a value. */
	readonly needed: (value: Value) => boolean;
	/** Differentiates a graph inside this one: see `backward.ts`. */
	readonly pullback: Pullback;
}

/** From the gradients of some values to those of others, not going beyond the values for which `stop` holds. */
export type Pullback = (
	outputs: readonly (readonly [value: Value, gradient: Value])[],
	values: readonly Value[],
	stop?: (value: Value) => boolean,
) => readonly (Value | undefined)[];

/** Zeros in the shape of `x`. */
export function zerosLike(x: Value): Value {
	return expandTo(scalar(0, x.dtype), x);
}

/** The number of elements on some axes of `x`, as a scalar of its type. */
export function countAlong(x: Value, axes: readonly number[]): Value {
	const sizes = axes.map((axis) => sizeAt(x, axis));
	const known = sizes.map((size) => constantNumbers(size)?.[0]);
	if (known.every((size) => size !== undefined)) return scalar(sizeOf(known), x.dtype);
	return cast(
		squeeze(
			sizes.reduce((product, size) => mul(product, size)),
			[0],
		),
		x.dtype,
	);
}

/** The value with the reduced axes back as size 1, so that it broadcasts against the reduction's input. */
export function keepReduced(value: Value, inputs: readonly Value[], node: Node): Value {
	return node.attributes.keepdims === 0 ? unsqueeze(value, reducedAxes(inputs)) : value;
}

/** The axis a node names, from the front. */
export function axisAttribute(node: Node, rank: number, fallback: number): number {
	return axisOf((node.attributes.axis as number | undefined) ?? fallback, rank)!;
}

/** A number that a node's attribute holds. */
export function floatAttribute({ attributes }: Node, name: string, fallback: number): number {
	const value = attributes[name];
	return typeof value === 'object' && 'float' in value ? value.float : fallback;
}
