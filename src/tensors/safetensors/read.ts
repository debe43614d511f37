// Reads safetensors: from bytes, or from a file a tensor at a time.
import { open } from 'node:fs/promises';
import { argumentOf, is } from '../../base/index.js';
import { someBytes } from '../given.js';
import { readInto } from '../read-into.js';
import { dtypes, type Tensor } from '../tensor.js';
import { decodeHeader, type Fail, type Header, headerLength, lengthBytes, type Placed } from './header.js';

/** What a file holds: tensors, and texts beside them. */
export interface TensorFile {
	readonly tensors: Readonly<Record<string, Tensor>>;
	readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads the bytes of a safetensors file, of every element type. The tensors have memory of their own.
 *
 * @throws {RangeError} for bytes that are not a whole file.
 */
export function readSafetensors(bytes: Uint8Array): TensorFile {
	argumentOf('readSafetensors', 'the file', bytes, someBytes);
	const fail = refusal(`${bytes.length} bytes that are not one`);
	const length = headerLength(bytes, bytes.length, fail);
	const start = lengthBytes + length;
	const header = decodeHeader(bytes.subarray(lengthBytes, start), bytes.length - start, fail);
	const numbers = bytes.subarray(start);
	// Copied: the bytes need not be aligned. Not by `slice`: that of a Buffer copies nothing.
	return filled(header, (placed) => new Uint8Array(numbers.subarray(placed.start, placed.end)));
}

/**
 * Reads a safetensors file, of any size: in memory are its tensors and no second copy.
 *
 * @throws {RangeError} for a file that is not whole. Errors of the system pass as they are.
 */
export async function readSafetensorsFile(path: string): Promise<TensorFile> {
	return openSafetensors(path, async ({ header, read }) => {
		const parts = new Map<Placed, Uint8Array>();
		for (const placed of header.tensors) parts.set(placed, await read(placed.start, placed.end));
		return filled(header, (placed) => parts.get(placed)!);
	});
}

/** The texts of a safetensors file, without its tensors. Errors as of `readSafetensorsFile`. */
export async function readSafetensorsMetadata(path: string): Promise<TensorFile['metadata']> {
	return openSafetensors(path, async ({ header }) => header.metadata);
}

/** A file that is read in parts. */
export interface OpenedTensors {
	readonly header: Header;
	/** The bytes between two places after the header. */
	read(start: number, end: number): Promise<Uint8Array>;
}

/** Reads parts of a safetensors file as they are asked for; it is open until then. Errors as of `readSafetensorsFile`. */
export async function openSafetensors<T>(path: string, use: (file: OpenedTensors) => Promise<T>): Promise<T> {
	argumentOf('readSafetensorsFile', 'the path', path, is.name);
	const file = await open(path);
	try {
		const { size } = await file.stat();
		const fail = refusal(`${size} bytes that are not one in ${path}`);
		const read = (start: number, end: number) =>
			readInto(file, new Uint8Array(end - start), start).catch((error) =>
				error instanceof RangeError ? fail(error.message) : Promise.reject(error),
			);
		const length = headerLength(await read(0, Math.min(lengthBytes, size)), size, fail);
		const begin = lengthBytes + length;
		const header = decodeHeader(await read(lengthBytes, begin), size - begin, fail);
		return await use({ header, read: (start, end) => read(begin + start, begin + end) });
	} finally {
		await file.close();
	}
}

const refusal =
	(got: string): Fail =>
	(reason) => {
		throw new RangeError(`readSafetensors: expected a whole safetensors file, got ${got} (${reason}). Copy the file again.`);
	};

function filled({ tensors, metadata }: Header, bytesOf: (placed: Placed) => Uint8Array): TensorFile {
	// Without a prototype: a tensor may have any name.
	const named: Record<string, Tensor> = Object.create(null);
	for (const placed of tensors) {
		const { dtype, shape, name } = placed;
		named[name] = { dtype, shape, data: new dtypes[dtype].array(bytesOf(placed).buffer as ArrayBuffer) };
	}
	return { tensors: named, metadata };
}
