// A product of joined values is a sum of products: [x, h] W = x W₁ + h W₂. The part that depends on no state then moves out of the loop.

import { axisOf } from '../ops/axes.js';
import { add } from '../ops/elementwise.js';
import { gemm, matMul } from '../ops/matmul.js';
import { concat, slice } from '../ops/parts.js';
import { type Node, remake, scopeOf, type Value } from '../value.js';
import { nodesBefore, operands } from '../walk.js';
import { isWhole, type Kinds } from './kinds.js';

/** The same values, with products of a constant and of values joined along the inner axis, some of them states and some not, taken apart. */
export function apart(values: readonly Value[], kinds: Kinds): readonly Value[] {
	const order = nodesBefore(values, { stop: (value) => kinds.isSame(value), next: operands });
	// Loops, and functions with gradients of their own, keep the values they were built on.
	const kept = new Set(order.flatMap((node) => (isWhole(node) ? operands(node).concat(node.inputs) : [])));
	const made = new Map<Value, Value>();
	const now = (value: Value) => made.get(value) ?? value;
	for (const node of order) {
		if (isWhole(node) || node.outputs.some((value) => kept.has(value))) continue;
		const inputs = node.inputs.map(now);
		const sum = scopeOf(node, () => sumOfProducts(node, { kinds, now }));
		const same = inputs.every((value, place) => value === node.inputs[place]);
		const results = sum ? [sum] : same ? node.outputs : remake(node, inputs);
		for (const [place, value] of node.outputs.entries()) made.set(value, results[place]!);
	}
	return values.map(now);
}

function sumOfProducts(
	{ op, inputs: [a, b, c], attributes }: Node,
	{ kinds, now }: { readonly kinds: Kinds; readonly now: (value: Value) => Value },
): Value | undefined {
	const joined = a?.node;
	if ((op !== 'MatMul' && op !== 'Gemm') || attributes.transA === 1 || joined?.op !== 'Concat' || !kinds.isSame(b!)) return undefined;
	const rank = a!.shape.length;
	if (axisOf(joined.attributes.axis as number, rank) !== rank - 1) return undefined;
	const transB = attributes.transB === 1;
	const axis = transB ? 1 : b!.shape.length - 2;
	const parts: { value: Value; carried: boolean; weight: Value }[] = [];
	let from = 0;
	for (const value of joined.inputs) {
		const width = value.shape.at(-1)!;
		if (typeof width !== 'number') return undefined;
		parts.push({ value: now(value), carried: kinds.of(value).carried, weight: slice(b!, axis, from, from + width) });
		from += width;
	}
	const [held, free] = [true, false].map((carried) => parts.filter((part) => part.carried === carried));
	if (held!.length === 0 || free!.length === 0) return undefined;
	const product = (some: typeof parts, addend?: Value) => {
		const left = concat(
			some.map(({ value }) => value),
			rank - 1,
		);
		const right = concat(
			some.map(({ weight }) => weight),
			axis,
		);
		return op === 'Gemm' ? gemm(left, right, addend, { transB }) : matMul(left, right);
	};
	const addend = c && now(c);
	return c && kinds.of(c).carried ? add(product(free!), product(held!, addend)) : add(product(free!, addend), product(held!));
}
