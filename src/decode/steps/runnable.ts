// Programs as they run on a CPU: the same numbers, by fewer operations.
import { emit, fromOnnx, type OnnxModel, ops, type Program, type Value, withLookups } from '../../graph/index.js';

/** Numbers that tables of products may hold: 256 MB. */
const mostNumbers = 2 ** 26;

/** A program whose products of words' vectors are looked up, and whose logits, if it gives some, have their biases within their product. */
export function runnable(model: OnnxModel): OnnxModel {
	let whole: Program;
	try {
		whole = fromOnnx(model);
	} catch {
		// What the engine cannot read is ONNX Runtime's to run, or to refuse.
		return model;
	}
	const order = [...model.graph.inputs, ...model.graph.outputs].map(({ name }) => name);
	return emit({ ...withBiasWithin(withLookups(whole, mostNumbers) ?? whole), order });
}

/**
 * x W + b as [x 1] [W b]: a bias that is added to the logits of all tokens is a pass over the largest tensor there is, as long as a tenth of the product
 * takes.
 */
function withBiasWithin(program: Program): Program {
	const held = new Set(Object.values(program.initializers ?? {}).map(({ value }) => value));
	const { logits } = program.outputs;
	const [product, bias] = logits?.node?.op === 'Add' ? (logits.node.inputs as readonly [Value, Value]) : [];
	const { op, inputs: [x, weights, addend] = [], attributes: { transA, transB, alpha, beta } = {} } = product?.node ?? {};
	const isPlain = (op === 'MatMul' || op === 'Gemm') && !addend && transA !== 1 && alpha === undefined && beta === undefined;
	if (!isPlain || !held.has(weights!) || !bias || !held.has(bias) || bias.shape.length !== 1 || x!.shape.length !== 2) return program;
	const one = ops.pad(x!, 1, 0, 1, 1);
	const whole = ops.concat([weights!, ops.unsqueeze(bias, [transB === 1 ? 1 : 0])], transB === 1 ? 1 : 0);
	return {
		...program,
		outputs: { ...program.outputs, logits: transB === 1 ? ops.gemm(one, whole, undefined, { transB: true }) : ops.matMul(one, whole) },
	};
}
