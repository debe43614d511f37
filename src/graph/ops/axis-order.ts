// The order that a Transpose puts axes in.
import type { Attributes, Value } from '../value.js';

/** The order of axes that a Transpose names; turned round where it names none. */
export const orderOf = ({ shape }: Value, { perm }: Attributes): readonly number[] =>
	(perm as readonly number[] | undefined) ?? shape.map((_, axis) => shape.length - 1 - axis);

/** Whether a value is matrices transposed: its last two axes changed places, the others stayed. Products read such operands without a copy. */
export function isTurned({ node, shape: { length: rank } }: Value): boolean {
	const perm = node?.op === 'Transpose' ? orderOf(node.inputs[0]!, node.attributes) : [];
	return rank > 1 && perm.length === rank && perm.every((axis, place) => axis === (place < rank - 2 ? place : 2 * rank - 3 - place));
}
