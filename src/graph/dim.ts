// Sizes: a dimension is a number or a name. Equal names mean equal sizes; different names never broadcast.
import { atLeast, compute, type Dim, divide, least, nameOf, parse, plus, show, sums, times, windows } from './size-sum.js';

export type { Dim };

/** The sizes of a value, outermost first. The rank is always known. */
export type Shape = readonly Dim[];

/** The one name of a size, however it is written: `2+time-2` is `time`. What names in `known` stand for is put in their places. */
export function canonicalDim(dim: Dim, known?: Readonly<Record<string, Dim>>): Dim {
	if (typeof dim === 'number') return dim;
	if (!known) return nameOf(dim);
	return show(compute(dim, { ...sums, name: (name) => parse(Object.hasOwn(known, name) ? known[name]! : name) })!);
}

/** The shape with each size by its one name. */
export function canonicalShape(shape: Shape): Shape {
	return shape.map((dim) => canonicalDim(dim));
}

/** The size `dim + by`: `time-2` plus 2 is `time` again. */
export function addDim(dim: Dim, by: number): Dim {
	return sumDims(dim, by);
}

/** The size `a + b`. */
export function sumDims(a: Dim, b: Dim): Dim {
	return typeof a === 'number' && typeof b === 'number' ? a + b : show(plus(parse(a), parse(b)));
}

/** The size `a - b`. */
export function differenceDims(a: Dim, b: Dim): Dim {
	return typeof a === 'number' && typeof b === 'number' ? a - b : show(plus(parse(a), parse(b), -1));
}

/** The product of sizes. */
export function productDims(dims: Shape): Dim {
	const known = knownProduct(dims);
	const names = dims.filter((dim) => typeof dim === 'string');
	if (names.length === 0 || known === 0) return known;
	if (names.length === 1 && known === 1) return nameOf(names[0]!);
	return show([...names, known].map(parse).reduce(times));
}

/** The quotient where it is whole whatever the names stand for, undefined elsewhere; of numbers rounded towards 0. */
export function quotientDims(a: Dim, b: Dim): Dim | undefined {
	if (typeof a === 'number' && typeof b === 'number') return b === 0 ? undefined : Math.trunc(a / b);
	const quotient = divide(parse(a), parse(b));
	return quotient && show(quotient);
}

/** ⌊last / stride⌋ + 1: the places that a walk from 0 to `last` by `stride` comes to, by name `windows(last/stride)`. */
export function windowCount(last: Dim, stride: number): Dim {
	return typeof last === 'number' ? Math.floor(last / stride) + 1 : show(windows(parse(last), stride));
}

/** min(dim, most): the name `min(time,5)` where neither is known to be the smaller. */
export function minDim(dim: Dim, most: number): Dim {
	return typeof dim === 'number' ? Math.min(dim, most) : show(least(parse(dim), most));
}

/** max(dim, 0) */
export function notNegative(dim: Dim): Dim {
	return typeof dim === 'number' ? Math.max(dim, 0) : atLeast(parse(dim)) >= 0 ? dim : differenceDims(dim, minDim(dim, 0));
}

/** Whether a size is never negative whatever the names stand for. */
export const isNatural = (dim: Dim): boolean => [...parse(dim).values()].every(({ count }) => count >= 0);

/** The product of the sizes that are numbers. */
export function knownProduct(dims: Shape): number {
	return dims.reduce<number>((product, dim) => (typeof dim === 'number' ? product * dim : product), 1);
}

/** `batch×time×100`, for messages. */
export function showShape(shape: Shape): string {
	return shape.length === 0 ? 'scalar' : shape.join('×');
}

/** Whether two shapes are the same, name for name. */
export function sameShape(a: Shape, b: Shape): boolean {
	return a.length === b.length && a.every((dim, axis) => dim === b[axis]);
}

/** The shape of two shapes broadcast as NumPy does, or undefined where they clash. */
export function broadcastShapes(a: Shape, b: Shape): Shape | undefined {
	const rank = Math.max(a.length, b.length);
	const result: Dim[] = [];
	for (let axis = 0; axis < rank; axis++) {
		const left = a[axis - (rank - a.length)] ?? 1;
		const right = b[axis - (rank - b.length)] ?? 1;
		if (left !== right && left !== 1 && right !== 1) return undefined;
		result.push(left === 1 ? right : left);
	}
	return result;
}

let unknown = 0;

/** A name for a size that nothing tells: equal to no other. */
export const unknownDim = (of: string): Dim => `unknown.${of}.${++unknown}`;

/** Gives unknown sizes the names that they have in a file: counted anew for each graph, so that the same graph always has the same. */
export function unknownNames(): (dim: Dim) => Dim {
	const names = new Map<string, string>();
	return (dim) =>
		typeof dim === 'number'
			? dim
			: dim.replaceAll(/unknown\.(\w+)\.\d+/g, (found, of) => {
					const name = names.get(found) ?? `${of}.${names.size}`;
					names.set(found, name);
					return name;
				});
}
