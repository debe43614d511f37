// The kinds of arguments that the functions of a graph take.
import type { Kind } from '../stream/index.js';
import { dtypes, sizeOf, type Tensor } from './tensor.js';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isSize = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;

/** The bytes of a file; a Buffer is such an array. */
export const bytesKind: Kind = {
	expected: 'a Uint8Array of the bytes of a file',
	fits: (value) => value instanceof Uint8Array,
	next: 'Read the file first, as with readFile(path).',
};

/** A tensor whose numbers are of its element type and as many as its shape says. */
export const tensorKind: Kind = {
	expected: 'a tensor { dtype, shape, data } with as many numbers as its shape says',
	fits: (value): value is Tensor => {
		if (!isObject(value) || !isTensorType(value)) return false;
		const { array } = dtypes[value.dtype];
		return value.data instanceof array && value.data.length === sizeOf(value.shape);
	},
	next: 'Make it with tensor(dtype, shape, values).',
};

/** Whether a value says what a tensor is: its element type and its sizes. */
export function isTensorType(value: unknown): value is Record<string, unknown> & Pick<Tensor, 'dtype' | 'shape'> {
	return isObject(value) && Object.hasOwn(dtypes, value.dtype as string) && Array.isArray(value.shape) && value.shape.every(isSize);
}

/** Texts by name. */
export const textsByName: Kind = {
	expected: 'an object of texts by name',
	fits: (value) => isObject(value) && Object.values(value).every((text) => typeof text === 'string'),
};

const isTyped = (value: unknown) => isObject(value) && Object.hasOwn(dtypes, value.dtype as string) && Array.isArray(value.shape);

/** A value of a graph. */
export const valueKind: Kind = {
	expected: 'a value',
	fits: isTyped,
	next: 'Make one with input, parameter, constant or an operator.',
};

/** Several values. */
export const valuesKind: Kind = {
	expected: 'an array of values',
	fits: (value) => Array.isArray(value) && value.every(isTyped),
	next: 'Make them with input, parameter, constant or an operator.',
};

/** An ONNX model as plain data; `next` says how to get one. */
export const modelKind = (next: string): Kind => ({
	expected: 'an ONNX model { opset, graph, … }',
	fits: (value) => isObject(value) && typeof value.opset === 'number' && isObject(value.graph) && Array.isArray(value.graph.nodes),
	next,
});

/** Sizes by name. */
export const sizesKind: Kind = {
	expected: 'whole numbers by the names of sizes',
	fits: (value) => isObject(value) && Object.values(value).every(isSize),
};
