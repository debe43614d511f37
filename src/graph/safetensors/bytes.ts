// Tensors and texts by name in the bytes of one safetensors file.
import { argumentOf, type Kinds, optionsOf } from '../../stream/index.js';
import { bytesKind, tensorKind, textsByName } from '../kinds.js';
import { dtypes, type Tensor } from '../tensor.js';
import { byPlace, headerBytes, headerLength, lengthBytes, place, readHeader } from './header.js';

/** What a safetensors file holds: tensors of any element type, and texts beside them. */
export interface TensorFile {
	readonly tensors: Readonly<Record<string, Tensor>>;
	readonly metadata: Readonly<Record<string, string>>;
}

const kinds: Kinds<TensorFile> = {
	tensors: { expected: 'an object of tensors by name', fits: (value) => typeof value === 'object' && value !== null, needed: true },
	metadata: textsByName,
};

/**
 * The bytes of a safetensors file: Python's `safetensors.torch.load` reads them.
 *
 * @throws {RangeError} for what is no tensor, and for the name `__metadata__`.
 */
export function writeSafetensors(file: Partial<TensorFile> & Pick<TensorFile, 'tensors'>): Uint8Array<ArrayBuffer> {
	const { tensors, metadata = {} } = optionsOf<Partial<TensorFile>>('writeSafetensors', file, kinds) as typeof file;
	for (const [name, tensor] of Object.entries(tensors)) argumentOf('writeSafetensors', `tensor ${name}`, tensor, tensorKind);
	const entries = place(Object.entries(tensors));
	const header = headerBytes({ entries, metadata });
	const bytes = new Uint8Array(header.length + (byPlace(entries).at(-1)?.end ?? 0));
	bytes.set(header);
	for (const { name, start } of entries) {
		const { buffer, byteOffset, byteLength } = tensors[name]!.data;
		bytes.set(new Uint8Array(buffer, byteOffset, byteLength), header.length + start);
	}
	return bytes;
}

/**
 * Reads a safetensors file. The tensors are copies, in the order of the header.
 *
 * @throws {RangeError} for bytes that are not a whole file, and for element types that the engine does not have (such as 8-bit floats).
 */
export function readSafetensors(bytes: Uint8Array): TensorFile {
	argumentOf('readSafetensors', 'the file', bytes, bytesKind);
	try {
		const begin = lengthBytes + headerLength(bytes.subarray(0, lengthBytes), bytes.length);
		const { entries, metadata } = readHeader(bytes.subarray(lengthBytes, begin), bytes.length - begin);
		const tensors: Record<string, Tensor> = Object.create(null);
		for (const { name, dtype, shape, start, end } of entries) {
			// Copied: the bytes need not be aligned. Not by `slice`: that of a Buffer copies nothing.
			const copy = new Uint8Array(bytes.subarray(begin + start, begin + end));
			tensors[name] = { dtype, shape, data: new dtypes[dtype].array(copy.buffer) };
		}
		return { tensors, metadata };
	} catch (error) {
		throw refusal('readSafetensors', `${bytes.length} bytes that are not one`, error);
	}
}

/** What was wrong with a file, in one line. */
export function refusal(who: string, got: string, error: unknown): RangeError {
	return new RangeError(`${who}: expected a whole safetensors file, got ${got} (${(error as Error).message}). Copy or save it again.`);
}
