// Reads a model file of any size, with the files that hold its numbers.
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { argumentOf, is } from '../../base/index.js';
import { externalData } from './external.js';
import { fileBytes } from './file-fields.js';
import type { OnnxModel } from './model.js';
import { readModelBytes, refusal } from './read.js';
import { skeleton } from './skeleton.js';

/**
 * Reads an ONNX model from a file. Numbers go from the files straight into typed arrays, so memory holds the weights once, and models over
 * 2 GB are read. Numbers kept outside must be in files of the model's folder.
 *
 * @throws {RangeError} as `readOnnx` does, and for numbers that are not where the model says.
 */
export async function readOnnxFile(path: string): Promise<OnnxModel> {
	argumentOf('readOnnxFile', 'the path', path, is.name);
	const file = await open(path, 'r');
	try {
		const { size } = await file.stat();
		const outside = externalData(dirname(path), path);
		const bytes = await skeleton(fileBytes(file, size)).catch((error) => Promise.reject(refusal(error, size)));
		const model = readModelBytes(bytes, { length: size, outside: outside.place });
		await outside.read();
		return model;
	} finally {
		await file.close();
	}
}
