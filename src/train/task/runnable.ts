// The graph of a model as predictions run it: the file's, with what depends on a word alone computed once for each word of the vocabulary.
import { emit, fromOnnx, readOnnx, withLookups, writeOnnx } from '../../graph/index.js';

/** Numbers that tables of products may hold: 256 MB for each session. */
const mostNumbers = 2 ** 26;

/** The bytes of the model that a session runs in place of this one; the same where nothing can be computed ahead. */
export function runnable(onnx: Uint8Array): Uint8Array {
	let program: ReturnType<typeof withLookups>;
	try {
		program = withLookups(fromOnnx(readOnnx(onnx)), mostNumbers);
	} catch {
		// What the engine cannot read is ONNX Runtime's to run, or to refuse.
		return onnx;
	}
	return program ? writeOnnx(emit(program)) : onnx;
}
