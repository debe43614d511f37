// Leaves out nodes that change nothing: transposes that cancel, factors of 1, repetition that broadcasting does anyway, zeros that few
// updates are added to, sizes read from values in the middle of a graph.

import { isHalf } from '../../tensors/tensor.js';
import { constantNumbers, integers } from '../constant.js';
import { broadcastShapes, type Shape, sameShape } from '../dim.js';
import { axisOf, reducedAxes } from '../ops/axes.js';
import { add, mul, neg, sub } from '../ops/elementwise.js';
import { operatorOf } from '../ops/index.js';
import { scatterElements } from '../ops/index-ops.js';
import { squeeze, transpose } from '../ops/movement.js';
import { sizeFrom } from '../ops/size-from.js';
import { type Node, remake, scopeOf, type Value } from '../value.js';
import { type Place, rewrite } from './rewrite.js';

/** A simpler value for a node's only output; undefined where there is none. Its operands are simple already. */
type Simplification = (node: Node, madeBy: Place['madeBy'], sources: readonly Value[]) => Value | undefined;

const isAll = (value: Value, wanted: number) => {
	// 16-bit floats are held as their bits.
	const readable = value.constant && value.constant.data.length <= 64 && !isHalf(value.dtype);
	const numbers = readable ? constantNumbers(value) : undefined;
	return numbers !== undefined && numbers.length > 0 && numbers.every((number) => number === wanted);
};

/** x ∘ neutral = x, where the other operand does not make it larger. */
const neutral =
	(number: number, sides: readonly number[]): Simplification =>
	({ inputs, outputs: [y] }) => {
		const side = sides.find((place) => isAll(inputs[place]!, number) && sameShape(inputs[1 - place]!.shape, y!.shape));
		return side === undefined ? undefined : inputs[1 - side];
	};

/** An operand repeated by Expand, where broadcasting repeats it anyway. */
const withoutExpand: Simplification = (node, madeBy) => {
	const [y] = node.outputs;
	for (const [place, value] of node.inputs.entries()) {
		const from = madeBy(value, 'Expand')?.inputs[0];
		if (!from) continue;
		const others = node.inputs.filter((_, other) => other !== place);
		const shape = others.reduce<Shape | undefined>((all, next) => all && broadcastShapes(all, next.shape), from.shape);
		if (shape && sameShape(shape, y!.shape)) return remake(node, node.inputs.with(place, from))[0];
	}
	return undefined;
};

/** Whether a target shape has a 0, which copies the size of the value before. */
const copies = (sizes: Value, madeBy: Place['madeBy']): boolean =>
	constantNumbers(sizes)?.includes(0) ?? madeBy(sizes, 'Concat')?.inputs.some((part) => copies(part, madeBy)) ?? false;

/** What few updates are added to, where that is 0 everywhere else: the gradient of a loss that picks one of many classes. */
const spread = (value: Value, madeBy: Place['madeBy']): { indices: Value; updates: Value; axis: number } | undefined => {
	const { inputs: [x, indices, updates] = [], attributes } = madeBy(value, 'ScatterElements') ?? {};
	const zero = x && madeBy(x, 'Expand')?.inputs[0];
	if (!zero || !isAll(zero, 0) || attributes?.reduction !== 'add') return undefined;
	return { indices: indices!, updates: updates!, axis: axisOf(Number(attributes.axis ?? 0), value.shape.length)! };
};

/** −x; of a product with something small, by that. */
function negative(x: Value, madeBy: Place['madeBy']): Value {
	const factors = madeBy(x, 'Mul')?.inputs;
	const small = factors?.findIndex(({ shape }) => shape.at(-1) === 1 && x.shape.at(-1) !== 1) ?? -1;
	return small < 0 ? neg(x) : mul(factors![1 - small]!, neg(factors![small]!));
}

const through: Simplification = ({ inputs: [x] }) => x;

const table: Readonly<Record<string, readonly Simplification[]>> = {
	Add: [
		neutral(0, [0, 1]),
		({ inputs: [a, b] }, madeBy) => {
			const negative = madeBy(b!, 'Neg');
			return negative && sub(a!, negative.inputs[0]!);
		},
	],
	Sub: [
		neutral(0, [1]),
		({ inputs: [a, b] }, madeBy) => {
			const negative = madeBy(b!, 'Neg');
			return negative && add(a!, negative.inputs[0]!);
		},
		// (0 with u added at places) − b is −b with u added there: no zeros are written, nothing is subtracted from them.
		({ inputs: [a, b], outputs: [y] }, madeBy) => {
			const few = sameShape(a!.shape, b!.shape) && sameShape(a!.shape, y!.shape) ? spread(a!, madeBy) : undefined;
			return few && scatterElements(negative(b!, madeBy), few.indices, few.updates, few.axis, 'add');
		},
	],
	// Σ (0 with u added along the axis that is summed) is Σ u.
	ReduceSum: [
		(node, madeBy) => {
			const [sum] = node.inputs as [Value];
			const few = spread(sum, madeBy);
			// There may be fewer updates along the other axes, too.
			const whole = few && sameShape(few.updates.shape.with(few.axis, 1), sum.shape.with(few.axis, 1));
			return whole && reducedAxes(node.inputs).includes(few.axis) ? remake(node, node.inputs.with(0, few.updates))[0] : undefined;
		},
	],
	Mul: [neutral(1, [0, 1])],
	Div: [neutral(1, [1])],
	Pow: [neutral(1, [1])],
	Neg: [({ inputs: [x] }, madeBy) => madeBy(x!, 'Neg')?.inputs[0]],
	Identity: [through],
	Cast: [({ inputs: [x], outputs: [y] }) => (x!.dtype === y!.dtype ? x : undefined)],
	Expand: [({ inputs: [x], outputs: [y] }) => (sameShape(x!.shape, y!.shape) ? x : undefined)],
	Transpose: [
		({ inputs: [x], attributes: { perm } }, madeBy) => {
			const order = perm as readonly number[];
			if (order.every((axis, place) => axis === place)) return x;
			const before = madeBy(x!, 'Transpose');
			const first = before?.attributes.perm as readonly number[];
			return (
				before &&
				transpose(
					before.inputs[0]!,
					order.map((axis) => first[axis]!),
				)
			);
		},
	],
	Reshape: [
		({ inputs: [x], outputs: [y] }) => (sameShape(x!.shape, y!.shape) ? x : undefined),
		(node, madeBy) => {
			const before = madeBy(node.inputs[0]!, 'Reshape');
			return before && (node.attributes.allowzero === 1 || !copies(node.inputs[1]!, madeBy))
				? remake(node, [before.inputs[0]!, node.inputs[1]!])[0]
				: undefined;
		},
	],
	// Of inputs of the graph, so that what counts elements does not need them.
	Size: [
		({ inputs: [x] }, _madeBy, sources) => {
			const sizes = x!.shape.map((dim) => (typeof dim === 'number' ? integers([dim]) : sizeFrom(dim, sources)));
			if (sizes.length === 0 || sizes.some((size) => size === undefined)) return undefined;
			return squeeze(
				(sizes as Value[]).reduce((product, size) => mul(product, size)),
				[0],
			);
		},
	],
	// Read from an input of the graph: one node for each size, and nothing kept for its shape alone.
	Shape: [
		({ inputs: [x], attributes }, _madeBy, sources) => {
			const { start = 0, end } = attributes as { start?: number; end?: number };
			const dims = x!.shape.slice(start, end);
			if (dims.every((dim) => typeof dim === 'number')) return integers(dims);
			const found = dims.length === 1 ? sizeFrom(dims[0]!, sources) : undefined;
			return found && !(found.node?.op === 'Shape' && found.node.inputs[0] === x) ? found : undefined;
		},
	],
};

function simpler(node: Node, madeBy: Place['madeBy'], sources: readonly Value[]): Value | undefined {
	const rules = [
		...(Object.hasOwn(table, node.op) ? table[node.op]! : []),
		...(operatorOf(node.op)?.kind === 'elementwise' ? [withoutExpand] : []),
	];
	for (const rule of rules) {
		const value = rule(node, madeBy, sources);
		if (value) return value;
	}
	return undefined;
}

/** The same values from a simpler graph. `given` values are there from the start; sizes are best read from `sources`. */
export function simplified(outputs: readonly Value[], given: readonly Value[], sources: readonly Value[]): readonly Value[] {
	return rewrite(outputs, {
		given: new Map(given.map((value) => [value, value])),
		change: (node, { within, madeBy }) =>
			scopeOf(node, () => {
				// A rule's result may be simpler still.
				let found: Value | undefined;
				for (let next: Node | undefined = node; next?.outputs.length === 1; ) {
					const value = simpler(next, madeBy, within.length > 0 ? [] : sources);
					if (!value) break;
					found = value;
					next = madeBy(value, value.node?.op ?? '');
				}
				return found && [found];
			}),
	});
}
