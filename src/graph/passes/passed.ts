// A model of a file as passes over its program make it: what is run in its place.
import { emit } from '../emit.js';
import { fromOnnx } from '../import/from-onnx.js';
import type { OnnxModel } from '../onnx/model.js';
import type { Program } from '../program.js';

/** What changes a program; undefined where there is nothing to change. */
export type Pass = (program: Program) => Program | undefined;

/**
 * The model after these passes, one after the other, its inputs and outputs in their order; the same one where they change nothing, and where the engine
 * cannot read it: that is ONNX Runtime's to run, or to refuse.
 */
export function passed(model: OnnxModel, passes: readonly Pass[]): OnnxModel {
	if (passes.length === 0) return model;
	let whole: Program;
	try {
		whole = fromOnnx(model);
	} catch {
		return model;
	}
	const program = passes.reduce((program, pass) => pass(program) ?? program, whole);
	const order = [...model.graph.inputs, ...model.graph.outputs].map(({ name }) => name);
	return program === whole ? model : emit({ ...program, order });
}
