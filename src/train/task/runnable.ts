// The graph of a model as predictions run it on a CPU: the file's, with what depends on a word alone computed once for each word of the vocabulary, and
// convolutions as ONNX Runtime does them fastest.
import { emit, fromOnnx, type Program, readOnnx, withLookups, withPlanes, withQuantized, writeOnnx } from '../../graph/index.js';

/** Numbers that tables of products may hold: 256 MB for each session. */
const mostNumbers = 2 ** 26;

/** What products by weights are computed in. */
export type Precision = 'float32' | 'int8';

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
	const passes = [...(optimize ? [lookups, withPlanes] : []), ...(precision === 'int8' ? [withQuantized] : [])];
	if (passes.length === 0) return onnx;
	let whole: Program;
	try {
		whole = fromOnnx(readOnnx(onnx));
	} catch {
		// What the engine cannot read is ONNX Runtime's to run, or to refuse.
		return onnx;
	}
	const program = passes.reduce((program, pass) => pass(program) ?? program, whole);
	return program === whole ? onnx : writeOnnx(emit(program));
}

const lookups = (program: Program) => withLookups(program, mostNumbers);
