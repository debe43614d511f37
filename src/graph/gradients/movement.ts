// Gradients of operators that change shapes: the same elements in the shape that they had.
import { orderOf } from '../ops/axis-order.js';
import { type operators as movement, reshape, transpose } from '../ops/movement.js';
import type { Gradient } from './rule.js';

/** `dy` in the shape that the input had. */
const shapedBack: Gradient = (dy, [x]) => [reshape(dy, x!.shape, [x!])];

export const movementGradients = {
	Reshape: shapedBack,
	Flatten: shapedBack,
	Squeeze: shapedBack,
	Unsqueeze: shapedBack,
	Transpose: (dy, [x], _y, { attributes }) => {
		const order = orderOf(x!, attributes);
		return [
			transpose(
				dy,
				order.map((_, axis) => order.indexOf(axis)),
			),
		];
	},
	// Undone with every other broadcast, in `backward`.
	Expand: (dy) => [dy],
} satisfies Record<keyof typeof movement, Gradient | null>;
