// Documents as arrays of numbers, and many of them as one rectangle: padded to the longest along each named axis.
import { type DType, type Tensor, zeroTensor } from '../../graph/index.js';
import type { InputPlan } from '../step/model.js';

/** The numbers of one document by the names of a batch's inputs: each an array with its own shape, without the axis of the batch. */
export type Arrays = Readonly<Record<string, { readonly data: ArrayLike<number>; readonly shape: readonly number[] }>>;

/** Inputs of a batch by name; the first axis of each is `batch`. */
export type Inputs = Readonly<Record<string, InputPlan>>;

/** The axis that documents are cut along, and by whose length those of similar length come together. */
export const timeAxis = 'time';

/**
 * The arrays of a document for a network's inputs, from the fields of the same names: numbers, arrays of them, or arrays of such arrays (the
 * characters of each token, rows of an image), which are padded with 0. What is longer than `maxLength` is cut along `time`; `lengths` is the number of tokens.
 */
export function arraysOf(doc: object, inputs: Inputs, maxLength: number): Arrays {
	const found: Record<string, { data: ArrayLike<number>; shape: readonly number[] }> = {};
	for (const [name, { dtype, shape }] of Object.entries(inputs)) {
		if (name === 'lengths') continue;
		const value = (doc as Readonly<Record<string, unknown>>)[name];
		found[name] = cut(numbersOf(name, value, shape.length - 1, dtype), shape[1] === timeAxis ? maxLength : Number.POSITIVE_INFINITY);
	}
	const [time] = Object.entries(inputs).flatMap(([name, { shape }]) =>
		shape[1] === timeAxis && found[name] ? [found[name].shape[0]!] : [],
	);
	return 'lengths' in inputs ? { ...found, lengths: { data: [time ?? 0], shape: [] } } : found;
}

function numbersOf(name: string, value: unknown, rank: number, dtype: DType): { data: ArrayLike<number>; shape: readonly number[] } {
	if (rank === 0 && typeof value === 'number') return { data: [value], shape: [] };
	if (rank === 1 && isNumbers(value)) return { data: value, shape: [value.length] };
	if (rank === 2 && Array.isArray(value)) {
		const rows = value as readonly ArrayLike<number>[];
		const width = rows.reduce((longest, row) => Math.max(longest, row.length), 1);
		const data = zeroTensor(dtype, [rows.length * width]).data as Float32Array | Int32Array;
		for (const [place, row] of rows.entries()) data.set(row, place * width);
		return { data, shape: [rows.length, width] };
	}
	const kinds = ['a number', 'an array of numbers', 'an array of arrays of numbers'];
	const got = value === undefined ? 'nothing' : typeof value;
	throw new TypeError(
		`train: expected ${kinds[rank] ?? 'numbers'} in the field "${name}", got ${got}. End the recipe's stages with one that adds it.`,
	);
}

const isNumbers = (value: unknown): value is ArrayLike<number> =>
	ArrayBuffer.isView(value) || (Array.isArray(value) && typeof (value[0] ?? 0) === 'number');

function cut({ data, shape }: { data: ArrayLike<number>; shape: readonly number[] }, longest: number) {
	const [rows = 0, ...rest] = shape;
	if (shape.length === 0 || rows <= longest) return { data, shape };
	const width = rest.reduce((product, size) => product * size, 1);
	const kept = ArrayBuffer.isView(data)
		? (data as Int32Array).subarray(0, longest * width)
		: Array.prototype.slice.call(data, 0, longest * width);
	return { data: kept as ArrayLike<number>, shape: [longest, ...rest] };
}

/** How rectangles are made. */
export interface Padding {
	/** What fills an input up. Default 0. */
	readonly padding?: Readonly<Record<string, number>>;
	/** The least size of each named axis. */
	readonly least?: Readonly<Record<string, number>>;
}

/** A batch of documents: each input padded to the longest along each of its named axes. */
export function batched(all: readonly Arrays[], inputs: Inputs, { padding = {}, least = {} }: Padding = {}): Record<string, Tensor> {
	return Object.fromEntries(
		Object.entries(inputs).map(([name, { dtype, shape }]): [string, Tensor] => {
			const axes = shape.slice(1);
			const sizes = axes.map((axis, place) => {
				const known = typeof axis === 'number' ? axis : (least[axis] ?? 0);
				return all.reduce((longest, arrays) => Math.max(longest, arrays[name]!.shape[place]!), known);
			});
			const width = sizes.reduce((product, size) => product * size, 1);
			const data = zeroTensor(dtype, [all.length * width]).data as Int32Array;
			const filling = padding[name] ?? 0;
			if (filling !== 0) data.fill(filling);
			for (const [row, arrays] of all.entries()) placed(data, row * width, sizes, arrays[name]!);
			return [name, { dtype, shape: [all.length, ...sizes], data }];
		}),
	);
}

/** Writes an array into a rectangle of larger sizes, row by row. */
function placed(to: Int32Array, at: number, sizes: readonly number[], { data, shape }: Arrays[string]): void {
	const last = shape.at(-1) ?? 1;
	const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1);
	if (rows <= 1 || last === sizes.at(-1)) {
		to.set(data as Int32Array, at);
		return;
	}
	const wide = sizes.at(-1)!;
	for (let row = 0; row < rows; row++) for (let i = 0; i < last; i++) to[at + row * wide + i] = data[row * last + i]!;
}
