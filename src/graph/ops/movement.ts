// Operators that change shapes and the order of axes, but no element.
import { constantNumbers, integers, scalar } from '../constant.js';
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
import { type Arithmetic, compute } from '../size-sum.js';
import { type Attributes, node, type Rule, type Value } from '../value.js';
import { axesIn, axisFor, axisIn } from './axes.js';
import { add, div, min, mul } from './elementwise.js';
import { type Operator, operator } from './operator.js';
import { concat } from './parts.js';

/** The order of axes that a Transpose names; turned round where it names none. */
export const orderOf = ({ shape }: Value, { perm }: Attributes): readonly number[] =>
	(perm as readonly number[] | undefined) ?? shape.map((_, axis) => shape.length - 1 - axis);

export const movement = {
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
	Size: operator(() => [{ dtype: 'int64', shape: [] }], { inputs: 1, kind: 'moving' }),
	Shape: operator(
		([x], { start = 0, end: stop = x!.shape.length }) => [
			{ dtype: 'int64', shape: [x!.shape.slice(start as number, stop as number).length] },
		],
		{ inputs: 1, kind: 'moving' },
	),
} satisfies Record<string, Operator>;

/** The shape that the caller states, which must hold as many elements: where names are the same on both sides, numbers must agree. */
const reshaped =
	(shape: Shape): Rule =>
	([x], _attributes, fail) => {
		const names = (dims: Shape) => dims.filter((dim) => typeof dim === 'string').sort();
		const known = sameShape(names(x!.shape), names(shape));
		if (known && knownProduct(x!.shape) !== knownProduct(shape))
			fail(`expected as many elements in ${showShape(shape)}. Correct a size, or leave one open by a new name`);
		return [{ dtype: x!.dtype, shape }];
	};

/** The shape that the caller states, to which the value must broadcast. */
const expanded =
	(shape: Shape): Rule =>
	([x], _attributes, fail) => {
		const both = broadcastShapes(x!.shape, shape);
		if (!both || !sameShape(both, shape)) fail(`cannot repeat ${showShape(x!.shape)} to ${showShape(shape)}. Sizes must be equal or 1`);
		return [{ dtype: x!.dtype, shape }];
	};

/** The sizes of a value, as int64. */
export function shapeOf(x: Value): Value {
	return x.shape.every((dim) => typeof dim === 'number') ? integers(x.shape as number[]) : node('Shape', movement.Shape, [x])[0]!;
}

/** One size of a value, as int64 of one element. */
export function sizeAt(x: Value, axis: number): Value {
	const at = axisFor('Shape', x, axis);
	const dim = x.shape[at]!;
	return typeof dim === 'number' ? integers([dim]) : node('Shape', movement.Shape, [x], { start: at, end: at + 1 })[0]!;
}

/** The number of elements of a value, as an int64 scalar. */
export function sizeOfAll(x: Value): Value {
	return x.shape.every((dim) => typeof dim === 'number') ? scalar(knownProduct(x.shape), 'int64') : node('Size', movement.Size, [x])[0]!;
}

/** A size as int64 of one element, read from a value that has it. */
function sizeOfOne(dim: Dim, from: readonly Value[]): Value | undefined {
	if (typeof dim === 'number') return integers([dim]);
	const source = from.find(({ shape }) => shape.includes(dim));
	return source && sizeAt(source, source.shape.indexOf(dim));
}

/** Arithmetic with sizes while the graph runs. */
const sizeNodes: Omit<Arithmetic<Value>, 'name'> = {
	number: (value) => integers([value]),
	plus: add,
	times: mul,
	// Rounded down: ONNX divides towards 0, and -1 comes of a slice without elements.
	windows: (last, stride) => div(add(last, stride), stride),
	least: (size, most) => min(size, most),
};

/** A size as int64 of one element, read from values that have it, or computed from sizes that they have: `batch*time-2`. */
export function sizeFrom(dim: Dim, from: readonly Value[]): Value | undefined {
	const read = (name: string) => sizeOfOne(name, from);
	const known = sizeOfOne(dim, from) ?? compute(dim, { ...sizeNodes, name: read, whole: read });
	if (known) return known;
	// They may have a sum whose parts they do not have: `batch*time-batch*2` is `batch` times `time-2`.
	for (const factor of new Set(from.flatMap(({ shape }) => shape.filter((size) => typeof size === 'string')))) {
		const left = quotientDims(dim, factor);
		const size = left === undefined ? undefined : sizeFrom(left, from);
		if (size) return mul(size, sizeOfOne(factor, from)!);
	}
	return undefined;
}

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
	return node('Flatten', movement.Flatten, [x], { axis })[0]!;
}

/** Axes in another order; the last two exchanged by default. */
export function transpose(x: Value, order?: readonly number[]): Value {
	const axes = x.shape.map((_, axis) => axis);
	const perm = order ?? [...axes.slice(0, -2), ...axes.slice(-2).reverse()];
	return node('Transpose', movement.Transpose, [x], { perm })[0]!;
}

/** Whether a value is matrices transposed: its last two axes changed places, the others stayed. Products read such operands without a copy. */
export function isTurned({ node, shape: { length: rank } }: Value): boolean {
	const perm = node?.op === 'Transpose' ? orderOf(node.inputs[0]!, node.attributes) : [];
	return rank > 1 && perm.length === rank && perm.every((axis, place) => axis === (place < rank - 2 ? place : 2 * rank - 3 - place));
}

/** Axes of size 1 removed. */
export function squeeze(x: Value, axes: readonly number[]): Value {
	return axes.length === 0 ? x : node('Squeeze', movement.Squeeze, [x, integers(axes)])[0]!;
}

/** Axes of size 1 added, at their places in the result. */
export function unsqueeze(x: Value, axes: readonly number[]): Value {
	return axes.length === 0 ? x : node('Unsqueeze', movement.Unsqueeze, [x, integers(axes)])[0]!;
}
