// The kinds of what tensors are made of and files hold: a file's bytes are easily taken for what they hold.
import type { Kind } from '../base/index.js';
import { dtypes, sizeOf, type Tensor } from './tensor.js';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);

/** Texts by name. */
export const texts: Kind = {
	expected: 'texts by name',
	fits: (given) => isRecord(given) && Object.values(given).every((item) => typeof item === 'string'),
};

/** The bytes of a file; a Buffer is such an array. */
export const someBytes: Kind = {
	expected: 'a Uint8Array of the bytes of a file',
	fits: (value) => value instanceof Uint8Array,
	next: 'Read the file first, as with readFile(path).',
};

/** Whether a value says what a tensor is: its element type and its sizes. */
export const isTensorType = (value: unknown): value is Pick<Tensor, 'dtype' | 'shape'> =>
	isRecord(value) &&
	Object.hasOwn(dtypes, value.dtype as string) &&
	Array.isArray(value.shape) &&
	value.shape.every((size) => Number.isSafeInteger(size) && size >= 0);

/** A tensor whose numbers are of its element type and as many as its shape says. */
export const aTensor: Kind = {
	expected: 'a tensor { dtype, shape, data } with as many numbers as its shape says',
	fits: (value) => {
		if (!isTensorType(value)) return false;
		const { dtype, shape, data } = value as Tensor;
		return data instanceof dtypes[dtype].array && data.length === sizeOf(shape);
	},
	next: 'Make it with tensor(dtype, shape, values).',
};
