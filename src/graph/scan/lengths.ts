// Batches of sequences of different lengths: beyond its own length, an element of the batch stands still.
import type { Operand } from '../constant.js';
import { productDims, showShape } from '../dim.js';
import { add, cast, max, mul, sub, where } from '../ops/elementwise.js';
import { places } from '../ops/generators.js';
import { gather } from '../ops/index-ops.js';
import { equal, greater, less } from '../ops/logic.js';
import { reshape, unsqueeze } from '../ops/movement.js';
import { sizeAt } from '../ops/sizes.js';
import { type Value, withGradient } from '../value.js';
import { fail } from './fail.js';
import { direction, type Kinds } from './kinds.js';

/** What the lengths of a batch are taken from. */
export interface LengthsOptions {
	/** int32 `[batch]` */
	readonly lengths: Value;
	/** A sequence, for the number of steps. */
	readonly sequence: Value;
	readonly kinds: Kinds;
	/** Adds a sequence to the loop; gives its element of a step. */
	readonly element: (name: string, sequence: Value, reversed: boolean) => Value;
}

/** A value of a step where the step is within the lengths, `other` elsewhere. `what` names the value in errors. */
export type Within = (value: Value, other: Operand, what: { readonly what: string; readonly reversed: boolean | undefined }) => Value;

/** Masks values, each in the direction of the sequences that it depends on; in that given with it, which must be known, where it depends on none. */
export function withinLengths({ lengths, sequence, kinds, element }: LengthsOptions): Within {
	if (lengths.dtype !== 'int32' || lengths.shape.length !== 1)
		fail(
			'lengths of shape int32 batch',
			`${lengths.dtype} ${showShape(lengths.shape)}. Pass one number of steps for each element of the batch`,
		);
	const alive = less(unsqueeze(places(sequence, 0), [1]), unsqueeze(lengths, [0]));
	const known = new Map<string, Value>();
	return (value, other, { what, reversed }) => {
		const { directions } = kinds.of(value);
		if (directions === (direction.forward | direction.reversed))
			fail(`with lengths, ${what} to depend on sequences of one direction`, 'both. Divide it into two');
		if (value.shape[0] !== lengths.shape[0])
			fail(
				`with lengths of ${showShape(lengths.shape)}, ${what} to be ${showShape([...lengths.shape, '…'])}`,
				`${showShape(value.shape)}. Put the batch first`,
			);
		const turned = directions === 0 ? reversed : directions === direction.reversed;
		if (turned === undefined)
			fail(
				`with lengths and both directions, ${what} to depend on a sequence`,
				'none, so that its direction is not known. Give it a loop of its own',
			);
		const axes = value.shape.slice(1).map((_, axis) => axis + 2);
		const name = `alive${axes.length}${turned ? 'reversed' : ''}`;
		const goesOn = known.get(name) ?? element(name, unsqueeze(alive, axes), turned);
		known.set(name, goesOn);
		return where(goesOn, value, other);
	};
}

/** From a state after every step, `[steps, batch, …]`: that after each element's own last step; the first one where it has no step. */
export function atOwnEnd(all: Value, { first, lengths }: { readonly first: Value; readonly lengths: Value }): Value {
	const [steps, batch, ...rest] = all.shape;
	const rows = reshape(all, [productDims([steps!, batch!]), ...rest], [all]);
	const end = sub(max(lengths, 1), 1);
	const axes = rest.map((_, axis) => axis + 1);
	const row = gather(rows, add(mul(end, cast(sizeAt(all, 1), 'int32')), places(all, 1)));
	// One product instead of zeros and a scatter into them.
	const isEnd = () => cast(equal(unsqueeze(places(all, 0), [1]), unsqueeze(end, [0])), all.dtype);
	const gradient = (dy: Value) => [
		mul(
			unsqueeze(
				isEnd(),
				axes.map((axis) => axis + 1),
			),
			unsqueeze(dy, [0]),
		),
		undefined,
	];
	const last = withGradient([all, lengths], row, gradient);
	return where(unsqueeze(greater(lengths, 0), axes), last, first);
}
