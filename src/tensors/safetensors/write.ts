// Writes safetensors: as bytes, or into a file a tensor at a time.
import { argumentOf, is, type Kinds, optionsOf, writeAtomic } from '../../base/index.js';
import { aTensor, isTensorType, texts } from '../given.js';
import { dtypes, sizeOf, type TensorData } from '../tensor.js';
import { byteLength, encodeHeader, type Placed, reserved, type TensorType } from './header.js';
import type { TensorFile } from './read.js';

/** A tensor to be written: its name, type and shape, and its numbers, in one array or several, which are asked for when their turn comes. */
export type WrittenTensor = readonly [name: string, type: TensorType, data: () => TensorData | readonly TensorData[]];

/** What is to be written. */
export interface WrittenFile {
	readonly tensors: Iterable<WrittenTensor>;
	readonly metadata?: TensorFile['metadata'] | undefined;
}

const kinds: Kinds<WrittenFile> = {
	tensors: {
		expected: 'tensors by name, or a list of [name, { dtype, shape }, data]',
		fits: (value) => typeof value === 'object' && value !== null,
		needed: true,
	},
	metadata: texts,
};

const listKind = {
	expected: 'a list of [name, { dtype, shape }, data]',
	fits: (value: unknown) => typeof value === 'object' && value !== null && Symbol.iterator in value,
	next: 'Make it of tensors by Object.entries, with a function that gives the data of each.',
};

const writtenKind = {
	expected: '[name, { dtype, shape }, data], where data is a function',
	fits: (value: unknown) =>
		Array.isArray(value) && typeof value[0] === 'string' && isTensorType(value[1]) && typeof value[2] === 'function',
};

/**
 * The bytes of a safetensors file.
 *
 * @throws {RangeError} for what is no tensor, and for a tensor called `__metadata__`.
 */
export function writeSafetensors(file: Pick<TensorFile, 'tensors'> & Partial<TensorFile>): Uint8Array {
	const { tensors, metadata = {} } = optionsOf<Partial<TensorFile>>('writeSafetensors', file, kinds) as typeof file;
	const written = Object.entries(tensors).map(([name, tensor]): WrittenTensor => {
		const { dtype, shape, data } = argumentOf('writeSafetensors', `tensor ${name}`, tensor, aTensor);
		return [name, { dtype, shape }, () => data];
	});
	return Buffer.concat([...parts({ tensors: written, metadata })]);
}

/**
 * Writes a safetensors file whole or not at all, of any size, in place of one that was there.
 *
 * @throws {RangeError} for what is no tensor, for a name that two have, and for numbers that are not as many or of the type that was said.
 */
export async function writeSafetensorsFile(path: string, file: WrittenFile): Promise<void> {
	argumentOf('writeSafetensorsFile', 'the path', path, is.name);
	const { tensors, metadata = {} } = optionsOf('writeSafetensorsFile', file, kinds);
	const listed = [...argumentOf('writeSafetensorsFile', 'tensors', tensors, listKind)];
	for (const tensor of listed) argumentOf('writeSafetensorsFile', 'a tensor', tensor, writtenKind);
	await writeAtomic(path, parts({ tensors: listed, metadata }));
}

function* parts({ tensors, metadata = {} }: WrittenFile): Generator<Uint8Array> {
	// Wide elements first: so each tensor begins at a multiple of its elements' size, as other readers need it.
	const wide = ({ dtype }: TensorType) => dtypes[dtype].array.BYTES_PER_ELEMENT;
	const ordered = [...tensors].sort(([, a], [, b]) => wide(b) - wide(a));
	const names = new Set([reserved]);
	for (const [name] of ordered) {
		if (names.has(name)) {
			const whose = name === reserved ? 'which the format keeps for metadata' : 'which another has';
			throw new RangeError(`writeSafetensors: expected each tensor under a name of its own, got ${name}, ${whose}. Rename it.`);
		}
		names.add(name);
	}
	let end = 0;
	const placed = ordered.map(([name, { dtype, shape }]): Placed => {
		const start = end;
		end += byteLength({ dtype, shape });
		return { name, dtype, shape, start, end };
	});
	yield encodeHeader({ tensors: placed, metadata });
	for (const [name, { dtype, shape }, numbers] of ordered) {
		const given = numbers();
		const several = Array.isArray(given) ? (given as readonly TensorData[]) : undefined;
		const kind = several ? { ...aTensor, fits: () => fillsInParts({ dtype, shape }, several) } : aTensor;
		argumentOf('writeSafetensors', `tensor ${name}`, { dtype, shape, data: given }, kind);
		for (const { buffer, byteOffset, byteLength } of several ?? [given as TensorData]) yield new Uint8Array(buffer, byteOffset, byteLength);
	}
}

const fillsInParts = ({ dtype, shape }: TensorType, parts: readonly TensorData[]): boolean =>
	parts.every((part) => part instanceof dtypes[dtype].array) && parts.reduce((sum, { length }) => sum + length, 0) === sizeOf(shape);
