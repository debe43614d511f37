// The graph of a model as predictions run it: the file's, with what depends on a word alone computed once for each word of the vocabulary.
import { emit, fromOnnx, type Program, readOnnx, withLookups, withQuantized, writeOnnx } from '../../graph/index.js';

/** Numbers that tables of products may hold: 256 MB for each session. */
const mostNumbers = 2 ** 26;

/** What products by weights are computed in. */
export type Precision = 'float32' | 'int8';

/**
 * The bytes of the model that a session runs in place of this one; the same where nothing can be computed ahead. In `int8`, products by weights are
 * computed in bytes: those that are left.
 */
export function runnable(onnx: Uint8Array, precision: Precision = 'float32'): Uint8Array {
	let program: Program | undefined;
	try {
		const whole = fromOnnx(readOnnx(onnx));
		program = withLookups(whole, mostNumbers);
		if (precision === 'int8') program = withQuantized(program ?? whole) ?? program;
	} catch {
		// What the engine cannot read is ONNX Runtime's to run, or to refuse.
		return onnx;
	}
	return program ? writeOnnx(emit(program)) : onnx;
}
