// Gradients of operators that pick elements by index.
import { scalar } from '../constant.js';
import { productDims } from '../dim.js';
import { add, cast, div, mul, where } from '../ops/elementwise.js';
import { places } from '../ops/generators.js';
import { gatherElements, gatherND, type operators as indexing, scatterElements, scatterND } from '../ops/index-ops.js';
import { equal, less } from '../ops/logic.js';
import { expand, expandTo, reshape, squeeze, unsqueeze } from '../ops/movement.js';
import { slice } from '../ops/parts.js';
import { sizeAt } from '../ops/sizes.js';
import type { Node, Value } from '../value.js';
import { axisAttribute, type Gradient, zerosLike } from './rule.js';

/**
 * Zeros in the shape that `dy` has, but with `x`'s size along `axis`; there `dy` is added at `indices` (one axis of them). By ScatterElements,
 * not ScatterND: that one loses updates where indices repeat and two threads run.
 */
export function spreadAlong(dy: Value, indices: Value, x: Value, axis: number): Value {
	const others = dy.shape.flatMap((_, at) => (at === axis ? [] : [at]));
	const shape = dy.shape.map((dim, at) => (at === axis ? x.shape[axis]! : dim));
	const zeros = expand(scalar(0, dy.dtype), shape, [x, dy]);
	// ONNX Runtime's Expand does not repeat 0 times.
	if (dy.shape.includes(0)) return zeros;
	return scatterElements(zeros, expandTo(unsqueeze(indices, others), dy), dy, axis, 'add');
}

/** The number of each row that the indices of a GatherND pick, in `x` with its batch and its indexed axes made one: Horner's rule over the axes. */
function rowNumbers(x: Value, indices: Value, batch: number): Value {
	const depth = indices.shape.at(-1) as number;
	const [outer, inner] = [indices.shape.slice(0, batch), indices.shape.slice(batch, -1)];
	const table = cast(reshape(indices, [productDims(outer), productDims(inner), depth], [x]), 'int32');
	const texts = batch === 0 ? scalar(0, 'int32') : unsqueeze(places(table, 0), [1]);
	let number = texts;
	for (let at = 0; at < depth; at++) {
		const size = cast(squeeze(sizeAt(x, batch + at), [0]), 'int32');
		const index = squeeze(slice(table, 2, at, at + 1), [2]);
		number = add(mul(number, size), where(less(index, 0), add(index, size), index));
	}
	return reshape(number, [productDims([...outer, ...inner])], [x]);
}

/** The largest (or smallest) wins: the gradient goes to what equals the result, in equal parts. */
function winners(dy: Value, [x, indices, updates]: readonly Value[], y: Value, axis: number): [Value, undefined, Value] {
	const [kept, put] = [equal(x!, y), equal(updates!, gatherElements(y, indices!, axis))];
	const count = scatterElements(cast(kept, y.dtype), indices!, cast(put, y.dtype), axis, 'add');
	const part = div(dy, count);
	return [where(kept, part, 0), undefined, where(put, gatherElements(part, indices!, axis), 0)];
}

const batchDims = ({ attributes }: Node) => (attributes.batch_dims as number | undefined) ?? 0;

export const indexingGradients = {
	// The rows' gradients added up at their places.
	Gather: (dy, [x, indices], _y, node) => {
		const axis = axisAttribute(node, x!.shape.length, 0);
		const flat = reshape(dy, [...x!.shape.slice(0, axis), productDims(indices!.shape), ...x!.shape.slice(axis + 1)], [x!, indices!]);
		return [spreadAlong(flat, reshape(indices!, [productDims(indices!.shape)]), x!, axis), undefined];
	},
	GatherElements: (dy, [x, indices], _y, node) => [
		scatterElements(zerosLike(x!), indices!, dy, axisAttribute(node, dy.shape.length, 0), 'add'),
		undefined,
	],
	// Added: dx = dy. Put: dx = dy but 0 where an update went. Updates take the gradient at their places.
	ScatterElements: (dy, inputs, y, node) => {
		const axis = axisAttribute(node, dy.shape.length, 0);
		const [, indices, updates] = inputs;
		const { reduction = 'none' } = node.attributes;
		if (reduction === 'max' || reduction === 'min') return winners(dy, inputs, y, axis);
		const dx = reduction === 'add' ? dy : scatterElements(dy, indices!, zerosLike(updates!), axis);
		return [dx, undefined, gatherElements(dy, indices!, axis)];
	},
	// As Gather, of rows of `x` with its batch and its indexed axes made one.
	GatherND: (dy, [x, indices], _y, node) => {
		const batch = batchDims(node);
		const cut = batch + (indices!.shape.at(-1) as number);
		const rest = productDims(x!.shape.slice(cut));
		const rows = reshape(x!, [productDims(x!.shape.slice(0, cut)), rest]);
		const flat = reshape(dy, [productDims(indices!.shape.slice(0, -1)), rest], [x!]);
		return [reshape(spreadAlong(flat, rowNumbers(x!, indices!, batch), rows, 0), x!.shape, [x!]), undefined];
	},
	ScatterND: (dy, [, indices, updates]) => [scatterND(dy, indices!, zerosLike(updates!)), undefined, gatherND(dy, indices!)],
	// The values' gradients at the places they came from.
	TopK: (dy, [x], _y, node) => [
		scatterElements(zerosLike(x!), node.outputs[1]!, dy, axisAttribute(node, dy.shape.length, -1), 'add'),
		undefined,
	],
	OneHot: 'Its values have no gradient: choose between them with where and equal',
} satisfies Record<keyof typeof indexing, Gradient | string>;
