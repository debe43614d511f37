// What a graph computes with sizes: small integer vectors, followed element by element while the graph is imported. An element is a number, a
// size by name, or undefined where it cannot be told.

import { type DType, dtypes, type Tensor } from '../../tensors/tensor.js';
import { type Dim, differenceDims, isNatural, productDims, quotientDims, sumDims } from '../dim.js';
import type { Attributes, Value } from '../value.js';

/** The elements of a scalar or vector of integers or bools. */
export interface Contents {
	readonly scalar: boolean;
	readonly items: readonly (Dim | undefined)[];
}

/** Vectors longer than this are no shapes. */
export const longestVector = 64;

/** The integers of each type that is followed. */
const ranges: { readonly [T in DType]?: readonly [least: number, most: number] } = {
	int32: [-(2 ** 31), 2 ** 31 - 1],
	int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
	bool: [0, 1],
	uint8: [0, 255],
};

/** Whether a value of the type can hold an element as it is. What it cannot would wrap around. Names are sizes, which 32 bits hold. */
export function holdsItem(dtype: DType, item: Dim | undefined): boolean {
	const [least, most] = ranges[dtype] ?? [0, -1];
	if (typeof item !== 'number') return most > 255;
	return Number.isInteger(item) && item >= least && item <= most;
}

/** The elements of a constant, where it is a small vector of integers. */
export function contentsOf({ dtype, shape, data }: Tensor): Contents | undefined {
	if (!ranges[dtype] || shape.length > 1 || data.length > longestVector) return undefined;
	const items = Array.from(data as ArrayLike<number | bigint>, Number);
	return { scalar: shape.length === 0, items: dtype === 'bool' ? items.map(truth) : items };
}

const truth = (item: Item) => (typeof item === 'number' ? Number(item !== 0) : undefined);

/** A use of an operator: what its inputs hold is known for small integers only. */
interface Call {
	readonly inputs: readonly Value[];
	readonly contents: readonly (Contents | undefined)[];
	readonly attributes: Attributes;
}

type Evaluate = (call: Call) => readonly Contents[] | undefined;
type Item = Dim | undefined;

const vector = (items: readonly Item[]): readonly Contents[] => [{ scalar: false, items }];
const numbers = (contents: Contents | undefined) =>
	contents?.items.every((item) => typeof item === 'number') ? (contents.items as number[]) : undefined;
const attribute = (attributes: Attributes, name: string, fallback: number) => (attributes[name] as number | undefined) ?? fallback;

/** Element by element, a vector of one beside longer ones repeated. */
const elementwise =
	(compute: (...items: Item[]) => Item): Evaluate =>
	({ contents }) => {
		const known = contents.filter((item) => item !== undefined);
		if (known.length < contents.length) return undefined;
		const size = Math.max(...known.map(({ items }) => items.length));
		if (known.some(({ items }) => items.length !== size && items.length !== 1)) return undefined;
		const items = Array.from({ length: size }, (_, at) => compute(...known.map(({ items }) => items[items.length === 1 ? 0 : at])));
		return [{ scalar: known.every(({ scalar }) => scalar), items }];
	};

const both =
	(compute: (a: Dim, b: Dim) => Item) =>
	(a: Item, b: Item): Item =>
		a === undefined || b === undefined ? undefined : compute(a, b);

/** A comparison: decided by the difference where that is a number, or where sizes are compared with something negative. */
const compare = (decide: (difference: number) => boolean) =>
	elementwise(
		both((a, b) => {
			const apart = differenceDims(a, b);
			if (typeof apart === 'number') return Number(decide(apart));
			if (typeof b === 'number' && b < 0 && isNatural(a)) return Number(decide(1));
			if (typeof a === 'number' && a < 0 && isNatural(b)) return Number(decide(-1));
			return undefined;
		}),
	);

/** The larger or smaller of several, where the difference is a number. */
const extreme = (sign: 1 | -1) =>
	elementwise((...items) =>
		items.reduce(
			both((a, b) => {
				const apart = differenceDims(a, b);
				if (typeof apart !== 'number') return undefined;
				return apart * sign >= 0 ? a : b;
			}),
		),
	);

const shape: Evaluate = ({ inputs: [x], attributes }) =>
	vector(x!.shape.slice(attribute(attributes, 'start', 0), attributes.end as number | undefined));

const overAll =
	(compute: (items: readonly Dim[]) => Item): Evaluate =>
	({ contents: [x], attributes }) =>
		x?.items.every((item) => item !== undefined)
			? [{ scalar: attribute(attributes, 'keepdims', 1) === 0 || x.scalar, items: [compute(x.items as Dim[])] }]
			: undefined;

const same: Evaluate = ({ contents: [x] }) => x && [x];

/** The elements in a vector, or alone, by the rank that the result has. */
const ranked =
	(rank: (call: Call) => number | undefined): Evaluate =>
	(call) => {
		const [x] = call.contents;
		const result = rank(call);
		return x && result !== undefined && result <= 1 ? [{ scalar: result === 0, items: x.items }] : undefined;
	};

const filled: Evaluate = ({ contents: [size], attributes }) => {
	const [count = 1, ...more] = numbers(size) ?? [Number.POSITIVE_INFINITY];
	if (more.length > 0 || count > longestVector) return undefined;
	const { value } = attributes;
	const given =
		typeof value === 'object' && 'onnx' in value && 'tensor' in value.onnx ? contentsOf({ ...value.onnx.tensor, shape: [] }) : undefined;
	return given && [{ scalar: size!.items.length === 0, items: new Array<Item>(count).fill(given.items[0]) }];
};

/** The operators that are followed. */
export const evaluations: Readonly<Record<string, Evaluate>> = {
	Shape: shape,
	Size: ({ inputs: [x] }) => [{ scalar: true, items: [productDims(x!.shape)] }],
	Identity: same,
	// A size by name may be 0.
	Cast: ({ contents: [x], attributes: { to } }) => x && [to === dtypes.bool.onnx ? { ...x, items: x.items.map(truth) } : x],
	Add: elementwise(both(sumDims)),
	Sub: elementwise(both(differenceDims)),
	Mul: elementwise(both((a, b) => productDims([a, b]))),
	Div: elementwise(both(quotientDims)),
	Neg: elementwise((a) => (a === undefined ? undefined : differenceDims(0, a))),
	Max: extreme(1),
	Min: extreme(-1),
	Equal: compare((apart) => apart === 0),
	Greater: compare((apart) => apart > 0),
	GreaterOrEqual: compare((apart) => apart >= 0),
	Less: compare((apart) => apart < 0),
	LessOrEqual: compare((apart) => apart <= 0),
	Not: elementwise((a) => (typeof a === 'number' ? Number(a === 0) : undefined)),
	And: elementwise(both((a, b) => (typeof a === 'number' && typeof b === 'number' ? a & b : undefined))),
	Or: elementwise(both((a, b) => (typeof a === 'number' && typeof b === 'number' ? a | b : undefined))),
	Where: elementwise((condition, a, b) => (condition === undefined ? (a === b ? a : undefined) : condition ? a : b)),
	ReduceProd: overAll(productDims),
	ReduceSum: overAll((items) => items.reduce(sumDims, 0)),
	Concat: ({ contents }) => {
		if (contents.some((part) => !part || part.scalar)) return undefined;
		const items = contents.flatMap((part) => part!.items);
		return items.length > longestVector ? undefined : vector(items);
	},
	Gather: ({ contents: [x, indices] }) => {
		const places = numbers(indices);
		if (!x || !places) return undefined;
		return [{ scalar: indices!.scalar, items: places.map((at) => x.items.at(at)) }];
	},
	Slice: ({ contents: [x, starts, ends, axes, steps] }) => {
		const [from, to] = [numbers(starts)?.[0], numbers(ends)?.[0]];
		if (!x || from === undefined || to === undefined || axes?.items.length === 0) return undefined;
		if (steps && steps.items[0] !== 1) return undefined;
		return vector(x.items.slice(from, to));
	},
	Split: ({ contents: [x, lengths] }) => {
		const parts = numbers(lengths);
		const ends = parts?.map((_, place) => parts.slice(0, place + 1).reduce((a, b) => a + b));
		return x && ends?.map((end, place) => ({ scalar: false, items: x.items.slice(ends[place - 1] ?? 0, end) }));
	},
	Unsqueeze: ranked(({ contents: [x, axes] }) => (x && axes ? (x.scalar ? 0 : 1) + axes.items.length : undefined)),
	Squeeze: ranked(({ contents: [x] }) => (x?.scalar || x?.items.length === 1 ? 0 : undefined)),
	Reshape: ranked(({ contents: [, sizes] }) => sizes?.items.length),
	Expand: ({ contents: [x, sizes] }) => {
		const [count, ...more] = numbers(sizes) ?? [];
		if (!x || count === undefined || more.length > 0 || count > longestVector) return undefined;
		return vector(x.items.length === 1 ? new Array<Item>(count).fill(x.items[0]) : x.items);
	},
	ConstantOfShape: filled,
	Range: ({ contents }) => {
		const [from, to, by] = contents.map((part) => numbers(part)?.[0]);
		if (from === undefined || to === undefined || !by) return undefined;
		const count = Math.max(Math.ceil((to - from) / by), 0);
		return count > longestVector ? undefined : vector(Array.from({ length: count }, (_, at) => from + at * by));
	},
};
