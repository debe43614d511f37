// A size while the graph runs: read from values that have it, or computed from sizes that they have.
import { integers } from '../constant.js';
import { type Dim, quotientDims } from '../dim.js';
import { type Arithmetic, compute } from '../size-sum.js';
import type { Value } from '../value.js';
import { add, div, min, mul } from './elementwise.js';
import { sizeAt } from './sizes.js';

/** A size as int64 of one element, read from a value that has it. */
export function sizeOfOne(dim: Dim, from: readonly Value[]): Value | undefined {
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
