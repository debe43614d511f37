// Gradients of operators that pick elements by index.

import { productDims } from '../dim.js';
import { mul } from '../ops/elementwise.js';
import { gatherElements, type indexing, scatterElements } from '../ops/index-ops.js';
import { expandTo, reshape, unsqueeze } from '../ops/movement.js';
import { axisAttribute, type Gradient, zerosLike } from './rule.js';

export const indexingGradients = {
	// The rows' gradients added up at their places. ScatterElements, not ScatterND: that one loses updates with two threads.
	Gather: (dy, [x, indices], _y, node) => {
		const rank = x!.shape.length;
		const axis = axisAttribute(node, rank, 0);
		const [outer, inner] = [x!.shape.slice(0, axis), x!.shape.slice(axis + 1)];
		const flat = reshape(dy, [...outer, productDims(indices!.shape), ...inner], [x!]);
		const places = reshape(indices!, [productDims(indices!.shape)]);
		const wide = expandTo(
			unsqueeze(
				places,
				flat.shape.flatMap((_, at) => (at === axis ? [] : [at])),
			),
			flat,
		);
		return [scatterElements(zerosLike(x!), wide, flat, axis, 'add'), undefined];
	},
	GatherElements: (dy, [x, indices], _y, node) => [
		scatterElements(zerosLike(x!), indices!, dy, axisAttribute(node, dy.shape.length, 0), 'add'),
		undefined,
	],
	// Added: dx = dy. Put: dx = dy but 0 where an update went. Updates take the gradient at their places.
	ScatterElements: (dy, [, indices, updates], _y, node) => {
		const axis = axisAttribute(node, dy.shape.length, 0);
		const zeros = mul(updates!, 0);
		const dx = node.attributes.reduction === 'add' ? dy : scatterElements(dy, indices!, zeros, axis);
		return [dx, undefined, gatherElements(dy, indices!, axis)];
	},
	// The values' gradients at the places they came from.
	TopK: (dy, [x], _y, node) => [
		scatterElements(zerosLike(x!), node.outputs[1]!, dy, axisAttribute(node, dy.shape.length, -1), 'add'),
		undefined,
	],
	OneHot: null,
} satisfies Record<keyof typeof indexing, Gradient | null>;
