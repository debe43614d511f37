// Writes safetensors: as bytes, or into a file a tensor at a time.
import { writeAtomic } from '../../stream/index.js';
import { dtypes, type TensorData } from '../tensor.js';
import { byteLength, encodeHeader, type Placed, type TensorType } from './header.js';
import type { TensorFile } from './read.js';

/** A tensor to be written: its name, type and shape, and its numbers, which are asked for when their turn comes. */
export type WrittenTensor = readonly [name: string, type: TensorType, data: () => TensorData];

/** What is to be written. */
export interface WrittenFile {
	readonly tensors: Iterable<WrittenTensor>;
	readonly metadata?: TensorFile['metadata'] | undefined;
}

/** The bytes of a safetensors file. */
export function writeSafetensors({ tensors, metadata }: Pick<TensorFile, 'tensors'> & Partial<TensorFile>): Uint8Array {
	const written = Object.entries(tensors).map(([name, { dtype, shape, data }]): WrittenTensor => [name, { dtype, shape }, () => data]);
	return Buffer.concat([...parts({ tensors: written, metadata })]);
}

/** Writes a safetensors file whole or not at all, of any size, in place of one that was there. */
export async function writeSafetensorsFile(path: string, file: WrittenFile): Promise<void> {
	await writeAtomic(path, parts(file));
}

function* parts({ tensors, metadata = {} }: WrittenFile): Generator<Uint8Array> {
	// Wide elements first: so each tensor begins at a multiple of its elements' size, as other readers need it.
	const wide = ({ dtype }: TensorType) => dtypes[dtype].array.BYTES_PER_ELEMENT;
	const ordered = [...tensors].sort(([, a], [, b]) => wide(b) - wide(a));
	let end = 0;
	const placed = ordered.map(([name, { dtype, shape }]): Placed => {
		const start = end;
		end += byteLength({ dtype, shape });
		return { name, dtype, shape, start, end };
	});
	yield encodeHeader({ tensors: placed, metadata });
	for (const [place, [name, type, data]] of ordered.entries()) {
		const { buffer, byteOffset, byteLength } = data();
		const { start, end } = placed[place]!;
		if (byteLength !== end - start) {
			throw new RangeError(
				`writeSafetensors: expected ${end - start} bytes for ${name}, ${type.dtype} ${type.shape.join('×')}, got ${byteLength}. Correct its shape.`,
			);
		}
		yield new Uint8Array(buffer, byteOffset, byteLength);
	}
}
