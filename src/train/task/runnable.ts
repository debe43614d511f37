// The graph of a model as predictions run it on a CPU: the file's, with what depends on a word alone computed once for each word of the vocabulary, and
// convolutions as ONNX Runtime does them fastest.
import { type OnnxModel, type Precision, passed, readOnnx, withLookups, withPlanes, withQuantized, writeOnnx } from '../../graph/index.js';

/** How a model runs. */
export interface RunnableOptions {
	/** Default `float32`. */
	readonly precision?: Precision;
	/** Whether it is changed to run faster. Default true. */
	readonly optimize?: boolean;
}

/**
 * The bytes of the model that a session runs in place of this one; the same where it has nothing to gain. In `int8`, what products by weights are left
 * are computed in bytes.
 */
export function runnable(onnx: Uint8Array, { precision = 'float32', optimize = true }: RunnableOptions = {}): Uint8Array {
	let model: OnnxModel;
	try {
		model = readOnnx(onnx);
	} catch {
		// What is no file of a model ONNX Runtime refuses.
		return onnx;
	}
	const found = passed(model, [...(optimize ? [withLookups, withPlanes] : []), ...(precision === 'int8' ? [withQuantized] : [])]);
	return found === model ? onnx : writeOnnx(found);
}
