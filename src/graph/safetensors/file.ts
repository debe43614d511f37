// Safetensors files of any size: written and read tensor by tensor, so that memory never holds a second copy of them all.
import { open } from 'node:fs/promises';
import { argumentOf, is, type Kinds, optionsOf, writeAtomic } from '../../stream/index.js';
import { isTensorInfo, tensorKind, textsByName } from '../kinds.js';
import { readInto } from '../read-into.js';
import { dtypes, type Tensor, type TensorData } from '../tensor.js';
import { refusal, type TensorFile } from './bytes.js';
import { byPlace, type Entry, headerBytes, headerLength, lengthBytes, place, readHeader, type TensorInfo } from './header.js';

/** A tensor whose numbers are asked for when it is their turn to be written: its name, what it is, and a function that gives them. */
export type LazyTensor = readonly [name: string, info: TensorInfo, numbers: () => TensorData | Promise<TensorData>];

/** What is written to a file. */
export interface TensorFileParts {
	/** Tensors by name, or a list of those whose numbers come later. */
	readonly tensors: Readonly<Record<string, Tensor>> | Iterable<LazyTensor>;
	readonly metadata?: Readonly<Record<string, string>>;
}

const who = 'writeSafetensorsFile';
const kinds: Kinds<TensorFileParts> = {
	tensors: { expected: 'tensors by name, or a list of [name, { dtype, shape }, numbers]', fits: isContainer, needed: true },
	metadata: textsByName,
};
const lazyKind = {
	expected: '[name, { dtype, shape }, numbers], where numbers is a function',
	fits: (value: unknown) =>
		Array.isArray(value) && typeof value[0] === 'string' && isTensorInfo(value[1]) && typeof value[2] === 'function',
};

function isContainer(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

/**
 * Writes a safetensors file, whole or not at all. Its numbers go to the file as they are; those given by a function are asked for one tensor
 * at a time, wide element types first.
 *
 * @throws {RangeError} for what is no tensor, for a name that two have, and for numbers that are not as many or not of the type that was said.
 */
export async function writeSafetensorsFile(path: string, file: TensorFileParts): Promise<void> {
	argumentOf(who, 'the path', path, is.name);
	const { tensors, metadata = {} } = optionsOf(who, file, kinds);
	const all = new Map<string, LazyTensor>();
	const listed = [...(Symbol.iterator in tensors ? (tensors as Iterable<LazyTensor>) : eager(tensors as Record<string, Tensor>))];
	for (const tensor of listed) all.set(argumentOf(who, 'a tensor', tensor, lazyKind)[0], tensor);
	const entries = place(listed);
	const header = headerBytes({ entries, metadata });
	await writeAtomic(path, parts(header, entries, all));
}

function* eager(tensors: Readonly<Record<string, Tensor>>): Generator<LazyTensor> {
	for (const [name, tensor] of Object.entries(tensors)) {
		argumentOf(who, `tensor ${name}`, tensor, tensorKind);
		yield [name, tensor, () => tensor.data];
	}
}

async function* parts(header: Uint8Array, entries: readonly Entry[], all: ReadonlyMap<string, LazyTensor>): AsyncGenerator<Uint8Array> {
	yield header;
	for (const { name } of byPlace(entries)) {
		const [, { dtype, shape }, numbers] = all.get(name)!;
		const data = await numbers();
		argumentOf(who, `tensor ${name}`, { dtype, shape, data }, tensorKind);
		yield new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
	}
}

/**
 * Reads a safetensors file of any size; the numbers go from the file straight into the tensors.
 *
 * @throws {RangeError} as `readSafetensors` does.
 */
export async function readSafetensorsFile(path: string): Promise<TensorFile> {
	argumentOf('readSafetensorsFile', 'the path', path, is.name);
	const file = await open(path, 'r');
	try {
		const { size } = await file.stat();
		const first = await readInto(file, new Uint8Array(Math.min(lengthBytes, size)), 0);
		const length = headerLength(first, size);
		const begin = lengthBytes + length;
		const { entries, metadata } = readHeader(await readInto(file, new Uint8Array(length), lengthBytes), size - begin);
		const tensors: Record<string, Tensor> = Object.create(null);
		for (const { name, dtype, shape, start, end } of entries) {
			const bytes = await readInto(file, new Uint8Array(end - start), begin + start);
			tensors[name] = { dtype, shape, data: new dtypes[dtype].array(bytes.buffer) };
		}
		return { tensors, metadata };
	} catch (error) {
		throw error instanceof RangeError ? refusal('readSafetensorsFile', `${path}, which is none`, error) : error;
	} finally {
		await file.close();
	}
}
