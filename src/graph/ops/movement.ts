// Operators that change shapes and the order of axes, but no element.
import { constantNumbers, integers } from '../constant.js';
import {
	broadcastShapes,
	canonicalShape,
	type Dim,
	knownProduct,
	productDims,
	quotientDims,
	type Shape,
	sameShape,
	showShape,
} from '../dim.js';
import { node, type ShapeRule, type Value } from '../value.js';
import { axesIn, axisIn } from './axes.js';
import { orderOf } from './axis-order.js';
import { type Operator, operator } from './operator.js';
import { concat } from './parts.js';
import { sizeFrom, sizeOfOne } from './size-from.js';
import { shapeOf } from './sizes.js';

export const operators = {
	// Target sizes are known where they are constant; `reshape` states the rest (see `reshaped`).
	Reshape: operator(
		([x, sizes], _attributes, fail) => {
			const target = constantNumbers(sizes) ?? fail('expected constant sizes, or a stated shape');
			const dims: Dim[] = target.map((size, axis) =>
				size === 0 ? (x!.shape[axis] ?? fail('size 0 copies a dimension that is not there')) : size,
			);
			const open = dims.indexOf(-1);
			if (open >= 0) {
				const rest = productDims(dims.filter((_, axis) => axis !== open));
				const whole = productDims(x!.shape);
				dims[open] = quotientDims(whole, rest) ?? fail(`cannot tell ${whole} / ${rest}`);
				if (productDims([dims[open], rest]) !== whole) fail(`expected as many elements in ${showShape(dims)}`);
			}
			return [{ dtype: x!.dtype, shape: dims }];
		},
		{ inputs: 2, kind: 'view' },
	),
	Flatten: operator(
		([x], { axis = 1 }, fail) => {
			const [rank, at] = [x!.shape.length, axis as number];
			// One cut more than there are axes: before each of them, and after the last.
			const cut = at === rank ? rank : axisIn(rank, at, fail);
			return [{ dtype: x!.dtype, shape: [productDims(x!.shape.slice(0, cut)), productDims(x!.shape.slice(cut))] }];
		},
		{ inputs: 1, kind: 'view' },
	),
	Transpose: operator(
		([x], attributes, fail) => {
			const order = orderOf(x!, attributes);
			const sorted = [...order].sort((a, b) => a - b);
			if (order.length !== x!.shape.length || sorted.some((axis, place) => axis !== place))
				fail(`expected an order of ${x!.shape.length} axes, got ${order.join(', ')}. Name each axis once`);
			return [{ dtype: x!.dtype, shape: order.map((axis) => x!.shape[axis]!) }];
		},
		{ inputs: 1, kind: 'moving' },
	),
	Expand: operator(
		([x, sizes], _attributes, fail) => {
			const target = constantNumbers(sizes) ?? fail('expected constant sizes, or a stated shape');
			const shape = broadcastShapes(x!.shape, target) ?? fail(`cannot repeat ${showShape(x!.shape)} to ${showShape(target)}`);
			return [{ dtype: x!.dtype, shape }];
		},
		{ inputs: 2, kind: 'moving' },
	),
	Squeeze: operator(
		([x, axes], _attributes, fail) => {
			const rank = x!.shape.length;
			const ones = x!.shape.flatMap((dim, axis) => (dim === 1 ? [axis] : []));
			const gone = axesIn(rank, axes ? (constantNumbers(axes) ?? fail('expected constant axes')) : ones, fail);
			for (const axis of gone) if (x!.shape[axis] !== 1) fail(`expected size 1 on axis ${axis}, got ${x!.shape[axis]}`);
			return [{ dtype: x!.dtype, shape: x!.shape.filter((_, axis) => !gone.has(axis)) }];
		},
		{ inputs: [1, 2], kind: 'view' },
	),
	Unsqueeze: operator(
		([x, axes], _attributes, fail) => {
			const list = constantNumbers(axes) ?? fail('expected constant axes');
			const rank = x!.shape.length + list.length;
			const made = axesIn(rank, list, fail);
			const old = x!.shape[Symbol.iterator]();
			return [{ dtype: x!.dtype, shape: Array.from({ length: rank }, (_, axis) => (made.has(axis) ? 1 : old.next().value!)) }];
		},
		{ inputs: 2, kind: 'view' },
	),
} satisfies Record<string, Operator>;

/** The shape that the caller states, which must hold as many elements: where names are the same on both sides, numbers must agree. */
const reshaped =
	(shape: Shape): ShapeRule =>
	([x], _attributes, fail) => {
		const names = (dims: Shape) => dims.filter((dim) => typeof dim === 'string').sort();
		const known = sameShape(names(x!.shape), names(shape));
		if (known && knownProduct(x!.shape) !== knownProduct(shape))
			fail(`expected as many elements in ${showShape(shape)}. Correct a size, or leave one open by a new name`);
		return [{ dtype: x!.dtype, shape }];
	};

/** The shape that the caller states, to which the value must broadcast. */
const expanded =
	(shape: Shape): ShapeRule =>
	([x], _attributes, fail) => {
		const both = broadcastShapes(x!.shape, shape);
		if (!both || !sameShape(both, shape)) fail(`cannot repeat ${showShape(x!.shape)} to ${showShape(shape)}. Sizes must be equal or 1`);
		return [{ dtype: x!.dtype, shape }];
	};

/**
 * Sizes for a shape with names, each read from a value that has it; with `infer` one may stay open (-1): the first that no value has, but beside
 * other names only where it cannot be computed. One of these may be 0 when the graph runs, and nothing can be inferred then.
 */
function sizesOf(shape: Shape, from: readonly Value[], { who, infer }: { who: string; infer: boolean }): Value {
	let open = infer;
	const sizes = shape.map((dim, axis) => {
		const alone = shape.every((other, place) => place === axis || (typeof other === 'number' && other > 0));
		const known = sizeOfOne(dim, from) ?? (open && alone ? undefined : sizeFrom(dim, from));
		if (known) return known;
		if (!open)
			throw new TypeError(`${who}: expected a value that has the size ${dim} of ${showShape(shape)}, got none. Pass one in \`from\`.`);
		open = false;
		return integers([-1]);
	});
	const numbers = sizes.map((size) => constantNumbers(size)?.[0]);
	return numbers.every((size) => size !== undefined) ? integers(numbers) : concat(sizes, 0);
}

/** Whether a vector of sizes leaves one open. */
const isOpen = (sizes: Value) => (sizes.node?.inputs ?? [sizes]).some((part) => constantNumbers(part)?.includes(-1));

/** The same elements in another shape. Named sizes are read from `x` or the values in `from`; one may be left to be inferred. */
export function reshape(x: Value, stated: Shape, from: readonly Value[] = []): Value {
	const shape = canonicalShape(stated);
	if (sameShape(x.shape, shape)) return x;
	const sizes = sizesOf(shape, [x, ...from], { who: 'reshape', infer: true });
	// Without this a size of 0 would mean: as it was.
	const exact = shape.includes(0) || (shape.some((dim) => typeof dim === 'string') && !isOpen(sizes));
	return node('Reshape', reshaped(shape), [x, sizes], exact ? { allowzero: 1 } : {})[0]!;
}

/** `x` repeated along axes of size 1 to the shape of `like`. */
export function expandTo(x: Value, like: Value): Value {
	return sameShape(x.shape, like.shape) ? x : node('Expand', expanded(like.shape), [x, shapeOf(like)])[0]!;
}

/** `x` repeated along axes of size 1 to a shape. Named sizes are read from the values in `from`. */
export function expand(x: Value, stated: Shape, from: readonly Value[]): Value {
	const shape = canonicalShape(stated);
	return sameShape(x.shape, shape)
		? x
		: node('Expand', expanded(shape), [x, sizesOf(shape, [x, ...from], { who: 'expand', infer: false })])[0]!;
}

/** The axes before `axis` made one, and those from it on. */
export function flatten(x: Value, axis = 1): Value {
	return node('Flatten', operators.Flatten, [x], { axis })[0]!;
}

/** Axes in another order; the last two exchanged by default. */
export function transpose(x: Value, order?: readonly number[]): Value {
	const axes = x.shape.map((_, axis) => axis);
	const perm = order ?? [...axes.slice(0, -2), ...axes.slice(-2).reverse()];
	return node('Transpose', operators.Transpose, [x], { perm })[0]!;
}

/** Axes of size 1 removed. */
export function squeeze(x: Value, axes: readonly number[]): Value {
	return axes.length === 0 ? x : node('Squeeze', operators.Squeeze, [x, integers(axes)])[0]!;
}

/** Axes of size 1 added, at their places in the result. */
export function unsqueeze(x: Value, axes: readonly number[]): Value {
	return axes.length === 0 ? x : node('Unsqueeze', operators.Unsqueeze, [x, integers(axes)])[0]!;
}
