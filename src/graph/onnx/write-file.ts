// Writes a model file, with its large tensors in a file beside it where asked.
import { basename } from 'node:path';
import { argumentOf, is, type Kinds, optionsOf, writeAllAtomic } from '../../base/index.js';
import type { Tensor } from '../../tensors/tensor.js';
import { modelOf } from '../given.js';
import { convert, opsetFor, opsetKind } from './convert.js';
import type { OnnxModel } from './model.js';

import { modelPieces } from './write.js';

/** Tensors begin at multiples of this, so that the file can be mapped into memory. Bytes. */
const page = 4096;

/** How a model is written. */
export interface WriteFileOptions {
	/** The opset; by default that of the model, or the first one that has all of its operators. */
	readonly opset?: number;
	/** Tensors of this many bytes and more go to a second file, named as the model with `_data` after it. None by default. */
	readonly externalData?: number;
}

const kinds: Kinds<WriteFileOptions> = { opset: opsetKind, externalData: is.limit(0) };

/**
 * Writes a model file, whole or not at all. Its numbers go to the file as they are: no second copy is made. Beyond 2 GB `externalData` is needed.
 *
 * @throws {RangeError} for a model over 2 GB in one file, or one that the opset cannot say.
 */
export async function writeOnnxFile(path: string, model: OnnxModel, options: WriteFileOptions = {}): Promise<void> {
	argumentOf('writeOnnxFile', 'the path', path, is.name);
	const { graph } = modelOf('writeOnnxFile', model, 'Make one of a program by emit(program).');
	const { opset = opsetFor(graph, model.opset), externalData = Number.POSITIVE_INFINITY } = optionsOf('writeOnnxFile', options, kinds);
	const written = convert(model, opset);
	const dataPath = `${path}_data`;
	const offsets = new Map<Tensor, number>();
	let end = 0;
	for (const tensor of written.graph.initializers.values()) {
		if (tensor.data.byteLength < externalData || offsets.has(tensor)) continue;
		offsets.set(tensor, end);
		end += Math.ceil(tensor.data.byteLength / page) * page;
	}
	const pieces = modelPieces(written, (tensor) => {
		const offset = offsets.get(tensor);
		return offset === undefined
			? undefined
			: { location: basename(dataPath), offset: String(offset), length: String(tensor.data.byteLength) };
	});
	await writeAllAtomic({ ...(offsets.size > 0 && { [dataPath]: pages(offsets.keys()) }), [path]: pieces });
}

/** The tensors' bytes one after another, each filled up to whole pages. */
function* pages(tensors: Iterable<Tensor>): Generator<Uint8Array> {
	for (const { data } of tensors) {
		yield new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
		yield new Uint8Array((page - (data.byteLength % page)) % page);
	}
}
